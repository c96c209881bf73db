"""What other firms did, as data: ten stories from published sources, in our own words (E70 to E79)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from amends.cases.errors import NotThere


@dataclass(frozen=True, slots=True)
class Story:
    """One firm's story: what happened, what it did, how it came out, what is learned, and what of Amends it backs.

    `went` is "well" or "badly"; `sure` says what kind of sources there are; `lesson_at` is a lesson of ours, "" for
    none; `checks` are numbers of checks of replies.
    """

    key: str
    title: str
    firm: str
    years: str
    went: str
    category: str
    sure: str
    what_happened: str
    what_they_did: str
    outcome: str
    lesson: str
    backs: tuple[str, ...]
    checks: tuple[str, ...]
    rests_on: str
    sources: tuple[str, ...]
    lesson_at: str = ""

    @property
    def words(self) -> str:
        """Everything it says, for a search."""
        said = (self.title, self.firm, self.what_happened, self.what_they_did, self.outcome, self.lesson, *self.backs)
        return " ".join(said)


@cache
def stories() -> tuple[Story, ...]:
    """The stories, in the order of the data."""
    rows = tomllib.loads(files("amends.library").joinpath("public.toml").read_text("utf-8"))["story"]
    return tuple(_story(row) for row in rows)


def _story(row: Mapping[str, Any]) -> Story:
    made: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in row.items()}
    return Story(**made)


def find_story(key: str) -> Story:
    """The story of this name; raises NotThere."""
    found = next((one for one in stories() if one.key == key), None)
    if found is None:
        raise NotThere("There is no such story.")
    return found


def told_in(lesson: str) -> tuple[Story, ...]:
    """The stories a lesson ("course/lesson") is backed by."""
    return tuple(one for one in stories() if one.lesson_at == lesson)
