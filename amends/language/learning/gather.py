"""Examples gone through once: for each task the rows of features, what reading says now and what people said."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from amends.language.clauses import Part, weighed
from amends.language.evidence import gather
from amends.language.issues import CATEGORIES
from amends.language.learning.example import Example, Marked
from amends.language.learning.overlap import lies_in
from amends.language.learning.rows import Gathered
from amends.language.tongues import READ_LANGUAGES, language_of
from amends.language.trained.features import Features, outside
from amends.language.trained.heads import judged, of_each
from amends.language.trained.signs import Scores, of_categories, of_clauses, of_complaint, score
from amends.language.trained.weights import Floats, Trained
from amends.language.words import words_of

COMPLAINT, ISSUE, SORT = "complaint", "issue", "category"


@dataclass(slots=True)
class Gathering:
    """The rows of one task, and to each what is said now (log odds) and what is wanted, one number to an answer."""

    rows: Gathered = field(default_factory=Gathered)
    cases: list[int] = field(default_factory=list)
    said: list[Floats] = field(default_factory=list)
    wanted: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Seen:
    """An example as reading sees it; `own` are the features outside quotations, `odds` those of a complaint."""

    example: Example
    parts: list[Part]
    scores: Scores
    own: Features
    odds: Floats


def gathered(examples: Iterable[Example], trained: Trained) -> dict[str, Gathering]:
    """Return the tasks that have any rows by name: complaint, issue, category, and each category for its kinds.

    A message in a language that is not read teaches nothing.
    """
    found: dict[str, Gathering] = {}
    for example in examples:
        seen = _seen(example, trained)
        if seen is not None:
            _take_message(found, seen)
            _take_clauses(found, seen, trained)
            _take_kinds(found, seen, trained)
    return found


def _seen(example: Example, trained: Trained) -> _Seen | None:
    words = words_of(example.text)
    language = language_of(words)
    if language not in READ_LANGUAGES:
        return None
    evidence = gather(example.text, words, language)
    _, parts = weighed(example.text, evidence, language)
    scores = score(example.text, words, evidence, parts, trained)
    odds = judged(trained.stages["complaint"], of_complaint(scores))
    return _Seen(example, parts, scores, outside(scores.features, evidence.quotes), odds)


def _take_message(found: dict[str, Gathering], seen: _Seen) -> None:
    if seen.example.complaint is not None:
        wanted = [float(seen.example.complaint)]
        _add(found, COMPLAINT, seen, None, seen.odds, wanted)


def _take_clauses(found: dict[str, Gathering], seen: _Seen, trained: Trained) -> None:
    """Each clause that is known to tell an issue, or to tell none; and of which category it is."""
    if not seen.parts:
        return
    said = judged(trained.stages["issue"], of_clauses(seen.scores, seen.parts, float(seen.odds)))
    for at, part in enumerate(seen.parts):
        marked = _marked(seen.example, part)
        if marked or seen.example.whole or lies_in(seen.example.text, part.span, seen.example.denied):
            _add(found, ISSUE, seen, part.span, said[at : at + 1], [float(marked is not None)])
        if marked:
            now = judged(trained.stages["category"], of_categories(seen.scores, part, at))
            _add(found, SORT, seen, part.span, now, [float(marked.category == one) for one in CATEGORIES])


def _take_kinds(found: dict[str, Gathering], seen: _Seen, trained: Trained) -> None:
    table = trained.tables["kinds"]
    for one in seen.example.told:
        name, span = f"{one.category}.{one.kind}", (one.start, one.end)
        if name in table.names:
            heads = [n for n, other in enumerate(table.names) if other.startswith(f"{one.category}.")]
            said = of_each(table, seen.scores.features, np.array([span]))[0][heads]
            _add(found, one.category, seen, span, said, [float(table.names[n] == name) for n in heads])


def _marked(example: Example, part: Part) -> Marked | None:
    return next((one for one in example.told if lies_in(example.text, part.span, [(one.start, one.end)])), None)


def _add(
    found: dict[str, Gathering],
    task: str,
    seen: _Seen,
    span: tuple[int, int] | None,
    said: Floats,
    wanted: list[float],
) -> None:
    """Add a place of a message to a task, or the whole of it without quotations."""
    to = found.setdefault(task, Gathering())
    if span is None:
        to.rows.add(seen.own)
    else:
        to.rows.add(seen.scores.features, span)
    to.cases.append(seen.example.case)
    to.said.append(said)
    to.wanted.append(wanted)
