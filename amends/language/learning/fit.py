"""Corrections of linear heads: logistic regression on hashed features on top of what is said already.

The loss looks at the judgement that people see, not at the head: `through` says how much each answer follows each head.
Accelerated full-batch gradient (Nesterov 1983; Beck & Teboulle 2009), a fixed number of steps, no chance in it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from amends.language.learning.rows import Rows, rarity
from amends.language.trained.features import ROWS
from amends.language.trained.weights import Floats

STEPS = 40
LOOKS = 6
MARGIN = 1.3
STEEPEST = {False: 0.25, True: 0.5}


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be said of each row (`wanted`, one column to an answer) and what is said now (`offset`, log odds).

    `exclusive`: one answer holds. `hardness` is how much an example weighs against staying with what there is.
    """

    rows: Rows
    offset: Floats
    wanted: Floats
    through: Floats
    exclusive: bool
    hardness: float
    cue: float


@dataclass(frozen=True, slots=True)
class Correction:
    """What is added to the weights of each head in the rows `touched`, and to its bias."""

    touched: npt.NDArray[np.int64]
    weights: Floats
    biases: Floats


def correction(task: Task) -> Correction:
    """Return the correction of the heads that a task asks for; nothing where it has no rows."""
    seen = np.bincount(task.rows.columns, minlength=ROWS + 1)
    touched = np.flatnonzero(seen)
    scale = rarity(task.rows, task.cue)[touched]
    place = np.zeros(ROWS + 1, dtype=np.int32)
    place[touched] = np.arange(len(touched))
    columns = place[task.rows.columns]
    values = scale.astype(np.float32)[columns]
    values *= task.rows.values
    rows = Rows(columns, values, task.rows.edges)
    made = _descended(task, rows, len(touched)) * scale[:, None]
    inside = touched < ROWS
    biases = made[~inside].sum(axis=0)
    return Correction(touched[inside], made[inside], biases)


def _descended(task: Task, rows: Rows, width: int) -> Floats:
    here = np.zeros((width, len(task.through)))
    ahead, speed = here, 1.0
    pace = 1 / _steepness(task, rows, width)
    for _ in range(STEPS if len(task.offset) else 0):
        wrong = _said(task, task.offset + rows.times(ahead) @ task.through) - task.wanted
        slope = ahead + task.hardness * rows.back(wrong @ task.through.T, width)
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


def _steepness(task: Task, rows: Rows, width: int) -> float:
    """Return a bound of the curvature, by power iteration: values are not negative, so the way begins even."""
    way = np.full((width, 1), 1 / np.sqrt(max(1, width)))
    size = 0.0
    for _ in range(LOOKS):
        way = rows.back(rows.times(way), width)
        size = float(np.linalg.norm(way))
        way = way / max(size, 1e-9)
    reach = float(np.linalg.norm(task.through, 2)) ** 2
    return 1 + MARGIN * STEEPEST[task.exclusive] * task.hardness * reach * size
