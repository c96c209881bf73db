"""Many places of many texts as sparse rows over the hashed features, multiplied without any library but numpy."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from amends.language.trained.features import FIRST_CUE_ROW, ROWS, Features
from amends.language.trained.weights import Floats

AT_ONCE = 500_000
EVERYWHERE = 0.1
WHOLE = (0, 2**31)
Small = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Row `n` holds `values[edges[n]:edges[n + 1]]` in the columns `columns` of the same places; each row has one."""

    columns: npt.NDArray[np.int32]
    values: Small
    edges: npt.NDArray[np.int64]

    def times(self, weights: Floats) -> Floats:
        """Return the product with a matrix of one row to a column."""
        parts = [
            np.add.reduceat(self.values[a:b, None] * weights[self.columns[a:b]], edges, axis=0)
            for a, b, edges, _, _ in self._runs()
        ]
        return np.concatenate(parts) if parts else np.zeros((0, weights.shape[1]))

    def back(self, scores: Floats, width: int) -> Floats:
        """Return the product of the transpose with one row of scores to a row."""
        made = np.zeros((width, scores.shape[1]))
        for a, b, edges, first, last in self._runs():
            sizes = np.diff(np.append(edges, b - a))
            for n in range(scores.shape[1]):
                shares = self.values[a:b] * np.repeat(scores[first:last, n], sizes)
                made[:, n] += np.bincount(self.columns[a:b], weights=shares, minlength=width)
        return made

    def only(self, kept: npt.NDArray[np.bool_]) -> "Rows":
        """Return some of the rows, in their order."""
        sizes = np.diff(self.edges)
        inside = np.repeat(kept, sizes)
        edges = np.concatenate([[0], np.cumsum(sizes[kept])])
        return Rows(self.columns[inside], self.values[inside], edges)

    def _runs(self) -> Iterator[tuple[int, int, npt.NDArray[np.int64], int, int]]:
        """The rows in runs of half a million values, so that memory stays bounded."""
        first, count = 0, len(self.edges) - 1
        while first < count:
            last = int(np.searchsorted(self.edges, self.edges[first] + AT_ONCE, side="right")) - 1
            last = min(max(last, first + 1), count)
            start, end = int(self.edges[first]), int(self.edges[last])
            yield start, end, self.edges[first:last] - start, first, last
            first = last


@dataclass(slots=True)
class Gathered:
    """Rows while they are gathered, one place of a text after the other."""

    columns: list[npt.NDArray[np.int32]] = field(default_factory=list)
    values: list[Small] = field(default_factory=list)

    def add(self, found: Features, span: tuple[int, int] = WHOLE) -> None:
        """Add what stands in a place of a message, weighed as the heads weigh it; column `ROWS` is always one."""
        groups = ((found.windows, found.kept), (found.words, found.word_starts), (found.cues, found.cue_starts))
        rows = [rows[slice(*np.searchsorted(places, span))].ravel() for rows, places in groups]
        roots = [1 / np.sqrt(max(1, rows[0].size)), 1 / np.sqrt(max(1, rows[1].size)), 1.0]
        columns, at = np.unique(np.concatenate([*rows, [ROWS]]), return_inverse=True)
        values = np.concatenate([*(np.full(one.size, root) for one, root in zip(rows, roots, strict=True)), [1.0]])
        self.columns.append(columns.astype(np.int32))
        self.values.append(np.bincount(at, weights=values).astype(np.float32))

    def rows(self) -> Rows:
        """Return what was gathered, which is then let go: there may be much of it."""
        edges = np.cumsum([0, *(len(one) for one in self.columns)])
        if not self.columns:
            return Rows(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32), edges)
        columns, self.columns = np.concatenate(self.columns), []
        values, self.values = np.concatenate(self.values), []
        return Rows(columns, values, edges)


def rarity(rows: Rows, cue: float) -> Floats:
    """Return how much each column counts: more where it is rare (inverse document frequency); `cue` for word lists.

    The bias counts little, so that a desk with much of one kind does not make everything look like it.
    """
    seen = np.bincount(rows.columns, minlength=ROWS + 1)
    scale = np.log(len(rows.edges) / (1 + seen)) + 0.5
    scale[FIRST_CUE_ROW:ROWS] = cue
    scale[ROWS] = EVERYWHERE
    return np.asarray(scale)
