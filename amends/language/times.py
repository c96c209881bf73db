"""The times said in a text: “by Friday noon”, “within two working days”, each with its place and its parts."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from amends.language.lexicon import Phrases
from amends.language.pattern import Pattern
from amends.language.words import Words

DATE = frozenset(
    {
        "date",
        "weekday",
        "day",
        "month",
        "period",
        "months",
        "years",
        "tonight",
        "closing",
        "span",
        "unit",
        "nth",
        "onward",
    }
)
CORE = DATE | {"clock", "part", "morrow", "hour"}
NOT_AN_HOUR = Pattern(
    r"\s{1,3}(?!(?:and|or|to|with|on|so|it|he|she|they|in|as|at|i|we|you|our|your|my|a|the|for|from|un|der|die|das|ein|unser|und|ich|wir|sie"
    r"|et|je|nous|vous|notre|y|se|me|le|la|les|el|nuestro)\b)"
    r"[^\W\d]|\s?[%€£$]",
    2,
)
WITHIN = Pattern(
    r"\b(?:in|within|binnen|innerhalb(?: von)?|sous|dans|en|d'ici|dentro de|next|nächsten|prochaines|próximas)\s"
    r"(?:the\s|den\s|les\s|las\s)?$",
    2,
)
LOOK_BACK = 20
A_DAY = 24
LONGEST_TIME = 24
LEADS_ON = frozenset({"since", "from", "for", "until"})
MAKES_A_MOMENT = (CORE - {"unit", "span"}) | {"within", "by", "before", "next", "this", "at", "later", "ahead"}
NOT_BEHIND_A_NUMBER = frozenset(
    {"by", "within", "before", "day", "weekday", "tonight", "closing", "period", "until", "for"}
)
OPENS_A_PART = frozenset({"at", "by", "before", "within", "this", "end", "from", "until", "for"})
SMALL_HOURS = 7
JOINTS = " ,.–-\n\t"
NUMERIC = Pattern(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<at>(?:(?<=\bat )|(?<=\bby )|(?<=\bum ))\d{1,2}\.[0-5]\d\b(?!\s?[ap]\.?m))"
    r"|(?P<clock>\b\d{1,2}(?:[:h]\d{2}|\s?h\s?\d{2}|\.\d{2}(?=\s?(?:[ap]\.?m|uhr|h\b)))\b"
    r"(?:\s?[ap]\.?m\b\.?|\s?uhr\b|\s?h\b)?)"
    r"|(?P<dotted>\b\d{1,2}[./]\d{1,2}(?:[./](?:20)?\d{2}\b|\.(?!\d)|\b(?![./]\d)))"
    r"|(?P<hour>\b\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b|h\b|o['’]clock\b|horas\b(?=\s+(?:del?|en punto))))"
    r"|(?P<nth>\b\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\b\d{1,4}(?:er|º)?\b)",
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
        return self.tokens[0].kind != "of" and not any(
            token.kind in ("void", "since", "for", "until") or (token.kind == "from" and not self._is_hour(at + 1))
            for at, token in enumerate(self.tokens)
        )

    @property
    def is_a_length(self) -> bool:
        """Whether it only says how long: “ten minutes”, with no “within” or “from now” that makes it a moment."""
        kinds = {token.kind for token in self.tokens}
        return bool(kinds & {"unit", "span"}) and not kinds & MAKES_A_MOMENT

    def opened(self) -> "SaidTime":
        """Return it with “until” and “for” read as “by”: so they are meant behind “give me” and “booked”."""
        kinds = {"until": "by", "for": "by"}
        tokens = (Token(kinds.get(one.kind, one.kind), one.value, one.start, one.end) for one in self.tokens)
        return SaidTime(self.start, self.end, tuple(tokens))

    def _is_hour(self, at: int) -> bool:
        return any(one.kind in ("clock", "number") for one in self.tokens[at : at + 1])

    def has(self, kind: str) -> bool:
        """Whether a token of this kind is in it."""
        return any(token.kind == kind for token in self.tokens)


def overlaps(times: Sequence[SaidTime | Token], start: int, end: int) -> bool:
    """Return whether a place meets one of the times; they stand in order."""
    at = bisect_right(times, start, key=lambda one: one.end)
    return at < len(times) and times[at].start < end


def times_in(text: str, words: Words, language: str) -> list[SaidTime]:
    """Return the times said in a text, in order; `words` are those of the text."""
    groups: list[list[Token]] = []
    for token in _tokens(text, words, language):
        if (
            groups
            and len(groups[-1]) < LONGEST_TIME
            and _goes_on(groups[-1][-1], text[groups[-1][-1].end : token.start])
        ):
            groups[-1].append(token)
        else:
            groups.append([token])
    trimmed = [_trimmed(part) for group in groups for part in _parted(group)]
    return [SaidTime(one[0].start, one[-1].end, tuple(one)) for one in trimmed if one and _says_a_time(one, language)]


def _goes_on(last: Token, between: str) -> bool:
    """Whether the next word of time belongs to the last: only joints stand between, and none behind “from”."""
    return not between.strip(JOINTS if last.kind not in LEADS_ON else None)


def _tokens(text: str, words: Words, language: str) -> list[Token]:
    figures = [_figure(text, found.lastgroup or "", found.group(), found.start()) for found in NUMERIC.finditer(text)]
    named: list[Token] = []
    for hit in time_phrases(language).find(words):
        if not overlaps(figures, hit.start, hit.end):
            kind, _, value = hit.value.partition(" ")
            named.append(Token(kind, value, hit.start, hit.end))
    tokens = sorted([*figures, *named], key=lambda token: token.start)
    return [_counted(text, token, tokens[at - 1 : at], tokens[at + 1 : at + 2]) for at, token in enumerate(tokens)]


def _counted(text: str, token: Token, before: list[Token], following: list[Token]) -> Token:
    """A number of things (“at 3 pounds”) can be no hour; beside it stand the words of time next to it."""
    if any(one.kind in ("past", "weekday") or one.value in ("clock", "nth") for one in before):
        return token
    if token.kind != "number" or (following and not text[token.end : following[0].start].strip(JOINTS)):
        return token
    return Token("count", token.value, token.start, token.end) if NOT_AN_HOUR.match(text, token.end) else token


def _figure(text: str, group: str, words: str, start: int) -> Token:
    low, end = words.lower(), start + len(words)
    if group in ("iso", "dotted"):
        return Token("date", low, start, end)
    if group in ("number", "nth"):
        return Token(group, "".join(one for one in low if one.isdigit()), start, end)
    hours = int("".join(one if one.isdigit() else " " for one in low).split()[0])
    if low.endswith("h") and (hours > A_DAY or WITHIN.search(text, max(0, start - LOOK_BACK), start)):
        return Token("span", f"{hours} hour", start, end)
    return Token("clock", _hour(low), start, end)


def _hour(low: str) -> str:
    """Return “hh:mm”; "" for an hour that no day has. A bare “3:30” is in the afternoon."""
    numbers = "".join(one if one.isdigit() else " " for one in low).split()
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    letters = "".join(one for one in low if one.isalpha())
    if (letters.startswith("pm") and hour < 12) or (
        0 < hour < SMALL_HOURS and low[0] != "0" and letters[:1] not in ("a", "p")
    ):
        hour += 12
    if letters.startswith("am") and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < A_DAY and minute < 60 else ""


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
    """Without the joining words at its ends; a word behind a time that voids it stays, as in “two days ago”."""
    end = len(group)
    while (
        end
        and group[end - 1].kind not in CORE
        and group[end - 1].kind not in ("number", "void", "plus", "ahead", "later")
    ):
        end -= 1
    begin = 0
    while begin < end and _leads_nowhere(group[begin], group[begin + 1 : end]):
        begin += 1
    return group[begin:end]


def _leads_nowhere(first: Token, rest: list[Token]) -> bool:
    """Whether a first word is no part of the time: an “and”, or the sum in “£20 today”."""
    if first.kind == "number":
        return bool(rest) and rest[0].kind in NOT_BEHIND_A_NUMBER
    return first.kind == "range"


def _says_a_time(group: list[Token], language: str) -> bool:
    """Whether it names a moment: a part of the day alone (“the night team”) needs a word that leads to it."""
    kinds = {token.kind for token in group}
    if kinds & CORE == {"part"}:
        return bool(kinds & OPENS_A_PART)
    return bool(kinds & CORE) or any(_is_hour_of(a, b, language) for a, b in pairwise(group))


def _is_hour_of(before: Token, number: Token, language: str) -> bool:
    if number.kind != "number":
        return False
    known = before.kind == "past" or before.value in ("nth", "clock")
    return known or (language == "en" and before.kind in ("at", "by", "before"))


@cache
def time_phrases(language: str) -> Phrases:
    """Return the finder of the words that say when, in one language."""
    return Phrases(language, ("times",))
