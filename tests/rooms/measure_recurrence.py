"""Measures how well the same trouble is found again, on seeded histories: one JSON line per figure.

Run with `python -m tests.rooms.measure_recurrence`. The histories are made up: customers with orders, troubles that
come back or do not, and people who name the cause wrongly or leave the order number out. They say what the rule does
with such slips, and nothing about how often real people make them.
"""

import json
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from amends.method.recurrence import Again, recurred

DAYS = 90
START = datetime(2026, 1, 1, tzinfo=UTC)
CAUSES = 12


@dataclass(frozen=True, slots=True)
class Slips:
    """How often people slip: a wrong cause, no cause yet, no order number."""

    wrong_cause: float
    no_cause: float
    no_about: float


CLEAN = Slips(0, 0, 0)
USUAL = Slips(0.05, 0.10, 0.40)
CARELESS = Slips(0.20, 0.30, 0.70)


@dataclass(frozen=True, slots=True)
class Told:
    """One issue as people wrote it down, and whether it truly is an earlier one again."""

    seen: Again
    truly: bool


def history(seed: int, slips: Slips, customers: int = 200) -> list[Told]:
    """Issues of many customers in the order they were raised; each carries the truth beside what was written."""
    dice, told = random.Random(seed), []
    for customer in range(customers):
        told += _customer(customer, dice, slips, len(told))
    return told


def _customer(customer: int, dice: random.Random, slips: Slips, first: int) -> list[Told]:
    made: list[Told] = []
    truth: list[tuple[int, str, datetime | None]] = []
    at = START + timedelta(days=dice.randrange(300))
    for number in range(dice.randrange(1, 5)):
        cause, order = _trouble(dice, truth, customer)
        truly = any(
            put_right and put_right < at <= put_right + timedelta(days=DAYS) and (cause == known or order == about)
            for known, about, put_right in truth
        )
        delivered = at + timedelta(days=dice.randrange(1, 15)) if dice.random() < 0.8 else None
        seen = Again(
            issue=first + number,
            customer=customer,
            cause=_named(cause, dice, slips),
            about=_typed(order, dice, slips),
            raised_at=at,
            delivered_at=delivered,
        )
        made.append(Told(seen, truly))
        truth.append((cause, order, delivered))
        at += timedelta(days=dice.randrange(2, 160))
    return made


def _trouble(dice: random.Random, truth: list[tuple[int, str, datetime | None]], customer: int) -> tuple[int, str]:
    cause, order = dice.randrange(CAUSES), f"LH-{customer:03}{dice.randrange(1000):03}"
    if truth and dice.random() < 0.3:
        cause = truth[-1][0]
    if truth and dice.random() < 0.15:
        order = truth[-1][1]
    return cause, order


def _named(cause: int, dice: random.Random, slips: Slips) -> int | None:
    if dice.random() < slips.no_cause:
        return None
    return dice.randrange(CAUSES) if dice.random() < slips.wrong_cause else cause


def _typed(order: str, dice: random.Random, slips: Slips) -> str:
    if dice.random() < slips.no_about:
        return ""
    return dice.choice([order, order.lower(), order.replace("-", " "), f"Order {order}", f"#{order}"])


def figures(slips: Slips, seeds: range = range(5)) -> dict[str, float]:
    """Return precision, recall, and the share of issues that are no recurrence but were marked as one."""
    hits = marked = truly = innocent = wrongly = 0
    for seed in seeds:
        told = history(seed, slips)
        for number, one in enumerate(told):
            found = recurred(one.seen, [other.seen for other in told[:number]], DAYS) is not None
            hits += found and one.truly
            marked, truly = marked + found, truly + one.truly
            innocent += not one.truly
            wrongly += found and not one.truly
    return {"precision": hits / marked, "recall": hits / truly, "false_alarms": wrongly / innocent, "issues": truly}


if __name__ == "__main__":
    for name, slips in (("clean", CLEAN), ("usual", USUAL), ("careless", CARELESS)):
        for figure, value in figures(slips).items():
            sys.stdout.write(json.dumps({"slips": name, "figure": figure, "value": round(value, 4)}) + "\n")
