"""The OpenAPI description, made from the table of verbs so that it cannot tell of another API."""

from functools import cache
from typing import Any

from amends import __version__
from amends.cases.issue import CATEGORIES
from amends.verbs.schema import schema_of
from amends.verbs.table import VERBS
from amends.verbs.verb import Verb

_CASE = {"name": "pk", "in": "path", "required": True, "schema": {"type": "integer"}, "description": "the case"}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 200},
    "description": "the same key does a verb once, however often it is sent within a day",
}
_PAGING = [
    {"name": "after", "in": "query", "schema": {"type": "integer"}, "description": "`next` of the page before"},
    {"name": "most", "in": "query", "schema": {"type": "integer", "maximum": 100}, "description": "50 unless told"},
]
_STUDY = {**_CASE, "description": "the study"}
_SOUGHT = [
    {"name": "q", "in": "query", "schema": {"type": "string", "maxLength": 200}, "description": "words it holds"},
    {"name": "category", "in": "query", "schema": {"type": "string", "enum": [*CATEGORIES]}, "description": "of what"},
    _PAGING[0],
]
_REFUSALS = {
    "401": "no token, or one that opens nothing",
    "403": "the person's role or limit does not allow it",
    "404": "there is no such case, verb or thing that the person may see",
    "409": "it was done before, or does not fit what the case is now",
    "422": "a gate is closed, or a field is missing; `missing` and `field` say which",
    "429": "too many requests within a minute",
}
_REFUSAL: dict[str, Any] = {
    "type": "object",
    "required": ["error", "sentence"],
    "properties": {
        "error": {"type": "string", "examples": ["gate_closed"]},
        "sentence": {"type": "string", "description": "for a person: what is missing and the way on"},
        "gate": {"type": "string", "enum": ["offer", "delivery", "closing"]},
        "field": {"type": "string"},
        "missing": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "step": {"type": "string"},
                    "issue": {"type": ["integer", "null"]},
                    "sentence": {"type": "string"},
                },
            },
        },
    },
}


@cache
def description() -> dict[str, Any]:
    """The whole API in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Amends", "version": __version__},
        "security": [{"token": []}],
        "paths": {
            "/api/v1/read/": {"post": _instrument("read", ["text"], "reading")},
            "/api/v1/check/": {"post": _instrument("check", ["complaint", "reply"], "findings")},
            "/api/v1/cases/": {"get": _read("Cases, a page at a time", _PAGING)},
            "/api/v1/cases/{pk}/": {"get": _read("One case", [_CASE])},
            "/api/v1/studies/": {"get": _read("Published case studies, and what other firms did", _SOUGHT)},
            "/api/v1/studies/{pk}/": {"get": _read("One published case study", [_STUDY])},
            **{address(verb): {"post": _verb(verb)} for verb in VERBS.values()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Refusal": _REFUSAL},
        },
    }


def address(verb: Verb) -> str:
    """Where a verb is done."""
    return f"/api/v1/cases/{{pk}}/{verb.name}/" if verb.on_case else f"/api/v1/do/{verb.name}/"


def _instrument(name: str, asks: list[str], answers: str) -> dict[str, Any]:
    """A reading or a check, which changes nothing; docs/using/language.md says what each part of the answer means."""
    body = {"type": "object", "required": asks, "properties": {name: {"type": "string"} for name in asks}}
    return {
        "operationId": name,
        "summary": {"read": "Read a complaint", "check": "Check a draft"}[name],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {
                "description": f"`{answers}`",
                "content": {"application/json": {"schema": {"type": "object", "required": [answers]}}},
            },
            **_responses(["401", "422", "429"]),
        },
    }


def _read(summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"summary": summary, "parameters": parameters, "responses": _responses(["401", "403", "404", "429"])}


def _verb(verb: Verb) -> dict[str, Any]:
    body = {"content": {"application/json": {"schema": schema_of(verb.fields)}}}
    return {
        "operationId": verb.name,
        "summary": verb.sentence,
        "description": f"Needs the right: {verb.right.value}.",
        "parameters": [_CASE, _KEY] if verb.on_case else [_KEY],
        "requestBody": body,
        "responses": _responses(list(_REFUSALS)),
    }


def _responses(refusals: list[str]) -> dict[str, Any]:
    schema = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {
        "200": {"description": "done"},
        **{status: {"description": _REFUSALS[status], "content": schema} for status in refusals},
    }
