"""What was learned over the vectors of MiniLM, for a desk that has the model: AMENDS_EMBEDDINGS names its folder."""

import io
import os
import tomllib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np

from amends.language.sense.model import Model, load
from amends.language.trained.weights import Floats, Stage, Trained, WeightsChanged, stages_in, stages_out

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


@dataclass(frozen=True, slots=True)
class Senses:
    """The model with what was learned over it; it remembers the last two thousand texts."""

    model: Model
    learned: Sense
    known: OrderedDict[str, Floats] = field(default_factory=OrderedDict)

    def of_message(self, text: str, clauses: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the scores of a message, and one row to each of its clauses."""
        found = self._vectors([text, *clauses])
        return self.learned.message.scores(found[0]), self.learned.clause.scores(within(found[1:], found[0]))

    def of_moves(self, sentences: Sequence[str], heard: Floats) -> Floats:
        """Return the score of each move in each sentence, out of what was heard and what is meant."""
        meant = self.learned.moves.scores(self._vectors(sentences))
        return np.asarray(heard * self.learned.mix[0] + meant * self.learned.mix[1] + self.learned.mix[2])

    def _vectors(self, texts: Sequence[str]) -> Floats:
        missing = list(dict.fromkeys(text for text in texts if text not in self.known))
        if missing:
            self.known.update(zip(missing, self.model.vectors(missing).astype(np.float64), strict=True))
        found = np.stack([self.known[text] for text in texts])
        while len(self.known) > KEPT:
            self.known.popitem(last=False)
        return found


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
    if found is None:
        return trained
    learned = found.learned
    return replace(trained, stages=trained.stages | learned.stages, cuts=trained.cuts | learned.cuts, senses=found)


@cache
def shipped_sense() -> Sense:
    """Return the heads of this package; raises WeightsChanged where they are not the pinned ones."""
    folder = files("amends.language.sense")
    content = folder.joinpath(WEIGHTS).read_bytes()
    pinned = tomllib.loads(folder.joinpath(PINNED).read_text("utf-8"))
    if sha256(content).hexdigest() != pinned["sha256"]:
        raise WeightsChanged(f"{WEIGHTS} is not the file that {PINNED} names. Install the package again.")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        kept = {name: arrays[name] for name in arrays.files}

    def heads(name: str) -> Heads:
        names = tuple(str(one) for one in kept[f"{name}.names"])
        return Heads(names, kept[f"{name}.weights"].astype(np.float64), kept[f"{name}.biases"].astype(np.float64))

    return Sense(
        heads("message"),
        heads("clause"),
        heads("moves"),
        kept["mix"].astype(np.float64),
        stages_in(kept),
        pinned["cuts"],
    )


def save(learned: Sense, folder: Path, about: dict[str, str]) -> None:
    """Write the heads and pin them; `about` says what they were made from and when."""
    arrays = {"mix": learned.mix.astype(np.float32), **stages_out(learned.stages)}
    for name, heads in (("message", learned.message), ("clause", learned.clause), ("moves", learned.moves)):
        arrays |= {f"{name}.names": np.array(heads.names), f"{name}.weights": heads.weights.astype(np.float32)}
        arrays |= {f"{name}.biases": heads.biases.astype(np.float32)}
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]
    folder.joinpath(WEIGHTS).write_bytes(written.getvalue())
    lines = [f'{name} = "{value}"' for name, value in about.items()]
    lines += [f'sha256 = "{sha256(written.getvalue()).hexdigest()}"', "", "[cuts]"]
    lines += [f'"{name}" = {cut:.4f}' for name, cut in learned.cuts.items()]
    folder.joinpath(PINNED).write_text("\n".join(lines) + "\n", "utf-8")
