"""Somebody was let down and said so when asked: what a person did about it."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.recovery.survey import LowScore
from amends.team.models import User


def answer_low_score(case: Case, words: str, *, by: User, now: datetime) -> None:
    """Write down what came of the oldest low score of a case; the answer of the customer stays as it was.

    Raises Incomplete without words, NotPossible when nobody waits.
    """
    if not words.strip():
        raise Incomplete("Write down what you heard from them and what comes of it.", "words")
    with writing():
        low = open_low_score(case)
        if low is None:
            raise NotPossible("No low score of this case waits for an answer.")
        low.by, low.done_at, low.words = by, now, words.strip()
        low.save(update_fields=["by", "done_at", "words"])
        record("low_score_answered", case.pk, by, now, survey=low.asked_id)
        stand(case, now)


def open_low_score(case: Case) -> LowScore | None:
    """The oldest low score nobody answered yet, or None."""
    return LowScore.objects.filter(case=case, done_at=None).select_related("asked").first()
