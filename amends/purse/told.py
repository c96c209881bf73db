"""What became of a gesture, in words, and what a team gave in a month, row by row."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from amends.purse.entry import Kind
from amends.purse.gesture import Gesture
from amends.team.calendar import zone_of
from amends.team.models import Team


def became(gesture: Gesture, now: datetime) -> str:
    """ "Can be used until 31 January 2027", "Used", "Ran out", "They did not want it": what became of it."""
    if hasattr(gesture, "taken_back"):
        return "They did not want it" if gesture.taken_back.declined else "Taken back"
    if gesture.expires_at is None:
        return "Given"
    kinds = {one.kind for one in gesture.entries.all()}
    if Kind.LAPSED in kinds:
        return "Ran out, partly used" if Kind.USED in kinds else "Ran out"
    if not gesture.left:
        return "Used"
    if gesture.expires_at <= now:
        return "Ran out"
    last_day = (gesture.expires_at - timedelta(microseconds=1)).astimezone(zone_of(gesture.team))
    return f"{'Partly used, the rest' if Kind.USED in kinds else 'Can be used'} until {last_day:%-d %B %Y}"


def given_in(team: Team, month: date) -> QuerySet[Gesture]:
    """What a team gave in a month, the latest first, with everything a row says of it."""
    start = datetime.combine(month, time(), tzinfo=get_default_timezone())
    end = datetime.combine((month + timedelta(days=31)).replace(day=1), time(), tzinfo=get_default_timezone())
    rows = Gesture.objects.filter(team=team, at__gte=start, at__lt=end).prefetch_related("entries")
    return rows.select_related("by", "customer", "case", "team", "taken_back").order_by("-at", "-pk")
