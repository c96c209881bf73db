"""What the heads say of a message and of each of its clauses, all from one pass over its features."""

from typing import Any

import numpy as np
import numpy.typing as npt

from amends.language.trained.features import Features, Quotes, Rows, free
from amends.language.trained.weights import Floats, Stage, Table, Trained

Spans = npt.NDArray[np.int64]


def of_message(table: Table, features: Features) -> Floats:
    """Return the score of each head for the whole message."""
    return _whole(table, (features.windows.ravel(), features.words.ravel(), features.cues))


def of_each(table: Table, features: Features, spans: Spans) -> Floats:
    """Return the scores for a few places of the text, one row to a place of `spans` (start, end)."""
    edges = [np.searchsorted(places, spans).tolist() for places in _places(features)]
    return np.stack(
        [
            _whole(table, tuple(rows[slice(*at[n])].ravel() for rows, at in zip(_rows(features), edges, strict=True)))
            for n in range(len(spans))
        ]
    )


def of_spans(table: Table, features: Features, spans: Spans) -> Floats:
    """Return the same for many places, from sums up to each place of the text."""
    sums, sizes = [], []
    for rows, places in zip(_rows(features), _places(features), strict=True):
        edges = np.searchsorted(places, spans)
        sums.append(_sums(table, rows, edges))
        sizes.append(np.maximum(1, (edges[:, 1] - edges[:, 0]) * rows.shape[1]))
    return _weighted(table, np.stack(sums), np.stack(sizes).astype(np.float64))


def of_both(trained: Trained, features: Features, quotes: Quotes, spans: Spans) -> tuple[Floats, Floats]:
    """Return what `of_message` says outside quotations and what `of_spans` says of places, looking rows up once."""
    message, clause = trained.tables["message"], trained.tables["clause"]
    first = len(message.names)
    sums, sizes, in_spans, span_sizes = [], [], [], []
    for rows, places in zip(_rows(features), _places(features), strict=True):
        here = trained.joint[rows].sum(axis=1, dtype=np.int16)
        theirs = free(places, quotes)
        sums.append(theirs.astype(np.float32) @ here[:, :first].astype(np.float32))
        sizes.append(max(1, int(theirs.sum()) * rows.shape[1]))
        edges = np.searchsorted(places, spans)
        in_spans.append(_between(here[:, first:], edges))
        span_sizes.append(np.maximum(1, (edges[:, 1] - edges[:, 0]) * rows.shape[1]))
    whole = _weighted(message, np.stack(sums)[:, None, :], np.array(sizes, dtype=np.float64)[:, None])
    return np.asarray(whole[0]), _weighted(clause, np.stack(in_spans), np.stack(span_sizes).astype(np.float64))


def judged(stage: Stage, signs: Floats) -> Floats:
    """Return what a stage makes of signs: one score to an answer, in the last axis."""
    if stage.bends:
        signs = np.maximum(0, signs @ stage.bends.weights + stage.bends.biases)
    return np.asarray(signs @ stage.weights + stage.biases)


def likely(score: Floats) -> Floats:
    """Return the probability of a yes for each score."""
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def _rows(features: Features) -> tuple[Rows, ...]:
    return features.windows, features.words, features.cues[:, None]


def _places(features: Features) -> tuple[Rows, ...]:
    return features.kept, features.word_starts, features.cue_starts


def _whole(table: Table, groups: tuple[Rows, ...]) -> Floats:
    sums = np.stack([np.ones(len(rows), dtype=np.float32) @ table.weights[rows].astype(np.float32) for rows in groups])
    sizes = np.array([[max(1, len(rows))] for rows in groups], dtype=np.float64)
    return np.asarray(_weighted(table, sums[:, None, :], sizes)[0])


def _sums(table: Table, rows: Rows, edges: Spans) -> Floats:
    return _between(table.weights[rows].sum(axis=1, dtype=np.int16), edges)


def _between(here: npt.NDArray[np.int16], edges: Spans) -> Floats:
    totals = np.zeros((here.shape[1], len(here) + 1), dtype=np.int64)
    np.cumsum(here.T, axis=1, out=totals[:, 1:])
    return np.asarray((totals[:, edges[:, 1]] - totals[:, edges[:, 0]]).T, dtype=np.float64)


def _weighted(table: Table, sums: npt.NDArray[np.floating[Any]], sizes: Floats) -> Floats:
    """Return sums per group (windows, words, cues) as one score: the first two by the root of their number."""
    roots = np.sqrt(sizes)
    roots[2] = 1.0
    return np.asarray((sums * table.scales[:, None, :] / roots[:, :, None]).sum(axis=0) + table.biases)
