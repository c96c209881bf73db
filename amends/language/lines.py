"""One object of JSON a line, and what was made of it, as programs hand many texts on."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from amends.errors import AmendsError


def told_line(line: str, name: str, act: Callable[[Mapping[str, Any]], Any]) -> dict[str, Any]:
    """The object of a line with what `act` makes of it under `name`.

    One that cannot be used comes out as well, with `name` null and an `error` that says what to change.
    """
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return {name: None, "error": "This line is no JSON."}
    if not isinstance(given, dict):
        return {name: None, "error": "This line is no JSON object."}
    try:
        return {**given, name: act(given)}
    except AmendsError as error:
        return {**given, name: None, "error": str(error)}


def as_json(value: Any) -> str:
    """JSON in letters as they are; halves of a character, which no file can hold, stay escaped as they came."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
