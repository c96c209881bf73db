"""Asking whether it is still right, by itself when it is due: a letter in the team's name, or the reason why not."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from amends.cases.automatic import may_write_by_itself
from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.facts import facts_of
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.letters import queue_letter
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import Standing, stand
from amends.method.path import Attention
from amends.method.steps import Step
from amends.recovery.ask_poll import poll_for, poll_words
from amends.recovery.follow_up import Answer, FollowUp, plan_next
from amends.recovery.letter import follow_up_letter
from amends.recovery.poll import PollAsked

SILENT_AFTER = timedelta(days=14)
FOLLOW_UP = "follow_up"


def ask_those_due(now: datetime) -> int:
    """Write the letters of the follow-ups that are due; returns how many. The others stay with a person to ask."""
    due = FollowUp.objects.filter(due_at__lte=now, done_at=None, silent_at=None, letter=None)
    due = due.filter(case__customer__erasure=None)
    return sum(ask_again(one, now) for one in list(due.values_list("pk", flat=True)))


def ask_again(pk: int, now: datetime) -> bool:
    """Write one follow-up's letter, once; False when it was asked before, or must not be asked by itself now.

    Most that are due wait for a person, sweep after sweep: they are looked at without keeping others from writing.
    """
    if _to_ask(pk, now) is None:
        return False
    with writing():
        asked = _to_ask(pk, now)
        if asked is None:
            return False
        poll = poll_for(asked.case, now)
        text = follow_up_letter(asked, poll_words(poll) if poll else "")
        letter = queue_letter(asked.case, text, now=now, automatic=FOLLOW_UP)
        if poll:
            PollAsked.objects.filter(pk=poll.pk).update(letter=letter)
        asked.letter = letter
        asked.save(update_fields=["letter"])
        record("follow_up_asked", asked.case_id, SYSTEM, now, message=letter.pk, round=asked.round)
        _stand_in_place(asked.case, now)
    return True


def _to_ask(pk: int, now: datetime) -> FollowUp | None:
    """The follow-up if a letter may ask it by itself now."""
    asked = FollowUp.objects.select_related("case__customer", "case__channel", "case__team").get(pk=pk)
    is_settled = asked.letter_id or asked.done_at or asked.silent_at
    return None if is_settled or hindrance(asked.case, now) else asked


def _stand_in_place(case: Case, now: datetime) -> None:
    """A letter nobody wrote does not move a case that somebody has other work to do on."""
    before = Standing.objects.filter(pk=case.pk, attention=Attention.TO_DO).exclude(next_step=Step.FOLLOW_UP.value)
    place = before.values_list("order_at", "next_step").first()
    stand(case, now)
    if place:
        Standing.objects.filter(pk=case.pk, next_step=place[1]).update(order_at=place[0])


def hindrance(case: Case, now: datetime) -> str:
    """Why no letter may ask this customer by itself now, as a sentence for the person who then asks; "" when it may."""
    if came_back(case):
        return f"The last letter to {case.address} came back, so Amends does not write by itself. Call them."
    if _being_answered(case, now):
        return f"Another complaint of {case.customer.first_name} is being answered, so Amends waits with its letter."
    try:
        may_write_by_itself(case, now)
    except NotPossible as reason:
        return str(reason)
    return ""


def came_back(case: Case) -> bool:
    """Whether the last letter that ended its way to this address could not be delivered."""
    ended = OutboxEntry.objects.filter(message__case__address=case.address).exclude(sent_at=None, failed_at=None)
    last = ended.order_by("-message__at", "-pk").first()
    return last is not None and last.failed_at is not None


def _being_answered(case: Case, now: datetime) -> bool:
    """Whether the customer waits for an answer anywhere, or for a remedy in another case."""
    for one in case.customer.cases.select_related("customer"):
        facts = facts_of(one, now)
        if facts.unanswered_since is not None:
            return True
        if one.pk != case.pk and facts.closed_at is None and any(not issue.remedied_at for issue in facts.issues):
            return True
    return False


def note_silence(now: datetime) -> int:
    """Write down who did not answer within two weeks of our letter, and plan the next round; returns how many.

    Silence is no answer: it is never counted as right (S0.23). Whoever wrote anything since has not been silent.
    """
    return sum(_note_silence(pk, now) for pk in list(_silent(now).values_list("pk", flat=True)))


def _silent(now: datetime) -> "QuerySet[FollowUp]":
    """The follow-ups whose letter was not answered in time."""
    wrote = Message.objects.filter(case=OuterRef("case"), outgoing=False, automatic="", at__gte=OuterRef("letter__at"))
    sent = FollowUp.objects.filter(done_at=None, silent_at=None, letter__outbox__sent_at__lte=now - SILENT_AFTER)
    return sent.filter(~Exists(wrote), case__customer__erasure=None)


def _note_silence(pk: int, now: datetime) -> bool:
    with writing():
        asked = _silent(now).select_related("case__customer", "letter").filter(pk=pk).first()
        if asked is None:
            return False
        asked.silent_at = now
        asked.save(update_fields=["silent_at"])
        record("follow_up_silent", asked.case_id, SYSTEM, now, round=asked.round)
        plan_next(asked, now)
        stand(asked.case, now)
    return True


ANSWERS = {
    Answer.RIGHT: "Yes, it is still right",
    Answer.LEFT: "Something is left",
    Answer.NO: "No, it is not right",
}
