"""Kind and strength of upset, with the words that show it."""

import re
from collections import Counter
from dataclasses import dataclass

from amends.language.evidence import Evidence
from amends.language.lexicon import Hit
from amends.language.words import Words

STRONGEST = 3
SHOUTED_WORDS = 4
SHOUTED = re.compile(r"\b[A-Z]{3,}\b")
SHOUTED_RUN = re.compile(r"\b[A-Z]{2,20}(?:[ ,]{1,2}(?:[A-Z]{1,20}|\d{1,9})){3,12}")
MANY_MARKS = re.compile(r"\S{1,30}[!?]{2,}")
MEANS_NO_SHOUT = re.compile(r"not shouting|caps lock|key is stuck", re.IGNORECASE)
MOST_SHOWN = 3
HEIGHTENERS = frozenset(
    [
        "very",
        "extremely",
        "absolutely",
        "so",
        "really",
        "utterly",
        "totally",
        "completely",
        "sehr",
        "wirklich",
        "extrem",
        "total",
        "très",
        "vraiment",
        "extrêmement",
        "muy",
        "realmente",
        "totalmente",
    ]
)
TIES = ("disgust", "sadness", "anxiety", "anger", "disappointment", "confusion")


@dataclass(frozen=True, slots=True)
class Feeling:
    """`kind` is anger, disappointment, anxiety, sadness, confusion, disgust or none; `strength` 0 to 3."""

    kind: str
    strength: int
    words: tuple[str, ...]


def find_feeling(text: str, words: Words, evidence: Evidence, *, complaint: bool) -> Feeling:
    """Return the strongest feeling that the words themselves show; none where they show none.

    A complaint without a word of feeling, but in capitals or with "!!", is read as anger of strength 1 or 2 [J].
    """
    hits = evidence.of("feeling")
    if not hits:
        return _by_form(text) if complaint else Feeling("none", 0, ())
    totals: Counter[str] = Counter()
    for hit in hits:
        totals[_kind(hit)] += _strength(hit, words)
    kind = max(totals, key=lambda name: (totals[name], -TIES.index(name)))
    mine = [hit for hit in hits if _kind(hit) == kind]
    strength = max(_strength(hit, words) for hit in mine) + (1 if len(mine) > 2 or _shouts(text) else 0)
    return Feeling(kind, min(STRONGEST, strength), tuple(text[hit.start : hit.end] for hit in mine))


def _by_form(text: str) -> Feeling:
    marks = [found.group() for found in MANY_MARKS.finditer(text)][:MOST_SHOWN]
    shouted = [found.group() for found in SHOUTED_RUN.finditer(text)][:MOST_SHOWN]
    if MEANS_NO_SHOUT.search(text) or not (marks or shouted):
        return Feeling("none", 0, ())
    return Feeling("anger", 2 if marks and shouted else 1, tuple(shouted or marks))


def _kind(hit: Hit) -> str:
    return hit.value.split()[0]


def _strength(hit: Hit, words: Words) -> int:
    base = int(hit.value.split()[1])
    heightened = hit.first > 0 and words.normal[hit.first - 1] in HEIGHTENERS
    return min(STRONGEST, base + heightened)


def _shouts(text: str) -> bool:
    return "!!" in text or len(SHOUTED.findall(text)) >= SHOUTED_WORDS
