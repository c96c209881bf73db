"""The kinds of issue in two levels, as data."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from amends.errors import AmendsError
from amends.language.lexicon import package_text

NAME = re.compile(r"[a-z][a-z0-9_]{0,38}")
LONGEST_TITLE = 60


class KindsRefused(AmendsError):
    """A list of kinds cannot be used; the sentence names the entry."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of issue: its title, and the kinds below it with theirs."""

    name: str
    title: str
    kinds: dict[str, str]


@cache
def categories() -> dict[str, Category]:
    """Return the categories by name, in the order they are shown in."""
    read = tomllib.loads(package_text("kinds.toml"))
    return {name: Category(name, entry["title"], dict(entry["kinds"])) for name, entry in read.items()}


def with_own(words: str) -> dict[str, Category]:
    """Return the categories with a team's own kinds below them; raises KindsRefused with the entry that cannot be used.

    `words` is TOML: under `[delivery.kinds]` lines such as `drone = "Dropped by a drone"`.
    """
    try:
        read = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        raise KindsRefused(f"kinds.toml cannot be read as TOML: {error}") from error
    known = categories()
    for name in read:
        if name not in known:
            raise KindsRefused(f"kinds.toml: there is no category “{name}”. There are {', '.join(known)}.")
    return {name: Category(name, one.title, one.kinds | _own(name, read.get(name))) for name, one in known.items()}


def _own(category: str, given: Any) -> dict[str, str]:
    kinds = given.get("kinds", {}) if isinstance(given, dict) else given or {}
    if not isinstance(kinds, dict):
        raise KindsRefused(f"kinds.toml: write the kinds of {category} as [{category}.kinds] and a line to each.")
    for name, title in kinds.items():
        if not NAME.fullmatch(name):
            raise KindsRefused(f"kinds.toml: “{name}” has to be a name in small letters, such as left_at_door.")
        if not isinstance(title, str) or not 0 < len(title.strip()) <= LONGEST_TITLE:
            raise KindsRefused(f"kinds.toml: “{name}” needs the words people see, at most {LONGEST_TITLE} characters.")
    return {name: title.strip() for name, title in kinds.items()}
