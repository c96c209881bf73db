"""The times said in a text: “by Friday noon”, “within two working days”, each with its place and its parts."""

from dataclasses import dataclass
from functools import cache

from amends.language.lexicon import Phrases
from amends.language.pattern import Pattern
from amends.language.words import Words

CORE = frozenset({"date", "weekday", "day", "month", "period", "months", "tonight", "clock", "closing", "span", "unit"})
DATE = frozenset({"date", "weekday", "day", "month", "period", "months", "tonight", "closing", "span", "unit"})
JOINTS = " ,.–-\n\t"
NUMERIC = Pattern(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<dotted>\b\d{1,2}[./]\d{1,2}(?:[./](?:20)?\d{2}\b|\.(?!\d)|\b(?![./]\d)))"
    r"|(?P<clock>\b\d{1,2}(?:[:h]\d{2}|\.\d{2}(?=\s?[ap]\.?m))\b(?:\s?[ap]\.?m\b\.?|\s?uhr\b|\s?h\b)?)"
    r"|(?P<hour>\b\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b|h\b|o['’]clock\b|horas\b(?=\s+(?:del?|en punto))))"
    r"|(?P<number>\b\d{1,4}(?:st|nd|rd|th|er|º)?\b)",
    2,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a time: its kind, its value and its place."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SaidTime:
    """Words next to each other that say a time together: `text[start:end]`."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def is_ours(self) -> bool:
        """Whether it can be a time ahead: it names a moment, and no word such as “ago” or “since” is in it."""
        return all(token.kind != "void" for token in self.tokens) and self.tokens[0].kind != "of"

    def has(self, kind: str) -> bool:
        """Whether a token of this kind is in it."""
        return any(token.kind == kind for token in self.tokens)


def times_in(text: str, words: Words, language: str) -> list[SaidTime]:
    """Return the times said in a text, in order; `words` are those of the text."""
    groups: list[list[Token]] = []
    for token in _tokens(text, words, language):
        if groups and not text[groups[-1][-1].end : token.start].strip(JOINTS):
            groups[-1].append(token)
        else:
            groups.append([token])
    trimmed = [_trimmed(part) for group in groups for part in _parted(group)]
    return [SaidTime(one[0].start, one[-1].end, tuple(one)) for one in trimmed if _says_a_time(one)]


def _tokens(text: str, words: Words, language: str) -> list[Token]:
    figures = [_figure(found.lastgroup or "", found.group(), found.start()) for found in NUMERIC.finditer(text)]
    taken = [(one.start, one.end) for one in figures]
    named: list[Token] = []
    for hit in _phrases(language).find(words):
        if not any(start < hit.end and hit.start < end for start, end in taken):
            kind, _, value = hit.value.partition(" ")
            named.append(Token(kind, value, hit.start, hit.end))
    return sorted([*figures, *named], key=lambda token: token.start)


def _figure(group: str, words: str, start: int) -> Token:
    low = words.lower()
    kind = {"iso": "date", "dotted": "date", "clock": "clock", "hour": "clock", "number": "number"}[group]
    digits = "".join(one for one in low if one.isdigit()) if group == "number" else low
    value = _hour(low) if kind == "clock" else digits
    return Token(kind, value, start, start + len(words))


def _hour(low: str) -> str:
    """Return “hh:mm”; "" for an hour that no day has."""
    numbers = "".join(one if one.isdigit() else " " for one in low).split()
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    letters = "".join(one for one in low if one.isalpha())
    if letters.startswith("pm") and hour < 12:
        hour += 12
    if letters.startswith("am") and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def _parted(group: list[Token]) -> list[list[Token]]:
    """Two days that only stand side by side are two times: “placed on 3 November by Friday”."""
    for at, token in enumerate(group):
        before, after = group[:at], group[at + 1 :]
        if token.kind in ("by", "within") and _names_a_day(before) and _names_a_day(after):
            return [before, *_parted(group[at:])]
    return [group]


def _names_a_day(group: list[Token]) -> bool:
    return any(token.kind in DATE and token.kind != "closing" for token in group)


def _trimmed(group: list[Token]) -> list[Token]:
    """Without the joining words at the end; a word that voids the time stays."""
    end = len(group)
    while end and group[end - 1].kind not in CORE and group[end - 1].kind not in ("number", "void"):
        end -= 1
    return group[:end]


def _says_a_time(group: list[Token]) -> bool:
    return any(token.kind in CORE for token in group)


@cache
def _phrases(language: str) -> Phrases:
    return Phrases(language, ("times",))
