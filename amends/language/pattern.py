"""A regular expression that is compiled when it is first used, so that importing the product stays quick."""

import re
import sys
from collections.abc import Iterator


class Pattern:
    """The part of `re.Pattern` that is used here."""

    __slots__ = ("_flags", "_ready", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        """Keep the expression; a mistake in it shows at first use."""
        self._source = source
        self._flags = flags
        self._ready: re.Pattern[str] | None = None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match anywhere."""
        return (self._ready or self._compiled()).search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at the beginning."""
        return (self._ready or self._compiled()).match(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return all matches in order."""
        return (self._ready or self._compiled()).finditer(text, start, end)

    def sub(self, new: str, text: str) -> str:
        """Return the text with every match replaced."""
        return (self._ready or self._compiled()).sub(new, text)

    def split(self, text: str) -> list[str]:
        """Return the pieces between the matches."""
        return (self._ready or self._compiled()).split(text)

    def _compiled(self) -> re.Pattern[str]:
        self._ready = re.compile(self._source, self._flags)
        return self._ready
