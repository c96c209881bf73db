"""What a round came to: how it ended, the turn that cost most, and what to try the next time."""

from dataclasses import dataclass

from amends.rehearsal.moves import Act, Move
from amends.rehearsal.round import Round
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
    """The turn that cost most: its number from 1, its words, and how many points the round has more without it."""

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
    if last.agrees and last.asked_agreement:
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
    """Return the turn without which the round would score most more; None when each was worth having."""
    whole = score(customer, turns).sum
    costs = [
        (score(customer, _until_left(customer, (*turns[:at], *turns[at + 1 :]))).sum - whole, at)
        for at in range(len(turns))
    ]
    points, at = max(costs, key=lambda cost: (cost[0], -cost[1]), default=(0.0, 0))
    return Cost(at + 1, turns[at].words or _named(turns[at].acts), points) if points > WORTH_NAMING else None


def _until_left(customer: Customer, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    state, kept = begin(customer), []
    for turn in turns:
        if state.left:
            break
        state = step(state, turn)
        kept.append(turn)
    return tuple(kept)


def _named(acts: tuple[Act, ...]) -> str:
    return " + ".join(act.move.value for act in acts)
