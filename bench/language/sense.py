"""Trains the heads over vectors of MiniLM, after those that ship: a task has them only where it gains by them.

Whether it gains is seen on messages of writers whom neither kind of head had read, in English alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

from amends.language.issues import CATEGORIES
from amends.language.sense.learned import LANGUAGE, Heads, within
from amends.language.sense.model import Model
from amends.language.trained.heads import judged
from amends.language.trained.signs import FEELINGS, Scores, of_categories, of_clauses, of_complaint, of_feeling, score
from amends.language.trained.weights import Floats, Stage, Trained
from bench.language.fitting import bent_stage, best_cut, stage
from bench.language.material import Labelled, general, prepared, tells, told_by

FOLDS = 5
EVERYDAY = -1
FEELING_EVENNESS = 0.5
HARDNESS = {"message": 5.0, "trouble": 3.0, "category": 5.0}
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Meant:
    """A message in English with its vectors, and its fold."""

    one: Labelled
    fold: int
    message: Floats
    clauses: Floats

    @property
    def near(self) -> list[str]:
        """The category of the issue that each clause tells, empty where it tells none."""
        return [told_by(self.one.message, part.span) for part in self.one.seen.parts]


def meant(found: Sequence[tuple[int, Labelled]], model: Model) -> list[Meant]:
    """Return the messages in English with their vectors; each with its fold."""
    english = [(fold, one) for fold, one in found if one.message.language == LANGUAGE]
    texts = [text for _, one in english for text in _texts(one)]
    vectors = iter(model.vectors(texts).astype(np.float64))
    made = []
    for fold, one in english:
        rows = np.stack([next(vectors) for _ in _texts(one)])
        made.append(Meant(one, fold, rows[0], rows[1:]))
    return made


def _texts(one: Labelled) -> list[str]:
    return [one.seen.text, *(one.seen.text[part.span.start : part.span.end] for part in one.seen.parts)]


def message_heads(found: Sequence[Meant]) -> Heads:
    """Return the heads of a complaint and of the feelings."""
    vectors = np.stack([one.message for one in found])
    complaint = np.array([bool(one.one.message.complaint) for one in found])
    felt = np.array([one.one.message.feeling or "none" for one in found])
    wanted = [complaint, *(felt == one for one in FEELINGS)]
    return heads(["complaint", *FEELINGS], [(vectors, yes, None) for yes in wanted], HARDNESS["message"])


def clause_heads(found: Sequence[Meant]) -> Heads:
    """Return the heads of trouble and of the categories."""
    full = [one for one in found if len(one.clauses)]
    rows = np.concatenate([within(one.clauses, one.message) for one in full])
    trouble = np.array(
        [tells(one.one.message.text, part.span, one.one.message.issues) for one in full for part in one.one.seen.parts]
    )
    near = np.array([category for one in full for category in one.near])
    named = near != ""
    first = heads(["trouble"], [(rows, trouble, None)], HARDNESS["trouble"])
    others = [(rows[named], near[named] == one, None) for one in CATEGORIES]
    kinds = heads(list(CATEGORIES), others, HARDNESS["category"])
    return Heads(
        (*first.names, *kinds.names),
        np.concatenate([first.weights, kinds.weights], axis=1),
        np.concatenate([first.biases, kinds.biases]),
    )


def heads(names: Sequence[str], tasks: Sequence[tuple[Floats, Truths, Floats | None]], hardness: float) -> Heads:
    """Return one logistic head to a task: its rows, which are wanted, and how sure each is."""
    fitted = [
        LogisticRegression(C=hardness, max_iter=300).fit(rows, wanted, sample_weight=weights)
        for rows, wanted, weights in tasks
    ]
    weights = np.stack([one.coef_[0] for one in fitted], axis=1)
    return Heads(tuple(names), weights, np.array([float(one.intercept_[0]) for one in fitted]))


@dataclass(frozen=True, slots=True)
class Judged:
    """A message with its fold, and with scores of heads that had not read its writer."""

    one: Labelled
    fold: int
    scores: Scores
    near: list[str]


def unread(found: Sequence[Meant], before: dict[int, Scores]) -> list[Judged]:
    """Return each message with what heads say of its meaning; `before` has its hashed scores by its identity."""
    made = []
    for fold in range(FOLDS):
        rest = [one for one in found if one.fold != fold]
        message, clause = message_heads(rest), clause_heads(rest)
        for one in found:
            if one.fold == fold:
                said = (message.scores(one.message), clause.scores(within(one.clauses, one.message)))
                made.append(Judged(one.one, fold, replace(before[id(one.one)], meant=said), one.near))
    return made


def everyday(folder: Path, trained: Trained, model: Model, message: Heads) -> list[tuple[Scores, str]]:
    """Return everyday talk that no head had seen, once for each feeling in it, with what it means."""
    rows = [(prepared(text, LANGUAGE), felt) for text, felt in general(folder, "dev")]
    vectors = model.vectors([seen.text for seen, _ in rows]).astype(np.float64)
    found = []
    for (seen, felt), vector in zip(rows, vectors, strict=True):
        scores = score(seen.text, seen.words, seen.evidence, seen.parts, trained)
        scores = replace(scores, meant=(message.scores(vector), scores.meant[1]))
        found += [(scores, one) for one in sorted(felt)]
    return found


@dataclass(frozen=True, slots=True)
class Task:
    """A judgement to learn: its signs, of which the first `plain` are without meaning, and which rows count.

    `fit` makes a stage, `worth` says how good scores are against what is wanted.
    """

    name: str
    signs: Floats
    plain: int
    wanted: npt.NDArray[np.generic]
    folds: npt.NDArray[np.int64]
    counts: Truths
    fit: Callable[[Floats, npt.NDArray[np.generic]], Stage]
    worth: Callable[[npt.NDArray[np.generic], Floats], float]

    def gain(self) -> tuple[float, float]:
        """Return how good it is on writers unread, without meaning and with it."""
        return self._crossed(self.signs[:, : self.plain]), self._crossed(self.signs)

    def _crossed(self, signs: Floats) -> float:
        said, wanted = [], []
        for fold in range(FOLDS):
            made = self.fit(signs[self.folds != fold], self.wanted[self.folds != fold])
            here = (self.folds == fold) & self.counts
            said.append(judged(made, signs[here]))
            wanted.append(self.wanted[here])
        return self.worth(np.concatenate(wanted), np.concatenate(said))


def stages_over(
    found: Sequence[Judged], talk: Sequence[tuple[Scores, str]], trained: Trained
) -> tuple[dict[str, Stage], dict[str, float], dict[str, tuple[float, float]]]:
    """Return the judgements that gain by meaning, their cuts, and of every task what it was worth without and with."""
    made: dict[str, Stage] = {}
    gains: dict[str, tuple[float, float]] = {}
    cuts: dict[str, float] = {}
    for build in (_complaint, _feeling, _category):
        _keep(build(found, talk), made, gains)
    sure = made.get("complaint", trained.stages["complaint"])
    task = _issue(found, sure, plain="complaint" not in made)
    _keep(task, made, gains)
    if "issue" in made:
        cuts["issue"] = best_cut(judged(made["issue"], task.signs), task.wanted.astype(bool))
    return made, cuts, gains


def _keep(task: Task, made: dict[str, Stage], gains: dict[str, tuple[float, float]]) -> None:
    gains[task.name] = task.gain()
    if gains[task.name][1] > gains[task.name][0]:
        made[task.name] = task.fit(task.signs, task.wanted)


def _complaint(found: Sequence[Judged], _: Sequence[tuple[Scores, str]]) -> Task:
    signs = np.array([of_complaint(one.scores) for one in found])
    wanted = np.array([bool(one.one.message.complaint) for one in found])
    folds, counts = np.array([one.fold for one in found]), np.array([bool(one.one.message.channel) for one in found])
    plain = len(of_complaint(_without(found[0].scores)))
    return Task(
        "complaint", signs, plain, wanted, folds, counts, lambda rows, yes: stage(["complaint"], rows, yes), _even
    )


def _feeling(found: Sequence[Judged], talk: Sequence[tuple[Scores, str]]) -> Task:
    named = [one for one in found if one.one.message.feeling or not one.one.message.complaint]
    rows = [(one.scores, one.one.message.feeling or "none", one.fold, bool(one.one.message.complaint)) for one in named]
    rows += [(scores, felt, EVERYDAY, False) for scores, felt in talk]
    signs = np.array([of_feeling(scores) for scores, *_ in rows])
    wanted, folds, counts = (np.array([one[at] for one in rows]) for at in (1, 2, 3))
    plain = len(of_feeling(_without(rows[0][0])))
    return Task("feeling", signs, plain, wanted, folds, counts, _of_feelings, _macro(FEELINGS))


def _of_feelings(rows: Floats, wanted: npt.NDArray[np.generic]) -> Stage:
    return stage(FEELINGS, rows, wanted, FEELING_EVENNESS)


def _category(found: Sequence[Judged], _: Sequence[tuple[Scores, str]]) -> Task:
    places = [(one, at) for one in found for at, category in enumerate(one.near) if category]
    signs = np.array([of_categories(one.scores, one.one.seen.parts[at], at) for one, at in places])
    wanted, folds = np.array([one.near[at] for one, at in places]), np.array([one.fold for one, _ in places])
    first, at = places[0]
    plain = len(of_categories(_without(first.scores), first.one.seen.parts[at], at))
    every = np.ones(len(places), dtype=np.bool_)
    return Task(
        "category",
        signs,
        plain,
        wanted,
        folds,
        every,
        lambda rows, yes: stage(CATEGORIES, rows, yes),
        _macro(CATEGORIES),
    )


def _issue(found: Sequence[Judged], complaint: Stage, *, plain: bool) -> Task:
    full = [one for one in found if one.one.seen.parts]
    scores = [_without(one.scores) if plain else one.scores for one in full]
    odds = [float(judged(complaint, of_complaint(one))) for one in scores]
    signs = [of_clauses(one.scores, one.one.seen.parts, sure) for one, sure in zip(full, odds, strict=True)]
    wanted = np.array(
        [tells(one.one.message.text, part.span, one.one.message.issues) for one in full for part in one.one.seen.parts]
    )
    folds = np.array([one.fold for one in full for _ in one.one.seen.parts])
    counts = np.array([bool(one.one.message.channel) for one in full for _ in one.one.seen.parts])
    columns = of_clauses(_without(full[0].scores), full[0].one.seen.parts, 0.0).shape[1]
    return Task(
        "issue",
        np.concatenate(signs),
        columns,
        wanted,
        folds,
        counts,
        lambda rows, yes: bent_stage(["issue"], rows, yes),
        average_precision_score,
    )


def _without(scores: Scores) -> Scores:
    return replace(scores, meant=(np.zeros(0), np.zeros((len(scores.clauses), 0))))


def _even(wanted: npt.NDArray[np.generic], said: Floats) -> float:
    return float(f1_score(wanted, said > 0, average="macro"))


def _macro(names: Sequence[str]) -> Callable[[npt.NDArray[np.generic], Floats], float]:
    return lambda wanted, said: float(f1_score(wanted, np.array(names)[said.argmax(axis=1)], average="macro"))
