"""Rules wait while a customer is still writing: what they read is kept, and acted on once the account is over."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.event import Event
from amends.cases.turns import hearing_out, turns_of
from amends.verbs.rule import Rule, RuleWait

WRITTEN = "message_received"


def still_writing_until(case: Case, now: datetime) -> datetime | None:
    """Until when the customer of a case may still be writing, None when they have finished or were answered."""
    heard = hearing_out(turns_of(case))
    return heard.quiet_at if heard and now < heard.quiet_at else None


def let_wait(rule: Rule, case: Case, event: Event, until: datetime) -> None:
    """Keep an event for later; several messages of one account are one thing to act on, the newest stands for all."""
    if event.kind == WRITTEN and event.data["known"]:
        told = Event.objects.filter(case=case, kind=WRITTEN, data__known=True)
        RuleWait.objects.filter(rule=rule, seq__in=told.values("seq")).delete()
    RuleWait.objects.create(rule=rule, case=case, seq=event.seq, until=until)


def over(now: datetime) -> list[int]:
    """The waits whose time has come, as far as it was known when they began, in the order of what happened."""
    return list(RuleWait.objects.filter(until__lte=now).values_list("pk", flat=True))
