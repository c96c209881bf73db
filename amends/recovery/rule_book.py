"""The clocks of a case's rule book: when each moment it counts from happened, and what is due or late."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Q

from amends.cases.case import Case
from amends.method.profile import Moment, ProfileClock, clocks, profile_of
from amends.recovery.holding_letter import HoldingLetter, Told, letters_that_left
from amends.team.calendar import read_calendar


def rule_book_clocks(case: Case) -> tuple[ProfileClock, ...]:
    """Every clock of the profile of the case's team; none, and no query, for a profile without clocks."""
    profile = profile_of(case.team.profile)
    if not any(clause.clocks for clause in profile.clauses):
        return ()
    return clocks(profile, moments_of(case), read_calendar(case.team.calendar))


def moments_of(case: Case) -> dict[Moment, datetime]:
    """When each moment first happened, read so that a clock never looks met when it may not be.

    An automatic receipt is no acknowledgement, and a letter counts from when it left.
    """
    escalation = getattr(case, "escalation", None)
    letters = _letters(case)
    found = {
        Moment.RECEIVED: case.opened_at,
        Moment.ACKNOWLEDGED: min(letters, default=None),
        Moment.FINAL_RESPONSE: _answered(case, since=None),
        Moment.AGREED: _agreed(case),
    }
    if escalation is not None:
        found |= {
            Moment.ESCALATED: escalation.at,
            Moment.STAGE2_ACKNOWLEDGED: min((at for at in letters if at > escalation.at), default=None),
            Moment.STAGE2_RESPONSE: _answered(case, since=escalation.at),
        }
    found |= _told(case, since=escalation.at if escalation is not None else None)
    return {moment: at for moment, at in found.items() if at is not None}


def _letters(case: Case) -> list[datetime]:
    """When each letter of a person left."""
    return [at for at in letters_that_left(case).values_list("outbox__sent_at", flat=True) if at is not None]


def _told(case: Case, since: datetime | None) -> dict[Moment, datetime | None]:
    """When a letter first told how it stands, and that it takes longer.

    Under a rule book with a second stage that is of the stage in which the letter left, which begins at `since`.
    """
    rows = HoldingLetter.objects.filter(message__in=letters_that_left(case).order_by())
    left = [(what, at) for what, at in rows.values_list("what", "message__outbox__sent_at") if at is not None]
    longer = [at for what, at in left if what == Told.EXTENSION]
    stage2_at = since if profile_of(case.team.profile).stages > 1 else None
    return {
        Moment.PROGRESS_TOLD: _first(at for what, at in left if what == Told.PROGRESS),
        Moment.EXTENSION_TOLD: _first(at for at in longer if stage2_at is None or at <= stage2_at),
        Moment.STAGE2_EXTENSION_TOLD: _first(at for at in longer if stage2_at is not None and at > stage2_at),
    }


def _answered(case: Case, since: datetime | None) -> datetime | None:
    """When the last issue had an offer, a delivery or a refusal, after a moment; None while one has nothing."""
    offered, delivered = (Q(), Q()) if since is None else (Q(offers__made_at__gt=since), Q(fulfilments__at__gt=since))
    rows = case.open_issues().annotate(
        offered_at=Min("offers__made_at", filter=offered), delivered_at=Min("fulfilments__at", filter=delivered)
    )
    firsts = rows.values_list("offered_at", "delivered_at", "refusal__at")
    return _last(_first(at for at in row if at is not None and (since is None or at > since)) for row in firsts)


def _agreed(case: Case) -> datetime | None:
    """When the customer had agreed on the last issue; None while one is open."""
    rows = case.open_issues().annotate(agreed_at=Min("offers__acceptance__at"))
    return _last(rows.values_list("agreed_at", flat=True))


def _first(times: Iterable[datetime]) -> datetime | None:
    return min(times, default=None)


def _last(times: Iterable[datetime | None]) -> datetime | None:
    found = list(times)
    known = [at for at in found if at is not None]
    return max(known) if known and len(known) == len(found) else None
