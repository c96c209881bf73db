"""The live check of a draft as the composer shows it: chips, advice, and what the letter can be said to cover."""

from collections.abc import Container
from typing import Any

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.reply import Covered
from amends.language.brief import Brief, Finding, IssueBrief, Parts
from amends.language.reply_check import check, parts, shown
from amends.method.path import shortened
from amends.method.steps import Step

_PARTS = {
    Step.APOLOGISE: ("apologise", "Apology"),
    Step.REFLECT: ("reflect", "Said back"),
    Step.ACKNOWLEDGE: ("acknowledge", "Owned"),
    Step.REMEDY: ("remedy", "What we do now"),
    Step.PREVENT: ("prevent", "What changes"),
}
_IN_THE_MATRIX = {"C04", "C11"}
_FIRST = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)

Said = Container[tuple[int | None, Step | None]]


def brief_of(case: Case, issues: list[Issue], customer_text: str = "") -> Brief:
    """What a draft for this case is checked against."""
    linked = {one.pk for one in issues if hasattr(one, "attribution") and one.attribution.cause.change_in_words()}
    return Brief(
        issues=tuple(IssueBrief(one.pk, one.words, one.summary, one.category) for one in issues),
        customer_text=customer_text,
        customer_name=case.customer.first_name,
        severity=case.severity,
        prevention_linked=frozenset(linked),
    )


def coach(draft: str, brief: Brief, said: Said) -> dict[str, Any]:
    """The matrix issue by part, what to reconsider, advice and a sentence; nothing to say about an empty draft.

    What earlier letters said is not asked for again (E18); what the matrix shows as missing needs no advice.
    """
    if not draft.strip():
        return {"rows": [], "findings": [], "advice": [], "sentence": ""}
    done = parts(draft, brief)
    rows: list[dict[str, Any]] = [
        {"issue": _name(issue, brief), "chips": _chips(draft, issue, done[issue.id], said)} for issue in brief.issues
    ]
    remarks = shown([one for one in check(draft, brief) if one.id not in _IN_THE_MATRIX])
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
        _chip(draft, step, _span(found, step))
        for step in _PARTS
        if _span(found, step) or (step in _FIRST and (issue.id, step) not in said)
    ]


def _chip(draft: str, step: Step, span: tuple[int, int] | None) -> dict[str, Any]:
    label = _PARTS[step][1]
    if span is None:
        return {"state": "missing", "label": label}
    start, end = span
    return {"state": "found", "label": label, "start": start, "end": end, "words": draft[start:end]}


def _span(found: Parts, step: Step) -> tuple[int, int] | None:
    span = getattr(found, _PARTS[step][0])
    return (span[0], span[1]) if span is not None else None


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


def covered(draft: str, brief: Brief, stated: set[tuple[int, Step]]) -> tuple[Covered, ...]:
    """The steps a letter covers: those the check found, and those its writer says it covers in other words."""
    done = parts(draft, brief)
    made: dict[tuple[int, Step], Covered] = {}
    for issue in brief.issues:
        for step in _PARTS:
            span = _span(done[issue.id], step)
            backed = step is not Step.PREVENT or issue.id in brief.prevention_linked
            if span and backed:
                made[issue.id, step] = Covered(issue.id, step, draft[span[0] : span[1]], found=True)
            elif (issue.id, step) in stated:
                made[issue.id, step] = Covered(issue.id, step)
    return tuple(made.values())
