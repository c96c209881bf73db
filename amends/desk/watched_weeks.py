"""The weeks of a change as a chart and as a table: rates where they are counted in something, else plain counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import repeat
from math import ceil, log10

from amends.insights.answer import Head, counted
from amends.insights.answer import Week as Drawn
from amends.insights.answer import Weeks as Chart
from amends.measures.control_chart import FEWEST_BASELINE, Point, Sign, rate_chart
from amends.measures.weeks import Total, Week, total

NOTES = {Sign.USUAL: "", Sign.HIGH: "more than chance explains", Sign.LOW: "fewer than chance explains"}


@dataclass(frozen=True, slots=True)
class WatchedWeeks:
    """The chart, and the same numbers week by week."""

    chart: Chart
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]


def watched_weeks(
    weeks: Sequence[Week], baseline: Sequence[Week], *, counted_in: str, changed_on: date | None, left_out: set[date]
) -> WatchedWeeks:
    """These weeks against the baseline's mean and predictive limits; no limits below eight weeks of it.

    Weeks in `left_out` are drawn hollow. Rates are for a round number of what they are counted in.
    """
    per = _per(baseline or weeks) if counted_in else 1
    points = rate_chart(baseline, weeks) if len(baseline) >= FEWEST_BASELINE else repeat(None, len(weeks))
    judged = [
        (_drawn(one, point, per, one.starts_on in left_out), one, point)
        for one, point in zip(weeks, points, strict=True)
    ]
    return WatchedWeeks(
        Chart(
            kind="line",
            title=f"Complaints of this cause, {_unit(per, counted_in)}",
            says=_in_words(weeks, total(baseline), per, _unit(per, counted_in), changed_on),
            names=("Complaints",),
            weeks=tuple(drawn for drawn, _, _ in judged),
            change=next((number for number, one in enumerate(weeks) if changed_on and one.ends_on >= changed_on), None),
        ),
        _heads(_unit(per, counted_in), counted_in),
        tuple(_row(*one, counted_in) for one in judged),
    )


def _drawn(week: Week, point: Point | None, per: int, left_out: bool) -> Drawn:
    times = per / week.exposure
    drawn = Drawn(f"{week.starts_on:%-d %b %Y}", (week.count * times,), left_out=left_out)
    if point is None:
        return drawn
    unusual = point.sign is not Sign.USUAL and not left_out
    return replace(
        drawn, low=point.low * times, high=point.high * times, middle=point.middle * times, stands_out=unusual
    )


def _heads(unit: str, counted_in: str) -> tuple[Head, ...]:
    rates = (Head(counted_in.capitalize()), Head(unit.capitalize())) if counted_in else ()
    return Head("Week of", num=False), Head("Complaints"), *rates, Head("Usual"), Head("Note", num=False)


def _row(drawn: Drawn, week: Week, point: Point | None, counted_in: str) -> tuple[str, ...]:
    rates = (f"{week.exposure:,.0f}", f"{drawn.counts[0]:.1f}") if counted_in else ()
    digits = 1 if counted_in else 0
    usual = "–" if point is None else f"{drawn.low:.{digits}f} to {drawn.high:.{digits}f}"
    note = "left out" if drawn.left_out else NOTES[point.sign] if point else ""
    return drawn.label, f"{week.count:,}", *rates, usual, note


def _unit(per: int, counted_in: str) -> str:
    return f"per {per:,} {counted_in}" if counted_in else "a week"


def _per(weeks: Sequence[Week]) -> int:
    """The round number, ten at least, for which the mean rate is written with one or two figures before the point."""
    rate = total(weeks).rate
    return int(10 ** max(1, ceil(-log10(rate)))) if rate else 1000


def _in_words(weeks: Sequence[Week], baseline: Total, per: int, unit: str, changed_on: date | None) -> str:
    before = f"{baseline.rate * per:.1f} complaints {unit} before" if baseline.weeks else "no week before is known"
    changed = f" The change was made on {changed_on:%-d %B %Y}." if changed_on else ""
    return f"{counted(len(weeks), 'week')} from {weeks[0].starts_on:%-d %B %Y}; {before}.{changed}"
