"""What a round is worth, 0 to 100, each point and each penalty with the turn and the words it rests on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from amends.rehearsal.moves import Act, Move
from amends.rehearsal.round import afterwards, states
from amends.rehearsal.rubric import OVER_APOLOGY, PENALTIES, PROCESS, Rubric, rubric
from amends.rehearsal.rules import APOLOGIES, APOLOGIES_WELCOME, OFFERS
from amends.rehearsal.state import Customer, State, Turn


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something was seen: the turn, counted from 1, and the words."""

    turn: int
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a score: what for, how many of how many points (penalties are negative), and what it rests on."""

    name: str
    points: float
    most: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A round's score in its lines: satisfaction, what was done, and what was taken off."""

    satisfaction: Point
    process: tuple[Point, ...]
    penalties: tuple[Point, ...]

    @property
    def sum(self) -> float:
        """All points and penalties together, which may be below nothing."""
        return self.satisfaction.points + sum(point.points for point in (*self.process, *self.penalties))

    @property
    def total(self) -> float:
        """The score, 0 to 100."""
        return max(0.0, min(100.0, self.sum))


def score(customer: Customer, turns: tuple[Turn, ...], by: Rubric | None = None) -> Score:
    """Return what turns are worth with a customer; the numbers are those of the evidence, part 3."""
    by = by or rubric()
    course = states(customer, turns)
    last = afterwards(course[-1])
    points = by.satisfaction_points
    content = Point("satisfaction", points * min(1.0, last.satisfaction / by.full_at), points)
    process = tuple(_process(name, by.process[name], course, turns) for name in PROCESS)
    penalties = tuple(point for name in PENALTIES if (point := _penalty(name, by, course, turns)))
    return Score(content, process, penalties)


def _process(name: str, most: float, course: tuple[State, ...], turns: tuple[Turn, ...]) -> Point:
    share, seen = EARNED[name](course, turns)
    return Point(name, most * share, most, tuple(seen))


Earned = tuple[float, list[Evidence]]


def _listened(course: tuple[State, ...], turns: tuple[Turn, ...]) -> Earned:
    """The share of what they had to say that was heard before the first offer, or in all when none was made."""
    first = next((at for at, turn in enumerate(turns) if any(act.move in OFFERS for act in turn.acts)), None)
    left = course[-1].untold if first is None else _untold_at_offer(course[first], turns[first])
    whole = course[0].untold
    heard = list(_seen(turns if first is None else turns[: first + 1], Move.LISTEN))
    return (1 - max(0.0, left) / whole if whole else 1.0), heard


def _untold_at_offer(state: State, turn: Turn) -> float:
    """What was untold when the offer came, counting the listening earlier in its own turn."""
    moves = [act.move for act in turn.acts]
    first = min(at for at, move in enumerate(moves) if move in OFFERS)
    return state.untold + state.customer.table.effects[Move.LISTEN].untold * moves[:first].count(Move.LISTEN)


def _each_issue(move: Move) -> Callable[[tuple[State, ...], tuple[Turn, ...]], Earned]:
    def earned(course: tuple[State, ...], turns: tuple[Turn, ...]) -> Earned:
        issues = course[-1].customer.issues
        done = [issue for issue in issues if course[-1].did(move, issue)]
        return len(done) / len(issues), list(_seen(turns, move))

    return earned


def _once(move: Move) -> Callable[[tuple[State, ...], tuple[Turn, ...]], Earned]:
    def earned(course: tuple[State, ...], turns: tuple[Turn, ...]) -> Earned:
        seen = list(_seen(turns, move))
        return float(bool(seen)), seen[:1]

    return earned


def _agreement_asked(course: tuple[State, ...], turns: tuple[Turn, ...]) -> Earned:
    return float(course[-1].asked_agreement), list(_seen(turns, Move.CHECK_AGREE))[-1:]


EARNED: Mapping[str, Callable[[tuple[State, ...], tuple[Turn, ...]], Earned]] = {
    "listened_before_first_offer": _listened,
    "reflect_each_issue": _each_issue(Move.REFLECT),
    "apologise_each_issue": _each_issue(Move.APOLOGISE),
    "ack_feeling": _once(Move.ACK_FEELING),
    "options": _once(Move.OFFER_OPTIONS),
    "agreement_asked": _agreement_asked,
    "who_what_when": _once(Move.COMMIT),
    "prevention_each_issue": _each_issue(Move.PREVENT),
}


def _penalty(name: str, by: Rubric, course: tuple[State, ...], turns: tuple[Turn, ...]) -> Point | None:
    if name == OVER_APOLOGY:
        seen = list(_over_apologies(course[0].customer, turns))
    elif name == Move.IDLE:
        seen = list(_idle(course, turns))
    else:
        seen = list(_seen(turns, Move(name)))
    each = by.penalties[name]
    return Point(name, -each * len(seen), -each * len(seen), tuple(seen)) if seen else None


def _seen(turns: tuple[Turn, ...], move: Move) -> Iterator[Evidence]:
    for at, turn in enumerate(turns, 1):
        yield from (evidence(at, turn, act) for act in turn.acts if act.move is move)


def evidence(at: int, turn: Turn, act: Act) -> Evidence:
    """Return the words an act was read from, or the whole turn's, with the turn's number."""
    return Evidence(at, act.words or turn.words)


def _over_apologies(customer: Customer, turns: tuple[Turn, ...]) -> Iterator[Evidence]:
    counted: dict[str, int] = {}
    topic = customer.issues[0]
    for at, turn in enumerate(turns, 1):
        for act in turn.acts:
            topic = act.issue or topic
            if act.move in APOLOGIES:
                counted[topic] = counted.get(topic, 0) + 1
                if counted[topic] > APOLOGIES_WELCOME:
                    yield evidence(at, turn, act)


def _idle(course: tuple[State, ...], turns: tuple[Turn, ...]) -> Iterator[Evidence]:
    """Each turn in which listening was padding: nothing was left to say."""
    for at, turn in enumerate(turns, 1):
        grown = course[at].times(Move.IDLE) - course[at - 1].times(Move.IDLE)
        yield from (Evidence(at, turn.words) for _ in range(grown))
