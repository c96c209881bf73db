"""Which complaint a public post may be about: by the number of the order, or by the name and the week."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# A post within a week of a complaint may be about it ([J]: no source); a person decides.
WEEK = timedelta(days=7)
SHORTEST_ORDER = 4
SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W\d_]+")


class Why(StrEnum):
    """What two have in common."""

    ORDER = "order"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Said:
    """A public post: by whom, as they call themselves there, about which order if it names one, on which day."""

    author: str
    order: str
    day: date


@dataclass(frozen=True, slots=True)
class Complained:
    """A complaint: whose, about which orders, from which day to which (None: it is not over)."""

    case: int
    name: str
    orders: frozenset[str]
    opened: date
    closed: date | None


@dataclass(frozen=True, slots=True)
class Likely:
    """A complaint a post may be about, and why; never more than a proposal."""

    case: int
    why: Why


def likely(said: Said, complaints: Iterable[Complained]) -> tuple[Likely, ...]:
    """The complaints a post may be about, the latest first: those about its order, else those by name and week."""
    known = sorted(complaints, key=lambda one: (one.opened, one.case), reverse=True)
    wanted = plain_order(said.order)
    by_order = [one for one in known if wanted and wanted in {plain_order(order) for order in one.orders}]
    if by_order:
        return tuple(Likely(one.case, Why.ORDER) for one in by_order)
    by_name = [one for one in known if _in_its_week(said.day, one) and may_be(said.author, one.name)]
    return tuple(Likely(one.case, Why.NAME) for one in by_name)


def plain_order(order: str) -> str:
    """An order number without marks and capitals; "" for one too short to tell anything."""
    plain = "".join(letter for letter in order.casefold() if letter.isalnum())
    return plain if len(plain) >= SHORTEST_ORDER else ""


def may_be(author: str, name: str) -> bool:
    """Whether somebody who calls themselves so in public may be the customer of this name.

    “Maria Oduya”, “oduya maria”, “MariaOduya” and “Maria O.” may be Maria Oduya; “Maria” alone may be anybody.
    """
    said, ours = _words(author), _words(name)
    if len(ours) < 2 or not said:
        return False
    if sorted(said) == sorted(ours) or "".join(said) in ("".join(ours), "".join(reversed(ours))):
        return True
    first, last = ours[0], ours[-1]
    return len(said) == 2 and any(
        (one, other[:1]) == tuple(said) or (other[:1], one) == tuple(said)
        for one, other in ((first, last), (last, first))
        if len(one) >= SHORTEST_NAME
    )


def _words(name: str) -> list[str]:
    """The words of a name without accents, marks and figures."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def _in_its_week(day: date, one: Complained) -> bool:
    return one.opened - WEEK <= day and (one.closed is None or day <= one.closed + WEEK)
