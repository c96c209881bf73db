"""The recovery path as the rail shows it: three groups of steps, each a link to where it is done."""

from typing import Any

from django.urls import reverse

from amends.cases.case import Case
from amends.method.path import Path, PathStep, State
from amends.method.steps import Group, Step
from amends.ui.words import moment

_PLACES = {
    Step.LISTEN: "issues",
    Step.REMEDY: "offer",
    Step.PREVENT: "cause",
    Step.AGREE: "agreement",
    Step.DELIVER: "fulfilment",
    Step.FOLLOW_UP: "follow-up",
}


def rail(case: Case, path: Path) -> dict[str, Any]:
    """Groups, progress in words and the next step, for the path macro."""
    done = sum(step.state is State.DONE for step in path.steps)
    return {
        "groups": [
            {
                "title": group.value,
                "steps": [_step(case, one) for one in path.steps if one.step.group is group],
            }
            for group in Group
        ],
        "progress": f"{done} of {len(path.steps)} done",
        "next": path.next.step.heading if path.next else "",
    }


def _step(case: Case, one: PathStep) -> dict[str, str]:
    return {
        "label": one.step.heading,
        "href": place(case, one.step),
        "state": one.state.value,
        "when": moment(one.at).removeprefix("today ") if one.at else "",
        "help": one.why,
    }


def place(case: Case, step: Step) -> str:
    """Where a step of this case is done: a page of its own, or the composer."""
    name = _PLACES.get(step)
    return reverse(name, args=[case.pk]) if name else "#composer"
