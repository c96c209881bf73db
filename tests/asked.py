"""A letter that asked a customer how it was, without waiting for their turn."""

from collections.abc import Sequence
from datetime import datetime

from amends.cases.case import Case
from amends.cases.letters import queue_letter
from amends.recovery.survey import SurveyAsked
from amends.recovery.survey_letter import survey_letter


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
