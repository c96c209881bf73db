"""How often a reading is right on messages that people went through, and whether a difference is more than chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from amends.language.issues import CATEGORIES
from amends.language.learning.example import Example
from amends.language.learning.overlap import met
from amends.language.reading import Reading, read
from amends.language.trained.weights import Floats, Trained

REDRAWN = 1000
SEED = 20261122
COUNT = len(CATEGORIES)
COMPLAINT, ISSUES, KINDS = slice(0, 3), slice(3, 6), slice(6, 8)
WANTED, FOUND, BOTH = (slice(8 + n * COUNT, 8 + (n + 1) * COUNT) for n in range(3))
WIDTH = 8 + 3 * COUNT


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure before and after, 0 to 100; `lower` is the share of redrawings of the cases in which it fell."""

    name: str
    before: float
    after: float
    lower: float


def compared(examples: Sequence[Example], before: Trained | None, after: Trained | None) -> tuple[Figure, ...]:
    """Return each figure that these messages can give, read with the one and with the other (None: what ships)."""
    return figures(counted(examples, before), counted(examples, after))


def figures(before: Floats, after: Floats) -> tuple[Figure, ...]:
    """Return each figure that two counts of the same cases can give.

    Cases are redrawn a thousand times, with a fixed seed, both readings over the same cases.
    """
    if not len(before):
        return ()
    even = np.full(len(before), 1 / len(before))
    drawn = np.random.default_rng(SEED).multinomial(len(before), even, size=REDRAWN).astype(np.float64)
    made = [_figure(name, asked, (before, after), drawn) for name, asked in FIGURES.items()]
    return tuple(figure for figure in made if not np.isnan([figure.before, figure.after]).any())


def _figure(name: str, asked: Callable[[Floats], Floats], counts: tuple[Floats, Floats], drawn: Floats) -> Figure:
    before, after = (float(asked(one.sum(axis=0, keepdims=True))[0]) for one in counts)
    redrawn = [asked(drawn @ one) for one in counts]
    return Figure(name, 100 * before, 100 * after, float((redrawn[1] < redrawn[0]).mean()))


def counted(examples: Sequence[Example], trained: Trained | None) -> Floats:
    """Return what figures are made of, one row to a case, from reading its messages."""
    cases = {case: n for n, case in enumerate(dict.fromkeys(one.case for one in examples))}
    counts = np.zeros((len(cases), WIDTH))
    for one in examples:
        counts[cases[one.case]] += _of_one(one, read(one.text, trained))
    return counts


def _of_one(example: Example, reading: Reading) -> Floats:
    counts = np.zeros(WIDTH)
    if example.complaint is not None:
        said = reading.complaint.probability >= 0.5
        counts[COMPLAINT] = (said and example.complaint, said, example.complaint)
    if example.whole:
        _count_issues(counts, example, reading)
    return counts


def _count_issues(counts: Floats, example: Example, reading: Reading) -> None:
    pairs = met(example.text, _places(example), [(one.start, one.end) for one in reading.issues])
    counts[ISSUES] = (len(pairs), len(reading.issues), len(example.told))
    for marked in example.told:
        counts[WANTED][CATEGORIES.index(marked.category)] += 1
    for issue in reading.issues:
        counts[FOUND][CATEGORIES.index(issue.category)] += 1
    for n, m in pairs:
        marked, issue = example.told[n], reading.issues[m]
        counts[BOTH][CATEGORIES.index(marked.category)] += marked.category == issue.category
        if marked.kind:
            right = (marked.category, marked.kind) == (issue.category, issue.subcategory)
            counts[KINDS] += (right, 1)


def _places(example: Example) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in example.told]


def _f1(part: slice) -> Callable[[Floats], Floats]:
    def asked(counts: Floats) -> Floats:
        both, one, other = counts[:, part].T
        return _share(2 * both, one + other)

    return asked


def _sorted(counts: Floats) -> Floats:
    """The mean over the categories that occur of the F1 of issues found and rightly sorted."""
    scores = _share(2 * counts[:, BOTH], counts[:, WANTED] + counts[:, FOUND])
    occurs = counts[:, WANTED] > 0
    return _share(np.where(occurs, scores, 0).sum(axis=1), occurs.sum(axis=1))


def _kinds(counts: Floats) -> Floats:
    right, asked = counts[:, KINDS].T
    return _share(right, asked)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0))


FIGURES: dict[str, Callable[[Floats], Floats]] = {
    "complaint, F1": _f1(COMPLAINT),
    "issues, F1": _f1(ISSUES),
    "category, macro-F1": _sorted,
    "kind of found issues": _kinds,
}
