"""Sending the letters of figures that fell due: what somebody may see is asked at that moment."""

from datetime import datetime, timedelta

from django.db.models import F

from amends.channels.email.send import SendError, send
from amends.insights.questions import QUESTIONS, Question
from amends.insights.scope import Scope
from amends.reporting.letter import letter_of, told_of
from amends.reporting.subscription import FiguresLetter, Subscription, channel_for, take_up
from amends.team.permissions import Right

LEASE = timedelta(minutes=2)
AGAIN = timedelta(minutes=15)
MOST_TRIES = 20
QUIET = timedelta(days=28)
NOTHING_NEW = "Nothing was new since the letter before."


def send_figures(now: datetime) -> int:
    """Take up what fell due and hand each letter to its channel; returns how many were tried.

    Who moves the next try first has the letter. A process that is killed in between leaves it to the next, with the
    same Message-ID.
    """
    take_up(now)
    tried = 0
    due = FiguresLetter.objects.filter(next_try_at__lte=now).select_related("subscription__person__team")
    for row in due.order_by("due_at", "pk"):
        mine = FiguresLetter.objects.filter(pk=row.pk, next_try_at=row.next_try_at)
        if mine.update(next_try_at=now + LEASE, tries=F("tries") + 1):
            tried += 1
            _try(row, now)
    return tried


def _try(row: FiguresLetter, now: datetime) -> None:
    one, question = row.subscription, QUESTIONS.get(row.subscription.question)
    reason = _hindrance(one, question)
    channel = channel_for(one.person.team)
    if reason or question is None or channel is None:
        _end(row, not_sent=reason or "No mailbox is set up to send it from.")
        return
    told = told_of(question.answer(Scope(user=one.person, now=now)))
    last = one.letters.exclude(sent_at=None).first()
    same = last is not None and last.digest == told.digest
    if same and last and last.sent_at and now - last.sent_at < QUIET:
        _end(row, digest=told.digest, not_sent=NOTHING_NEW)
        return
    try:
        send(letter_of(row, question, told, channel, again=same))
    except SendError as error:
        gone = error.permanent or row.tries + 1 >= MOST_TRIES
        FiguresLetter.objects.filter(pk=row.pk).update(
            next_try_at=None if gone else now + AGAIN, not_sent=str(error)[:300] if gone else ""
        )
        return
    _end(row, digest=told.digest, sent_at=now)


def _hindrance(one: Subscription, question: Question | None) -> str:
    """Why this letter may not leave now, as a sentence for who asked for it; "" when it may."""
    person = one.person
    if one.ended_at:
        return "You had asked for no more of these letters."
    if question is None:
        return "This question is not asked any more."
    if not person.can(Right.READ_INSIGHTS):
        return "Your role does not read what all cases together say any more."
    if person.team_id != one.team_id and not person.can(Right.SEE_ALL_TEAMS):
        return "You are in another team now. Ask for the letter again to have that team's figures."
    return ""


def _end(row: FiguresLetter, **values: object) -> None:
    FiguresLetter.objects.filter(pk=row.pk).update(next_try_at=None, **values)
