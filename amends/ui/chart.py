"""A control chart laid out for the page: where each week, limit and change is drawn, in units of its SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, log10

from amends.measures.control_chart import FEWEST_BASELINE, Sign, rate_chart
from amends.measures.weeks import Week, total

WIDTH, HEIGHT = 720.0, 280.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 30.0, 32.0
FEW_TICKS = 4


@dataclass(frozen=True, slots=True)
class Dot:
    """One week: where it is drawn, its complaints in words, and whether it is out of the usual."""

    x: float
    y: float
    week: Week
    rate: float
    low: float | None
    high: float | None
    sign: Sign
    left_out: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Everything the macro draws: dots, the line between them, the mean and limits as lines, the change, the axes."""

    unit: str
    dots: tuple[Dot, ...]
    line: str
    middle: str
    upper: str
    lower: str
    change: float | None
    ticks: tuple[Mark, ...]
    days: tuple[Mark, ...]
    words: str


def control_chart(
    weeks: Sequence[Week], baseline: Sequence[Week], *, counted_in: str, changed_on: date | None, left_out: set[date]
) -> ControlChart:
    """The chart of these weeks against the baseline's mean and predictive limits; no limits below eight weeks of it.

    Weeks in `left_out` are drawn hollow. Rates are for a round number of what they are counted in.
    """
    per = _per(baseline or weeks) if counted_in else 1
    points = rate_chart(baseline, weeks) if len(baseline) >= FEWEST_BASELINE else ()
    rates = [one.count / one.exposure * per for one in weeks]
    bounds = [(one.low / one.week.exposure * per, one.high / one.week.exposure * per) for one in points]
    top = _round_up(max([*rates, *(high for _, high in bounds), 1e-9]))

    def place(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)

    across = [LEFT + (WIDTH - LEFT - RIGHT) * (number + 0.5) / max(1, len(weeks)) for number in range(len(weeks))]
    dots = tuple(
        Dot(
            x=round(x, 1),
            y=round(place(rate), 1),
            week=week,
            rate=rate,
            low=bounds[number][0] if bounds else None,
            high=bounds[number][1] if bounds else None,
            sign=points[number].sign if points else Sign.USUAL,
            left_out=week.starts_on in left_out,
        )
        for number, (x, rate, week) in enumerate(zip(across, rates, weeks, strict=True))
    )
    mean = total(baseline).rate * per if baseline else 0.0
    return ControlChart(
        unit=f"per {per:,} {counted_in}" if counted_in else "a week",
        dots=dots,
        line=_path([(dot.x, dot.y) for dot in dots]),
        middle=_path([(LEFT, place(mean)), (WIDTH - RIGHT, place(mean))]) if points else "",
        upper=_path([(x, place(high)) for x, (_, high) in zip(across, bounds, strict=True)]) if points else "",
        lower=_path([(x, place(low)) for x, (low, _) in zip(across, bounds, strict=True)]) if points else "",
        change=_change(dots, changed_on),
        ticks=tuple(
            Mark(round(place(top * step / FEW_TICKS), 1), f"{top * step / FEW_TICKS:g}")
            for step in range(FEW_TICKS + 1)
        ),
        days=_days(dots),
        words=_in_words(weeks, mean, per, counted_in, changed_on),
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _per(weeks: Sequence[Week]) -> int:
    """The round number for which the mean rate is written with one or two figures before the point."""
    rate = total(weeks).rate
    return int(10 ** max(0, ceil(-log10(rate)))) if rate else 1000


def _round_up(value: float) -> float:
    """The next value whose quarters are short to write."""
    power = 10.0 ** (ceil(log10(value)) - 1)
    return next(power * step for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if power * step >= value * 0.999)


def _change(dots: Sequence[Dot], changed_on: date | None) -> float | None:
    later = [dot.x for dot in dots if changed_on and dot.week.ends_on >= changed_on]
    if not later:
        return None
    gap = dots[1].x - dots[0].x if len(dots) > 1 else 0.0
    return round(max(LEFT, later[0] - gap / 2), 1)


def _days(dots: Sequence[Dot]) -> tuple[Mark, ...]:
    """The first and the last week, and some between."""
    every = max(1, ceil(len(dots) / 6))
    return tuple(Mark(dot.x, f"{dot.week.starts_on:%-d %b}") for dot in dots[::every])


def _in_words(weeks: Sequence[Week], mean: float, per: int, counted_in: str, changed_on: date | None) -> str:
    if not weeks:
        return "No week is known yet."
    unit = f"complaints per {per:,} {counted_in}" if counted_in else "complaints a week"
    changed = f" The change was made on {changed_on:%-d %B %Y}." if changed_on else ""
    return f"{len(weeks)} weeks from {weeks[0].starts_on:%-d %B %Y}; {mean:.1f} {unit} before.{changed}"
