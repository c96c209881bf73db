"""A refusal as a program reads it."""

import re
from typing import Any

from amends.cases.errors import GateClosed, Incomplete
from amends.errors import AmendsError


def as_data(error: AmendsError) -> dict[str, Any]:
    """The kind of refusal, its sentence, and what is missing: the step and issue of each, or the field."""
    said: dict[str, Any] = {"error": code_of(error), "sentence": str(error)}
    if isinstance(error, GateClosed):
        said["gate"] = error.gate.value
        said["missing"] = [
            {"step": one.step.value, "issue": one.issue, "sentence": one.sentence} for one in error.missing
        ]
    if isinstance(error, Incomplete) and error.field:
        said["field"] = error.field
    return said


def code_of(error: AmendsError) -> str:
    """ "gate_closed" for GateClosed."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
