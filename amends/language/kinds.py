"""The kinds of issue in two levels, as data."""

import tomllib
from dataclasses import dataclass
from functools import cache

from amends.language.lexicon import package_text


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
