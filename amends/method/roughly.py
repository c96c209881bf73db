"""How many of a group said something, so roughly that nobody's own answer can be told from it."""

from collections.abc import Sequence
from enum import StrEnum


class Roughly(StrEnum):
    """A fifth of the way from nobody to everybody. “Everybody” and “nobody” do not exist: they would name each one."""

    HARDLY = "hardly"
    SOME = "some"
    HALF = "half"
    MOST = "most"
    NEARLY = "nearly"

    @property
    def words(self) -> str:
        """As a sentence begins with it."""
        return _WORDS[self]

    @property
    def say(self) -> str:
        """Its verb: “most say”, “hardly anybody says”."""
        return "says" if self in (Roughly.HARDLY, Roughly.NEARLY) else "say"

    @property
    def span(self) -> tuple[float, float]:
        """The shares it stands for, from 0 to 1."""
        at = list(Roughly).index(self)
        return at / 5, (at + 1) / 5


_WORDS = {
    Roughly.HARDLY: "Hardly anybody",
    Roughly.SOME: "Some",
    Roughly.HALF: "About half",
    Roughly.MOST: "Most",
    Roughly.NEARLY: "Nearly everybody",
}


def roughly(count: int, of: int) -> Roughly:
    """The word for so many of a group of five or more: at both ends there is always more than one count for it."""
    if 5 * count >= 4 * of:
        return Roughly.NEARLY
    if 5 * count > 3 * of:
        return Roughly.MOST
    if 5 * count >= 2 * of:
        return Roughly.HALF
    return Roughly.SOME if 5 * count > of else Roughly.HARDLY


def counts_of(word: Roughly, of: int) -> tuple[int, int]:
    """The fewest and the most of a group for which this is the word."""
    found = [count for count in range(of + 1) if roughly(count, of) is word]
    return found[0], found[-1]


def gives_away(counts: Sequence[int], parts: Sequence[tuple[int, int]], of: int) -> bool:
    """Whether the words for a whole and for parts of it together say of a part, or of the rest, “all” or “none”.

    `counts` are how many of `of` gave each answer, `parts` how many of how many gave the first; whoever is in no part
    is the rest. A reader knows how large each is, and that everybody gave one answer.
    """
    told = [(counts_of(roughly(count, size), size), size) for count, size in parts]
    rest = of - sum(size for _, size in parts)
    within = [*told, ((0, rest), rest)] if rest else told
    lowest, highest = _first_of(counts, of)
    least, most = (sum(span[end] for span, _ in within) for end in (0, 1))
    return any(
        max(low, lowest - (most - high)) == size or min(high, highest - (least - low)) == 0
        for (low, high), size in within
    )


def _first_of(counts: Sequence[int], of: int) -> tuple[int, int]:
    """The fewest and the most who can have given the first answer, by the words for all of them."""
    (low, high), *others = (counts_of(roughly(count, of), of) for count in counts)
    return max(low, of - sum(most for _, most in others)), min(high, of - sum(least for least, _ in others))
