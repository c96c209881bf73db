"""What a desk gains by learning: `python -m bench.language.learning --general FOLDER`, or `--time COUNT`.

Each fold of the corpus plays a desk: its messages are by files the heads never saw, four fifths of them are learned
from, as `amends learn` does it, and the rest tells the figures. `--time` says how long so many messages take, and how
much memory.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from amends.language.learning.example import Example, Marked
from amends.language.learning.figures import compared
from amends.language.learning.refit import refit
from amends.language.learning.verdict import decided, is_held
from amends.language.learning.yardstick import yardstick
from amends.language.tongues import READ_LANGUAGES
from amends.language.trained.weights import Trained, shipped
from bench.language.complaints import Message, messages
from bench.language.tables import Table

HEAD = ("desk", "learned from", "held out", "what", "before", "after", "lower in redrawings (%)")


def examples(found: Iterable[Message]) -> list[Example]:
    """Return messages as a desk would have gone through them, each a case of its own."""
    sure = (one for one in found if one.complaint is not None and one.language in READ_LANGUAGES)
    return [_example(number, one) for number, one in enumerate(sure, 1)]


def _example(number: int, one: Message) -> Example:
    told = tuple(Marked(*issue.places[0], issue.category, issue.subcategory) for issue in one.issues)
    return Example(number, one.text, one.complaint, told)


def desk(name: str, before: Trained, found: Sequence[Example]) -> tuple[list[tuple[str, ...]], str]:
    """Return the rows of one desk, and what `amends learn` would have decided there."""
    held = [one for one in found if is_held(one.case)]
    taught = [one for one in found if not is_held(one.case)]
    after = refit(before, taught)
    own, known = compared(held, before, after), compared(yardstick(), before, after)
    rows = [
        (
            name,
            str(len(taught)),
            str(len(held)),
            what,
            f"{one.before:.1f}",
            f"{one.after:.1f}",
            f"{100 * one.lower:.0f}",
        )
        for where, figures in (("", own), ("yardstick: ", known))
        for one in figures
        for what in [f"{where}{one.name}"]
    ]
    return rows, f"Desk {name}: {decided(own, known).reason}"


def desks(general: Path) -> Table:
    """Return the figures of five desks."""
    from bench.language.train import crossed  # here, because only training needs the extra

    made = [desk(str(n), blind, examples(found)) for n, (blind, found) in enumerate(crossed(general), 1)]
    return Table(HEAD, tuple(row for rows, _ in made for row in rows), tuple(said for _, said in made))


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
    asked.add_argument("--general", type=Path, help="the folder of GoEmotions")
    asked.add_argument("--time", type=int, metavar="COUNT", help="how long so many messages take")
    options = asked.parse_args()
    if options.time:
        print(timed(options.time))
    if options.general:
        print(desks(options.general).markdown())


if __name__ == "__main__":
    main()
