"""What the heads look at: windows of 3, 4 and 5 characters, words and pairs of words, and what the word lists found.

Each feature has a place, so that one pass over a message scores the whole of it and every clause of it.
"""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from amends.language.lexicon import Hit
from amends.language.words import Words, lowered

CHARACTER_ROWS = 2**15
WORD_ROWS = 2**15
CUE_ROWS = 2**10
FIRST_WORD_ROW = CHARACTER_ROWS
FIRST_CUE_ROW = CHARACTER_ROWS + WORD_ROWS
ROWS = FIRST_CUE_ROW + CUE_ROWS
LONGEST_READ = 20_000
DIGITS = str.maketrans("123456789\n\t\r\f", "000000000    ")
SPACE = 32
FACTORS = np.array([40503, 60493, 9973, 52583, 31337], dtype=np.uint32)
MIX = np.uint32(2654435761)
SHIFT = np.uint32(17)
PAIR = np.uint32(31)
CODES_KEPT = 50_000
_codes: dict[str, int] = {}

Rows = npt.NDArray[np.int64]
Places = npt.NDArray[np.int64]
Quotes = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Features:
    """The rows of one message: `windows` three to a character, `words` two to a word, `cues` one to a hit."""

    windows: Rows
    kept: Places
    words: Rows
    word_starts: Places
    cues: Rows
    cue_starts: Places

    def words_within(self, span: tuple[int, int]) -> int:
        """Return how many words begin inside a place of the text."""
        return int(np.diff(np.searchsorted(self.word_starts, span))[0])


def features(text: str, words: Words, hits: tuple[Hit, ...]) -> Features:
    """Return the features of a message; of one longer than 20,000 characters only those of its beginning."""
    windows, kept = _windows(lowered(text[:LONGEST_READ]).translate(DIGITS))
    return Features(
        windows,
        kept,
        _word_rows(words.normal),
        np.array(words.starts, dtype=np.int64),
        np.array([_cue(hit.label, hit.value) for hit in hits], dtype=np.int64),
        np.array([hit.start for hit in hits], dtype=np.int64),
    )


def outside(found: Features, quotes: Quotes) -> Features:
    """Return the features that do not begin inside a quotation: what others said is not theirs."""
    if not quotes:
        return found
    windows, words, cues = (free(places, quotes) for places in (found.kept, found.word_starts, found.cue_starts))
    return Features(
        found.windows[windows],
        found.kept[windows],
        found.words[words],
        found.word_starts[words],
        found.cues[cues],
        found.cue_starts[cues],
    )


def free(places: Places, quotes: Quotes) -> npt.NDArray[np.bool_]:
    """Return which places lie outside every quotation."""
    if not quotes:
        return np.ones(len(places), dtype=np.bool_)
    edges = np.array(quotes, dtype=np.int64)
    return np.asarray(np.searchsorted(edges[:, 0], places, side="right") == np.searchsorted(edges[:, 1], places))


def _windows(text: str) -> tuple[Rows, Places]:
    """Return the rows of the windows that begin at each character, and which characters those are."""
    codes = np.frombuffer(f" {text}    ".encode("utf-32-le", "replace"), dtype=np.uint32)
    count = len(codes) - 4
    three = codes[:count] * FACTORS[0] + codes[1 : count + 1] * FACTORS[1] + codes[2 : count + 2] * FACTORS[2]
    four = three + codes[3 : count + 3] * FACTORS[3]
    five = four + codes[4 : count + 4] * FACTORS[4]
    kept = np.flatnonzero((codes[:count] != SPACE) | (codes[1 : count + 1] != SPACE))
    rows = (np.stack([three[kept], four[kept] ^ MIX, five[kept]], axis=1) * MIX) >> SHIFT
    return rows.astype(np.int64), kept


def _word_rows(words: list[str]) -> Rows:
    if not words:
        return np.zeros((0, 2), dtype=np.int64)
    single = np.array([_codes.get(word) or _code(word) for word in words], dtype=np.uint32)
    pairs = np.empty_like(single)
    pairs[:1] = single[:1] * PAIR
    pairs[1:] = single[:-1] * PAIR + single[1:]
    rows = (np.stack([single, pairs], axis=1) * MIX) >> SHIFT
    return rows.astype(np.int64) + FIRST_WORD_ROW


def _code(word: str) -> int:
    if len(_codes) >= CODES_KEPT:
        _codes.clear()
    code = crc32(("0" if word.isdigit() else word).encode("utf-8", "replace"))
    _codes[word] = code
    return code


@cache
def _cue(label: str, value: str) -> int:
    return FIRST_CUE_ROW + crc32(f"{label} {value}".encode()) % CUE_ROWS
