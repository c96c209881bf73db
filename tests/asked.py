"""A letter that asked a customer how it was, without waiting for their turn."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from amends.cases.case import Case
from amends.cases.letters import queue_letter
from amends.recovery.ask_poll import open_poll, poll_words
from amends.recovery.poll import PollAsked
from amends.recovery.survey import SurveyAsked
from amends.recovery.survey_letter import survey_letter
from amends.team.models import User


def asked_how_it_was(
    case: Case, at: datetime, *, why: str = "open", kinds: Sequence[str] = ("csat", "settled", "ces")
) -> SurveyAsked:
    """The survey, its letter still in the outbox."""
    one = SurveyAsked.objects.create(
        case=case, why=why, since=at, at=at, kinds=list(kinds), severity=case.severity, policy=1
    )
    one.letter = queue_letter(case, survey_letter(one), now=at, automatic="survey")
    one.save()
    return one


def polled(case: Case, by: User, at: datetime, *, answers: Sequence[str] = ("By mail", "By telephone")) -> PollAsked:
    """A poll, open for a month, below a letter to the customer of this case."""
    until = (at + timedelta(days=30)).date().isoformat()
    made = open_poll("How would you like to hear from us?", answers, (), until, by=by, now=at)
    asked = PollAsked.objects.create(poll=made, case=case, at=at)
    asked.letter = queue_letter(case, poll_words(asked), now=at, automatic="follow_up")
    asked.save()
    return asked
