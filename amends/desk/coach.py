"""The live check of a draft as the composer shows it: chips and advice."""

from collections.abc import Container
from typing import Any

from amends.cases.cover import span_of
from amends.language.brief import Brief, Finding, IssueBrief, Parts
from amends.language.reply_check import looked_through, shown
from amends.method.path import shortened
from amends.method.steps import Step

_LABELS = {
    Step.APOLOGISE: "Apology",
    Step.REFLECT: "Said back",
    Step.ACKNOWLEDGE: "Owned",
    Step.REMEDY: "What we do now",
    Step.PREVENT: "What changes",
}
_IN_THE_MATRIX = {"C04", "C11"}
_FIRST = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)

Said = Container[tuple[int | None, Step | None]]


def coach(draft: str, brief: Brief, said: Said) -> dict[str, Any]:
    """The matrix issue by part, what to reconsider, advice and a sentence; nothing to say about an empty draft.

    What earlier letters said is not asked for again (E18); what the matrix shows as missing needs no advice.
    """
    if not draft.strip():
        return {"rows": [], "findings": [], "advice": [], "sentence": ""}
    looked = looked_through(draft, brief)
    rows: list[dict[str, Any]] = [
        {"issue": _name(issue, brief), "chips": _chips(draft, issue, looked.parts[issue.id], said)}
        for issue in brief.issues
    ]
    remarks = shown([one for one in looked.findings if one.id not in _IN_THE_MATRIX])
    states = [chip["state"] for row in rows for chip in row["chips"]]
    missing = states.count("missing")
    return {
        "rows": [row for row in rows if row["chips"]],
        "findings": [_reconsider(one) for one in remarks if one.end > one.start],
        "advice": [_advice(one) for one in remarks],
        "sentence": f"{states.count('found')} found, {missing} missing, {len(remarks)} to reconsider",
    }


def _name(issue: IssueBrief, brief: Brief) -> str:
    """What a row of the matrix is called; the only issue needs no name."""
    return shortened(issue.summary) if len(brief.issues) > 1 else ""


def _chips(draft: str, issue: IssueBrief, found: Parts, said: Said) -> list[dict[str, Any]]:
    return [
        _chip(draft, step, span_of(found, step))
        for step in _LABELS
        if span_of(found, step) or (step in _FIRST and (issue.id, step) not in said)
    ]


def _chip(draft: str, step: Step, span: tuple[int, int] | None) -> dict[str, Any]:
    label = _LABELS[step]
    if span is None:
        return {"state": "missing", "label": label}
    start, end = span
    return {"state": "found", "label": label, "start": start, "end": end, "words": draft[start:end]}


def _reconsider(one: Finding) -> dict[str, Any]:
    label = one.name.replace("_", " ").capitalize()
    return {"state": "reconsider", "label": label, "start": one.start, "end": one.end, "words": one.words}


def _advice(one: Finding) -> dict[str, Any]:
    has_place = one.end > one.start
    return {
        "text": one.advice,
        "try": one.better if has_place else "",
        "start": one.start,
        "end": one.end,
        "words": one.words,
    }
