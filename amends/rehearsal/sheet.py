"""A TOML file read entry by entry, with refusals that name file, line, entry and field."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from amends.errors import AmendsError

MOST = 400
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def unseen(words: str) -> str:
    """Return the first sign that is not shown, breaks a line unseen or turns the reading round, as “U+202E”, or ""."""
    found = UNSEEN.search(words)
    return f"U+{ord(found[0]):04X}" if found else ""


class SheetRefused(AmendsError):
    """A data file of the practice room cannot be used; the sentence says where and what to change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a file: its fields, and the words that lead a person to it."""

    file: str
    name: str
    line: int
    fields: Mapping[str, Any]
    lines: tuple[str, ...]

    def refused(self, field: str, wish: str) -> SheetRefused:
        """Return the refusal for a field: `fields.toml, line 4, [[issue]] 2: “keys” has to be …`."""
        return SheetRefused(f"{self.file}, line {self._line_of(field)}, {self.name}: “{field}” {wish}.")

    def text(self, field: str, longest: int = 400) -> str:
        """Return a field of words; raises SheetRefused when it is missing, empty or longer than `longest`."""
        value = self.fields.get(field)
        if not isinstance(value, str) or not 0 < len(value.strip()) <= longest:
            raise self.refused(field, f"has to be words in quotes, at most {longest} characters")
        return self._shown(field, value.strip())

    def text_or(self, field: str, default: str) -> str:
        """Return a field of words, or `default` where it is left out."""
        return self.text(field) if field in self.fields else default

    def number(self, field: str, low: float, high: float) -> float:
        """Return a number within [low, high]; raises SheetRefused."""
        value = self.fields.get(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.refused(field, f"has to be a number from {low:g} to {high:g}")
        return float(value)

    def number_or(self, field: str, low: float, high: float, default: float) -> float:
        """Return a number within [low, high], or `default` where it is left out."""
        return self.number(field, low, high) if field in self.fields else default

    def yes(self, field: str) -> bool:
        """Return a field that is true or false, and false where it is left out."""
        value = self.fields.get(field, False)
        if not isinstance(value, bool):
            raise self.refused(field, "has to be true or false")
        return value

    def texts(self, field: str, least: int = 1, most: int = MOST, longest: int = 400) -> tuple[str, ...]:
        """Return a list of `least` to `most` texts, each at most `longest` characters; raises SheetRefused."""
        return self._listed(self.fields.get(field), field, least, most, longest)

    def groups(
        self, field: str, least: int, most: int = MOST, words: int = MOST, longest: int = 400
    ) -> tuple[tuple[str, ...], ...]:
        """Return `least` to `most` lists of at most so many words; raises SheetRefused."""
        value = self.fields.get(field)
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.refused(field, f"has to be {least} to {most} lists of words")
        return tuple(self._listed(one, field, 1, words, longest) for one in value)

    def one_of(self, field: str, allowed: tuple[str, ...]) -> str:
        """Return a word out of a list; raises SheetRefused."""
        value = self.text(field)
        if value not in allowed:
            raise self.refused(field, f"is “{value}”; it has to be one of {', '.join(allowed)}")
        return value

    def only(self, *known: str) -> None:
        """Raise SheetRefused for a field nobody reads, which is a slip of the pen."""
        for field in self.fields:
            if field not in known:
                raise self.refused(field, f"is not known here; there are {', '.join(known)}")

    def _listed(self, value: Any, field: str, least: int, most: int, longest: int) -> tuple[str, ...]:
        fine = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        if not fine or not least <= len(value) <= most:
            raise self.refused(field, f"has to be a list of {least} to {most} texts")
        if any(len(one.strip()) > longest for one in value):
            raise self.refused(field, f"has a text in it that is longer than {longest} characters")
        return tuple(self._shown(field, one.strip()) for one in value)

    def _shown(self, field: str, words: str) -> str:
        """The words, as long as every sign of them can be seen."""
        if sign := unseen(words):
            raise self.refused(field, f"has a sign in it that nobody can see ({sign}); take it out")
        return words

    def _line_of(self, field: str) -> int:
        """The line a field stands in, or that of its entry where it is missing."""
        for number, line in enumerate(self.lines[self.line :], self.line + 1):
            if line.startswith("["):
                break
            if line.partition("=")[0].strip() == field:
                return number
        return max(self.line, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file read as TOML, whose entries know their lines."""

    file: str
    read: Mapping[str, Any]
    lines: tuple[str, ...]

    @property
    def top(self) -> Entry:
        """The fields that stand before the first table."""
        return Entry(self.file, "top of the file", 0, self.read, self.lines)

    def listed(self, name: str) -> Iterator[Entry]:
        """Return each `[[name]]` in order; raises SheetRefused when there is none."""
        found = self.read.get(name)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found) or not found:
            raise SheetRefused(f"{self.file}, line 1: there has to be at least one [[{name}]].")
        places = [number for number, line in enumerate(self.lines, 1) if line.strip() == f"[[{name}]]"]
        for count, fields in enumerate(found, 1):
            line = places[count - 1] if count <= len(places) else 0
            yield Entry(self.file, f"[[{name}]] {count}", line, fields, self.lines)

    def table(self, name: str) -> Entry:
        """Return the table `[name]`; raises SheetRefused when it is missing."""
        found: Any = self.read
        for word in name.split("."):
            found = found.get(word) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            raise SheetRefused(f"{self.file}, line 1: the table [{name}] is missing.")
        places = [number for number, line in enumerate(self.lines, 1) if line.strip() == f"[{name}]"]
        return Entry(self.file, f"[{name}]", places[0] if places else 0, found, self.lines)


def sheet(words: str, file: str) -> Sheet:
    """Return a file's words as a sheet; raises SheetRefused with the line when it is no TOML."""
    try:
        return Sheet(file, tomllib.loads(words), tuple(words.splitlines()))
    except ValueError as error:
        raise SheetRefused(f"{file} cannot be read as TOML: {error}.") from error
    except RecursionError:
        raise SheetRefused(f"{file} cannot be read: its lists stand in each other too deeply.") from None


def packaged(*path: str) -> Sheet:
    """Return a file that comes with Amends as a sheet."""
    return sheet(files("amends.rehearsal").joinpath(*path).read_text("utf-8"), "/".join(path))
