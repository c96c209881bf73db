"""Trains the heads that `read` ships with: `python -m bench.language.train --general FOLDER` (GoEmotions).

With `--embeddings FOLDER` (MiniLM) it trains the heads of the extra after them.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

import amends.language.trained
from amends.language.ear import TABLE
from amends.language.issues import CATEGORIES
from amends.language.trained.heads import judged
from amends.language.trained.signs import (
    FEELINGS,
    Scores,
    listed,
    of_categories,
    of_clauses,
    of_complaint,
    of_feeling,
    of_label,
    of_strength,
    score,
)
from amends.language.trained.weights import Floats, Stage, Table, Trained, save
from bench.language.complaints import Message, messages
from bench.language.fitting import SEED, WHOLE, bent_stage, best_cut, head, matrix, rarity, stage, table
from bench.language.material import (
    Labelled,
    Phrase,
    general,
    labelled,
    phrases,
    plain,
    prepared,
    spoken,
    tells,
    told_by,
)
from bench.language.moves import learned
from bench.language.sentences import said

FOLDS = 5
ASKS = (
    "refund",
    "replacement",
    "repair",
    "delivery",
    "explanation",
    "apology",
    "compensation",
    "callback",
    "correction",
    "cancellation",
    "prevention",
)
THREATS = ("leave", "public", "legal", "regulator")
FLAGS = ("repeat", "safety", "vulnerable")
LABELS = {"ask": ASKS, "threat": THREATS, "flag": FLAGS}
# A threat or a danger that nobody spoke of makes a lamp a matter of life and death: precision counts most.
# An issue proposed too many is one press to take off; one that is missed has to be read for.
BETA = {"ask": 0.5, "threat": 0.25, "flag": 0.25, "issue": 1.0}
HARDNESS = {"complaint": 2.0, "feeling": 2.0, "label": 5.0, "clause": 2.0, "category": 5.0, "kind": 5.0, "general": 1.0}
CUES = {"message": 0.5, "clause": 2.0}
PHRASE_WEIGHT = 0.33
FEELING_EVENNESS = 0.5
SHORT = 0.3
NO_COMPLAINT = "not"

Truths = npt.NDArray[np.bool_]
Head = tuple[Floats, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message with the scores that heads gave it which had not seen its file."""

    one: Labelled
    scores: Scores


def main() -> None:
    """Train, and write the weights beside the code that reads them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--general", type=Path, required=True, help="the folder of GoEmotions: train.tsv, labels.txt")
    asked.add_argument("--embeddings", type=Path, help="the folder of MiniLM, for the heads of the extra")
    options = asked.parse_args()
    folder = options.general
    data, told = labelled(messages("train") + plain()), phrases()
    heads = general_heads(folder)
    out = [unseen(data, told, heads, fold)[1] for fold in range(FOLDS)]
    full = tables(data, told, heads)
    made, judged_cuts = stages([one for fold in out for one in fold], talk(folder, Trained(full, {}, {})))
    moves, move_cuts = learned()
    trained = Trained({**full, TABLE: moves}, made, judged_cuts | move_cuts)
    made_from = f"{len(data)} messages, {len(told)} phrases, {len(said())} sentences of replies, GoEmotions"
    about = {"trained_on": made_from, "date": f"{datetime.now(UTC):%Y-%m-%d}", "seed": str(SEED)}
    save(trained, Path(amends.language.trained.__file__).parent, about)
    if options.embeddings:
        from bench.language.sense_moves import learn_meaning  # here, because only this asks for the model

        learn_meaning(
            options.embeddings, folder, trained, [[(one.one, one.scores) for one in fold] for fold in out], about
        )


def fold_of(data: Sequence[Labelled], fold: int) -> Truths:
    """Return which messages are in a fold: all of a writer's, the writers dealt in turn."""
    writers = sorted({_writer(one) for one in data})
    return np.array([writers.index(_writer(one)) % FOLDS == fold for one in data])


def _writer(one: Labelled) -> str:
    """Return who wrote a message: the beginning of its file's name, before the number."""
    return one.message.file.partition("-")[0]


def unseen(data: list[Labelled], told: list[Phrase], heads: list[Head], fold: int) -> tuple[Trained, list[Judged]]:
    """Return heads trained without one fold, and that fold's messages with their scores."""
    held = fold_of(data, fold)
    rest = [one for one, out in zip(data, held, strict=True) if not out]
    blind = Trained(tables(rest, [one for n, one in enumerate(told) if n % FOLDS != fold], heads), {}, {})
    short = labelled(spoken([one for n, one in enumerate(told) if n % FOLDS == fold]))
    seen = [one for one, out in zip(data, held, strict=True) if out]
    return blind, [judged_by(blind, one) for one in [*seen, *short]]


