"""What a verb takes, as JSON Schema: for the API's description and for assistants' tools."""

from collections.abc import Sequence
from typing import Any

from amends.verbs.field import Field, Kind

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "integer"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.AMOUNT: {"type": "string", "examples": ["89.50"]},
    Kind.ISSUE: {"type": "integer"},
    Kind.ISSUES: {"type": "array", "items": {"type": "integer"}},
    Kind.ONE: {"type": ["string", "integer"]},
}


def schema_of(fields: Sequence[Field]) -> dict[str, Any]:
    """The JSON Schema of an object with these fields and no others."""
    return {
        "type": "object",
        "properties": {field.name: _property(field) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    if field.kind is Kind.CHOICE:
        shape: dict[str, Any] = {"type": "string", "enum": list(field.choices)}
    elif field.kind is Kind.LIST:
        shape = {"type": "array", "items": schema_of(field.of)}
    else:
        shape = dict(_TYPES[field.kind])
    return {**shape, "description": field.help}
