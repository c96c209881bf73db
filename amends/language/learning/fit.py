"""Corrections of linear heads: logistic regression on hashed features on top of what is said already.

The loss looks at the judgement that people see, not at the head: `through` says how much each answer follows each head.
Accelerated full-batch gradient (Nesterov 1983; Beck & Teboulle 2009), a fixed number of steps, no chance in it.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from amends.language.learning.rows import Rows, rarity
from amends.language.trained.features import ROWS
from amends.language.trained.weights import Floats

STEPS = 40
LOOKS = 6
MARGIN = 1.3
STEEPEST = {False: 0.25, True: 0.5}
GENTLY = 0.1
HALVES = 2
BEYOND_CHANCE = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be said of each row (`wanted`, one column to an answer) and what is said now (`offset`, log odds).

    `exclusive`: one answer holds; else yes is said from odds of `cut`. `cases` tells the case each row is from.
    `hardness` is how much an example may weigh at most against staying with what there is.
    """

    rows: Rows
    offset: Floats
    wanted: Floats
    cases: npt.NDArray[np.int64]
    through: Floats
    exclusive: bool
    hardness: float
    cue: float
    cut: float = 0.0


@dataclass(frozen=True, slots=True)
class Correction:
    """What is added to the weights of each head in the rows `touched`, and to its bias."""

    touched: npt.NDArray[np.int64]
    weights: Floats
    biases: Floats


def correction(task: Task) -> Correction:
    """Return the correction of the heads that a task asks for; nothing where that does not help beyond chance."""
    seen = np.bincount(task.rows.columns, minlength=ROWS + 1)
    touched = np.flatnonzero(seen)
    scale = rarity(task.rows, task.cue)[touched]
    place = np.zeros(ROWS + 1, dtype=np.int32)
    place[touched] = np.arange(len(touched))
    columns = place[task.rows.columns]
    values = scale.astype(np.float32)[columns]
    values *= task.rows.values
    ready = replace(task, rows=Rows(columns, values, task.rows.edges))
    made = _descended(replace(ready, hardness=_tried_out(ready, len(touched))), len(touched)) * scale[:, None]
    inside = touched < ROWS
    return Correction(touched[inside], made[inside], made[~inside].sum(axis=0))


def _tried_out(task: Task, width: int) -> float:
    """Return how much an example is to weigh: nought unless more is put right than chance would.

    Each half of the cases is read with what the other half teaches. What is put right has to outnumber what is spoilt
    by more than two standard errors, one being the root of both together (McNemar 1947); the bound is judgement [J].
    """
    half = task.cases % HALVES == 0
    best, most = 0.0, 0.0
    for hardness in (GENTLY * task.hardness, task.hardness):
        changes = np.concatenate([_changes(task, kept, width, hardness) for kept in (half, ~half)])
        gain = float(changes.sum())
        if gain > BEYOND_CHANCE * np.sqrt(np.abs(changes).sum()) and gain > most:
            best, most = hardness, gain
    return best


def _changes(task: Task, taught: npt.NDArray[np.bool_], width: int, hardness: float) -> Floats:
    """Return for each row that is not taught 1 where it is put right, -1 where it is spoilt, else 0."""
    near, far = _part(task, taught), _part(task, ~taught)
    found = _descended(replace(near, hardness=hardness), width)
    after = far.offset + far.rows.times(found) @ far.through
    return _right(far, after).astype(np.float64) - _right(far, far.offset)


def _right(task: Task, odds: Floats) -> npt.NDArray[np.bool_]:
    if task.exclusive:
        return np.asarray(odds.argmax(axis=1) == task.wanted.argmax(axis=1))
    return np.asarray((odds[:, 0] >= task.cut) == (task.wanted[:, 0] > 0))


def _part(task: Task, kept: npt.NDArray[np.bool_]) -> Task:
    return replace(
        task,
        rows=task.rows.only(kept),
        offset=task.offset[kept],
        wanted=task.wanted[kept],
        cases=task.cases[kept],
    )


def _descended(task: Task, width: int) -> Floats:
    here = np.zeros((width, len(task.through)))
    if not (task.hardness and len(task.offset)):
        return here
    ahead, speed = here, 1.0
    pace = 1 / _steepness(task, width)
    for _ in range(STEPS):
        wrong = _said(task, task.offset + task.rows.times(ahead) @ task.through) - task.wanted
        slope = ahead + task.hardness * task.rows.back(wrong @ task.through.T, width)
        after = ahead - pace * slope
        faster = (1 + np.sqrt(1 + 4 * speed**2)) / 2
        ahead = after + (speed - 1) / faster * (after - here)
        here, speed = after, faster
    return here


def _said(task: Task, odds: Floats) -> Floats:
    if not task.exclusive:
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
    raised = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _steepness(task: Task, width: int) -> float:
    """Return a bound of the curvature, by power iteration: values are not negative, so the way begins even."""
    way = np.full((width, 1), 1 / np.sqrt(max(1, width)))
    size = 0.0
    for _ in range(LOOKS):
        way = task.rows.back(task.rows.times(way), width)
        size = float(np.linalg.norm(way))
        way = way / max(size, 1e-9)
    reach = float(np.linalg.norm(task.through, 2)) ** 2
    return 1 + MARGIN * STEEPEST[task.exclusive] * task.hardness * reach * size
