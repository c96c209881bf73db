""" "Where do we take too long?": first answer by a person, first offer, agreement and closing, on the team's clock."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isinf

from django.db.models import Subquery

from amends.cases.case import Case
from amends.cases.clocks import reply_hours
from amends.insights import contacts
from amends.insights.answer import (
    TOO_FEW,
    Answer,
    Bars,
    Cell,
    Found,
    Ground,
    Head,
    Table,
    counted,
    found_among,
    is_number,
    percent,
    share_bar,
    share_cells,
)
from amends.insights.clock import WorkingClock
from amends.insights.firsts import first, letters
from amends.insights.scope import Scope
from amends.measures.figure import Figure, share
from amends.measures.times import FEWEST_TIMES, quantile
from amends.method.policy import Policy
from amends.method.waits import Wait
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.offer import Acceptance, Offer
from amends.team.calendar import read_calendar
from amends.team.models import Team
from amends.team.policy import current

HOURS = (1, 2, 4, 8, 16, 24, 40, 80)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """One case: when it came, what policy says of it, and when each thing happened first."""

    pk: int
    team: int
    channel: str
    severity: int
    at: datetime
    answered: datetime | None
    offered: datetime | None
    delivered: datetime | None
    agreed: datetime | None
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class Waited:
    """One wait for one thing: of which case, how long, and whether it is within its target (None: none, or not yet)."""

    pk: int
    wait: Wait
    within: bool | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits are held against: the policy, and each team's clock."""

    now: datetime
    policy: Policy
    clocks: dict[int, WorkingClock]


