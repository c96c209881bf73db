"""What a turn did to the customer, sentence by sentence, and one thing to try next (E37: never without)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from amends.rehearsal.guide import next_act
from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.round import Round
from amends.rehearsal.rules import APOLOGIES, APOLOGIES_WELCOME, OFFERS, OWNED, PREVENTIONS
from amends.rehearsal.scenario import Trouble
from amends.rehearsal.sheet import packaged
from amends.rehearsal.state import State, Turn
from amends.rehearsal.step import TAKES_BACK, after
from amends.rehearsal.voice import Talk

RULES = (
    "premature_offer",
    "apology_third",
    "excuse_takes_back",
    "explain_before_own",
    "prevent_before_own",
    "vague_after_repeat",
    "warm_in_middle",
    "check_before_offer",
    "nothing",
)
LESS = frozenset({"warm_in_middle", "prevent_before_own"})
HARMLESS = LESS | {"check_before_offer"}
EARNS: Mapping[str, Move] = {
    "listened_before_first_offer": Move.LISTEN,
    "reflect_each_issue": Move.REFLECT,
    "apologise_each_issue": Move.APOLOGISE,
    "ack_feeling": Move.ACK_FEELING,
    "options": Move.OFFER_OPTIONS,
    "agreement_asked": Move.CHECK_AGREE,
    "who_what_when": Move.COMMIT,
    "prevention_each_issue": Move.PREVENT,
}
LOOKS_OTHERWISE: Mapping[Move, bool] = {Move.REFUSE_FAIR: False, Move.OFFER_MISMATCH: True, Move.OVERPROMISE: True}
"""A fair no stings and is right; an offer that does not fit and a promise too big please now and are wrong."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What one act did: the sentence, whether it did harm, and whether a rule made it count for less."""

    act: Act | None
    sentence: str
    harm: bool
    less: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to try next: the move, the issue it is about, and how."""

    act: Act
    sentence: str


def remarks(before: State, turn: Turn) -> tuple[Remark, ...]:
    """Return for each act of a turn what it did; a turn that did nothing gets one remark too."""
    if not turn.acts:
        return (Remark(None, _sentences("rules")["nothing"], harm=True),)
    return tuple(_remark(after(before, *turn.acts[:at]), act) for at, act in enumerate(turn.acts))


def hint(state: State, talk: Talk, played: Round) -> Hint | None:
    """Return what the method would do next about the issues brought up; None when nothing is left, or they left.

    Listening is no longer asked for once an offer is made: then it is too late for it to come first.
    """
    if state.left:
        return None
    act = next_act(replace(state, untold=0.0) if state.offered else state, talk.raised)
    if act is None:
        return None
    again = act.move is Move.LISTEN and bool(state.times(Move.LISTEN))
    sentence = _sentences("try")["listen_again" if again else act.move]
    trouble = played.scenario.issue(act.issue or state.topic)
    if act.move is Move.QUESTION and trouble.question:
        sentence = _sentences("try")["question_here"]
    return Hint(act, sentence.format(**_places(trouble, played)))


def _places(trouble: Trouble, played: Round) -> dict[str, str]:
    clause = trouble.said[:1].upper() + trouble.said[1:]
    known = {"remedy": trouble.remedy, "cause": trouble.cause, "change": trouble.change, "promised": trouble.promised}
    known |= {"question": trouble.question}
    return {**known, "said": clause, "customer": played.scenario.customer}


def in_words(name: str) -> str:
    """Return a line of a score in words: "named the feeling" for "ack_feeling"."""
    return _sentences("points")[name]


def way_to(name: str, played: Round) -> str:
    """Return one sentence on how to earn a process point of the rubric in this scenario."""
    return _sentences("try")[EARNS[name]].format(**_places(played.scenario.issues[0], played))


def _remark(state: State, act: Act) -> Remark:
    move = Move.IDLE if act.move is Move.LISTEN and state.untold <= 0 else act.move
    rule = next(_rules(state, act, move), None)
    harm = not state.customer.table.effects[move].helps or (rule is not None and rule not in HARMLESS)
    if move in LOOKS_OTHERWISE:
        harm = LOOKS_OTHERWISE[move]
    return Remark(act, _sentences("rules")[rule] if rule else _sentences("did")[move], harm, less=rule in LESS)


def _rules(state: State, act: Act, move: Move) -> Iterator[str]:
    """The rules that change what this act does, the weightiest first."""
    part = state.part(act.issue or state.topic)
    unowned = part.acknowledged < OWNED
    if move in OFFERS and state.heard < state.customer.table.numbers["rule_premature_offer"]["heard"]:
        yield "premature_offer"
    if move in APOLOGIES and part.apologies >= APOLOGIES_WELCOME:
        yield "apology_third"
    if move in TAKES_BACK and part.before is not None:
        yield "excuse_takes_back"
    if move is Move.EXPLAIN and unowned:
        yield "explain_before_own"
    if move is Move.PREVENT_VAGUE and state.customer.persona.earlier_failures:
        yield "vague_after_repeat"
    if move in PREVENTIONS and unowned:
        yield "prevent_before_own"
    if move is Move.CHECK_AGREE and not state.offered:
        yield "check_before_offer"
    if state.customer.table.effects[move].warm and state.offered and not state.asked_agreement:
        yield "warm_in_middle"


@cache
def _sentences(name: str) -> Mapping[str, str]:
    """The sentences of a table of feedback.toml; raises SheetRefused when one is missing."""
    table = packaged("feedback.toml").table(name)
    wanted: Mapping[str, tuple[str, ...]] = {"did": (*SAYABLE, Move.IDLE), "rules": RULES}
    return {one: table.text(one) for one in wanted.get(name, tuple(table.fields))}
