"""Saying back what happened, rightly or wrongly."""

from collections.abc import Iterator

from amends.language.draft import Sentence, details
from amends.language.moves import apologises, is_non_apology
from amends.language.pattern import Pattern
from amends.language.reply_parts import HAPPENED
from amends.language.words import Span
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.issue_words import Stems
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

ENOUGH = 2
FIGURE = Pattern(r"(?<![\w.])\d{1,6}(?:[.,]\d{1,2})?(?!\w|[.,]\d|%)")
FIGURES = {
    name: str(number)
    for number, name in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
            " seventeen eighteen nineteen twenty"
        ).split()
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}


def saying_back(turn: Turn) -> Iterator[Heard]:
    """Reflect: a stating sentence, or two that stand together, with two parts of an issue."""
    before: int | None = None
    for at, one in enumerate(turn.sentences):
        if not states(turn, at):
            before = None
            continue
        found = _said(turn, (at,)) or (_said(turn, (before, at)) if before is not None else ())
        start = one.start if before is None or _said(turn, (at,)) else turn.sentences[before].start
        yield from (Heard(Move.REFLECT, issue, start, one.end) for issue in found)
        before = at


def states(turn: Turn, at: int) -> bool:
    """Return whether a sentence can say something back."""
    one = turn.sentences[at]
    if is_non_apology(one) or one.of("reply_excuse") or one.of("reply_blame"):
        return False
    return not one.low.endswith("?") or one.low.startswith(("so ", "ok ", "okay", "right", "let me", "you "))


def _said(turn: Turn, places: tuple[int, ...]) -> tuple[str, ...]:
    ones = [turn.sentences[at] for at in places]
    stems = frozenset[str]().union(*(with_figures(one.stems) for one in ones))
    told = with_figures(turn.told)
    found = []
    for issue in turn.issues:
        hits = len({at for at, key in enumerate(issue.keys) for one in ones if key.is_in(one)})
        more = len(stems & (told | issue.told))
        if (hits >= ENOUGH or (hits or len(turn.issues) == 1) and more > ENOUGH) and any(_tells(one) for one in ones):
            found.append(issue.id)
    return tuple(found)


def _tells(one: Sentence) -> bool:
    return bool(HAPPENED.search(one.low)) or not apologises(one.low)


def with_figures(stems: Stems) -> Stems:
    """Return the stems with number words also as figures."""
    return stems | {FIGURES[one] for one in stems if one in FIGURES}
