"""Opening a poll, stopping it, and putting it below a letter that asks a customer again anyway."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone, localtime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotThere
from amends.cases.issue import CATEGORIES
from amends.cases.ledger import record, writing
from amends.recovery.letter import case_language
from amends.recovery.poll import Poll, PollAsked, PollStopped
from amends.recovery.poll_link import poll_link
from amends.recovery.survey import SurveyOptOut
from amends.team.models import User
from amends.team.permissions import Right

MOST_ANSWERS, LONGEST_QUESTION, LONGEST_ANSWER = 5, 160, 60
LONGEST = timedelta(days=180)
# Nobody has a poll below a letter twice within this time ([J]).
IN_PEACE = timedelta(days=90)
LANGUAGE = "en"  # a poll is written once, in English, and asked of those to whom we write in it


def open_poll(
    question: str, answers: Sequence[str], categories: Sequence[str], closes_on: str, *, by: User, now: datetime
) -> Poll:
    """Put a question below the follow-up letters up to the end of a day, about some categories or, with none, all.

    Raises Incomplete with the field to mend.
    """
    asks, given = " ".join(question.split()), [" ".join(one.split()) for one in answers if one.strip()]
    _check_words(asks, given)
    if not set(categories) <= set(CATEGORIES):
        raise Incomplete("Choose from the categories of the list.", "categories")
    with writing():
        _may(by)
        made = Poll.objects.create(
            question=asks, answers=given, categories=list(categories), by=by, at=now, closes_at=_end_of(closes_on, now)
        )
        record("poll_opened", None, by, now, poll=made.pk)
    return made


def _check_words(asks: str, given: Sequence[str]) -> None:
    if not 0 < len(asks) <= LONGEST_QUESTION:
        raise Incomplete(f"Ask one question, in {LONGEST_QUESTION} letters or fewer.", "question")
    if not 2 <= len(given) <= MOST_ANSWERS or len({one.casefold() for one in given}) < len(given):
        raise Incomplete(f"Write two to {MOST_ANSWERS} answers that differ, each on a line of its own.", "answers")
    if max(map(len, given)) > LONGEST_ANSWER:
        raise Incomplete(f"Keep each answer to {LONGEST_ANSWER} letters: it is one tap.", "answers")


def _end_of(typed: str, now: datetime) -> datetime:
    try:
        chosen = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise Incomplete("Choose the last day.", "closes_at") from error
    if not timedelta() < chosen - localtime(now).date() <= LONGEST:
        raise Incomplete(f"Choose a day within the next {LONGEST.days} days.", "closes_at")
    return datetime.combine(chosen + timedelta(days=1), time(), tzinfo=get_default_timezone())


def _may(by: User) -> None:
    if not by.can(Right.ASK_CUSTOMERS):
        raise NotAllowed("A lead or a quality manager asks customers a question. Propose it to one of them.")


def stop_poll(number: int, *, by: User, now: datetime) -> PollStopped:
    """Put a poll below no further letter; what was asked can still be answered. Raises AlreadyDone once it ended."""
    with writing():
        _may(by)
        poll = Poll.objects.filter(pk=number).first()
        if poll is None:
            raise NotThere("There is no such poll.")
        if not open_polls(now).filter(pk=poll.pk).exists():
            raise AlreadyDone("This poll has ended already.")
        made = PollStopped.objects.create(poll=poll, by=by, at=now)
        record("poll_stopped", None, by, now, poll=poll.pk)
    return made


def open_polls(now: datetime) -> "QuerySet[Poll]":
    """The polls that stand below letters now, the oldest first."""
    return Poll.objects.filter(at__lte=now, closes_at__gt=now, stopped=None).order_by("pk")


def poll_for(case: Case, now: datetime) -> PollAsked | None:
    """Inside a change: ask the customer of a case the oldest poll that is about it, once each and not two at a time.

    None where no poll is, where they do not want to be asked such things, or were asked another lately.
    """
    polls = list(open_polls(now))
    if not polls or _left_in_peace(case, now) or case_language(case) != LANGUAGE:
        return None
    about = set(case.open_issues().values_list("category", flat=True))
    before = set(PollAsked.objects.filter(case__customer=case.customer_id).values_list("poll_id", flat=True))
    fits = (one for one in polls if one.pk not in before and (not one.categories or about & set(one.categories)))
    chosen = next(fits, None)
    return PollAsked.objects.create(poll=chosen, case=case, at=now) if chosen else None


def _left_in_peace(case: Case, now: datetime) -> bool:
    mine = {"case__customer": case.customer_id, "at__gt": now - IN_PEACE}
    return SurveyOptOut.objects.filter(customer=case.customer_id).exists() or PollAsked.objects.filter(**mine).exists()


def poll_words(asked: PollAsked) -> str:
    """How a poll stands below a letter: the question, a link for each answer, and that it is theirs to leave."""
    answers = [f"{words}:\n{poll_link(asked.pk, choice)}" for choice, words in enumerate(asked.poll.answers)]
    lead = "One more question, if you like. It has nothing to do with how we go on with your complaint."
    return "\n\n".join([lead, asked.poll.question, *answers])