def crossed(folder: Path) -> list[tuple[Trained, list[Message]]]:
    """Return for each fold the whole of what is learned without it, and the corpus messages in it."""
    data, told, heads = labelled(messages("train") + plain()), phrases(), general_heads(folder)
    found = [unseen(data, told, heads, fold) for fold in range(FOLDS)]
    return [
        (
            Trained(
                blind.tables,
                *stages([one for at, (_, out) in enumerate(found) if at != fold for one in out], talk(folder, blind)),
            ),
            [one.one.message for one in held if one.one.message.channel],
        )
        for fold, (blind, held) in enumerate(found)
    ]


def judged_by(trained: Trained, one: Labelled) -> Judged:
    """Return a message with its scores."""
    seen = one.seen
    return Judged(one, score(seen.text, seen.words, seen.evidence, seen.parts, trained))


def general_heads(folder: Path) -> list[Head]:
    """Return the heads of feeling over everyday talk, one to each of the seven, with their rarity folded in."""
    rows = general(folder, "train")
    counts = matrix([(prepared(text, "en").features, WHOLE) for text, _ in rows])
    scale = rarity(counts, CUES["message"])
    ready = (counts @ sp.diags(scale)).tocsr()
    found = [head(ready, np.array([one in felt for _, felt in rows]), HARDNESS["general"]) for one in FEELINGS]
    return [(weights * scale, bias) for weights, bias in found]


def talk(folder: Path, blind: Trained) -> list[tuple[Scores, str]]:
    """Return everyday talk that the general heads had not seen, with its scores, once for each feeling in it."""
    found = []
    for text, felt in general(folder, "dev"):
        seen = prepared(text, "en")
        scores = score(seen.text, seen.words, seen.evidence, seen.parts, blind)
        found += [(scores, one) for one in sorted(felt)]
    return found


def tables(data: list[Labelled], told: list[Phrase], heads: list[Head]) -> dict[str, Table]:
    """Return the three tables, trained on these messages and phrases."""
    return {
        "message": _message_table(data, told, heads),
        "clause": _clause_table(data, told),
        "kinds": _kind_table(data, told),
    }


def _message_table(data: list[Labelled], told: list[Phrase], heads: list[Head]) -> Table:
    counts = matrix([(one.seen.own, WHOLE) for one in data])
    scale = rarity(counts, CUES["message"])
    rows = (counts @ sp.diags(scale)).tocsr()
    found = [one.message for one in data]
    whole = np.array([bool(one.channel) for one in found])
    names = ["complaint", "strength.any", "strength.strong"]
    fitted = [
        _complaint_head(rows, _is(found, lambda one: one.complaint), told, scale),
        head(rows[whole], _is(found, lambda one: one.strength > 0)[whole], HARDNESS["feeling"]),
        head(rows[whole], _is(found, lambda one: one.strength > 1)[whole], HARDNESS["feeling"]),
    ]
    for feeling in FEELINGS:
        names.append(f"feeling.{feeling}")
        fitted.append(head(rows, _is(found, lambda one: (one.feeling or "none") == feeling), HARDNESS["feeling"]))  # noqa: B023
    for part, values in LABELS.items():
        for value in values:
            names.append(f"{part}.{value}")
            fitted.append(head(rows[whole], has(found, part, value)[whole], HARDNESS["label"]))
    names += [f"general.{feeling}" for feeling in FEELINGS]
    return table(names, [*fitted, *((weights / scale, bias) for weights, bias in heads)], scale)


def _complaint_head(rows: sp.csr_matrix, complaint: Truths, told: list[Phrase], scale: Floats) -> Head:
    short = (matrix([(one.features, WHOLE) for one in told]) @ sp.diags(scale)).tocsr()
    wanted = np.concatenate([complaint, [one.kind != NO_COMPLAINT for one in told]])
    weights = np.array([1.0] * len(complaint) + [PHRASE_WEIGHT * SHORT] * len(told))
    return head(sp.vstack([rows, short]).tocsr(), wanted, HARDNESS["complaint"], weights)


def _clause_table(data: list[Labelled], told: list[Phrase]) -> Table:
    clauses = [(one, part.span) for one in data for part in one.seen.parts]
    spans = _spans(data)
    counts = matrix([(one.seen.features, span) for one, span in clauses] + [(one.features, WHOLE) for one in told])
    scale = rarity(counts, CUES["clause"])
    rows = (counts @ sp.diags(scale)).tocsr()
    trouble = [tells(one.message.text, span, one.message.issues) for one, span in clauses]
    trouble += [one.kind != NO_COMPLAINT for one in told]
    weights = np.array([1.0] * len(clauses) + [PHRASE_WEIGHT] * len(told))
    fitted = [head(rows, np.array(trouble), HARDNESS["clause"], weights)]
    exact = matrix([(one.seen.features, place) for one, place, _ in spans])
    named = sp.vstack([(exact @ sp.diags(scale)).tocsr(), rows[len(clauses) :]]).tocsr()
    kinds = [kind.split(".")[0] for kind in [*(kind for *_, kind in spans), *(one.kind for one in told)]]
    fitted += [head(named, np.array([kind == one for kind in kinds]), HARDNESS["category"]) for one in CATEGORIES]
    return table(["trouble", *CATEGORIES], fitted, scale)


