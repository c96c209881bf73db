"""A refusal as a program reads it."""

import re
from collections.abc import Iterable
from typing import Any

from amends.cases.errors import GateClosed, Incomplete
from amends.errors import AmendsError
from amends.method.gates import Missing


def as_data(error: AmendsError) -> dict[str, Any]:
    """The kind of refusal, its sentence, and what is missing: the step and issue of each, or the field."""
    said: dict[str, Any] = {"error": code_of(error), "sentence": str(error)}
    if isinstance(error, GateClosed):
        said["gate"] = error.gate.value
        said["missing"] = missing_as_data(error.missing)
    if isinstance(error, Incomplete) and error.field:
        said["field"] = error.field
    return said


def missing_as_data(missing: Iterable[Missing]) -> list[dict[str, Any]]:
    """Each step that is still to do, the issue it is owed to, and the sentence that says so."""
    return [{"step": one.step.value, "issue": one.issue, "sentence": one.sentence} for one in missing]


def code_of(error: AmendsError) -> str:
    """ "gate_closed" for GateClosed."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
