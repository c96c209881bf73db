"""What the heads say of a message and of each of its clauses, all from one pass over its features."""

import numpy as np
import numpy.typing as npt

from amends.language.trained.features import Features
from amends.language.trained.weights import Floats, Stage, Table

Spans = npt.NDArray[np.int64]


def of_message(table: Table, features: Features) -> Floats:
    """Return the score of each head for the whole message."""
    groups = (features.windows, features.words, features.cues)
    sums = [table.weights[rows.ravel()].sum(axis=0, dtype=np.int32) for rows in groups]
    sizes = np.array([[max(1, rows.size)] for rows in groups], dtype=np.float64)
    return np.asarray(_weighted(table, np.stack(sums)[:, None, :], sizes)[0])


def of_spans(table: Table, features: Features, spans: Spans) -> Floats:
    """Return the scores for places of the text, one row to a place of `spans` (start, end)."""
    groups = (
        (features.windows, features.kept),
        (features.words, features.word_starts),
        (features.cues[:, None], features.cue_starts),
    )
    sums, sizes = [], []
    for rows, places in groups:
        edges = np.searchsorted(places, spans)
        sums.append(_sums(table, rows, edges))
        sizes.append(np.maximum(1, (edges[:, 1] - edges[:, 0]) * rows.shape[1]))
    return _weighted(table, np.stack(sums), np.stack(sizes).astype(np.float64))


def judged(stage: Stage, signs: Floats) -> Floats:
    """Return what a stage makes of signs: one score to an answer, in the last axis."""
    return np.asarray(signs @ stage.weights + stage.biases)


def likely(score: Floats) -> Floats:
    """Return the probability of a yes for each score."""
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def _sums(table: Table, rows: npt.NDArray[np.int64], edges: Spans) -> npt.NDArray[np.int64]:
    totals = np.zeros((len(rows) + 1, len(table.names)), dtype=np.int64)
    np.cumsum(table.weights[rows].sum(axis=1, dtype=np.int32), axis=0, out=totals[1:])
    return np.asarray(totals[edges[:, 1]] - totals[edges[:, 0]])


def _weighted(table: Table, sums: npt.NDArray[np.int32] | npt.NDArray[np.int64], sizes: Floats) -> Floats:
    """Return sums per group (windows, words, cues) as one score: the first two by the root of their number."""
    roots = np.sqrt(sizes)
    roots[2] = 1.0
    return np.asarray((sums * table.scales[:, None, :] / roots[:, :, None]).sum(axis=0) + table.biases)
