"""The live check of a draft as the composer shows it: chips, advice, and what the letter can be said to cover."""

from collections.abc import Container
from typing import Any

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.reply import Covered
from amends.language.brief import Brief, Finding, IssueBrief, Parts
from amends.language.reply_check import check, parts, shown
from amends.method.steps import Step

_PARTS = {
    Step.APOLOGISE: ("apologise", "Apology"),
    Step.REFLECT: ("reflect", "Said back"),
    Step.ACKNOWLEDGE: ("acknowledge", "Owned"),
    Step.REMEDY: ("remedy", "What we do now"),
    Step.PREVENT: ("prevent", "What changes"),
}
_ASKED = {"C04": Step.APOLOGISE, "C11": Step.REFLECT}
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
    """Chips, advice and a sentence for the check macro; what earlier letters said is not asked for again (E18)."""
    if not draft.strip():
        return {"findings": [], "advice": [], "sentence": ""}
    remarks = shown([one for one in check(draft, brief) if (one.issue, _ASKED.get(one.id)) not in said])
    done = parts(draft, brief)
    chips = _chips(draft, brief, done, said) + [_reconsider(one) for one in remarks if one.end > one.start]
    found = sum(chip["state"] == "found" for chip in chips)
    other = len(chips) - found
    return {
        "findings": chips,
        "advice": [_advice(one) for one in remarks],
        "sentence": f"{found} found, {other} missing or to reconsider",
    }


def _chips(draft: str, brief: Brief, done: dict[int, Parts], said: Said) -> list[dict[str, Any]]:
    many = len(brief.issues) > 1
    return [
        _chip(draft, step, issue, done[issue.id], many=many)
        for issue in brief.issues
        for step in _PARTS
        if _span(done[issue.id], step) or (step in _FIRST and (issue.id, step) not in said)
    ]


def _chip(draft: str, step: Step, issue: IssueBrief, found: Parts, *, many: bool) -> dict[str, Any]:
    label = _PARTS[step][1]
    about = f": {_short(issue.summary)}" if many else ""
    span = _span(found, step)
    if span is None:
        return {"state": "missing", "label": f"{label}{about}: not yet"}
    start, end = span
    return {
        "state": "found",
        "label": f"{label}{about}",
        "start": start,
        "end": end,
        "words": draft[start:end],
    }


def _span(found: Parts, step: Step) -> tuple[int, int] | None:
    span = getattr(found, _PARTS[step][0])
    return (span[0], span[1]) if span is not None else None


def _short(summary: str) -> str:
    return summary if len(summary) <= 32 else summary[:30].rstrip() + "…"


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
