"""Publishing the complaint report of a quarter, correcting it, and taking it off the page."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.reporting.figures import Figures, counted_choices, figures_of, settled
from amends.reporting.quarter import Quarter
from amends.reporting.shown import Said, shown_of
from amends.reporting.version import ReportVersion, ReportWithdrawal, is_withdrawn
from amends.team.models import User
from amends.team.permissions import Right

LONGEST_NAME, LONGEST_CHANGED, LONGEST_REASON = 120, 300, 300


def publish_quarter(
    quarter: Quarter, counted_in: str, said: Mapping[int, Said], *, by: User, now: datetime, reason: str = ""
) -> ReportVersion:
    """Fix the figures of a quarter as of now and put them on the public page; `said` are the reviewed words of each
    cause that is shown.

    A quarter that was published before needs a reason: the earlier version stays readable. Raises NotAllowed,
    NotPossible before the quarter is over, Incomplete for words that are missing, AlreadyDone when nothing moved.
    """
    with writing():
        _check(quarter, counted_in, by, now)
        last = ReportVersion.objects.filter(quarter=quarter.start).first()
        why = _reason(reason, "Say why it is published again; customers read it.", "reason") if last else ""
        figures = next_figures(quarter, counted_in, last, now)
        shown = shown_of(figures, quarter, _checked(said, figures))
        if last and last.shown == shown and not is_withdrawn(last):
            raise AlreadyDone(
                "Nothing would read otherwise: no figure moved by five or more. A correction by fewer could point at "
                "single people, so it is not published."
            )
        number = last.number + 1 if last else 1
        made = ReportVersion.objects.create(
            quarter=quarter.start, number=number, reason=why, figures=figures.as_json(), shown=shown, by=by, at=now
        )
        record("report_published", None, by, now, quarter=quarter.key, version=number)
    return made


def withdraw_quarter(quarter: Quarter, reason: str, *, by: User, now: datetime) -> ReportWithdrawal:
    """Take a quarter off the public page; raises NotAllowed, NotPossible when it is not on it, Incomplete without a
    reason."""
    with writing():
        _check_right(by)
        last = ReportVersion.objects.filter(quarter=quarter.start).first()
        if last is None or is_withdrawn(last):
            raise NotPossible(f"The report of {quarter.words} is not on the public page.")
        why = _reason(reason, "Say why it is taken off; customers read it.", "why")
        made = ReportWithdrawal.objects.create(version=last, reason=why, by=by, at=now)
        record("report_withdrawn", None, by, now, quarter=quarter.key, version=last.number)
    return made


def next_figures(quarter: Quarter, counted_in: str, last: ReportVersion | None, now: datetime) -> Figures:
    """The figures a next version would fix: what moved by fewer than five people stays as it was shown before."""
    figures = figures_of(quarter, counted_in, now)
    return settled(figures, last.counted) if last else figures


def _check(quarter: Quarter, counted_in: str, by: User, now: datetime) -> None:
    _check_right(by)
    if localdate(now) < quarter.end:
        raise NotPossible(f"{quarter.words} is not over yet. It can be published from {quarter.end:%-d %B %Y}.")
    if counted_in and counted_in not in dict(counted_choices(quarter)):
        raise Incomplete("Choose what the complaints are counted in.", "counted_in")


def _check_right(by: User) -> None:
    if not by.can(Right.PUBLISH):
        raise NotAllowed("Only a lead publishes the complaint report, or takes it off. Ask one.")


def _reason(words: str, wanted: str, field: str) -> str:
    why = " ".join(words.split())
    if not why:
        raise Incomplete(wanted, field)
    if len(why) > LONGEST_REASON:
        raise Incomplete(f"Say it in at most {LONGEST_REASON} letters.", field)
    return why


def _checked(said: Mapping[int, Said], figures: Figures) -> dict[int, Said]:
    """The words of each cause that is shown, without stray spaces; raises Incomplete where some are missing."""
    checked = {}
    for one in figures.causes:
        if one.cause not in said:
            raise Incomplete("The causes moved since you opened this page. Read them again, then publish.", "main")
        words = Said(*(" ".join(part.split()) for part in (said[one.cause].name, said[one.cause].changed)))
        if not words.name or len(words.name) > LONGEST_NAME:
            raise Incomplete(f"Name the cause in 1 to {LONGEST_NAME} letters.", f"name-{one.cause}")
        if len(words.changed) > LONGEST_CHANGED:
            raise Incomplete(f"Say it in at most {LONGEST_CHANGED} letters.", f"changed-{one.cause}")
        checked[one.cause] = words
    return checked
