"""What the page of the scores says: each question, its sentences, the links behind its numbers, who is silent."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from amends.desk.survey_told import ASKED, WHY
from amends.method.policy_words import SEVERITY_WORDS
from amends.method.survey import SCALES, Kind, is_low
from amends.recovery.scores import Answered, Asked, Group, groups

DAYS = {"30": "The last 30 days", "90": "The last 90 days", "365": "The last year"}
GROUPS = {"severity": "By severity", "channel": "By channel", "why": "By what had happened"}
QUESTIONS = {
    Kind.CSAT: "Are they satisfied with how we dealt with it? (CSAT)",
    Kind.NPS: "Would they recommend us? (NPS)",
    Kind.CES: "Did we make it easy? (CES)",
    Kind.SETTLED: "Is it settled for them?",
}
_GOOD = {Kind.SETTLED: {1: "yes", 0: "no"}}


def section(one: Answered, chosen: Mapping[str, str]) -> dict[str, Any]:
    """One question as the page shows it; where too few answered there is no number but theirs and how many are needed.

    What each link opens is exactly what its number counts.
    """
    return {
        "title": QUESTIONS[one.kind],
        "sentence": one.score.words if one.figure.can_tell else one.figure.words,
        "ease": one.ease.words if one.ease and one.ease.can_tell else "",
        "can_tell": one.figure.can_tell,
        "asked": one.score.asked,
        "asked_href": _href(chosen, kind=one.kind.value, only="asked"),
        "answered": one.figure.n,
        "answered_href": _href(chosen, kind=one.kind.value, only="answered"),
        "silent": one.score.asked - one.figure.n,
        "silent_href": _href(chosen, kind=one.kind.value, only="silent"),
        "low": sum(count for value, count in one.counts.items() if is_low(one.kind, value)),
        "low_href": _href(chosen, kind=one.kind.value, only="low"),
        "values": [_value(one, value, chosen) for value in reversed(SCALES[one.kind])],
    }


def _value(one: Answered, value: int, chosen: Mapping[str, str]) -> dict[str, Any]:
    words = _GOOD.get(one.kind, {}).get(value, str(value))
    href = _href(chosen, kind=one.kind.value, only="answered", value=str(value))
    return {"words": words, "count": one.counts[value], "href": href}


def _href(chosen: Mapping[str, str], **more: str) -> str:
    return f"cases/?{urlencode({**chosen, **more})}"


def kept(one: Asked, behind: Mapping[str, str]) -> bool:
    """Whether a survey is one of those a number counts: of a question, a group, an answer."""
    if any(str(getattr(one, name)) != behind[name] for name in GROUPS if name in behind):
        return False
    kind, only = behind.get("kind", ""), behind.get("only", "")
    if kind not in ASKED:
        return {"answered": one.has_answered, "words": bool(one.words)}.get(only, True)
    answer = one.answers.get(kind)
    if kind not in one.kinds or ("value" in behind and str(answer) != behind["value"]):
        return False
    low = answer is not None and is_low(Kind(kind), answer)
    return {"answered": answer is not None, "silent": answer is None, "low": low}.get(only, True)


def group_name(name: str, value: str) -> str:
    """A group in words: "Grave", "after we offered no more"."""
    if name == "severity":
        return SEVERITY_WORDS[int(value)]
    return WHY[value].capitalize() if name == "why" else value.capitalize()


def sentence(found: Sequence[Asked]) -> str:
    """Whether those who answered are like all who were asked, in one sentence: which groups answer clearly less."""
    every = [one for name in GROUPS for one in groups(found, name)]
    fewer = [one for one in every if one.against_others.is_clear and one.against_others.value < 0]
    if fewer:
        return f"Those who answered are not like all who were asked: {_listed(fewer)} answer less often."
    if any(one.against_others.can_tell for one in every):
        return "By severity, channel and what had happened, no group clearly answers less often than the others."
    return "Too few were asked to tell whether those who answered are like all who were asked."


def _listed(fewer: Sequence[Group]) -> str:
    names = [f"{GROUPS[one.name].lower()} “{group_name(one.name, one.value)}” ({one.share_words})" for one in fewer]
    return "; ".join(names)
