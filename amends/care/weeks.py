"""What leads are told of a team's week: how many hard conversations, of five people or more, once and for good."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from django.utils.crypto import salted_hmac

from amends.care.models import CareConsent, HardMoment, WeekTold
from amends.method.crowd import WEEK, Told, tell
from amends.method.exposure import HARD_POINTS, POINTS
from amends.team.models import Team, User
from amends.team.veil import veiled

HARD = [felt.value for felt, points in POINTS.items() if points >= HARD_POINTS]


def tell_weeks(now: datetime) -> int:
    """Tell of the week that is over, for each team that has not been told of it yet; returns for how many.

    It is done by the clock and once: what somebody deletes or adds later changes no figure for a lead to compare.
    """
    week = _monday(now) - WEEK
    teams = Team.objects.exclude(weeks_told__week=week)
    return sum(_tell_week(team, week) for team in teams)


def _tell_week(team: Team, week: date) -> int:
    begins = datetime.combine(week, time(), tzinfo=UTC)
    on = set(CareConsent.objects.filter(at__lte=begins).values_list("whose", flat=True))
    people = [one for one in User.objects.filter(team=team, is_active=True) if veiled(one, CareConsent) in on]
    group = {veiled(one, HardMoment) for one in people}
    moments = HardMoment.objects.filter(whose__in=group, felt__in=HARD, at__gte=begins, at__lt=begins + WEEK)
    counts = dict.fromkeys(group, 0) | Counter(moments.values_list("whose", flat=True))
    told = tell(counts, _seal(group), week, _earlier(team))
    _, made = WeekTold.objects.get_or_create(
        team=team, week=week, defaults={"group": told.group, "about": told.about} if told else {}
    )
    return int(made)


def told_weeks(team: Team, now: datetime) -> list[WeekTold]:
    """The weeks of the last two months, the latest first; those that could not be told of have no figure."""
    since = _monday(now) - 8 * WEEK
    return list(WeekTold.objects.filter(team=team, week__gte=since).order_by("-week"))


def _earlier(team: Team) -> list[Told]:
    return [Told(one.week, one.group, one.about) for one in team.weeks_told.all() if one.about is not None]


def _seal(group: set[str]) -> str:
    return salted_hmac("amends.care.group", " ".join(sorted(group)), algorithm="sha256").hexdigest()


def _monday(now: datetime) -> date:
    today = now.astimezone(UTC).date()
    return today - timedelta(days=today.weekday())
