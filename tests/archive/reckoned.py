"""Every answer of the archive reckoned again in plain Python, a row at a time: what the engines have to say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Any

Rows = list[dict[str, Any]]
Facts = Mapping[str, Rows]
GOOD = {"csat": (4, 5), "nps": (9, 10), "ces": (5, 6, 7), "settled": (1,), "still_right": (1,)}
POOR = {"csat": (1, 2), "nps": range(7), "ces": (), "settled": (0,), "still_right": (0,)}


def grouped(rows: Iterable[dict], *names: str) -> dict[tuple, Rows]:
    """The rows by the values of these columns, in the order of the values."""
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in names)].append(row)
    return dict(sorted(groups.items()))


def told(rows: Iterable[dict], names: Sequence[str], **sums: Callable[[Rows], int]) -> Rows:
    """A row a group: its values, and each sum over its rows."""
    return [
        {**dict(zip(names, key, strict=True)), **{name: reckon(group) for name, reckon in sums.items()}}
        for key, group in grouped(rows, *names).items()
    ]


def total(name: str) -> Callable[[Rows], int]:
    return lambda rows: sum(row[name] for row in rows if row[name] is not None)


def where(name: str, *values: Any) -> Callable[[Rows], int]:
    return lambda rows: sum(row[name] in values for row in rows)


def different(name: str) -> Callable[[Rows], int]:
    return lambda rows: len({row[name] for row in rows})


def closed(facts: Facts) -> Rows:
    again = where("reopened", *range(1, 100))
    sums = {"cases": len, "opened_again": again, "exceptions": total("exceptions")}
    return told(facts["cases"], ("month", "channel"), **sums)


def complaints(facts: Facts) -> Rows:
    sums = {"cases": different("case"), "issues": len, "harm": total("severity")}
    return told(facts["issues"], ("month", "category"), **sums)


def causes(facts: Facts) -> Rows:
    rows = [{**row, "cause": row["cause"] or 0} for row in facts["issues"]]
    found = told(rows, ("cause",), issues=len, cases=different("case"), harm=total("severity"))
    return sorted(found, key=lambda row: (-row["issues"], row["cause"]))


def recurrence(facts: Facts) -> Rows:
    rows = [row for row in facts["issues"] if row["put_right"]]
    return told(rows, ("month", "category"), put_right=len, came_back=total("came_back"))


def remedies(facts: Facts) -> Rows:
    found = told(facts["remedies"], ("remedy",), delivered=len, came_back=total("came_back"))
    found = [{**row, "held": row["delivered"] - row["came_back"]} for row in found]
    return sorted(found, key=lambda row: (-row["delivered"], row["remedy"]))


def money(facts: Facts) -> Rows:
    rows = [row for row in facts["remedies"] if row["cents"]]
    return told(rows, ("month", "currency"), remedies=len, cents=total("cents"))


def waits(facts: Facts) -> Rows:
    """By the nearest rank: the shortest wait within which so many of all had what they waited for."""
    rows = [
        {"month": row["month"], "wait": wait, "minutes": row[f"{wait}_minutes"]}
        for row in facts["cases"]
        for wait in ("answer", "offer", "remedy", "closing")
        if row[f"{wait}_minutes"] is not None
    ]

    def rank(tenths: int) -> Callable[[Rows], int]:
        return lambda group: sorted(row["minutes"] for row in group)[ceil(tenths * len(group) / 10) - 1]

    return told(rows, ("month", "wait"), waited=len, half_within=rank(5), nine_in_ten_within=rank(9))


def promises(facts: Facts) -> Rows:
    fates = ("kept", "broken", "renegotiated", "released", "open")
    return told(facts["promises"], ("month",), **{fate: where("fate", fate) for fate in fates})


def satisfaction(facts: Facts) -> Rows:
    rows = [
        {**row, "good": row["value"] in GOOD[row["question"]], "poor": row["value"] in POOR[row["question"]]}
        for row in facts["answers"]
    ]
    answered = {"answered": lambda group: sum(row["value"] is not None for row in group)}
    sums = {"asked": len, **answered, "good": total("good"), "poor": total("poor"), "total": total("value")}
    return told(rows, ("month", "question"), **sums)


def decisions(facts: Facts) -> Rows:
    channels = {row["case"]: row["channel"] for row in facts["cases"]}
    rows = [{**row, "channel": channels[row["case"]]} for row in facts["issues"] if row["case"] in channels]
    sums = {one: where("outcome", one) for one in ("upheld", "partly", "not_upheld")}
    return told(rows, ("channel", "category"), **sums, not_decided=where("outcome", ""))


RECKONED: dict[str, Callable[[Facts], Rows]] = {
    one.__name__: one
    for one in (closed, complaints, causes, recurrence, remedies, money, waits, promises, satisfaction, decisions)
}
