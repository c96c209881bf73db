"""From what people said of messages to heads that read the way this desk does: a small correction of what ships."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

import numpy as np

from amends.language.issues import CATEGORIES
from amends.language.learning.example import Example
from amends.language.learning.fit import Task, correction
from amends.language.learning.fold import folded, with_heads
from amends.language.learning.gather import COMPLAINT, ISSUE, SORT, Gathering, gathered
from amends.language.trained.signs import FIRST_CATEGORY, TROUBLE
from amends.language.trained.weights import Floats, Table, Trained

KIND = "kind"
HARDNESS = {COMPLAINT: 0.5, ISSUE: 3.0, SORT: 2.0, KIND: 0.3}
CUES = {COMPLAINT: 0.5, ISSUE: 2.0, SORT: 2.0, KIND: 2.0}
FEWEST = 5
MOST = 10_000
MOST_CHARACTERS = 5_000_000


def within_reach(examples: Iterable[Example]) -> list[Example]:
    """Return the first of these that are learned from at once: at most 10,000, of 5 million characters together."""
    left = MOST_CHARACTERS

    def fits(numbered: tuple[int, Example]) -> bool:
        nonlocal left
        left -= len(numbered[1].text)
        return left >= 0 and numbered[0] < MOST

    return [one for _, one in takewhile(fits, enumerate(examples))]


def refit(trained: Trained, examples: Sequence[Example], kinds: Iterable[str] = ()) -> Trained:
    """Return the heads corrected by what people said of messages; with no examples nothing changes.

    `kinds` are all kinds people may choose, such as "delivery.late": one that has no head gets its own once five
    messages tell it. The same examples in the same order give the same heads.
    """
    ready = _with_kinds(trained, examples, kinds)
    found = gathered(examples, ready)
    tables = {
        **ready.tables,
        "message": _message(ready, found),
        "clause": _clause(ready, found),
        "kinds": _kinds(ready.tables["kinds"], found),
    }
    return Trained(tables, ready.stages, ready.cuts)


def _with_kinds(trained: Trained, examples: Sequence[Example], kinds: Iterable[str]) -> Trained:
    named = ({f"{one.category}.{one.kind}" for one in example.told} for example in examples)
    counts = Counter(kind for one in named for kind in one)
    taught = [kind for kind in sorted(kinds) if counts[kind] >= FEWEST]
    return Trained(
        {**trained.tables, "kinds": with_heads(trained.tables["kinds"], taught)}, trained.stages, trained.cuts
    )


def _message(trained: Trained, found: dict[str, Gathering]) -> Table:
    table = trained.tables["message"]
    if COMPLAINT not in found:
        return table
    task = _task(COMPLAINT, found.pop(COMPLAINT), trained.stages["complaint"].weights[:1, None])
    return folded(table, correction(task), [table.names.index("complaint")])


def _clause(trained: Trained, found: dict[str, Gathering]) -> Table:
    """A clause's heads are heard twice, of the clause and of its sentence: an answer follows both."""
    table, count = trained.tables["clause"], len(CATEGORIES)
    if ISSUE in found:
        through = trained.stages["issue"].slope[:2].sum().reshape(1, 1)
        task = _task(ISSUE, found.pop(ISSUE), through, cut=trained.cuts["issue"])
        table = folded(table, correction(task), [TROUBLE])
    if SORT in found:
        weights = trained.stages["category"].weights
        task = _task(SORT, found.pop(SORT), weights[:count] + weights[count : 2 * count])
        table = folded(table, correction(task), range(FIRST_CATEGORY, FIRST_CATEGORY + count))
    return table


def _kinds(table: Table, found: dict[str, Gathering]) -> Table:
    """The kinds of a category compete with each other alone, as they do when a message is read."""
    for category in CATEGORIES:
        heads = [n for n, name in enumerate(table.names) if name.startswith(f"{category}.")]
        if category in found:
            task = _task(KIND, found.pop(category), np.eye(len(heads)))
            table = folded(table, correction(task), heads)
    return table


def _task(name: str, found: Gathering, through: Floats, *, cut: float = 0.0) -> Task:
    answers = through.shape[1]
    return Task(
        rows=found.rows.rows(),
        offset=np.array(found.said).reshape(-1, answers),
        wanted=np.array(found.wanted).reshape(-1, answers),
        cases=np.array(found.cases, dtype=np.int64),
        through=through,
        exclusive=answers > 1,
        hardness=HARDNESS[name],
        cue=CUES[name],
        cut=cut,
    )
