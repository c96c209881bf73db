"""The versions that were learned: a folder of folders, each written whole or not at all, and which one is chosen.

`learned/3/` holds the weights of version 3 and what they were made from; `learned/chosen` holds a number. numpy waits
until a version is loaded.
"""

import fcntl
import os
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from amends.errors import AmendsError

if TYPE_CHECKING:
    from amends.language.trained.weights import Trained

CHOSEN = "chosen"
ASIDE = ".written"
PINNED = "weights.toml"
SHIPPED = 0


class NotUsable(AmendsError):
    """A version cannot be read with; the sentence says why, and what reading does instead."""


class NoSuchVersion(AmendsError):
    """What was asked for is not among the versions."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `before` is the one it took over from, 0 for what ships."""

    number: int
    date: str
    examples: int
    held: int
    by: str
    before: int
    base: str
    figures: dict[str, str]


def chosen(folder: Path) -> int:
    """Return the number of the version reading uses, 0 for what ships."""
    try:
        words = folder.joinpath(CHOSEN).read_text("utf-8").strip()
    except OSError:
        return SHIPPED
    return int(words) if words.isdecimal() else SHIPPED


def choose(folder: Path, number: int) -> None:
    """Let reading use a version from now on, 0 for what ships; at once or not at all. Raises NoSuchVersion."""
    if number != SHIPPED and number not in numbers(folder):
        raise NoSuchVersion(f"There is no version {number}. `amends learn --list` shows those there are.")
    _written(folder, CHOSEN, f"{number}\n")


def numbers(folder: Path) -> list[int]:
    """Return the numbers of the versions that are kept, oldest first."""
    return sorted(int(path.name) for path in folder.glob("[1-9]*") if path.name.isdecimal())


def version(folder: Path, number: int) -> Version:
    """Return what a version says of itself; raises NotUsable where that cannot be read."""
    try:
        told = tomllib.loads(folder.joinpath(str(number), PINNED).read_text("utf-8"))
        return Version(
            number=number,
            date=told["date"],
            examples=int(told["examples"]),
            held=int(told["held"]),
            by=told["by"],
            before=int(told["before"]),
            base=told["base"],
            figures=dict(told["figures"]),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise NotUsable(_damaged(number)) from error


def keep(folder: Path, learned: "Trained", about: Mapping[str, str]) -> int:
    """Write a version beside the others and return its number; it is not chosen by that.

    It is written aside and then renamed, so that whoever is stopped in the middle leaves nothing but a folder that
    nobody looks at, and the next one clears away.
    """
    from amends.language.trained.weights import save

    with _alone(folder):
        number = max([*numbers(folder), SHIPPED]) + 1
        aside = folder / ASIDE
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        save(learned, aside, {**about, "base": base()})
        for path in aside.iterdir():
            _synced(path)
        aside.rename(folder / str(number))
        _synced(folder)
    return number


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes a version meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with folder.joinpath(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load(folder: Path, number: int) -> "Trained | None":
    """Return a version, None for what ships; raises NotUsable where it is damaged or was made from other weights."""
    return None if number == SHIPPED else _loaded(folder, number)


@lru_cache(maxsize=2)
def _loaded(folder: Path, number: int) -> "Trained":
    from amends.language.trained import weights

    if version(folder, number).base != base():
        raise NotUsable(
            f"Version {number} was learned on top of another Amends, so reading uses what ships."
            " Learn again: `amends learn`."
        )
    try:
        return weights.load(folder / str(number))
    except (AmendsError, OSError, ValueError, KeyError) as error:
        raise NotUsable(_damaged(number)) from error


def _damaged(number: int) -> str:
    return (
        f"Version {number} of what reading learned is damaged, so reading uses what ships. Learn again with"
        " `amends learn`, or go back with `amends learn --back`."
    )


def base() -> str:
    """Return the SHA-256 of the weights that ship with this package."""
    pinned = files("amends.language.trained").joinpath(PINNED).read_text("utf-8")
    return str(tomllib.loads(pinned)["sha256"])


def _written(folder: Path, name: str, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{name}.{os.getpid()}"
    aside.write_text(words, "utf-8")
    _synced(aside)
    aside.replace(folder / name)
    _synced(folder)


def _synced(path: Path) -> None:
    """Have what was written reach the disk, so that a power cut leaves all of it or none."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
