"""What a round came to: how it ended, the turn that cost most, and what to try the next time."""

from dataclasses import dataclass

from amends.rehearsal.feedback import remarks
from amends.rehearsal.moves import Act, Move
from amends.rehearsal.round import Round, states
from amends.rehearsal.rubric import rubric
from amends.rehearsal.score import Point, Score, score
from amends.rehearsal.state import Customer, State, Turn, begin
from amends.rehearsal.step import step

ENDINGS = {
    "agreed": "They agreed.",
    "fair_close": "They did not agree, and it was closed fairly: calmer than at the start, with a reason and a way on.",
    "left": "They walked out.",
    "open": "It was left open: they have not agreed.",
}
WORTH_NAMING = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """The turn that cost most: its number from 1, the words that hurt, and how many points they cost."""

    turn: int
    words: str
    points: float


@dataclass(frozen=True, slots=True)
class Debrief:
    """A round looked back on; `ending` is a key of ENDINGS, `missed` the points left lying, most first."""

    score: Score
    ending: str
    passed: bool
    cost: Cost | None
    missed: tuple[Point, ...]


def debrief(played: Round) -> Debrief:
    """Return what a round came to."""
    found = score(played.customer, played.turns)
    missed = sorted((one for one in found.process if one.points < one.most), key=lambda one: one.points - one.most)
    return Debrief(
        score=found,
        ending=ending(played),
        passed=found.total >= rubric().passed,
        cost=costliest(played.customer, played.turns),
        missed=tuple(missed),
    )


def ending(played: Round) -> str:
    """Return how it ended: "agreed", "fair_close", "left" or "open"."""
    course = played.states
    last = course[-1]
    if last.left:
        return "left"
    if played.talks[-1].settled(last):
        return "agreed"
    return "fair_close" if _closed_fairly(course[0], last) else "open"


def _closed_fairly(first: State, last: State) -> bool:
    """Whether somebody nobody can satisfy was told no with its reason and handed over, calmer, without harm."""
    if not first.customer.persona.fair_close:
        return False
    effects = first.customer.table.effects
    harmed = any(not effects[move].helps and move is not Move.REFUSE_FAIR for move, _ in last.used)
    told = last.times(Move.REFUSE_FAIR) and last.times(Move.ESCALATE_WARM)
    return bool(told) and not harmed and last.anger < first.anger


def costliest(customer: Customer, turns: tuple[Turn, ...]) -> Cost | None:
    """Return the turn whose harm cost most: how much more the round scores without what hurt in it; None for none."""
    whole, course = score(customer, turns).sum, states(customer, turns)
    harms = [_harm(before, turn) for before, turn in zip(course, turns, strict=False)]
    costs = [_cost(customer, turns, at, harm, whole) for at, harm in enumerate(harms) if harm or not turns[at].acts]
    worst = max(costs, key=lambda cost: (cost.points, -cost.turn), default=None)
    return worst if worst and worst.points > WORTH_NAMING else None


def _harm(before: State, turn: Turn) -> tuple[Act, ...]:
    return tuple(one.act for one in remarks(before, turn) if one.harm and one.act)


def _cost(customer: Customer, turns: tuple[Turn, ...], at: int, harm: tuple[Act, ...], whole: float) -> Cost:
    turn = turns[at]
    good = tuple(act for act in turn.acts if act not in harm)
    kept = (Turn(good, turn.words),) if good else ()
    without = _until_left(customer, (*turns[:at], *kept, *turns[at + 1 :]))
    return Cost(at + 1, _words(turn, harm), score(customer, without).sum - whole)


def _until_left(customer: Customer, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    state, kept = begin(customer), []
    for turn in turns:
        if state.left:
            break
        state = step(state, turn)
        kept.append(turn)
    return tuple(kept)


def _words(turn: Turn, harm: tuple[Act, ...]) -> str:
    """The words of what hurt, or of the whole turn, or the names of its moves where it was played without words."""
    said = " … ".join(dict.fromkeys(act.words for act in harm if act.words))
    return said or turn.words or " + ".join(act.move.value for act in turn.acts)
