"""`python -m bench.language.learning`: what a desk gains by learning, and with `--time COUNT` what that costs.

The held-out messages play a desk: they are learned from in memory, as `amends learn` does it, and figures are printed.
Settings were chosen on messages of `train` by writers the heads had not seen yet.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np

from amends.language.learning.example import Example, Marked
from amends.language.learning.figures import Figure, counted, figures
from amends.language.learning.refit import refit
from amends.language.learning.yardstick import yardstick
from amends.language.tongues import READ_LANGUAGES
from amends.language.trained.weights import shipped
from bench.language.complaints import Message, messages
from bench.language.tables import Table

FIFTHS = 5
HEAD = ("read", "what", "before (%)", "after (%)", "lower in redrawings (%)")


def examples(found: Iterable[Message]) -> list[Example]:
    """Return messages as a desk would have gone through them, each a case of its own."""
    sure = (one for one in found if one.complaint is not None and one.language in READ_LANGUAGES)
    return [_example(number, one) for number, one in enumerate(sure, 1)]


def _example(number: int, one: Message) -> Example:
    told = tuple(Marked(*issue.places[0], issue.category, issue.subcategory) for issue in one.issues)
    return Example(number, one.text, one.complaint, told)


def measured() -> Table:
    """Return the figures before and after, over all fifths and on the yardstick."""
    desk = examples(messages("held_out"))
    own, known = _own(desk), _known(desk)
    rows = (*_rows("its own messages", own), *_rows("the yardstick", known))
    return Table(HEAD, rows, (f"{len(desk)} messages of the desk, {len(yardstick())} of the yardstick.",))


def _own(desk: Sequence[Example]) -> tuple[Figure, ...]:
    counts = []
    for fifth in range(FIFTHS):
        held = [one for one in desk if crc32(str(one.case).encode()) % FIFTHS == fifth]
        rest = [one for one in desk if crc32(str(one.case).encode()) % FIFTHS != fifth]
        counts.append((counted(held, None), counted(held, refit(shipped(), rest))))
    before, after = zip(*counts, strict=True)
    return figures(np.concatenate(before), np.concatenate(after))


def _known(desk: Sequence[Example]) -> tuple[Figure, ...]:
    return figures(counted(yardstick(), None), counted(yardstick(), refit(shipped(), desk)))


def _rows(where: str, found: Iterable[Figure]) -> list[tuple[str, ...]]:
    return [(where, one.name, f"{one.before:.1f}", f"{one.after:.1f}", f"{100 * one.lower:.0f}") for one in found]


def timed(count: int) -> str:
    """Return how long learning from so many messages takes, and the memory it needs; the corpus is repeated."""
    corpus = examples(messages("train"))
    many = [corpus[n % len(corpus)] for n in range(count)]
    shipped()
    began, before = time.process_time(), _memory()
    refit(shipped(), many)
    spent, more = time.process_time() - began, _memory() - before
    characters = sum(len(one.text) for one in many)
    return f"{count} messages of {characters // count} characters: {spent:.0f} s of one core, {more:.0f} MB more."


def _memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table, or the time."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--time", type=int, metavar="COUNT", help="how long so many messages take")
    options = asked.parse_args()
    print(timed(options.time) if options.time else measured().markdown())


if __name__ == "__main__":
    main()
