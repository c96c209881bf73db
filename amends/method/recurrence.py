"""Whether the same came back: one customer, one cause or one order, again after a remedy was delivered (F12)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """One issue as far as it can come back: whose, why it happened, which order, when it was raised and put right."""

    issue: int
    customer: int
    cause: int | None = None
    about: str = ""
    raised_at: datetime
    delivered_at: datetime | None = None


def recurred(new: Again, others: Iterable[Again], days: int) -> tuple[Again, str] | None:
    """The earlier issue that came back as this one and what they share ("cause" or "about"), or None.

    A remedy must have been delivered before the new issue was raised, at most `days` before; the latest delivery
    counts. Another customer, another cause and order, or nothing known about either never counts.
    """
    found = [(one, why) for one in others if (why := _shared(new, one)) and _held_less_than(new, one, days)]
    return max(found, key=lambda pair: (pair[0].delivered_at or new.raised_at, pair[0].issue), default=None)


def named_alike(about: str) -> str:
    """An order or article number as it compares: "Order LH-48213" and "lh 48213" are one, "" when it has no digit."""
    plain = _APART.sub("", about).casefold()
    plain = re.sub(r"^(?:order|bestellung|commande|pedido|no|nr|number)+(?=.*\d)", "", plain)
    return plain if any(letter.isdigit() for letter in plain) else ""


def _shared(new: Again, one: Again) -> str:
    if one.issue == new.issue or one.customer != new.customer:
        return ""
    if new.cause is not None and new.cause == one.cause:
        return "cause"
    return "about" if named_alike(new.about) and named_alike(new.about) == named_alike(one.about) else ""


def _held_less_than(new: Again, one: Again, days: int) -> bool:
    if one.delivered_at is None:
        return False
    return one.delivered_at < new.raised_at <= one.delivered_at + timedelta(days=days)
