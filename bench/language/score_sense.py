"""`python -m bench.language.score_sense`: what English held-out texts gain by MiniLM (AMENDS_EMBEDDINGS)."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from amends.language.ear import TABLE, Ears, ears_of, shipped_ears
from amends.language.reading import read
from amends.language.sense.learned import FOLDER, LANGUAGE, senses
from amends.language.trained.weights import shipped
from bench.language.complaints import messages
from bench.language.score_check import figures as of_tallies
from bench.language.score_check import scored
from bench.language.score_reading import Read, met
from bench.language.score_reading import figures as of_reads
from bench.language.tables import Table

PART = "held_out"
PARTS = frozenset({"OWN", "ACT"})
SHOWN = (
    "complaint or not, macro-F1",
    "issues found (recall)",
    "issues not invented (precision)",
    "category of found issues, macro-F1",
    "category among the first two, share",
    "feeling of complaints, macro-F1",
)


def measured() -> Table:
    """Return each figure without the model and with it; raises SystemExit where this machine does not have it."""
    if senses() is None:
        raise SystemExit("AMENDS_EMBEDDINGS names no model. Fetch it with: make embeddings")
    texts = [one.text for one in messages("train") if one.language == LANGUAGE][:200]
    with without():
        before, quick = _reading(), _milliseconds(texts)
    after, slow = _reading(), _milliseconds(texts)
    rows = [(name, f"{before[name]:.1f}", f"{after[name]:.1f}") for name in SHOWN]
    heard, meant = _checks(ears_of(shipped(), LANGUAGE)), _checks(shipped_ears(LANGUAGE))
    rows += [(name, f"{heard[name]:.1f}", f"{meant[name]:.1f}") for name in heard]
    rows.append(("CPU-ms a message", quick, slow))
    return Table(("what (%)", "without", "with the model"), tuple(rows), ("English messages and drafts alone.",))


@contextmanager
def without() -> Iterator[None]:
    """Read as a desk reads that does not have the model."""
    folder = os.environ.pop(FOLDER)
    senses.cache_clear()
    try:
        yield
    finally:
        os.environ[FOLDER] = folder
        senses.cache_clear()


def _reading() -> dict[str, float]:
    found = []
    for one in messages(PART):
        if one.language == LANGUAGE and one.complaint is not None:
            reading = read(one.text)
            found.append(Read(one, reading, met(one, reading)))
    return of_reads(found)


def _checks(ears: Ears) -> dict[str, float]:
    scores = scored(PART, LANGUAGE, ears)
    found = [
        of_tallies(list(scores.tallies[move].values())) for move in shipped().tables[TABLE].names if move not in PARTS
    ]
    precision, recall = (100 * sum(one[at] for one in found) / len(found) for at in (0, 1))
    return {
        "remarks that were due, mean of the moves (precision)": precision,
        "due remarks made, mean of the moves (recall)": recall,
        "good drafts alarmed": 100 * scores.alarmed / max(1, scores.good),
    }


def _milliseconds(texts: list[str]) -> str:
    began = time.process_time()
    for text in texts:
        read(text)
    return f"{1000 * (time.process_time() - began) / len(texts):.1f}"


if __name__ == "__main__":
    print(measured().markdown())