_Within = Callable[[Opened, datetime, Desk], bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing a customer waits for: its name, when it came, whether that was within the target, if any."""

    title: str
    ended: Callable[[Opened], datetime | None]
    within: _Within | None = None


def _answer_within(one: Opened, ended: datetime, desk: Desk) -> bool:
    hours = reply_hours(desk.policy, one.channel, one.severity)
    return desk.clocks[one.team].between(one.at, ended) <= hours * _HOUR


def _offer_within(one: Opened, ended: datetime, desk: Desk) -> bool:
    aim = desk.clocks[one.team].aim(one.at, desk.policy.agree_days[one.severity])
    return aim is None or ended <= aim


def _remedy_named(one: Opened) -> datetime | None:
    return min((at for at in (one.offered, one.delivered) if at is not None), default=None)


MEASURES = {
    "answer": Measure("First answer by a person", lambda one: one.answered, _answer_within),
    "offer": Measure("First offer, or a remedy that was owed", _remedy_named, _offer_within),
    "agreement": Measure("The customer agreed", lambda one: one.agreed),
    "closing": Measure("Closed", lambda one: one.closed),
}


def answer(scope: Scope) -> Answer:
    """For each thing a customer waits for: the middle, nine in ten, and the share within the target of the policy."""
    opened = list(_opened(scope))
    desk = _desk(scope, opened)
    told = {key: list(_waited(MEASURES[key], opened, desk)) for key in ("answer", "offer")}
    return Answer(_sentence(told["answer"], told["offer"], scope), lambda: _ground(scope, told, opened, desk))


def _ground(scope: Scope, told: dict[str, list[Waited]], opened: Sequence[Opened], desk: Desk) -> Ground:
    waited = {key: told.get(key) or list(_waited(measure, opened, desk)) for key, measure in MEASURES.items()}
    soon = _answered_by(waited["answer"])
    return Ground(
        charts=(_chart(soon),) if len(waited["answer"]) >= FEWEST_TIMES else (),
        tables=(_table(waited), _answers(soon), contacts.table(scope)),
        notes=(
            Cell("In the working hours of the team that has the case, from when it came. Cases opened in the period."),
            Cell("Who still waits counts with the wait so far; a case closed without the thing is left out."),
            Cell("Targets are those of the policy in force: hours to a first answer, days to an offer, by severity."),
            *contacts.NOTES,
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases that waited ("all:answer"), still wait, were within the target or past it, or answered in "8" hours."""
    what, _, key = of.partition(":")
    if what == "contacts":
        return contacts.cases(scope, key)
    hours = int(key) if what == "hours" and is_number(key) and int(key) in HOURS else None
    measure = MEASURES.get("answer" if hours else key)
    if measure is None or (hours is None and what not in _TITLES):
        return None
    opened = list(_opened(scope))
    waited = _waited(measure, opened, _desk(scope, opened))
    if hours:
        chosen = [one.pk for one in waited if one.wait.over and one.wait.span <= hours * _HOUR]
        title = f"Answered by a person within {counted(hours, 'working hour')}"
    else:
        chosen = [one.pk for one in waited if _TITLES[what][1](one)]
        title = f"{measure.title}: {_TITLES[what][0]}"
    return found_among(title, chosen)


_TITLES: dict[str, tuple[str, Callable[[Waited], bool]]] = {
    "all": ("all who waited", lambda one: True),
    "waiting": ("still waiting", lambda one: not one.wait.over),
    "within": ("within the target", lambda one: one.within is True),
    "late": ("past the target", lambda one: one.within is False),
}


def _opened(scope: Scope) -> Iterator[Opened]:
    rows = scope.rows(Case.objects.order_by(), "opened_at", "pk").annotate(
        answered=Subquery(first(letters(), "message__case", "sent_at")),
        offered=Subquery(first(Offer.objects.all(), "case", "made_at")),
        delivered=Subquery(first(Fulfilment.objects.all(), "case", "at")),
        agreed=Subquery(first(Acceptance.objects.all(), "offer__case", "at")),
    )
    names = ("pk", "team_id", "channel__kind", "severity", "opened_at", "answered", "offered", "delivered", "agreed")
    return (Opened(*row) for row in rows.values_list(*names, "closure__at").iterator())


def _desk(scope: Scope, opened: Sequence[Opened]) -> Desk:
    first = min((one.at for one in opened), default=scope.now)
    teams = Team.objects.filter(pk__in={one.team for one in opened})
    clocks = {team.pk: WorkingClock(read_calendar(team.calendar), first, scope.now) for team in teams}
    return Desk(scope.now, current(), clocks)


def _waited(measure: Measure, opened: Sequence[Opened], desk: Desk) -> Iterator[Waited]:
    for one in opened:
        ended = measure.ended(one)
        if ended is None and one.closed is not None:
            continue
        until = ended or desk.now
        span = desk.clocks[one.team].between(one.at, until)
        within = measure.within(one, until, desk) if measure.within else None
        yield Waited(one.pk, Wait(span, over=ended is not None), None if within and ended is None else within)


def _within(waited: Sequence[Waited]) -> Figure:
    made, missed = (sum(one.within is kept for one in waited) for kept in (True, False))
    return share("Within the target", made, made + missed, noun="waits", fewest=FEWEST_TIMES)


def _sentence(answers: Sequence[Waited], offers: Sequence[Waited], scope: Scope) -> str:
    if len(answers) < FEWEST_TIMES:
        waits = counted(len(answers), "case")
        return f"Too few to tell: {waits} opened {scope.period.words}, at least {FEWEST_TIMES} are needed."
    middle, within = quantile("", [one.wait for one in answers], 0.5), _within(answers)
    said = f"Half the customers heard from a person within {_hours(middle.value)} ({_range(middle)})"
    said = "More than half the customers still wait to hear from a person" if isinf(middle.value) else said
    kept = f", {percent(within.value)} within the time the policy sets." if within.can_tell else "."
    offered = _within(offers)
    aimed = f" Of the offers {percent(offered.value)} came in time." if offered.can_tell else ""
    return said + kept + aimed


@dataclass(frozen=True, slots=True)
class AnsweredBy:
    """How many a person answered within some hours, and their share of all whose hours have passed or who were."""

    hours: int
    made: int
    share: Figure


def _answered_by(answers: Sequence[Waited]) -> list[AnsweredBy]:
    """What was answered within each of the hours we look at."""
    every = sorted(one.wait.span for one in answers)
    over = sorted(one.wait.span for one in answers if one.wait.over)
    found = []
    for hours in HOURS:
        made, missed = bisect_right(over, hours * _HOUR), len(every) - bisect_right(every, hours * _HOUR)
        found.append(AnsweredBy(hours, made, share("", made, made + missed, noun="waits", fewest=FEWEST_TIMES)))
    return found


def _chart(soon: Sequence[AnsweredBy]) -> Bars:
    bars = tuple(share_bar(f"within {counted(one.hours, 'hour')}", one.share) for one in soon)
    says = "The share of customers answered by a person within so many working hours, with its 95 % interval."
    return Bars("How soon a person answered", says, bars, whole=True)


def _answers(soon: Sequence[AnsweredBy]) -> Table:
    heads = (Head("Answered by a person", num=False), Head("Cases"), Head("Share"), Head("Between"))
    rows = [
        (
            Cell(f"within {counted(one.hours, 'working hour')}"),
            Cell(f"{one.made:,}", f"hours:{one.hours}" if one.made else ""),
            *share_cells(one.share),
        )
        for one in soon
    ]
    return Table("answers", "How soon a person answered", heads, tuple(rows))


def _table(waited: dict[str, list[Waited]]) -> Table:
    heads = (
        Head("From the complaint to", num=False),
        Head("Cases"),
        Head("Still waiting"),
        Head("Half within"),
        Head("Nine in ten within"),
        Head("In target"),
        Head("Between"),
        Head("Past it"),
    )
    return Table("waits", "How long it takes", heads, tuple(_row(key, waits) for key, waits in waited.items()))


def _row(key: str, waited: Sequence[Waited]) -> tuple[Cell, ...]:
    waits, waiting = [one.wait for one in waited], sum(not one.wait.over for one in waited)
    late = sum(one.within is False for one in waited)
    return (
        Cell(MEASURES[key].title),
        Cell(f"{len(waits):,}", f"all:{key}" if waits else ""),
        Cell(f"{waiting:,}", f"waiting:{key}" if waiting else ""),
        *(_quantile_cell(waits, part) for part in (0.5, 0.9)),
        *(share_cells(_within(waited), f"within:{key}") if MEASURES[key].within else (Cell("no target"), Cell(""))),
        Cell(f"{late:,}" if MEASURES[key].within else "", f"late:{key}" if late else ""),
    )


def _quantile_cell(waits: Sequence[Wait], part: float) -> Cell:
    if len(waits) < FEWEST_TIMES:
        return Cell(TOO_FEW, faint=True)
    figure = quantile("", waits, part)
    return Cell(f"{_hours(figure.value)} ({_range(figure)})")


def _hours(hours: float) -> str:
    if isinf(hours):
        return "not yet known"
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f}".removesuffix(".0") + " h" if hours < 10 else f"{hours:,.0f} h"


def _range(figure: Figure) -> str:
    low, high = _hours(figure.low), figure.high
    return f"{low} or more" if isinf(high) else f"{low} to {_hours(high)}"
