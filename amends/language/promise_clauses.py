"""A sentence cut into its clauses, each with a verb of its own; no cut goes through a time that is said."""

from collections.abc import Iterator

from amends.language.clause_signs import Clause, clause_of
from amends.language.commitment import stands_alone
from amends.language.pattern import Pattern
from amends.language.times import SaidTime, overlaps, times_in
from amends.language.words import Span, trimmed, words_of

JOINS = r"and|but|so|then|or|und|aber|oder|denn|et|mais|ou|puis|y|pero|o"
BEGINS = (
    r"which|who|where|when|whenever|once|if|as soon as|provided|unless|because|while|whether|whatever|what|how|why"
    r"|that(?=\s(?:the|our|we|you|he|she|it|they|your|i|nobody|there|this|a|my))"
    r"|as you|wenn|sobald|falls|sofern|dass|weil|damit|dès que|si|parce que|que|cuando|en cuanto|porque"
)
CUT = Pattern(
    rf",\s{{1,3}}(?:(?:{JOINS})\s)?|\s[-–—]\s|:\s|\s(?:{JOINS})\s|\s(?=(?:{BEGINS})\s)|(?<=\w)\s(?=(?:we|i|we['’]ll|i['’]ll)\s)",
    2,
)
NEAR = 400
OPENING_CONDITION = Pattern(r"(?:if|when|once|as soon as|unless|provided)\s", 2)


def clauses_of(spoken: str, span: Span, language: str) -> list[Clause]:
    """Return the clauses of a sentence at `span` of a text, in order: together they are all its words."""
    piece = spoken[span.start : span.end]
    times = times_in(piece, words_of(piece), language)
    groups: list[tuple[Span, bool]] = []
    for one in _pieces(spoken, span, times):
        stands = stands_alone(clause_of(spoken[one.start : one.end], one.start, language))
        if groups and not (stands and groups[-1][1]):
            (before, stood), after = groups.pop(), one
            groups.append((Span(before.start, after.end), stood or stands))
        else:
            groups.append((one, stands))
    return [clause_of(spoken[one.start : one.end], one.start, language) for one, _ in groups]


def _pieces(spoken: str, span: Span, times: list[SaidTime]) -> Iterator[Span]:
    begin = span.start
    may_open = OPENING_CONDITION.match(spoken, span.start, span.end) is not None
    for cut in CUT.finditer(spoken, span.start, span.end):
        at, to = cut.start() - span.start, cut.end() - span.start
        if overlaps(times, at, to):
            continue
        if not cut.group().strip() and not may_open and _is_ours(spoken, cut.end()):
            continue
        piece = trimmed(spoken, begin, cut.start())
        if piece.start < piece.end:
            yield piece
            begin = cut.end()
    last = trimmed(spoken, begin, span.end)
    if last.start < last.end:
        yield last


def _is_ours(spoken: str, at: int) -> bool:
    return spoken[at : at + 2].lower() in ("we", "i ", "i'", "i’")


def part_around(clause: Clause, said: SaidTime) -> Span:
    """Return the part of a clause around one of its times, up to the next comma or “and” outside of all its times."""
    start, end = max(0, said.start - NEAR), min(len(clause.text), said.end + NEAR)
    for cut in CUT.finditer(clause.text, start, end):
        if overlaps(clause.times, cut.start(), cut.end()):
            continue
        if cut.end() <= said.start:
            start = cut.end()
        elif cut.start() >= said.end:
            return Span(start, cut.start())
    return Span(start, end)
