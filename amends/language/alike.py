"""What something told is most like among what was named before: by its words and its kind, the rarer the more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from amends.language.words import normal_words, stem

NEAREST = 9
SURE = 0.6
ALIKE = 0.15
MARK = "#"  # no word begins with it


@dataclass(frozen=True, slots=True)
class Named:
    """Something told before, what it was named (`of`), what it is known by, and its kind or other marks."""

    of: int
    number: int
    words: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What something may be named: its share of the likeness found, and the two that are most like it."""

    of: int
    share: float
    like: tuple[int, ...]


def guess(words: str, marks: Iterable[str], named: Sequence[Named]) -> Guess | None:
    """What most of the nearest were named; None where nothing is near, or the nearest were named differently.

    Words and marks weigh by how rare they are, likeness is their cosine, and the nine nearest vote by it. The bounds
    below which there is no guess are our judgement ([J]: no source), not measured on complaints of others.
    """
    features = [_features(one.words, one.marks) for one in named]
    asked = _features(words, marks)
    counts = Counter(feature for some in features for feature in some)
    rarity = {feature: log(1 + len(named) / count) for feature, count in counts.items()}
    length = _length(asked, rarity)
    near = sorted(
        ((_cosine(asked, length, some, rarity), place) for place, some in enumerate(features) if asked & some),
        key=lambda one: (-one[0], one[1]),
    )[:NEAREST]
    if not near or near[0][0] < ALIKE:
        return None
    votes: defaultdict[int, float] = defaultdict(float)
    for likeness, place in near:
        votes[named[place].of] += likeness
    of, most = min(votes.items(), key=lambda one: (-one[1], one[0]))
    share = most / sum(votes.values())
    if share < SURE:
        return None
    like = [named[place].number for _, place in near if named[place].of == of]
    return Guess(of, share, tuple(one for one in like if one)[:2])


def _features(words: str, marks: Iterable[str]) -> frozenset[str]:
    told = (stem(word) for word in normal_words(words) if len(word) > 2 and word[0].isalpha())
    return frozenset([*told, *(MARK + mark for mark in marks if mark)])


def _length(some: Iterable[str], rarity: dict[str, float]) -> float:
    return sqrt(sum(rarity.get(one, 0.0) ** 2 for one in some)) or 1.0


def _cosine(asked: frozenset[str], length: float, some: frozenset[str], rarity: dict[str, float]) -> float:
    shared = sum(rarity[one] ** 2 for one in asked & some)
    return shared / (length * _length(some, rarity))
