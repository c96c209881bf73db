"""What a customer answers when asked how it was: one answer a question, theirs to change while it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.learned import reading_with
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.language.reading import read
from amends.method.survey import SCALES, Kind, is_low
from amends.recovery.survey import LowScore, SurveyAnswer, SurveyAsked, SurveyOptOut
from amends.team.policy import current

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: to which question, which value, and about which issue where the question is about one."""

    kind: Kind
    value: int
    issue: int | None = None


def answer_survey(asked: SurveyAsked, given: Sequence[Given], words: str | None, now: datetime) -> bool:
    """Write down what the customer answered; the same again changes nothing, another answer takes its place.

    Empty `words` take back what they said in words before, None leaves it. Returns whether anything was new. Raises
    NotPossible after thirty days, Incomplete for an answer that the question does not have, or when nothing was said.
    """
    check_open(asked, now)
    said = None if words is None else words.strip()
    if not given and not said and (said is None or not _words(asked).exists()):
        raise Incomplete("Choose an answer, or say it in your words.", "value")
    if said and len(said) > LONGEST:
        raise Incomplete(f"Please keep it under {LONGEST} letters, or write to us by e-mail.", "words")
    issues = set(asked.case.open_issues().values_list("pk", flat=True))
    for one in given:
        _check(asked, one, issues)
    with writing():
        new = [_put(asked, one, now) for one in given]
        new += [_say(asked, said, now)] if said is not None else []
        if not any(new):
            return False
        record("survey_answered", asked.case_id, _customer(asked.case), now, survey=asked.pk)
        if any(is_low(one.kind, one.value) for one in given):
            _call_for_somebody(asked, now)
    return True


def check_open(asked: SurveyAsked, now: datetime) -> None:
    """Raise NotPossible when an answer can come no more."""
    if now >= asked.closes_at:
        raise NotPossible(
            "We asked this more than thirty days ago and count it no more. You can still tell us: answer any letter "
            "of ours, and a person reads it."
        )


def _check(asked: SurveyAsked, one: Given, issues: set[int]) -> None:
    if one.kind.value not in asked.kinds or one.kind not in SCALES:
        raise Incomplete("We did not ask that here. Choose one of the answers of this page.", "value")
    if one.value not in SCALES[one.kind]:
        raise Incomplete("Choose one of the answers of this page.", one.kind.value)
    if one.issue is not None and (one.kind is not Kind.SETTLED or one.issue not in issues):
        raise Incomplete("Choose one of the answers of this page.", one.kind.value)


def _put(asked: SurveyAsked, one: Given, now: datetime) -> bool:
    earlier = SurveyAnswer.objects.filter(asked=asked, kind=one.kind.value, issue=one.issue).first()
    if earlier is None:
        SurveyAnswer.objects.create(asked=asked, kind=one.kind.value, issue_id=one.issue, value=one.value, at=now)
        return True
    if earlier.value == one.value:
        return False
    earlier.value, earlier.changed_at = one.value, now
    earlier.save(update_fields=["value", "changed_at"])
    return True


def _say(asked: SurveyAsked, words: str, now: datetime) -> bool:
    earlier = _words(asked).first()
    if earlier is None and words:
        SurveyAnswer.objects.create(asked=asked, kind=Kind.WORDS.value, words=words, reading=_heard(words), at=now)
        return True
    if earlier is None or earlier.words == words:
        return False
    if not words:
        earlier.delete()
        return True
    earlier.words, earlier.reading, earlier.changed_at = words, _heard(words), now
    earlier.save(update_fields=["words", "reading", "changed_at"])
    return True


def _words(asked: SurveyAsked) -> "QuerySet[SurveyAnswer]":
    return SurveyAnswer.objects.filter(asked=asked, kind=Kind.WORDS.value)


def _heard(words: str) -> dict[str, Any]:
    """What these words seem to say, as the case shows it: a hint, which people judge."""
    reading = read(words, reading_with())
    return {
        "issues": [issue.summary for issue in reading.issues],
        "feeling": reading.feeling.kind,
        "strength": reading.feeling.strength,
        "asks": list(reading.asks),
        "safety": reading.safety,
    }


def _call_for_somebody(asked: SurveyAsked, now: datetime) -> None:
    """Bring the case back to the desk, whatever else it is: somebody was let down (closed loop, [J] practice)."""
    due = now + timedelta(hours=current().low_score_hours)
    _, made = LowScore.objects.get_or_create(asked=asked, defaults={"case": asked.case, "at": now, "due_at": due})
    if made:
        record("low_score_found", asked.case_id, "system", now, survey=asked.pk, due=due.date().isoformat())
        stand(asked.case, now)


def opt_out(case: Case, now: datetime) -> None:
    """Ask this customer no more how it was; a second press changes nothing."""
    with writing():
        _, made = SurveyOptOut.objects.get_or_create(customer=case.customer, defaults={"at": now})
        if made:
            record("survey_opted_out", case.pk, _customer(case), now)


def opt_in(case: Case, now: datetime) -> None:
    """Take that wish back; a second press changes nothing."""
    with writing():
        gone, _ = SurveyOptOut.objects.filter(customer=case.customer).delete()
        if gone:
            record("survey_opted_in", case.pk, _customer(case), now)


def _customer(case: Case) -> str:
    return f"customer:{case.customer_id}"
