"""What each sentence of a reply seems to do, learned from sentences that people wrote and labelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from amends.language.lexicon import Hit
from amends.language.words import Span, Words

if TYPE_CHECKING:
    from amends.language.sense.learned import Senses
    from amends.language.trained.weights import Floats, Table, Trained

TABLE = "moves"
# The cuts of English stand by themselves, those of the other languages together behind this.
ABROAD = "abroad."
# In fewer words a listed phrase is all there is: nothing else could deny it.
FEWEST_TO_DENY = 8


@dataclass(frozen=True, slots=True)
class Ears:
    """The heads of the moves, and for each the score from which it is heard and that below which it surely is not."""

    table: "Table"
    says: "Floats"
    denies: "Floats"
    senses: "Senses | None" = None


@dataclass(frozen=True, slots=True)
class Heard:
    """The moves a sentence makes by the sound of it, and those it surely does not make; named like the checks."""

    says: frozenset[str] = frozenset()
    denies: frozenset[str] = frozenset()


SILENT = Heard()


@cache
def shipped_ears(language: str) -> Ears:
    """Return the ears of this package for a language; with the model of meaning where a desk has it."""
    from amends.language.sense.learned import sensed  # here and below, because only the first draft needs it
    from amends.language.trained.weights import shipped

    return ears_of(sensed(shipped(), language), language)


def ears_of(trained: "Trained", language: str) -> Ears:
    """Return the ears that these weights make for a language."""
    import numpy as np

    table = trained.tables[TABLE]
    cuts = [f"{'' if language == 'en' else ABROAD}{cut}" for cut in ("says", "denies")]
    says, denies = (np.array([trained.cuts[f"{cut}.{name}"] for name in table.names]) for cut in cuts)
    return Ears(table, says, denies, trained.senses)


@cache
def deaf() -> Ears:
    """Return ears that hear nothing: with them the rules alone speak."""
    import numpy as np

    from amends.language.trained.features import ROWS
    from amends.language.trained.weights import Table

    return Ears(Table((), np.zeros((ROWS, 0), dtype=np.int8), np.zeros((3, 0)), np.zeros(0)), np.zeros(0), np.zeros(0))


def hear(spoken: str, words: Words, hits: Sequence[Hit], spans: Sequence[Span], ears: Ears) -> list[Heard]:
    """Return what is heard in each of these places of a draft."""
    if not spans or not ears.table.names:
        return [SILENT] * len(spans)
    import numpy as np

    from amends.language.trained.features import features
    from amends.language.trained.heads import of_spans

    found = features(spoken, words, tuple(hits))
    scores = of_spans(ears.table, found, np.array(spans, dtype=np.int64))
    if ears.senses:
        scores = ears.senses.of_moves([spoken[span.start : span.end] for span in spans], scores)
    long = np.array([[found.words_within(span) >= FEWEST_TO_DENY] for span in spans])
    names = ears.table.names
    pairs = zip((scores >= ears.says).tolist(), (long & (scores < ears.denies)).tolist(), strict=True)
    return [Heard(_named(names, says), _named(names, denies)) for says, denies in pairs]


def _named(names: Sequence[str], chosen: Sequence[bool]) -> frozenset[str]:
    return frozenset(name for name, yes in zip(names, chosen, strict=True) if yes)
