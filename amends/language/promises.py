"""The promises in a letter of ours: what we say we will do by a time, and when that time is up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from amends.language.clause_signs import Clause, commitment_phrases
from amends.language.commitment import DOUBTS, OF_THE_SENTENCE, Verdict, verdict
from amends.language.draft import QUOTED
from amends.language.due import Due, due_of
from amends.language.hours import names_an_hour
from amends.language.lexicon import words_in
from amends.language.pattern import Pattern
from amends.language.promise_clauses import clauses_of, part_around
from amends.language.quoting import new_words, only_new
from amends.language.times import SaidTime, time_phrases
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.verb_forms import tense_of
from amends.language.words import Span, Words, sentences, words_of
from amends.method.calendars import Calendar

LONGEST = 80
NEAR = 120
OFFICE = (9 * 60, 17 * 60)
OPEN: Verdict = "open"
BEHIND_YOU = Pattern(
    r"\b(?:you|we|i|they|he|she|that)\s(?:(?:have|had|first)\s)?"
    r"(?:\w+ed|placed|made|sent|bought|wrote|got|paid|told|gave|was|were|came|rang|had)\b(?:\s\w+){0,2}\s*$",
    2,
)
HAS_THAT_LONG = Pattern(
    r"\b(?:has|have|takes?|expect|allow|comptez|haben|hat)\s(?:up to\s|about\s|around\s|maximal\s)?$", 2
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
    return max(READ_LANGUAGES, key=lambda one: _familiar(words, one))


def _familiar(words: Words, language: str) -> int:
    small = words_in(language, "function_words")
    hits = (*commitment_phrases(language).find(words), *time_phrases(language).find(words))
    said = sum(hit.last - hit.first + 1 for hit in hits)
    return said + sum((word in small) + (tense_of(word, language) is not None) for word in words.normal)


def _spoken(text: str) -> str:
    """The letter's own words in place, with everything quoted blank."""
    own = only_new(text, new_words(text))
    return QUOTED.sub(lambda found: " " * len(found.group()), own)


def _in_sentence(
    text: str, spoken: str, span: Span, written: datetime, calendar: Calendar, language: str
) -> list[FoundPromise]:
    clauses = clauses_of(spoken, span, language)
    if any(clause.has(*OF_THE_SENTENCE) for clause in clauses):
        return []
    maybe = any(clause.has(*DOUBTS) for clause in clauses)
    found: list[FoundPromise] = []
    before, named = OPEN, None
    for clause in clauses:
        before = verdict(clause, before)
        for said, due in _closest(_dues(clause, written, calendar, named)):
            named = due.at.date()
            if before == "ours":
                words = text[span.start : span.end]
                sure = due.sure and not maybe
                found.append(FoundPromise(*span, words, due.at.astimezone(UTC), _what(clause, said), sure))
    return list({(one.due_at, one.what): one for one in found}.values())


def _dues(clause: Clause, written: datetime, calendar: Calendar, named: date | None) -> Iterator[tuple[SaidTime, Due]]:
    """Each time of a clause that lies ahead; a later one can be reckoned from the day named before it."""
    opened = clause.has("grace", "booked")
    for said in clause.times:
        before = clause.text[max(0, said.start - NEAR) : said.start]
        if BEHIND_YOU.search(before) or (said.is_a_length and not opened and not HAS_THAT_LONG.search(before)):
            continue
        due = due_of(said.opened() if opened else said, written, calendar, clause.language, named)
        if due is not None:
            named = due.at.date()
            yield said, due


def _closest(dues: Iterator[tuple[SaidTime, Due]]) -> list[tuple[SaidTime, Due]]:
    """Of two times of one clause on one day that which names the hour: “on Saturday, the 28th at 9”."""
    said = list(dues)
    hours = {due.at.date() for one, due in said if names_an_hour(one)}
    return [(one, due) for one, due in said if due.at.date() not in hours or names_an_hour(one)]


def _what(clause: Clause, said: SaidTime) -> str:
    """What is promised, short: its part of the clause without its time and without “we will”."""
    marker = clause.predicate
    begin = marker.end if marker and _speaks_of_us(clause.text[marker.start : marker.end]) else 0
    start, end = part_around(clause, said) if len(clause.times) > 1 else (0, len(clause.text))
    begin = max(begin, start)
    before, after = clause.text[begin : max(begin, said.start)], clause.text[max(begin, said.end) : end]
    words = " ".join(f"{before.strip(FILLERS)} {after.strip(FILLERS)}".split()).strip(FILLERS)
    words = words or " ".join(clause.text.split()).strip(FILLERS)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rpartition(' ')[0]}…"


def _speaks_of_us(words: str) -> bool:
    return words.lower().endswith(("will", "'ll", "’ll", "going to", "shall", "werde", "werden"))
