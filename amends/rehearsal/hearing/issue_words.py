"""By which words each issue of a scene is known, and which of them a sentence says back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from amends.language.draft import Sentence, details, widened
from amends.rehearsal.scenario import Trouble

Stems = frozenset[str]
REMEMBERED = 64
ALL_OF_IT = ("both", "all of it", "all of this", "all of that", "all three", "all four", "everything", "each of")

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
TENS = "thirty forty fifty sixty seventy eighty ninety"
FIGURES = {word: str(number) for number, word in enumerate(SMALL.split(" "))} | {
    word: str(number) for word, number in zip(TENS.split(" "), range(30, 100, 10), strict=True)
}


@dataclass(frozen=True, slots=True)
class Key:
    """Words of which any names the same part of an issue: stems that stand together, or a phrase of small words."""

    stems: tuple[Stems, ...]
    phrases: tuple[str, ...]

    def is_among(self, words: Stems, low: str) -> bool:
        """Return whether one of the words is said in a sentence of these stems."""
        return any(stems <= words for stems in self.stems) or any(phrase in low for phrase in self.phrases)


@dataclass(frozen=True, slots=True)
class Known:
    """An issue: its keys, the words that are its alone, and all words it was told in."""

    id: str
    keys: tuple[Key, ...]
    own: Stems
    told: Stems

    def hits(self, one: Sentence) -> int:
        """Return how many parts of the issue a sentence names."""
        return sum(key.is_among(one.stems, one.low) for key in self.keys)


@lru_cache(maxsize=REMEMBERED)
def known(issues: tuple[Trouble, ...]) -> tuple[Known, ...]:
    """Return the words of each issue; `own` leaves out what two issues share."""
    words = {one.id: details(" ".join((one.said, *(word for group in one.keys for word in group)))) for one in issues}
    counts = Counter(word for stems in words.values() for word in stems)
    return tuple(_known(one, frozenset(word for word in words[one.id] if counts[word] == 1)) for one in issues)


def _known(one: Trouble, own: Stems) -> Known:
    told = details(" ".join((one.said, *one.details, one.held_back, one.promised)))
    return Known(one.id, tuple(_key(group) for group in one.keys), own, told)


def _key(group: Iterable[str]) -> Key:
    of = {word: details(word) for word in group}
    single = (widened(stems) for stems in of.values() if len(stems) == 1)
    alone = (frozenset({stem}) for stems in single for stem in stems)
    together = (stems for stems in of.values() if len(stems) > 1)
    return Key((*alone, *together), tuple(word.lower() for word, stems in of.items() if not stems))


def with_figures(stems: Stems) -> Stems:
    """Return the stems with number words also as figures."""
    return stems | {FIGURES[one] for one in stems if one in FIGURES}
