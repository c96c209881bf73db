"""Corrections folded into the heads: the same whole numbers as before, so that reading takes no longer."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from amends.language.learning.fit import Correction
from amends.language.trained.features import FIRST_CUE_ROW, FIRST_WORD_ROW, ROWS
from amends.language.trained.weights import Floats, Table

GROUPS = ((0, FIRST_WORD_ROW), (FIRST_WORD_ROW, FIRST_CUE_ROW), (FIRST_CUE_ROW, ROWS))
SEED = 20261122
LARGEST = 127
TINY = 1e-9
UNHEARD_OF = -6.0


def folded(table: Table, found: Correction, heads: Sequence[int]) -> Table:
    """Return a table with some heads corrected, column `n` of the correction into head `heads[n]`.

    Only touched rows change, rounded up or down by lot (with a fixed seed) so that many small changes are not lost;
    a head that outgrows its scale is rounded anew as a whole.
    """
    made = Table(table.names, table.weights.copy(), table.scales.copy(), table.biases.copy())
    lots = np.random.default_rng(SEED)
    for n, head in enumerate(heads):
        made.biases[head] += found.biases[n]
        for group, (first, last) in enumerate(GROUPS):
            here = slice(*np.searchsorted(found.touched, (first, last)))
            _fold(made, (group, head), found.touched[here], found.weights[here, n], lots)
    return made


def _fold(
    table: Table, at: tuple[int, int], rows: npt.NDArray[np.int64], added: Floats, lots: np.random.Generator
) -> None:
    group, head = at
    if not added.any():
        return
    scale = table.scales[group, head]
    full = table.weights[rows, head] * scale + added
    needed = float(np.abs(full).max()) / LARGEST
    if needed > scale:
        first, last = GROUPS[group]
        table.weights[first:last, head] = np.rint(table.weights[first:last, head] * scale / needed)
        table.scales[group, head] = scale = needed
    raised = np.floor(full / scale + lots.random(len(full)))
    table.weights[rows, head] = np.clip(raised, -LARGEST, LARGEST).astype(np.int8)


def with_heads(table: Table, names: Sequence[str]) -> Table:
    """Return a table with a head for each of these names that has none; each says what the rarest of its kind says."""
    new = tuple(name for name in names if name not in table.names)
    if not new:
        return table
    biases = [_rarest(table, name) for name in new]
    return Table(
        table.names + new,
        np.concatenate([table.weights, np.zeros((len(table.weights), len(new)), dtype=np.int8)], axis=1),
        np.concatenate([table.scales, np.full((len(table.scales), len(new)), TINY)], axis=1),
        np.concatenate([table.biases, biases]),
    )


def _rarest(table: Table, name: str) -> float:
    category = name.partition(".")[0]
    beside = [
        bias for one, bias in zip(table.names, table.biases.tolist(), strict=True) if one.startswith(f"{category}.")
    ]
    return min(beside, default=UNHEARD_OF)
