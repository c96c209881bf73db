"""How well a trainee's turns are understood: `python -m bench.language.score_turns dev|held_out`."""

import argparse
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from amends.rehearsal.moves import Move
from amends.rehearsal.understand import understand
from bench.language.tables import Table
from bench.language.turns import PARTS, Labelled, scene_of, turns

HEAD = ("move", "said", "heard", "precision", "recall", "F1")


@dataclass(slots=True)
class Counted:
    """How often each move was said, heard and both, and in how many turns exactly what was said was heard."""

    said: Counter[Move] = field(default_factory=Counter)
    heard: Counter[Move] = field(default_factory=Counter)
    both: Counter[Move] = field(default_factory=Counter)
    exact: int = 0
    turns: int = 0

    def precision(self, move: Move) -> float:
        """Return the share of what was heard that was said; 0 where nothing was heard."""
        return self.both[move] / self.heard[move] if self.heard[move] else 0.0

    def recall(self, move: Move) -> float:
        """Return the share of what was said that was heard; 0 where it was never said."""
        return self.both[move] / self.said[move] if self.said[move] else 0.0

    def f1(self, move: Move) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.said[move] + self.heard[move]
        return 2 * self.both[move] / total if total else 0.0

    @property
    def macro(self) -> float:
        """The mean F1 of all moves that were said at least once."""
        said = [move for move in Move if self.said[move]]
        return sum(self.f1(move) for move in said) / len(said)

    @property
    def micro(self) -> float:
        """F1 over all moves together."""
        return 2 * self.both.total() / (self.said.total() + self.heard.total())

    @property
    def share(self) -> float:
        """The share of turns in which exactly the moves that were said were heard."""
        return self.exact / self.turns


def heard_in(one: Labelled) -> frozenset[Move]:
    """Return the moves heard in a turn."""
    return frozenset(heard.move for heard in understand(one.trainee, scene_of(one)).moves)


def counted(found: Iterable[Labelled]) -> Counted:
    """Return what was said and what was heard in some turns."""
    counts = Counted()
    for one in found:
        heard = heard_in(one)
        counts.said.update(one.moves)
        counts.heard.update(heard)
        counts.both.update(one.moves & heard)
        counts.exact += one.moves == heard
        counts.turns += 1
    return counts


def table_of(counts: Counted) -> Table:
    """Return the figures of every move."""
    rows = tuple(
        (
            move.value,
            str(counts.said[move]),
            str(counts.heard[move]),
            f"{counts.precision(move):.2f}",
            f"{counts.recall(move):.2f}",
            f"{counts.f1(move):.2f}",
        )
        for move in Move
        if counts.said[move] or counts.heard[move]
    )
    said = (
        f"{counts.turns} turns; in {counts.share:.0%} exactly the moves labelled were heard.",
        f"F1 over all moves together {counts.micro:.2f}, mean over the moves {counts.macro:.2f}.",
    )
    return Table(HEAD, rows, said)


def main() -> None:
    """Print the figures of one part as Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", choices=PARTS)
    print(table_of(counted(turns(asked.parse_args().part))).markdown())


if __name__ == "__main__":
    main()
