"""Trains the heads over vectors of sentences of replies, and how each is mixed with the hashed head of its move."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

import amends.language.sense
from amends.language.sense.learned import LANGUAGE, Heads, Sense, save
from amends.language.sense.model import Model, load
from amends.language.trained.signs import Scores
from amends.language.trained.weights import Floats, Trained
from bench.language.material import Labelled
from bench.language.moves import (
    FOLDS,
    FOR_SURE,
    MOVES,
    PARTS,
    Sentence,
    cuts,
    from_drafts,
    from_sentences,
    labels,
    unread,
    writer_folds,
)
from bench.language.replies import drafts
from bench.language.sense import Truths, clause_heads, everyday, heads, meant, message_heads, stages_over
from bench.language.sense import unread as unread_messages

HARDNESS = 10.0
MIXING = 1.0
NAMES = (*MOVES, *PARTS)


def moves_meant(model: Model) -> tuple[Heads, Floats, dict[str, float], dict[str, tuple[float, float]]]:
    """Return the heads, how they are mixed with the hashed ones, the cuts, and what each was worth before and now."""
    written = drafts("dev")
    told = [*from_sentences(), *from_drafts(written)]
    here = np.array([one.language == LANGUAGE for one in told])
    said = {move: scores[here] for move, scores in unread(told).items()}
    english = [one for one, use in zip(told, here, strict=True) if use]
    vectors = model.vectors([one.text for one in english]).astype(np.float64)
    mixed = [_mixed(english, vectors, move, said[move]) for move in NAMES]
    gains = {move: worth for move, (_, _, worth) in zip(NAMES, mixed, strict=True)}
    made = heads(NAMES, [_task(english, vectors, move) for move in NAMES], HARDNESS)
    found = cuts(english, written, {move: scores for move, (_, scores, _) in zip(NAMES, mixed, strict=True)})
    return made, np.stack([mix for mix, _, _ in mixed], axis=1), found, gains


def _task(told: Sequence[Sentence], vectors: Floats, move: str) -> tuple[Floats, Truths, Floats]:
    yes, sure, known = labels(told, move)
    return vectors[known], yes[known], sure[known]


def _mixed(
    told: Sequence[Sentence], vectors: Floats, move: str, hashed: Floats
) -> tuple[Floats, Floats, tuple[float, float]]:
    yes, sure, known = labels(told, move)
    held, blind = writer_folds(told), np.zeros(len(told))
    for fold in range(FOLDS):
        apart, here = known & (held != fold), held == fold
        blind[here] = _fit(vectors[apart], yes[apart], sure[apart], HARDNESS).decision_function(vectors[here])
    both = np.stack([hashed, blind], axis=1)
    made = _fit(both[known], yes[known], sure[known], MIXING)
    joined, firm = made.decision_function(both), known & (sure >= FOR_SURE)
    worth = tuple(float(average_precision_score(yes[firm], scores[firm])) for scores in (hashed, joined))
    if worth[1] <= worth[0]:
        return np.array([1.0, 0.0, 0.0]), hashed, (worth[0], worth[1])
    return np.array([*made.coef_[0], float(made.intercept_[0])]), joined, (worth[0], worth[1])


def _fit(rows: Floats, wanted: Truths, sure: Floats, hardness: float) -> LogisticRegression:
    return LogisticRegression(C=hardness, max_iter=300).fit(rows, wanted, sample_weight=sure)


def learn_meaning(
    folder: Path,
    general: Path,
    trained: Trained,
    out: Sequence[Sequence[tuple[Labelled, Scores]]],
    about: dict[str, str],
) -> None:
    """Write the heads over vectors beside the code that reads them, and print what each task gained.

    `out` holds, fold by fold, the messages with the scores of hashed heads that had not read their writers.
    """
    model = load(folder)
    found = meant([(fold, one) for fold, rows in enumerate(out) for one, _ in rows], model)
    message = message_heads(found)
    blind = unread_messages(found, {id(one): scores for rows in out for one, scores in rows})
    stages, cuts_made, gains = stages_over(blind, everyday(general, trained, model, message), trained)
    moves, mix, move_cuts, move_gains = moves_meant(model)
    for name, (before, after) in (gains | move_gains).items():
        print(f"{name}: {before:.3f} without meaning, {after:.3f} with it")
    sense = Sense(message, clause_heads(found), moves, mix, stages, cuts_made | move_cuts)
    save(sense, Path(amends.language.sense.__file__).parent, about)
