"""The recovery path as the rail shows it: three groups of steps, each a link to where it is done."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from amends.cases.case import Case
from amends.method.path import Path, PathStep, State
from amends.method.profile import NOT_CHECKED, ProfileClock, profile_of
from amends.method.steps import Group, Step
from amends.recovery.holding_letter import what_counts
from amends.ui.words import moment, when

_PLACES = {
    Step.LISTEN: "issues",
    Step.REMEDY: "offer",
    Step.PREVENT: "cause",
    Step.AGREE: "agreement",
    Step.DELIVER: "fulfilment",
    Step.FOLLOW_UP: "follow-up",
}


def rail(case: Case, path: Path, clocks: tuple[ProfileClock, ...], now: datetime, *, may_work: bool) -> dict[str, Any]:
    """Groups, progress in words, the next step and the clocks of the rule book, for the path macro.

    Where a clock counts what a letter told, whoever may work on the case finds the way to write that down.
    """
    done = sum(step.state is State.DONE for step in path.steps)
    again = _said_before(path)
    return {
        "groups": [
            {
                "title": group.value,
                "steps": [
                    _step(case, one, says_why=one.step not in again) for one in path.steps if one.step.group is group
                ],
            }
            for group in Group
        ],
        "progress": f"{done} of {len(path.steps)} done",
        "next": path.next.step.heading if path.next else "",
        "clocks": [_clock(one, now) for one in clocks if one.due_at is not None],
        "rule_book": profile_of(case.team.profile).name if clocks else "",
        "customer_href": reverse("customer", args=[case.pk]),
        "told_href": reverse("told", args=[case.pk]) if may_work and what_counts(case) else "",
        "not_checked": NOT_CHECKED if any(not one.clause.checked_against_text for one in clocks) else "",
    }


def _clock(one: ProfileClock, now: datetime) -> dict[str, Any]:
    assert one.due_at is not None
    late = one.is_late(now)
    if one.met_at is not None:
        value = f"{'late, ' if late else ''}{moment(one.met_at)}"
    else:
        value = "gone" if one.clock.is_chance and now > one.due_at else when(one.due_at)
    return {"id": one.clause.id, "label": one.name, "value": value, "met": one.met_at is not None, "late": late}


def _said_before(path: Path) -> set[Step]:
    """The blocked steps whose reason stands at an earlier one already: it is said once."""
    said: set[str] = {one.why.partition(" · ")[0] for one in path.steps if one.state is State.NEXT}
    again: set[Step] = set()
    for one in path.steps:
        if one.state is State.BLOCKED and one.why in said:
            again.add(one.step)
        said.add(one.why)
    return again


def _step(case: Case, one: PathStep, *, says_why: bool) -> dict[str, str]:
    return {
        "label": one.step.heading,
        "href": place(case, one.step),
        "state": one.state.value,
        "when": moment(one.at).removeprefix("today ") if one.at else "",
        "help": one.why if says_why else "",
    }


def place(case: Case, step: Step) -> str:
    """Where a step of this case is done: a page of its own, or the composer."""
    name = _PLACES.get(step)
    return reverse(name, args=[case.pk]) if name else "#composer"
