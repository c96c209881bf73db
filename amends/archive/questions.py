"""All that is asked of the archive, as Ibis expressions: one text for DuckDB and for Spark.

Each answer holds integers and codes only, in an order that leaves nothing to chance, so that engines say the same.
A share is made from two of its integers afterwards (`shares`); money is summed in cents, each currency by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amends.archive.tables import STILL_RIGHT

Facts = Mapping[str, Any]  # the tables of the archive, as Ibis tables
WAITS = {
    "answer": "answer_minutes",
    "offer": "offer_minutes",
    "remedy": "remedy_minutes",
    "closing": "closing_minutes",
}
GOOD = {"csat": 4, "nps": 9, "ces": 5, "settled": 1, STILL_RIGHT: 1}  # from here on: E50, E51, E52, a yes
POOR = {"csat": 2, "nps": 6, "settled": 0, STILL_RIGHT: 0}  # up to here: E50, E51, a no; effort has no low end


@dataclass(frozen=True, slots=True)
class Share:
    """A share of an answer: its name, the column counted, and the columns that together are everybody."""

    name: str
    count: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its key, as a person asks it, what finds the answer, and the shares to make of it."""

    key: str
    title: str
    ask: Callable[[Facts], Any]
    shares: tuple[Share, ...] = ()


def _complaints(facts: Facts) -> Any:
    """Cases with an issue of the category, issues, and their severities added up."""
    rows = facts["issues"]
    counted = rows.group_by("month", "category").agg(
        cases=rows.case.nunique(), issues=rows.count(), harm=rows.severity.sum()
    )
    return counted.order_by("month", "category")


def _causes(facts: Facts) -> Any:
    """The causes by how many issues they are behind, 0 where none was named; of two alike the older first."""
    rows = facts["issues"].mutate(cause=facts["issues"].cause.fill_null(0))
    counted = rows.group_by("cause").agg(issues=rows.count(), cases=rows.case.nunique(), harm=rows.severity.sum())
    return counted.order_by(counted.issues.desc(), "cause")


def _came_back(facts: Facts) -> Any:
    """Of the issues that were put right, those of which the same came back."""
    rows = facts["issues"].filter(facts["issues"].put_right == 1)
    counted = rows.group_by("month", "category").agg(put_right=rows.count(), came_back=rows.came_back.sum())
    return counted.order_by("month", "category")


def _remedies(facts: Facts) -> Any:
    """How often each remedy was delivered and did not hold."""
    rows = facts["remedies"]
    counted = rows.group_by("remedy").agg(delivered=rows.count(), came_back=rows.came_back.sum())
    held = counted.mutate(held=counted.delivered - counted.came_back)
    return held.order_by(held.delivered.desc(), "remedy")


def _money(facts: Facts) -> Any:
    """What making it right cost, in cents, each currency by itself; what cost nothing is left out."""
    rows = facts["remedies"].filter(facts["remedies"].cents > 0)
    counted = rows.group_by("month", "currency").agg(remedies=rows.count(), cents=rows.cents.sum())
    return counted.order_by("month", "currency")


def _waits(facts: Facts) -> Any:
    """How long half, and nine in ten, of those who had each thing waited for it at most, in minutes."""
    import ibis

    rows = facts["cases"]
    each = [
        rows.filter(rows[column].notnull()).select("month", wait=ibis.literal(wait), minutes=rows[column])
        for wait, column in WAITS.items()
    ]
    waited = ibis.union(*each)
    counts = waited.group_by("month", "wait", "minutes").agg(n=waited.count())
    of_all = ibis.window(group_by=["month", "wait"])
    up_to = ibis.cumulative_window(group_by=["month", "wait"], order_by="minutes")
    ranked = counts.mutate(up_to=counts.n.sum().over(up_to), of=counts.n.sum().over(of_all))
    found = ranked.group_by("month", "wait").agg(
        waited=ranked.n.sum(),
        half_within=ranked.minutes.min(where=2 * ranked.up_to >= ranked.of),
        nine_in_ten_within=ranked.minutes.min(where=10 * ranked.up_to >= 9 * ranked.of),
    )
    return found.order_by("month", "wait")


def _promises(facts: Facts) -> Any:
    """What became of promises, by the month in which the case was closed."""
    rows = facts["promises"]
    fates = ("kept", "broken", "renegotiated", "released", "open")
    counted = rows.group_by("month").agg(**{one: (rows.fate == one).cast("int64").sum() for one in fates})
    return counted.order_by("month")


def _satisfaction(facts: Facts) -> Any:
    """How many were asked each question and answered, how many well and badly, and their values added up."""
    import ibis

    rows = facts["answers"]

    def reached(ends: Mapping[str, int], compare: Callable[[Any, int], Any]) -> Any:
        ways = [((rows.question == key) & compare(rows.value, end), 1) for key, end in ends.items()]
        return ibis.cases(*ways, else_=0).cast("int64").sum()

    counted = rows.group_by("month", "question").agg(
        asked=rows.count(),
        answered=rows.value.count(),
        good=reached(GOOD, lambda value, end: value >= end),
        poor=reached(POOR, lambda value, end: value <= end),
        total=rows.value.sum().fill_null(0),
    )
    return counted.order_by("month", "question")


def _decisions(facts: Facts) -> Any:
    """What was decided about each kind of trouble, by the channel it came through."""
    cases = facts["cases"].select("case", "channel")
    rows = facts["issues"].inner_join(cases, "case")
    counted = rows.group_by("channel", "category").agg(
        **{one: (rows.outcome == one).cast("int64").sum() for one in ("upheld", "partly", "not_upheld")},
        not_decided=(rows.outcome == "").cast("int64").sum(),
    )
    return counted.order_by("channel", "category")


def _closed(facts: Facts) -> Any:
    """Cases closed, those that had been opened again before, and gates passed with a reason."""
    rows = facts["cases"]
    counted = rows.group_by("month", "channel").agg(
        cases=rows.count(), opened_again=(rows.reopened > 0).cast("int64").sum(), exceptions=rows.exceptions.sum()
    )
    return counted.order_by("month", "channel")


_DECIDED = ("upheld", "partly", "not_upheld")
QUESTIONS = {
    one.key: one
    for one in (
        Question(
            "closed", "How many cases were closed?", _closed, (Share("opened again", "opened_again", ("cases",)),)
        ),
        Question("complaints", "What goes wrong, month by month?", _complaints),
        Question("causes", "What is behind most of it?", _causes),
        Question("recurrence", "What came back?", _came_back, (Share("came back", "came_back", ("put_right",)),)),
        Question("remedies", "Which remedies hold?", _remedies, (Share("held", "held", ("delivered",)),)),
        Question("money", "What did making it right cost?", _money),
        Question("waits", "How long did customers wait?", _waits),
        Question("promises", "Did we keep promises?", _promises, (Share("kept", "kept", ("kept", "broken")),)),
        Question(
            "satisfaction",
            "What did customers answer?",
            _satisfaction,
            (Share("answered", "answered", ("asked",)), Share("good", "good", ("answered",))),
        ),
        Question("decisions", "Is it fair?", _decisions, (Share("upheld", "upheld", _DECIDED),)),
    )
}
