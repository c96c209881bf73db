"""A scenario as the file that a person can keep, change and give back: TOML, in the order in which one reads it."""

import json
from collections.abc import Iterator

from amends.rehearsal.scenario import Scenario, Trouble
from amends.rehearsal.shelf import ISSUE, TOP

MAY_BE_LEFT_OUT = ("suits", "question")


def as_file(scenario: Scenario) -> str:
    """Return the TOML of a scenario; read again it is the same scenario."""
    return "\n".join(_lines(scenario)) + "\n"


def _lines(scenario: Scenario) -> Iterator[str]:
    yield from _fields(scenario, tuple(name for name in TOP if name != "issue"))
    for issue in scenario.issues:
        yield from ("", "[[issue]]")
        yield from _fields(issue, ISSUE)


def _fields(of: Scenario | Trouble, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = getattr(of, name)
        if value or name not in MAY_BE_LEFT_OUT:
            yield f"{name} = {_value(value)}"


def _value(value: str | tuple[str | tuple[str, ...], ...]) -> str:
    """A value as TOML writes it: its strings are those of JSON, but for U+007F, which has to be spelt."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(_value(one) for one in value)}]"
