"""What this desk reads with: the version it learned, or what ships; and the kinds of issue it knows."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from amends.language.kinds import Category, categories, with_own
from amends.language.learning.versions import NotUsable, chosen, load

if TYPE_CHECKING:
    from amends.language.trained.weights import Trained

OWN_KINDS = "kinds.toml"
log = logging.getLogger(__name__)


def versions_folder() -> Path:
    """Where the versions lie that this desk learned."""
    return Path(settings.AMENDS_HOME) / "learned"


def reading_with() -> "Trained | None":
    """The version this desk chose, None for what ships with Amends; also where the version cannot be used."""
    folder = versions_folder()
    return _usable(folder, chosen(folder))


@lru_cache(maxsize=2)
def _usable(folder: Path, number: int) -> "Trained | None":
    """Said once in the log of each process when a version cannot be used."""
    try:
        return load(folder, number)
    except NotUsable as refusal:
        log.warning("%s", refusal)
        return None


def kinds_here() -> Mapping[str, Category]:
    """The categories with their kinds: those that ship and those of `kinds.toml` in the data folder.

    Raises KindsRefused where that file cannot be used.
    """
    own = Path(settings.AMENDS_HOME) / OWN_KINDS
    return _kinds(own.read_text("utf-8")) if own.is_file() else categories()


@lru_cache(maxsize=2)
def _kinds(words: str) -> dict[str, Category]:
    return with_own(words)
