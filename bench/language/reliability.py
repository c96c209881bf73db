"""`python -m bench.language.reliability`: does “70 %” come true in seven of ten? Complaint or not, on held-out text.

Prints the table and, with `--picture`, writes the diagram as SVG. A message that its writer could not place, or whose
language is not read, is left out: the product gives no probability there.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from amends.language.reading import read
from amends.language.tongues import READ_LANGUAGES
from bench.language.complaints import messages
from bench.language.picture import drawn
from bench.language.tables import Table

BINS = 10
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Bin:
    """The messages between two probabilities: how many, what was said of them on average, and what came true."""

    low: float
    high: float
    count: int
    said: float
    true: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the true share (Wilson)."""
        centre = self.true + Z95**2 / (2 * self.count)
        spread = Z95 * (self.true * (1 - self.true) / self.count + (Z95 / (2 * self.count)) ** 2) ** 0.5
        whole = 1 + Z95**2 / self.count
        return (centre - spread) / whole, (centre + spread) / whole


def predictions(part: str) -> list[tuple[float, bool]]:
    """Return the probability that each message is a complaint, as read, and whether it is one."""
    found = []
    for one in messages(part):
        reading = read(one.text)
        if one.complaint is not None and reading.language in READ_LANGUAGES:
            found.append((reading.complaint.probability, one.complaint))
    return found


def binned(predicted: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Return the bins that hold anything, ten of equal width from 0 to 1."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for probability, true in predicted:
        groups.setdefault(min(BINS - 1, int(probability * BINS)), []).append((probability, true))
    return [
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(group),
            sum(probability for probability, _ in group) / len(group),
            sum(true for _, true in group) / len(group),
        )
        for number, group in sorted(groups.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far what is said is from what is true, weighted by messages."""
    whole = sum(one.count for one in bins)
    return sum(one.count * abs(one.said - one.true) for one in bins) / whole


def measured(bins: Sequence[Bin]) -> Table:
    """Return the bins as a table."""
    rows = tuple(
        (
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.count),
            f"{one.said:.2f}",
            f"{one.true:.2f}",
            "{:.2f} to {:.2f}".format(*one.interval),
        )
        for one in bins
    )
    error = f"Expected calibration error {calibration_error(bins):.3f} over {sum(one.count for one in bins)} messages"
    return Table(
        ("probability", "messages", "said on average", "complaints among them", "95 %"),
        rows,
        (f"{error}; to reach: at most 0.050.",),
    )


def picture(bins: Sequence[Bin]) -> str:
    """Return the diagram as SVG."""
    return drawn([(one.said, one.true, *one.interval, one.count) for one in bins])


def main() -> None:
    """Print the table; write the picture where asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", choices=("train", "held_out"), default="held_out")
    asked.add_argument("--picture", type=Path)
    options = asked.parse_args()
    bins = binned(predictions(options.part))
    print(measured(bins).markdown())
    if options.picture:
        options.picture.write_text(picture(bins))


if __name__ == "__main__":
    main()
