"""The live check of a draft as the composer shows it: chips, advice, and what was put aside."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from typing import Any

from amends.cases.cover import span_of
from amends.cases.put_aside import Aside, mark
from amends.cases.remark import Reason
from amends.language.brief import Brief, Finding, IssueBrief, Parts, Rung
from amends.language.catalogue import NOT_CHECKED, catalogue
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
_FIRST = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
IN_THE_MATRIX = frozenset({"C04", "C11"})
"""The checks whose remarks are the gaps of the matrix; a writer ticks there what a letter says in other words."""

_OF_ABSENCE = frozenset({"C05", "C12", "C13", "C15", "C16", "C17", "C18", "C25"})
"""The checks that miss something: a writer may have said it in words they do not know."""

Said = Container[tuple[int | None, Step | None]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the draft: what earlier letters said, the team's levels, what is put aside, and the
    checks that spoke up earlier while this letter was written.
    """

    said: Said
    levels: Mapping[str, Rung]
    aside: Aside
    remarked: Collection[str] = ()


def nothing_written(remarked: Collection[str] = ()) -> dict[str, Any]:
    """What the composer shows beside an empty draft."""
    return {"rows": [], "findings": [], "advice": [], "sentence": "", "aside": _aside(0, [], remarked)}


def coach(draft: str, brief: Brief, known: Known) -> dict[str, Any]:
    """The matrix issue by part, what to reconsider, advice and a sentence; nothing to say about an empty draft.

    What earlier letters said is not asked for again (E18); what the matrix shows as missing needs no advice, and what
    was put aside is only counted.
    """
    if not draft.strip():
        return nothing_written(known.remarked)
    looked = looked_through(draft, brief, known.levels)
    rows: list[dict[str, Any]] = [
        {"issue": _name(issue, brief), "chips": _chips(draft, issue, looked.parts[issue.id], known.said)}
        for issue in brief.issues
    ]
    found = [one for one in looked.findings if one.id not in IN_THE_MATRIX]
    standing = [one for one in found if not known.aside.holds(one)]
    remarks = shown(standing)
    states = [chip["state"] for row in rows for chip in row["chips"]]
    missing, aside = states.count("missing"), len(found) - len(standing)
    sentence = f"{states.count('found')} found, {missing} missing, {len(remarks)} to reconsider"
    return {
        "rows": [row for row in rows if row["chips"]],
        "findings": [_reconsider(one) for one in remarks if one.end > one.start],
        "advice": [_advice(one, known.aside.case) for one in remarks],
        "sentence": f"{sentence}, {aside} put aside" if aside else sentence,
        "aside": _aside(aside, remarks, known.remarked),
    }


def _aside(count: int, remarks: list[Finding], remarked: Collection[str]) -> dict[str, Any]:
    """How many remarks are put aside, and which checks spoke up: for words all this while, for what lacks just now."""
    checks = [one for one in remarks if one.id != NOT_CHECKED]
    before = {one for one in remarked if one in catalogue() and one != NOT_CHECKED}
    return {
        "count": count,
        "remarked": sorted(before | {one.id for one in checks if one.words}),
        "lacked": sorted({one.id for one in checks if not one.words}),
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
    label = catalogue()[one.id].label
    return {"state": "reconsider", "label": label, "start": one.start, "end": one.end, "words": one.words}


def _advice(one: Finding, case: int) -> dict[str, Any]:
    has_place = one.end > one.start
    return {
        "text": one.advice,
        "try": one.better if has_place else "",
        "start": one.start,
        "end": one.end,
        "words": one.words,
        "label": catalogue()[one.id].label,
        "mark": mark(case, one) if one.id != NOT_CHECKED else "",
        "reasons": [(why.value, why.label) for why in _reasons(one)],
    }


def _reasons(one: Finding) -> list[Reason]:
    """The reasons that fit: what is missed can be there in other words, words can be the customer's."""
    says_it = [Reason.SAID] if one.id in _OF_ABSENCE or not one.words else []
    return [*says_it, Reason.UNFIT, *([Reason.QUOTED] if one.words else [])]
