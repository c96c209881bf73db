"""Kind and strength of upset, with the words that show it."""

import re
from dataclasses import dataclass

from amends.language.evidence import Evidence
from amends.language.words import Words

MOST_SHOWN = 3
REACH = 3
ONESELF = frozenset({"am", "i'm", "we're", "bin", "suis", "estoy"})
SHOUTED_RUN = re.compile(r"\b[A-Z]{2,20}(?:[ ,]{1,2}(?:[A-Z]{1,20}|\d{1,9})){3,12}")
MANY_MARKS = re.compile(r"\S{1,30}[!?]{2,}")


@dataclass(frozen=True, slots=True)
class Feeling:
    """`kind` is anger, disappointment, anxiety, sadness, confusion, disgust or none; `strength` 0 to 3."""

    kind: str
    strength: int
    words: tuple[str, ...]


def shown(text: str, evidence: Evidence, kind: str) -> tuple[str, ...]:
    """Return the words of a text that show a feeling; for anger without such words, what is shouted."""
    words = tuple(text[hit.start : hit.end] for hit in evidence.of("feeling") if hit.value.startswith(f"{kind} "))
    if words or kind != "anger":
        return words
    shouted = [found.group() for found in SHOUTED_RUN.finditer(text)][:MOST_SHOWN]
    return tuple(shouted or [found.group() for found in MANY_MARKS.finditer(text)][:MOST_SHOWN])


def confessed(words: Words, evidence: Evidence) -> str:
    """Return the feeling that a person says of themselves ("I am really disappointed"), or an empty string."""
    for hit in evidence.of("feeling"):
        if not ONESELF.isdisjoint(words.normal[max(0, hit.first - REACH) : hit.first]):
            return hit.value.split()[0]
    return ""


def only_denied(evidence: Evidence, kind: str) -> bool:
    """Return whether a feeling is named only to be denied ("I am not angry")."""
    named = any(hit.value.startswith(f"{kind} ") for hit in evidence.of("feeling"))
    return not named and any(hit.label == "feeling" and hit.value.startswith(f"{kind} ") for hit in evidence.denied)
