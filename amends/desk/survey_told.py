"""What a case shows of what its customer answered when asked how it was: each answer in words, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.method.survey import SCALES, Kind
from amends.recovery.survey import LowScore, SurveyAnswer, SurveyAsked

ASKED = {
    Kind.CSAT: "Satisfied",
    Kind.NPS: "Would recommend us",
    Kind.CES: "We made it easy",
    Kind.SETTLED: "Settled",
}
WHY = {
    "delivered": "after what was agreed was done",
    "refused": "after we offered no more",
    "closed": "after the case was closed",
    "open": "while it was still open",
}


@dataclass(frozen=True, slots=True)
class SurveyTold:
    """One survey of a case: when and why it asked, the answers, the words with how they read, and what came of it."""

    asked_at: datetime
    why: str
    answers: tuple[str, ...]
    words: str
    reads: str
    changed: bool
    low: LowScore | None


def surveys_told(case: Case) -> list[SurveyTold]:
    """Every survey of a case that was answered, the newest first; costs one question when none was."""
    rows = SurveyAsked.objects.filter(case=case).exclude(answers=None).distinct().order_by("-at", "-pk")
    found = rows.select_related("low_score__by").prefetch_related("answers__issue")
    return [_told(one) for one in found]


def _told(asked: SurveyAsked) -> SurveyTold:
    answers = list(asked.answers.all())
    said = next((one for one in answers if one.kind == Kind.WORDS), None)
    return SurveyTold(
        asked_at=asked.at,
        why=WHY[asked.why],
        answers=tuple(in_words(one) for one in answers if one is not said),
        words=said.words if said else "",
        reads=_reads(said) if said else "",
        changed=any(one.changed_at for one in answers),
        low=getattr(asked, "low_score", None),
    )


def in_words(answer: SurveyAnswer) -> str:
    """One answer as people read it: "Satisfied: 4 of 5", "Settled, “Billed twice”: no"."""
    kind = Kind(answer.kind)
    about = f"{ASKED[kind]}, “{answer.issue.summary}”" if answer.issue else ASKED[kind]
    if kind is Kind.SETTLED:
        return f"{about}: {'yes' if answer.value else 'no'}"
    return f"{about}: {answer.value} of {SCALES[kind][-1]}"


def _reads(said: SurveyAnswer) -> str:
    """How their words read, as a hint: what went wrong, how they feel, what they ask for."""
    reading = said.reading or {}
    feeling = reading.get("feeling", "none")
    parts = [*reading.get("issues", []), *([feeling] if feeling != "none" else []), *reading.get("asks", [])]
    return "; ".join(parts)
