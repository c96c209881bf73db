"""The weeks of a change: how often its cause was named in each, and how many orders, visits or users there were."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count

from amends.cases.issue import Issue
from amends.measures.snapshot import Series, Snapshot
from amends.measures.weeks import Week
from amends.prevention.claim import Claim, effective_on, trigger_window
from amends.prevention.exposure import weekly
from amends.prevention.models import Cause, Change

WEEK = timedelta(days=7)
MOST_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """Every whole week a claim looks at, by its Monday, and those of them for which no figures are known."""

    mondays: tuple[date, ...]
    unknown: tuple[date, ...]
    exposure: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known of the weeks of a claim: which there are, and how often each cause was named in them."""

    window: Window
    counts: Mapping[int, Mapping[date, int]]

    def weeks(self, cause: int) -> tuple[Week, ...]:
        """Each week with the complaints of one cause and what they are counted in."""
        mine = self.counts.get(cause, {})
        return tuple(Week(one, mine.get(one, 0), float(self.window.exposure[one])) for one in self.window.mondays)


def tally_of(change: Change, claim: Claim, today: date) -> Tally:
    """What is known of the weeks of a claim on a day."""
    window = window_of(change, claim, today)
    return Tally(window, counts_of(window.mondays))


def monday(day: date) -> date:
    """The Monday of the week a day is in."""
    return day - timedelta(days=day.weekday())


def window_of(change: Change, claim: Claim, today: date, last: date | None = None) -> Window:
    """The weeks from the first of the baseline to the review (or `last`), as far as they are over.

    The weeks in which a change was in place but not claimed yet are neither before nor since: they are left out.
    """
    begins, _ = trigger_window(change, claim)
    first = monday(begins) - claim.baseline_weeks * WEEK
    until = min(today, (last or claim.review_date) + timedelta(days=1))
    every = [first + number * WEEK for number in range((until - first).days // 7)]
    since = effective_on(change, claim)
    if change.made_at and since:
        made = change.made_at.date()
        every = [one for one in every if not (made < since and one + WEEK > made and one < since)]
    if not claim.exposure:
        return Window(tuple(every), (), dict.fromkeys(every, 1))
    known = weekly(claim.exposure)
    unknown = tuple(one for one in every if one not in known)
    counted = tuple(one for one in every if known.get(one))
    return Window(counted, unknown, {one: known[one] for one in counted})


def snapshot_of(change: Change, claim: Claim, tally: Tally, now: datetime) -> Snapshot:
    """A change's claim and its figures as they are now; raises ImpossibleCount when its review is not after it."""
    since = effective_on(change, claim)
    assert since is not None
    return Snapshot(
        cause=change.cause.name,
        counted_in=claim.exposure,
        weeks=tally.weeks(change.cause_id),
        effective_on=since,
        review_on=claim.review_date,
        taken_on=now.date(),
        claimed_fall=claim.drop_percent / 100,
        trigger=trigger_window(change, claim),
        neighbours=_neighbours(change.cause_id, tally),
        seed=change.pk,
    )


def before(weeks: tuple[Week, ...], change: Change, claim: Claim, since: date) -> tuple[Week, ...]:
    """The weeks that ended before a day, without those that touch the window that made people act."""
    out = triggered(weeks, change, claim)
    return tuple(one for one in weeks if one.ends_on < since and one.starts_on not in out)


def triggered(weeks: tuple[Week, ...], change: Change, claim: Claim) -> set[date]:
    """Which of these weeks touch the window that made people act, by their Monday."""
    begins, ends = trigger_window(change, claim)
    return {one.starts_on for one in weeks if one.starts_on <= ends and one.ends_on >= begins}


def counts_of(mondays: tuple[date, ...]) -> dict[int, Counter[date]]:
    """How many issues of each cause came in each of these weeks, in UTC; issues taken off or merged do not count."""
    if not mondays:
        return {}
    first, last = (datetime.combine(day, time(), tzinfo=UTC) for day in (mondays[0], mondays[-1] + WEEK))
    rows = Issue.objects.filter(
        raised_at__gte=first, raised_at__lt=last, withdrawal=None, merger=None, attribution__isnull=False
    )
    found: dict[int, Counter[date]] = {}
    for cause, at in rows.values_list("attribution__cause", "raised_at"):
        found.setdefault(cause, Counter())[monday(at.astimezone(UTC).date())] += 1
    return found


def _neighbours(cause: int, tally: Tally) -> tuple[Series, ...]:
    """The other causes a complaint of this one could be named by: those that are mostly about the same category.

    Where nobody chose a category for this cause's issues, every cause is one.
    """
    counts = tally.counts
    rows = Issue.objects.filter(attribution__cause__in=counts).order_by("attribution__cause", "category")
    by_category = rows.values_list("attribution__cause", "category").annotate(many=Count("pk"))
    mostly = {one: category for one, category, _ in sorted(by_category, key=lambda row: row[2])}
    names = dict(Cause.objects.filter(pk__in=counts).values_list("pk", "name"))
    others = [one for one in counts if one != cause and mostly.get(cause, "") in ("", mostly[one])]
    most_first = sorted(others, key=lambda one: (-sum(counts[one].values()), one))[:MOST_NEIGHBOURS]
    return tuple(Series(names[one], tally.weeks(one)) for one in most_first)


def linked_in(weeks: tuple[Week, ...]) -> tuple[int, int]:
    """How many of the issues people confirmed in these weeks are linked to any cause, and of how many."""
    wanted = {one.starts_on for one in weeks}
    if not wanted:
        return 0, 0
    first = datetime.combine(min(wanted), time(), tzinfo=UTC)
    last = datetime.combine(max(wanted) + WEEK, time(), tzinfo=UTC)
    rows = Issue.objects.filter(raised_at__gte=first, raised_at__lt=last, withdrawal=None, merger=None)
    found = [
        cause is not None
        for at, cause in rows.exclude(hearing=None, attribution=None).values_list("raised_at", "attribution__cause")
        if monday(at.astimezone(UTC).date()) in wanted
    ]
    return sum(found), len(found)
