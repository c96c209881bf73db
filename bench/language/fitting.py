"""Linear heads over hashed features, fitted with scikit-learn and kept as int8."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from amends.language.trained.features import FIRST_CUE_ROW, FIRST_WORD_ROW, ROWS, Features
from amends.language.trained.weights import Bends, Floats, Stage, Table

SEED = 20261122
LISTED = 0.1
BENT = 32
GROUPS = (slice(0, FIRST_WORD_ROW), slice(FIRST_WORD_ROW, FIRST_CUE_ROW), slice(FIRST_CUE_ROW, ROWS))
Span = tuple[int, int]
WHOLE: Span = (0, 2**31)


def matrix(rows: Sequence[tuple[Features, Span]]) -> sp.csr_matrix:
    """Return one row to a span: windows and words by the root of their number, cues as they are."""
    indices, values, edges = [], [], [0]
    for found, span in rows:
        parts = [rows_in[slice(*np.searchsorted(places, span))].ravel() for rows_in, places in _groups(found)]
        indices += parts
        values += [np.full(part.size, _weight(n, part.size)) for n, part in enumerate(parts)]
        edges.append(edges[-1] + sum(part.size for part in parts))
    built = sp.csr_matrix((np.concatenate(values), np.concatenate(indices), edges), shape=(len(rows), ROWS))
    built.sum_duplicates()
    return built


def rarity(counts: sp.csr_matrix, cue: float) -> Floats:
    """Return how much a feature counts: more where it is rare (inverse document frequency); `cue` for word lists."""
    seen = np.bincount(counts.indices, minlength=ROWS)
    scale = np.log((1 + counts.shape[0]) / (1 + seen)) + 0.5
    scale[FIRST_CUE_ROW:] = cue / LISTED
    return np.asarray(scale)


def head(
    rows: sp.csr_matrix, wanted: npt.NDArray[np.bool_], hardness: float, weights: Floats | None = None
) -> tuple[Floats, float]:
    """Return the weights and the bias of one logistic head; the constant log odds where nothing is wanted."""
    if not wanted.any() or wanted.all():
        return np.zeros(rows.shape[1]), 6.0 if wanted.any() else -6.0
    model = LogisticRegression(C=hardness, solver="liblinear", dual=True, random_state=SEED, max_iter=1000)
    model.fit(rows, wanted, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def table(names: Sequence[str], heads: Sequence[tuple[Floats, float]], scale: Floats) -> Table:
    """Return heads as int8, each group of rows with a scale of its own; `scale` is folded into them."""
    full = np.stack([weights for weights, _ in heads], axis=1) * scale[:, None]
    full[GROUPS[2]] *= LISTED
    largest = np.stack([np.maximum(np.abs(full[group]).max(axis=0), 1e-9) for group in GROUPS])
    small = np.zeros(full.shape, dtype=np.int8)
    for n, group in enumerate(GROUPS):
        small[group] = np.rint(full[group] / largest[n] * 127)
    return Table(tuple(names), small, largest / 127, np.array([bias for _, bias in heads]))


def stage(names: Sequence[str], signs: Floats, wanted: npt.NDArray[np.generic], evenness: float = 0.0) -> Stage:
    """Return a judgement over signs: one column for yes or no, or one to each name.

    `evenness` of 1 counts a rare answer as likely beforehand as a frequent one, 0 as likely as it was seen.
    """
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    model = LogisticRegression(max_iter=1000, random_state=SEED)
    model.fit((signs - middle) / spread, wanted)
    weights = (model.coef_ / spread).T
    seen = np.array([np.mean(wanted == one) for one in model.classes_]) if weights.shape[1] > 1 else np.ones(1)
    biases = model.intercept_ - middle @ weights - evenness * np.log(seen)
    if weights.shape[1] == 1:
        return Stage(tuple(names), weights[:, 0], biases[0])
    order = [list(model.classes_).index(name) for name in names]
    return Stage(tuple(names), weights[:, order], biases[order])


def bent_stage(names: Sequence[str], signs: Floats, wanted: npt.NDArray[np.bool_]) -> Stage:
    """Return a judgement of yes or no over signs that matter only together with others."""
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    model = MLPClassifier((BENT,), alpha=1.0, early_stopping=True, max_iter=200, random_state=SEED)
    model.fit((signs - middle) / spread, wanted)
    (into, out), (before, bias) = model.coefs_, model.intercepts_
    weights = into / spread[:, None]
    biases = before - middle @ weights
    awake = (signs @ weights + biases > 0).mean(axis=0)
    return Stage(tuple(names), out[:, 0], bias[0], Bends(weights, biases, weights @ (awake * out[:, 0])))


def best_cut(scores: Floats, wanted: npt.NDArray[np.bool_], beta: float = 1.0) -> float:
    """Return the score from which a yes gives the best F (beta below 1 favours precision); never where none is."""
    if not wanted.any():
        return float("inf")
    order = np.argsort(-scores)
    right = np.cumsum(wanted[order])
    square = beta * beta
    f1 = (1 + square) * right / (np.arange(1, len(order) + 1) + square * wanted.sum())
    at = int(f1.argmax())
    following = scores[order[at + 1]] if at + 1 < len(order) else scores[order[at]]
    return float((scores[order[at]] + following) / 2)


def _groups(found: Features) -> tuple[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]], ...]:
    return (found.windows, found.kept), (found.words, found.word_starts), (found.cues, found.cue_starts)


def _weight(group: int, size: int) -> float:
    return LISTED if group == 2 else float(1 / np.sqrt(max(1, size)))
