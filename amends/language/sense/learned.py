"""What was learned over the vectors of MiniLM, for a desk that has the model: AMENDS_EMBEDDINGS names its folder."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

import numpy as np

from amends.language.sense.model import Model, load
from amends.language.trained.weights import Arrays, Floats, Stage, Trained, pin, stages_in, stages_out, unpinned

FOLDER = "AMENDS_EMBEDDINGS"
LANGUAGE = "en"
WEIGHTS = "sense.npz"
PINNED = "sense.toml"
KEPT = 2_000
TOGETHER = 20.0


@dataclass(frozen=True, slots=True)
class Heads:
    """Linear heads over vectors: `vectors @ weights + biases`, one column to a name."""

    names: tuple[str, ...]
    weights: Floats
    biases: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Return one row to a vector."""
        return np.asarray(vectors @ self.weights + self.biases)


@dataclass(frozen=True, slots=True)
class Sense:
    """The heads over whole messages, over clauses and over sentences of replies.

    `mix` makes one score of a move out of what the hashed head says, what this one says, and a constant. `stages` and
    `cuts` take the place of those that shipped, for the tasks that gained by it.
    """

    message: Heads
    clause: Heads
    moves: Heads
    mix: Floats
    stages: dict[str, Stage]
    cuts: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Senses:
    """The model with what was learned over it; it remembers the last two thousand texts."""

    model: Model
    learned: Sense
    known: OrderedDict[str, Floats] = field(default_factory=OrderedDict)
    alone: Lock = field(default_factory=Lock)

    def of_message(self, text: str, clauses: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the scores of a message, and one row to each of its clauses."""
        found = self._vectors([text, *clauses])
        return self.learned.message.scores(found[0]), self.learned.clause.scores(within(found[1:], found[0]))

    def of_moves(self, sentences: Sequence[str], heard: Floats) -> Floats:
        """Return the score of each move in each sentence, out of what was heard and what is meant."""
        meant = self.learned.moves.scores(self._vectors(sentences))
        return np.asarray(heard * self.learned.mix[0] + meant * self.learned.mix[1] + self.learned.mix[2])

    def _vectors(self, texts: Sequence[str]) -> Floats:
        found = {text: vector for text in texts if (vector := self.known.get(text)) is not None}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            made = dict(zip(missing, self.model.vectors(missing).astype(np.float64), strict=True))
            self._remember(made)
            found |= made
        return np.stack([found[text] for text in texts])

    def _remember(self, made: dict[str, Floats]) -> None:
        """Keep these; threads of a server may read while one forgets."""
        with self.alone:
            self.known.update(made)
            while len(self.known) > KEPT:
                self.known.popitem(last=False)


def within(clauses: Floats, message: Floats) -> Floats:
    """Return what the heads of clauses look at: the clause, its message, and what both have in common."""
    around = np.broadcast_to(message, clauses.shape)
    return np.concatenate([clauses, around, clauses * around * TOGETHER], axis=1)


@cache
def senses() -> Senses | None:
    """Return what AMENDS_EMBEDDINGS names, or None where it names nothing; raises ModelMissing, WeightsChanged."""
    folder = os.environ.get(FOLDER)
    return Senses(load(Path(folder)), shipped_sense()) if folder else None


def sensed(trained: Trained, language: str) -> Trained:
    """Return the weights with the judgements over vectors, for a text in English where the model is there."""
    found = senses() if language == LANGUAGE else None
    return _with(found, trained) if found else trained


@lru_cache(maxsize=4)
def _with(found: Senses, trained: Trained) -> Trained:
    learned = found.learned
    return replace(trained, stages=trained.stages | learned.stages, cuts=trained.cuts | learned.cuts, senses=found)


@cache
def shipped_sense() -> Sense:
    """Return the heads of this package; raises WeightsChanged where they are not the pinned ones."""
    kept, cuts = unpinned(files("amends.language.sense"), WEIGHTS, PINNED)

    def heads(name: str) -> Heads:
        names = tuple(str(one) for one in kept[f"{name}.names"])
        return Heads(names, kept[f"{name}.weights"].astype(np.float64), kept[f"{name}.biases"].astype(np.float64))

    return Sense(
        heads("message"),
        heads("clause"),
        heads("moves"),
        kept["mix"].astype(np.float64),
        stages_in(kept),
        cuts,
    )


def save(learned: Sense, folder: Path, about: dict[str, str]) -> None:
    """Write the heads and pin them; `about` says what they were made from and when."""
    arrays: Arrays = {"mix": learned.mix.astype(np.float32), **stages_out(learned.stages)}
    for name, heads in (("message", learned.message), ("clause", learned.clause), ("moves", learned.moves)):
        arrays |= {f"{name}.names": np.array(heads.names), f"{name}.weights": heads.weights.astype(np.float32)}
        arrays |= {f"{name}.biases": heads.biases.astype(np.float32)}
    pin(arrays, learned.cuts, (folder / WEIGHTS, folder / PINNED), about)
