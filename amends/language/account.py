"""Several messages read as one account: what went wrong in all of them, and whether it was told before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from amends.language.issues import FoundIssue
from amends.language.lexicon import words_in
from amends.language.quoting import new_words, only_new
from amends.language.reading import Reading, read
from amends.language.words import normal_words, stem

if TYPE_CHECKING:
    from amends.language.trained.weights import Trained

BETWEEN = "\n\n"
LONGEST = 100_000
AGAIN = 0.75


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that went wrong, and the number of the message it stands in; places refer to that message."""

    message: int
    issue: FoundIssue


def read_account(texts: Sequence[str], trained: "Trained | None" = None) -> tuple[Reading, tuple[Told, ...]]:
    """The reading of messages as one account, oldest first, and each issue in the message it begins in.

    An account is at least as serious as each message in it. Places in the reading refer to all own words one after
    the other. Beyond 100,000 characters only the newest messages are read: what the older ones said was read when
    they came.
    """
    first = _first_read(texts)
    own = [only_new(text, new_words(text)) for text in texts[first:]]
    starts = list(accumulate((len(text) + len(BETWEEN) for text in own[:-1]), initial=0))
    reading = read(BETWEEN.join(own), trained)
    if len(own) > 1:
        gravest = max(read(text, trained).severity for text in own)
        reading = replace(reading, severity=max(reading.severity, gravest))
    told = (_placed(issue, starts, own) for issue in reading.issues)
    return reading, tuple(Told(first + number, issue) for number, issue in told)


def _first_read(texts: Sequence[str]) -> int:
    """The number of the oldest message that is read."""
    first, length = len(texts) - 1, len(texts[-1])
    while first and length + len(texts[first - 1]) <= LONGEST:
        first -= 1
        length += len(texts[first])
    return first


def _placed(issue: FoundIssue, starts: list[int], own: list[str]) -> tuple[int, FoundIssue]:
    """An issue told over two messages ends where the message it begins in ends."""
    number = max(n for n, start in enumerate(starts) if start <= issue.start)
    start = issue.start - starts[number]
    words = own[number][start : issue.end - starts[number]].rstrip()
    return number, replace(issue, words=words, start=start, end=start + len(words))


def says_again(words: str, earlier: Iterable[str], language: str) -> bool:
    """Whether these words only repeat one of the earlier tellings: three quarters of what they name stand there [J]."""
    named = _named(words, language)
    return any(named and len(named & _named(one, language)) >= AGAIN * len(named) for one in earlier)


def _named(words: str, language: str) -> frozenset[str]:
    small = words_in(language, "function_words") | words_in(language, "stop_words")
    return frozenset(stem(word) for word in normal_words(words) if word[:1].isalnum() and word not in small)
