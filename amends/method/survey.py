"""Asking how it was: the questions with their scales, which answers are low, and whose turn it is to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from amends.method.checked import PolicyRefused, one_of, rows


class Kind(StrEnum):
    """What an answer is: satisfied (1-5), would recommend (0-10), was it easy (1-7), is it settled, or in words."""

    CSAT = "csat"
    NPS = "nps"
    CES = "ces"
    SETTLED = "settled"
    WORDS = "words"


SCALES: Mapping[Kind, range] = {
    Kind.CSAT: range(1, 6),
    Kind.NPS: range(11),
    Kind.CES: range(1, 8),
    Kind.SETTLED: range(2),
}
# Two or less of five is dissatisfied (E51), six or less of ten a detractor (E50), "no" is not settled.
# What is low on the effort scale has no source, so it brings nobody back.
LOW: Mapping[Kind, int] = {Kind.CSAT: 2, Kind.NPS: 6, Kind.SETTLED: 0}


class Why(StrEnum):
    """What made it somebody's turn to be asked."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Turn:
    """It is this case's turn to be asked: because of what, and since when that is so."""

    why: Why
    since: datetime


def turn(
    remedied: Sequence[datetime | None],
    delivered: Sequence[datetime | None],
    closed_at: datetime | None,
    open_since: datetime,
) -> Turn | None:
    """What a case can be asked about: its outcome, or, from `open_since` on, that it has none yet; None without issues.

    `remedied` and `delivered` hold, for each issue, when it was put right or refused, and when it was put right.
    Unhappy ends and no end at all are asked about like good ones (E54: never only closed-happy cases).
    """
    if not remedied:
        return None
    known = [at for at in remedied if at is not None]
    if len(known) == len(remedied):
        return Turn(Why.DELIVERED if any(delivered) else Why.REFUSED, max(known))
    return Turn(Why.CLOSED, closed_at) if closed_at else Turn(Why.OPEN, open_since)


def is_low(kind: Kind, value: int) -> bool:
    """Whether somebody who answers so was let down and should hear from a person."""
    return kind in LOW and value <= LOW[kind]


def read_kinds(key: str, value: Any) -> tuple[str, ...]:
    """The questions a policy names, each once, the first for the letter; raises PolicyRefused for anything else."""
    found = rows(one_of(*(kind.value for kind in SCALES)))(key, value)
    if not found:
        raise PolicyRefused(key, "has to name one question or more. To ask nobody, ask 0 % of them.")
    if len(set(found)) < len(found):
        raise PolicyRefused(key, "names a question twice. Keep it once.")
    return found
