"""Saying back what happened, rightly or wrongly."""

from collections.abc import Iterator

from amends.language.deeds import CLAUSE
from amends.language.draft import Sentence, details
from amends.language.pattern import Pattern
from amends.language.sorry import is_non_apology
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.issue_words import FIGURES, Known, Stems
from amends.rehearsal.hearing.turn import Turn
from amends.rehearsal.moves import Move

ENOUGH, RICH = 2, 3
STRANGE, ASKED_STRANGE = 0.4, 1 / 3
SUMS_UP = Pattern(
    r"^(?:(?:right|ok|okay|well|ah|hm|mm|and|yes)[,.]? )*(?:so (?!sorry|that)|let me sum|you mean|understood, so"
    r"|you're saying|you say)"
)
TELLS_THEIRS = Pattern(
    r"\b(?:you|your|she|he|they|her|his|it|we|i|our)\b[^.!?\n]{0,60}?\b(?:was|were|had|did|didn't|wasn't|weren't"
    r"|never|came|got|took|went|broke|left|kept|lost|sent|told|said|wrote|gave|found|paid|asked|ordered|booked|sat"
    r"|stood"
    r"|put|billed|charged|waited|\w{3,}ed)\b"
)
GRANTS = Pattern(
    r"^(?:it (?:is|was|did|does)|you did|you're right|you are right|only|just|nobody did|no,? (?:that|you|it)"
    r"|yes,?)\b"
)
AHEAD = Pattern(
    r"^i(?:'ve|'m| am| have)\b|\b(?:must (?:be|have)|will|'ll|shall|going to|can|could|from (?:now|today|tomorrow"
    r"|\w+day)|either|if you)\b"
)
YOU_DID = Pattern(
    r"\b(?:you(?:'ve| have|'d| had)?|she|he|they) (?:\w+ )?(?:brought|gave|came|told|went|stood|sat|waited|paid"
    r"|asked|ordered|booked|sent"
    r"|wrote|called|rang|found|lost|took|had|were|was|got|kept|saw|heard|said|bought|stopped|needed|counted|trusted"
    r"|planned)\b"
)
OTHER_STORY = Pattern(r"\byou (?:ordered|bought|booked|received|asked for|rented|hired)\b")
COUNTED = details(
    f"{' '.join((*FIGURES, *FIGURES.values()))} years year months month weeks week days day hours hour minutes times"
)
COMMON = details(
    "order ordered pay paid buy bought came come went mean sum understood if what that happen again still now there"
    " here right get got say tell one thing day time today yes case just back make take want need know look"
)


def saying_back(turn: Turn) -> Iterator[Heard]:
    """Reflect or reflect_wrong: a stating sentence, or two that stand together, with parts of an issue."""
    before: int | None = None
    for at, one in enumerate(turn.sentences):
        if not states(one):
            before = None
            continue
        if contradicts(turn, one):
            yield from turn.heard(Move.REFLECT_WRONG, at)
            before = None
            continue
        alone = _said(turn, (at,))
        found = alone or (_said(turn, (before, at)) if before is not None else ())
        start = one.start if alone or before is None else turn.sentences[before].start
        yield from (Heard(Move.REFLECT, issue, start, one.end) for issue in found)
        before = at


def states(one: Sentence) -> bool:
    """Return whether a sentence can say something back."""
    if is_non_apology(one) or one.of("reply_excuse") or one.of("reply_blame"):
        return False
    return not one.low.endswith("?") or bool(SUMS_UP.search(one.low))


def contradicts(turn: Turn, one: Sentence) -> bool:
    """Return whether a sentence says back what nobody told: it sums up otherwise, or tells of another story."""
    if AHEAD.search(one.low):
        return False
    own = one.stems - COMMON
    strange = len(own) - turn.overlap(own)
    if not SUMS_UP.search(one.low):
        return strange == len(own) > ENOUGH and bool(OTHER_STORY.search(one.low))
    if one.low.endswith("?"):
        return strange >= ASKED_STRANGE * len(own) > 0
    return max(ENOUGH, STRANGE * len(own)) <= strange and turn.overlap(own - COUNTED) < ENOUGH


def _said(turn: Turn, places: tuple[int, ...]) -> tuple[str, ...]:
    ones = [turn.sentences[at] for at in places]
    stems = frozenset[str]().union(*(_behind(one) for one in ones))
    return tuple(issue.id for issue in turn.issues if _is_said(turn, issue, ones, stems))


def _is_said(turn: Turn, issue: Known, ones: list[Sentence], stems: Stems) -> bool:
    hits = sum(any(key.is_among(stems, one.low) for one in ones) for key in issue.keys)
    if len(turn.issues) > 1:
        return hits >= ENOUGH and bool(issue.own & stems)
    told = turn.overlap(stems)
    theirs = any(TELLS_THEIRS.search(one.low) or GRANTS.search(one.low) for one in ones)
    enough = 1 if YOU_DID.search(ones[-1].low) else ENOUGH if hits >= ENOUGH or theirs else RICH
    return told >= enough and turn.overlap(stems - COUNTED) > 0


def _behind(one: Sentence) -> Stems:
    """The words of the clauses that do not speak of what is to come."""
    clauses = [clause for clause in CLAUSE.split(one.low) if clause and not AHEAD.search(clause)]
    return details(" . ".join(clauses))
