"""The promises in a letter of ours: what we say we will do by a time, and when that time is up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from amends.language.draft import QUOTED
from amends.language.due import Due, due_of
from amends.language.lexicon import Hit, Phrases
from amends.language.pattern import Pattern
from amends.language.quoting import new_words, only_new
from amends.language.times import SaidTime, times_in
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.words import Span, Words, sentences, trimmed, words_of
from amends.method.calendars import Calendar

LONGEST = 80
OFFICE = (9 * 60, 17 * 60)
AT_THE_START = 6
CLAUSE = Pattern(
    r",?\s(?:and|but|so|then|und|aber|et|mais|y|pero)\s(?=(?:we|i|i['’]ll|we['’]ll|you|you['’]ll|please|your|the"
    r"|it|a|an|our|my"
    r"|let|if|he|she|they|somebody|someone|wir|ich|sie|bitte|ihr|ihre|nous|je|vous|votre|merci|le|su|usted|por)\b)"
    r"|\s[-–—]\s|:\s|,\s(?=(?:we|i|i['’]ll|we['’]ll|you|you['’]ll|please|nous|je|vous|wir|ich|which|who|where"
    r"|when)\b)",
    2,
)
BEHIND_YOU = Pattern(
    r"\b(?:you|we|i|they|he|she|that)\s(?:(?:have|had|first)\s)?"
    r"(?:\w+ed|placed|made|sent|bought|wrote|got|paid|told|gave|was|were|came|rang|had)\b(?:\s\w+){0,2}\s*$",
    2,
)
FILLERS = " ,.;:!–-\n"


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """A promise in a letter: its sentence `text[start:end]`, what by when (UTC); not `sure` where it is a maybe."""

    start: int
    end: int
    words: str
    due_at: datetime
    what: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    span: Span
    words: Words
    hits: tuple[Hit, ...]

    def first(self, kind: str) -> Hit | None:
        return next((hit for hit in self.hits if hit.value == kind), None)

    @property
    def commitment(self) -> Hit | None:
        """Where it commits us, or at least hopes to."""
        return self.first("ours") or self.first("hope")


def find_promises(text: str, *, written_at: datetime, calendar: Calendar | None, zone: str) -> tuple[FoundPromise, ...]:
    """Return what a letter promises by a time, in order: its own words only, times reckoned in `zone` and `calendar`.

    Without a calendar a working day is Monday to Friday until five. Questions, denials, past days and what the
    customer is asked to do are no promises. `due_at` is in UTC.
    """
    spoken = _spoken(text)
    language = _language(words_of(spoken))
    written = written_at.astimezone(ZoneInfo(zone))
    found: list[FoundPromise] = []
    for span in sentences(spoken):
        if not spoken[span.start : span.end].rstrip("\"')”").endswith("?"):
            found += _in_sentence(text, spoken, span, written, calendar or _office(zone), language)
    return tuple(found)


def _office(zone: str) -> Calendar:
    """Monday to Friday from nine to five: what “working day” means where no hours are set (our judgement)."""
    return Calendar(zone, ((OFFICE,),) * 5 + ((),) * 2)


def _language(words: Words) -> str:
    """The language by its small words; of a line too short for that, the one that can promise most in it."""
    clear = language_of(words)
    if clear in READ_LANGUAGES:
        return clear
    return max(READ_LANGUAGES, key=lambda one: len(_phrases(one).find(words)))


def _spoken(text: str) -> str:
    """The letter's own words in place, with everything quoted blank."""
    own = only_new(text, new_words(text))
    return QUOTED.sub(lambda found: " " * len(found.group()), own)


def _in_sentence(
    text: str, spoken: str, span: Span, written: datetime, calendar: Calendar, language: str
) -> list[FoundPromise]:
    clauses = _joined(spoken, [_clause(spoken, place, language) for place in _clauses(spoken, span)], language)
    maybe = any(clause.first("maybe") or clause.first("hope") for clause in clauses)
    found: list[FoundPromise] = []
    for clause in clauses:
        for said, due in _dues(clause, written, calendar, language):
            what = _what(clause, said)
            words = text[span.start : span.end]
            found.append(FoundPromise(*span, words, due.at.astimezone(UTC), what, due.sure and not maybe))
    return list({(one.due_at, one.what): one for one in found}.values())


def _clauses(spoken: str, span: Span) -> list[Span]:
    starts, ends = [span.start], []
    for cut in CLAUSE.finditer(spoken, span.start, span.end):
        ends.append(cut.start())
        starts.append(cut.end())
    pieces = (trimmed(spoken, start, end) for start, end in zip(starts, [*ends, span.end], strict=True))
    return [piece for piece in pieces if piece.start < piece.end]


def _joined(spoken: str, clauses: list[_Clause], language: str) -> list[_Clause]:
    """With a lead that says nothing of its own (“Within two days, …”) put back to what it leads to."""
    joined: list[_Clause] = []
    for clause in clauses:
        if joined and not joined[-1].hits:
            whole = Span(joined.pop().span.start, clause.span.end)
            joined.append(_clause(spoken, whole, language))
        else:
            joined.append(clause)
    return joined


def _clause(spoken: str, span: Span, language: str) -> _Clause:
    piece = spoken[span.start : span.end]
    words = words_of(piece)
    return _Clause(piece, span, words, tuple(_phrases(language).find(words)))


def _dues(clause: _Clause, written: datetime, calendar: Calendar, language: str) -> list[tuple[SaidTime, Due]]:
    marker = clause.commitment
    if marker is None or clause.first("theirs") or clause.first("no"):
        return []
    past = clause.first("past")
    if past and past.start < marker.start:
        return []
    said = [one for one in times_in(clause.text, clause.words, language) if _belongs(clause, one, marker)]
    return [(one, due) for one in said if (due := due_of(one, written, calendar, language)) is not None]


def _belongs(clause: _Clause, said: SaidTime, marker: Hit) -> bool:
    """Whether a time is that of the commitment: behind it or first in the clause, and not of something past."""
    if said.start < marker.start and said.start > AT_THE_START:
        return False
    return BEHIND_YOU.search(clause.text[: said.start]) is None


def _what(clause: _Clause, said: SaidTime) -> str:
    """What is promised, short: the clause without its time and without “we will”."""
    marker = clause.commitment
    begin = marker.end if marker and _speaks_of_us(marker, clause.text) else 0
    before, after = clause.text[min(begin, said.start) : said.start], clause.text[said.end :]
    if said.start < begin:
        before = ""
        after = clause.text[begin:]
    words = " ".join(f"{before.strip(FILLERS)} {after.strip(FILLERS)}".split()).strip(FILLERS)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rpartition(' ')[0]}…"


def _speaks_of_us(marker: Hit, text: str) -> bool:
    return (
        text[marker.start : marker.end].lower().endswith(("will", "'ll", "’ll", "going to", "shall", "werde", "werden"))
    )


@cache
def _phrases(language: str) -> Phrases:
    return Phrases(language, ("commitments",))
