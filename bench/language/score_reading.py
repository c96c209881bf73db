"""`python -m bench.language.score_reading PART`: how `read` does against the labels, with bootstrap 95 % intervals.

`train` is cross-validated by file: what reads a message was trained without its file. `held_out` is read once, by the
weights that ship. A span counts as found where its token F1 with a labelled one is at least .5, one to one.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from amends.language.issues import CATEGORIES
from amends.language.learning.overlap import SAME
from amends.language.learning.overlap import met as closest
from amends.language.reading import Reading, read
from amends.language.tongues import READ_LANGUAGES
from amends.language.trained.signs import FEELINGS
from bench.language.complaints import Message, messages
from bench.language.reliability import binned, calibration_error
from bench.language.score_check import SEED
from bench.language.tables import Table

RESAMPLES = 400
REACH = {
    "complaint or not, macro-F1": "78 (foreign)",
    "issues found (recall)": "85",
    "issues not invented (precision)": "80",
    "category of found issues, macro-F1": "55 (foreign)",
    "category among the first two, share": "75 (foreign)",
    "calibration error of the complaint": "5 at most",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled message, its reading, and which labelled issue meets which found one."""

    message: Message
    reading: Reading
    met: tuple[tuple[int, int], ...]


def reads(part: str, general: Path | None) -> list[Read]:
    """Return every message of a part whose language we read and whose writer was sure, with its reading."""
    if part == "train":
        assert general is not None, "training needs the folder of GoEmotions"
        from bench.language.train import crossed  # here, because only training needs the extra

        pairs = [(one, read(one.text, trained)) for trained, found in crossed(general) for one in found]
    else:
        pairs = [(one, read(one.text)) for one in messages(part)]
    return [
        Read(one, reading, met(one, reading))
        for one, reading in pairs
        if one.complaint is not None and one.language in READ_LANGUAGES
    ]


def met(message: Message, reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return (labelled, found) issues that meet, each used once, the closest first."""
    wanted = [issue.places[0] for issue in message.issues]
    return tuple(closest(message.text, wanted, [(issue.start, issue.end) for issue in reading.issues]))


def figures(found: Sequence[Read]) -> dict[str, float]:
    """Return every figure over these readings, in hundredths."""
    issues = list(_issues(found))
    complaints = [one for one in found if one.message.complaint]
    sure = [one for one in found if one.reading.complaint.is_ is not None]
    chances = [(one.reading.complaint.probability, bool(one.message.complaint)) for one in found]
    told = sum(len(one.message.issues) for one in found)
    shown = sum(len(one.reading.issues) for one in found)
    values = {
        "complaint or not, macro-F1": macro([(wanted, said >= 0.5) for said, wanted in chances], (True, False)),
        "right where it is sure": share(one.reading.complaint.is_ == one.message.complaint for one in sure),
        "share where it is not sure": 1 - len(sure) / len(found),
        "calibration error of the complaint": calibration_error(binned(chances)),
        "issues found (recall)": len(issues) / max(1, told),
        "issues not invented (precision)": len(issues) / max(1, shown),
        "category of found issues, macro-F1": macro([(want, got) for want, got, *_ in issues], CATEGORIES),
        "category among the first two, share": share(want in (got, second) for want, got, second, _ in issues),
        "both levels right, share of found": share(right for *_, right in issues),
        "feeling of complaints, macro-F1": macro(
            [(one.message.feeling, one.reading.feeling.kind) for one in complaints], FEELINGS
        ),
        "strength within one": share(
            abs(one.message.strength - one.reading.feeling.strength) <= 1 for one in complaints
        ),
        "severity right": share(one.message.severity == one.reading.severity for one in complaints),
        "severity within one": share(abs(one.message.severity - one.reading.severity) <= 1 for one in complaints),
        "asks, F1": micro([(one.message.asks, frozenset(one.reading.asks)) for one in found]),
        "threats, F1": micro([(one.message.threats, frozenset(one.reading.threats)) for one in found]),
        "repeat, safety, vulnerable, F1": micro([(one.message.flags, _flags(one.reading)) for one in found]),
    }
    return {name: 100 * value for name, value in values.items()}


def measured(found: Sequence[Read]) -> Table:
    """Return the figures as a table, each with its interval (percentiles of resampled messages)."""
    values = figures(found)
    chance = np.random.default_rng(SEED)
    drawn = [figures([found[at] for at in chance.integers(len(found), size=len(found))]) for _ in range(RESAMPLES)]
    rows = tuple(
        (name, f"{value:.1f}", _interval([one[name] for one in drawn]), REACH.get(name, ""))
        for name, value in values.items()
    )
    head = ("what", "figure (%)", "95 %", "to reach")
    return Table(
        head, rows, (f"{len(found)} messages; a span is found from a token F1 of {SAME} with a labelled one.",)
    )


def macro(pairs: Sequence[tuple[object, object]], classes: Sequence[object]) -> float:
    """Return the mean F1 over the classes that occur."""
    scores = []
    for one in classes:
        wanted = sum(want == one for want, _ in pairs)
        got = sum(said == one for _, said in pairs)
        both = sum(want == one == said for want, said in pairs)
        if wanted or got:
            scores.append(2 * both / (wanted + got))
    return sum(scores) / max(1, len(scores))


def micro(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Return the F1 over all labels together."""
    both = sum(len(want & said) for want, said in pairs)
    return 2 * both / max(1, sum(len(want) + len(said) for want, said in pairs))


def share(held: Iterator[bool]) -> float:
    """Return how many of these hold."""
    values = list(held)
    return sum(values) / max(1, len(values))


def _issues(found: Sequence[Read]) -> Iterator[tuple[str, str, str, bool]]:
    for one in found:
        for wanted, got in one.met:
            want, said = one.message.issues[wanted], one.reading.issues[got]
            right = (want.category, want.subcategory) == (said.category, said.subcategory)
            yield want.category, said.category, said.second, right


def _flags(reading: Reading) -> frozenset[str]:
    said = {"repeat": reading.repeat_failure, "safety": reading.safety, "vulnerable": reading.vulnerable}
    return frozenset(name for name, told in said.items() if told)


def _interval(values: Sequence[float]) -> str:
    low, high = np.percentile(values, [2.5, 97.5])
    return f"{low:.1f} to {high:.1f}"


def main() -> None:
    """Print the table of one part."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", choices=("train", "held_out"))
    asked.add_argument("--general", type=Path, help="the folder of GoEmotions; needed to cross-validate")
    options = asked.parse_args()
    print(measured(reads(options.part, options.general)).markdown())


if __name__ == "__main__":
    main()
