"""How often people had to come back: first contact resolution and repeated contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from amends.measures.errors import ImpossibleCount
from amends.measures.figure import Figure, mean, share

FEWEST_FCR, FEWEST_CASES = 30, 30
WINDOW, WINDOW_OF_DELIVERY = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A contact that was to settle a matter: when, when it came up again, what they said to "is it settled?"."""

    settled_at: datetime
    again_at: datetime | None = None
    said_settled: bool | None = None
    is_delivery: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstContact:
    """First contact resolution as we saw it and as customers said it; `waiting` are too young to count."""

    seen: Figure
    said: Figure
    waiting: int


def first_contact(matters: Sequence[Settled], now: datetime) -> FirstContact:
    """The share that was settled at the first contact (definitions of E54's page; the windows are [J]).

    Settled is: no further contact about the same case or cause within 7 days, 14 where something is delivered, and the
    customer did not say no. What came up again or was denied counts at once; the rest counts when its window is over.
    """
    counted = [found for one in matters if (found := was_settled(one, now)) is not None]
    asked = [one.said_settled for one in matters if one.said_settled is not None]
    return FirstContact(
        seen=share(
            "Settled at the first contact",
            sum(counted),
            len(counted),
            noun="matters",
            fewest=FEWEST_FCR,
        ),
        said=share("Customers who say it is settled", sum(asked), len(asked), noun="answers", fewest=FEWEST_FCR),
        waiting=len(matters) - len(counted),
    )


def was_settled(one: Settled, now: datetime) -> bool | None:
    """Whether a matter was settled at that contact; None while it is too young to tell."""
    if _failed(one):
        return False
    return True if now >= one.settled_at + _window(one) else None


def repeats(contacts_by_case: Sequence[int]) -> tuple[Figure, Figure]:
    """Contacts beyond the first for each case, as a mean, and the share of cases with at least one."""
    if any(one < 1 for one in contacts_by_case):
        raise ImpossibleCount("A case has at least the contact that opened it. Count the contacts of each case again.")
    beyond = [one - 1 for one in contacts_by_case]
    return (
        mean("Contacts beyond the first", beyond, noun="cases", fewest=FEWEST_CASES, ends=(0, inf)),
        share(
            "Cases with a repeated contact",
            sum(one > 0 for one in beyond),
            len(beyond),
            noun="cases",
            fewest=FEWEST_CASES,
        ),
    )


def _window(one: Settled) -> timedelta:
    return WINDOW_OF_DELIVERY if one.is_delivery else WINDOW


def _failed(one: Settled) -> bool:
    came_again = one.again_at is not None and one.again_at <= one.settled_at + _window(one)
    return came_again or one.said_settled is False
