"""The weights that ship with the package: read once when first needed, and only if their SHA-256 is the pinned one."""

import io
import tomllib
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from amends.errors import AmendsError

if TYPE_CHECKING:
    from amends.language.sense.learned import Senses

Floats = npt.NDArray[np.float64]
Arrays = dict[str, npt.NDArray[np.generic]]
TABLES = ("message", "clause", "kinds", "moves")
WEIGHTS = "weights.npz"
PINNED = "weights.toml"
BENDS = ("weights", "biases", "slope")


class WeightsChanged(AmendsError):
    """The weights are not those that were measured."""


@dataclass(frozen=True, slots=True)
class Table:
    """Linear heads over hashed features: `weights[row, head]`, whole numbers of a scale that each group has of its own.

    They are summed as float32, which holds the sums exactly.
    """

    names: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    scales: Floats
    biases: Floats


@dataclass(frozen=True, slots=True)
class Bends:
    """A layer before a judgement: `max(0, values @ weights + biases)`.

    `slope` is how far the judgement moves with each value, on average over what it was trained on.
    """

    weights: Floats
    biases: Floats
    slope: Floats


@dataclass(frozen=True, slots=True)
class Stage:
    """A small dense judgement over scores and rules: `values @ weights + biases`, one column to an answer.

    Where it has `bends`, its values are theirs.
    """

    names: tuple[str, ...]
    weights: Floats
    biases: Floats
    bends: Bends | None = None

    @property
    def slope(self) -> Floats:
        """How far the judgement moves with each sign, on average."""
        return self.weights if self.bends is None else self.bends.slope


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """Everything that was learned: tables of hashed heads, stages over them, and the cut of each yes or no.

    `senses` hears what a text means, where a desk has the model for it.

    `joint` is the rows of the message's and the clauses' heads side by side, so that each is fetched once.
    """

    tables: dict[str, Table]
    stages: dict[str, Stage]
    cuts: dict[str, float]
    senses: "Senses | None" = None
    joint: npt.NDArray[np.int8] = field(init=False)

    def __post_init__(self) -> None:
        """Lay the two tables side by side."""
        both = [self.tables[name].weights for name in ("message", "clause")]
        object.__setattr__(self, "joint", np.concatenate(both, axis=1))


@cache
def shipped() -> Trained:
    """Return the weights of this package; raises WeightsChanged where they are not the pinned ones."""
    return load(files("amends.language.trained"))


def load(folder: Traversable | Path) -> Trained:
    """Return the weights in a folder; raises WeightsChanged where their SHA-256 is not that in `weights.toml`."""
    return _trained(*unpinned(folder, WEIGHTS, PINNED))


def save(trained: Trained, folder: Path, about: dict[str, str]) -> None:
    """Write the weights and pin them; `about` says what they were made from and when."""
    arrays: Arrays = {}
    for name, table in trained.tables.items():
        arrays |= {f"table.{name}.names": np.array(table.names), f"table.{name}.weights": table.weights}
        arrays |= {f"table.{name}.scales": table.scales, f"table.{name}.biases": table.biases}
    arrays |= stages_out(trained.stages)
    pin(arrays, trained.cuts, (folder / WEIGHTS, folder / PINNED), about)


def unpinned(folder: Traversable | Path, weights: str, pinned: str) -> tuple[Arrays, dict[str, float]]:
    """Return the arrays of a file and the cuts beside it; raises WeightsChanged for another file."""
    content = folder.joinpath(weights).read_bytes()
    about = tomllib.loads(folder.joinpath(pinned).read_text("utf-8"))
    if sha256(content).hexdigest() != about["sha256"]:
        raise WeightsChanged(
            f"{weights} is not the file that {pinned} names. Install the package again, or train anew with"
            " python -m bench.language.train."
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}, about["cuts"]


def pin(arrays: Arrays, cuts: dict[str, float], files: tuple[Path, Path], about: dict[str, str]) -> None:
    """Write arrays into the first file, and into the second their SHA-256, the cuts and what they were made from."""
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]
    files[0].write_bytes(written.getvalue())
    lines = [f'{name} = "{value}"' for name, value in about.items()]
    lines += [f'sha256 = "{sha256(written.getvalue()).hexdigest()}"', "", "[cuts]"]
    lines += [f'"{name}" = {cut:.4f}' for name, cut in cuts.items()]
    files[1].write_text("\n".join(lines) + "\n", "utf-8")


def _trained(arrays: Arrays, cuts: dict[str, float]) -> Trained:
    def names(path: str) -> tuple[str, ...]:
        return tuple(str(name) for name in arrays[f"{path}.names"])

    def numbers(path: str) -> Floats:
        return arrays[path].astype(np.float64)

    tables = {
        name: Table(
            names(f"table.{name}"),
            arrays[f"table.{name}.weights"].astype(np.int8, copy=False),
            numbers(f"table.{name}.scales"),
            numbers(f"table.{name}.biases"),
        )
        for name in TABLES
    }
    return Trained(tables, stages_in(arrays), cuts)


def stages_out(stages: dict[str, Stage]) -> Arrays:
    """Return judgements as arrays with names."""
    arrays: Arrays = {}
    for name, stage in stages.items():
        arrays |= {f"stage.{name}.names": np.array(stage.names), f"stage.{name}.weights": stage.weights}
        arrays |= {f"stage.{name}.biases": stage.biases}
        if stage.bends:
            arrays |= {f"bends.{name}.{part}": getattr(stage.bends, part) for part in BENDS}
    return arrays


def stages_in(arrays: Arrays) -> dict[str, Stage]:
    """Return the judgements that are among arrays with names."""

    def numbers(path: str) -> Floats:
        return arrays[path].astype(np.float64)

    def stage(name: str) -> Stage:
        bends = Bends(*(numbers(f"bends.{name}.{part}") for part in BENDS)) if f"bends.{name}.slope" in arrays else None
        path = f"stage.{name}"
        names = tuple(str(one) for one in arrays[f"{path}.names"])
        return Stage(names, numbers(f"{path}.weights"), numbers(f"{path}.biases"), bends)

    found = [path[6:-6] for path in arrays if path.startswith("stage.") and path.endswith(".names")]
    return {name: stage(name) for name in found}
