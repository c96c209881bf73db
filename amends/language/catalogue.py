"""The catalogue of checks: what each looks for, how grave that is, what it says, and its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from amends.language.brief import Level
from amends.language.lexicon import package_text

NOT_CHECKED = "C00"


@dataclass(frozen=True, slots=True)
class Entry:
    """One check: `advice` and `better` have places such as {words} that a remark fills."""

    name: str
    level: Level
    looks_for: str
    advice: str
    better: str
    evidence: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name as people read it: "Non apology"."""
        return self.name.replace("_", " ").capitalize()


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every entry by its number, in that order; C00 is what is said of a draft that was not checked."""
    import tomllib  # here, because only a finding needs it

    source = tomllib.loads(package_text("checks", "catalogue.toml"))
    return {number: Entry(**{**one, "evidence": tuple(one["evidence"])}) for number, one in source.items()}
