"""Themes that have grown among complaints of one category: found in their terms, each told once."""

from collections import Counter
from collections.abc import Iterable, Mapping

from amends.measures.theme import FEWEST_EXAMPLES, Term, Theme, themes

NOW_WEEKS, BEFORE_WEEKS = 8, 26
SAME = 0.5  # [J]: two terms that stand in half of the same complaints are one theme


def emerging(now: Mapping[int, frozenset[str]], before: Mapping[int, frozenset[str]]) -> tuple[Theme, ...]:
    """The themes whose share grew, the surest first; `now` and `before` are the terms of each complaint by its number.

    Only terms of five complaints or more in both together are tried: which, does not depend on where they stand, so
    the correction for many tests holds. Terms of mostly the same complaints are one theme, told by its strongest term,
    and by the longer one where two are as strong.
    """
    lately, earlier = _counts(now.values()), _counts(before.values())
    tried = [one for one in lately | earlier if lately[one] + earlier[one] >= FEWEST_EXAMPLES]
    found = themes([Term(one, lately[one], earlier[one]) for one in tried], now=len(now), before=len(before))
    kept: list[tuple[Theme, frozenset[int]]] = []
    for one in sorted(found, key=lambda theme: (-theme.low, -len(theme.term.words.split()), theme.term.words)):
        where = frozenset(number for number, terms in now.items() if one.term.words in terms)
        if all(len(where & other) <= SAME * min(len(where), len(other)) for _, other in kept):
            kept.append((one, where))
    return tuple(one for one, _ in kept)


def having(words: str, texts: Mapping[int, frozenset[str]]) -> tuple[int, ...]:
    """The numbers of the complaints a term stands in."""
    return tuple(number for number, terms in texts.items() if words in terms)


def _counts(texts: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(term for terms in texts for term in terms)