def _kind_table(data: list[Labelled], told: list[Phrase]) -> Table:
    spans = _spans(data)
    counts = matrix([(one.seen.features, place) for one, place, _ in spans] + [(one.features, WHOLE) for one in told])
    scale = rarity(counts, CUES["clause"])
    rows = (counts @ sp.diags(scale)).tocsr()
    kinds = [*(kind for *_, kind in spans), *(one.kind for one in told)]
    names = sorted({kind for kind in kinds if "." in kind})
    return table(
        names, [head(rows, np.array([kind == one for kind in kinds]), HARDNESS["kind"]) for one in names], scale
    )


def _spans(data: list[Labelled]) -> list[tuple[Labelled, tuple[int, int], str]]:
    return [
        (one, issue.places[0], f"{issue.category}.{issue.subcategory}".rstrip("."))
        for one in data
        for issue in one.message.issues
    ]


def stages(out: list[Judged], everyday: list[tuple[Scores, str]]) -> tuple[dict[str, Stage], dict[str, float]]:
    """Return the judgements over scores of texts unseen by the heads, and the cut of each yes or no."""
    found = [one.one.message for one in out]
    whole = [one for one in out if one.one.message.channel]
    made = {
        "complaint": stage(
            ["complaint"],
            np.array([of_complaint(one.scores) for one in out]),
            _is(found, lambda one: one.complaint),
        )
    }
    named = [one for one in out if one.one.message.feeling or not one.one.message.complaint]
    felt = [(one.scores, one.one.message.feeling or "none") for one in named] + everyday
    signs, feelings = np.array([of_feeling(scores) for scores, _ in felt]), np.array([one for _, one in felt])
    made["feeling"] = stage(FEELINGS, signs, feelings, FEELING_EVENNESS)
    strong = np.array([of_strength(one.scores) for one in whole])
    strengths = np.array([str(one.one.message.strength) for one in whole])
    made["strength"] = stage(("0", "1", "2", "3"), strong, strengths)
    cuts = {}
    for part, values in LABELS.items():
        for value in values:
            made[f"{part}.{value}"], cuts[f"{part}.{value}"] = _label(whole, part, value)
    made["issue"], cuts["issue"] = _issue(out, made["complaint"])
    made["category"] = _category(out)
    return made, cuts


def _label(out: list[Judged], part: str, value: str) -> tuple[Stage, float]:
    signs = np.array(
        [of_label(one.scores, f"{part}.{value}", found=value in listed(one.one.seen.evidence, part)) for one in out]
    )
    wanted = has([one.one.message for one in out], part, value)
    made = stage([value], signs, wanted)
    return made, best_cut(np.asarray(signs @ made.weights + made.biases), wanted, BETA[part])


def _issue(out: list[Judged], complaint: Stage) -> tuple[Stage, float]:
    full = [one for one in out if one.one.seen.parts]
    chance = [float(of_complaint(one.scores) @ complaint.weights + complaint.biases) for one in full]
    signs = np.concatenate(
        [of_clauses(one.scores, one.one.seen.parts, sure) for one, sure in zip(full, chance, strict=True)]
    )
    wanted = np.array(
        [tells(one.one.message.text, part.span, one.one.message.issues) for one in full for part in one.one.seen.parts]
    )
    made = bent_stage(["issue"], signs, wanted)
    return made, best_cut(judged(made, signs), wanted, BETA["issue"])


def _category(out: list[Judged]) -> Stage:
    signs, wanted = [], []
    for one in out:
        for at, part in enumerate(one.one.seen.parts):
            category = told_by(one.one.message, part.span)
            if category:
                signs.append(of_categories(one.scores, part, at))
                wanted.append(category)
    return stage(CATEGORIES, np.array(signs), np.array(wanted))


def _is(found: Sequence[Message], asked) -> Truths:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return np.array([bool(asked(one)) for one in found])


def has(found: Sequence[Message], part: str, value: str) -> Truths:
    """Return which messages carry a label: an ask, a threat or a flag."""
    return np.array(
        [value in getattr(one, {"ask": "asks", "threat": "threats", "flag": "flags"}[part]) for one in found]
    )


if __name__ == "__main__":
    main()
