"""When two places of a text are the same thing: by the words that begin inside both."""

import re
from collections.abc import Iterable

TOKEN = re.compile(r"\w+")
SAME = 0.5
MOSTLY = 0.6
Place = tuple[int, int]


def tokens(text: str, span: Place) -> frozenset[int]:
    """Return the places of the words that begin inside a span."""
    return frozenset(span[0] + found.start() for found in TOKEN.finditer(text[span[0] : span[1]]))


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the token F1 of two spans, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def lies_in(text: str, span: Place, places: Iterable[Place]) -> bool:
    """Return whether a clause is one of these places, or lies mostly inside one."""
    mine = tokens(text, span)
    others = (tokens(text, place) for place in places)
    return any(overlap(mine, one) >= SAME or len(mine & one) >= MOSTLY * max(1, len(mine)) for one in others)


def met(text: str, wanted: Iterable[Place], found: Iterable[Place]) -> list[tuple[int, int]]:
    """Return (wanted, found) numbers of places that share half their words, each used once, the closest first."""
    mine, theirs = [tokens(text, one) for one in wanted], [tokens(text, one) for one in found]
    close = sorted(((overlap(a, b), n, m) for n, a in enumerate(mine) for m, b in enumerate(theirs)), reverse=True)
    pairs: list[tuple[int, int]] = []
    for near, n, m in close:
        if near >= SAME and all(n != one and m != other for one, other in pairs):
            pairs.append((n, m))
    return pairs
