"""The design claims about the toy (evidence, part 3), each a question whether it holds for one customer.

They validate the code and say nothing about people. The evidence numbers them I1 to I28 and leaves I2, I17 and I19
without words; those three numbers are not used here.
"""

import random
from collections.abc import Callable
from dataclasses import replace

from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.personas import Persona
from amends.rehearsal.round import states
from amends.rehearsal.state import Customer, State, Turn, begin
from amends.rehearsal.step import after, step
from amends.rehearsal.table import FEELINGS, Table, table
from bench.rehearsal.trainees import Acts, method, solution_first, solver_only, turns_of, warm_only

HAIR = 1e-9
REPEATS = 12
ONE = "one"
HARD = "hard_to_please"
MANNER = 2


def customer_of(persona: Persona, by: Table | None = None, issues: int = 0) -> Customer:
    """Return a customer with as many issues as the persona has, or as asked for."""
    names = [ONE, "two", "three", "four", "five", "six"]
    return Customer(persona, tuple(names[: issues or persona.issues]), by or table())


def shaken(persona: Persona, draw: random.Random) -> Persona:
    """Return a persona whose anger, trust and patience at the start are each multiplied by U(.85, 1.15)."""
    return replace(
        persona,
        anger=min(1.0, persona.anger * draw.uniform(0.85, 1.15)),
        trust=min(1.0, persona.trust * draw.uniform(0.85, 1.15)),
        patience=min(1.0, persona.patience * draw.uniform(0.85, 1.15)),
    )


def perturbed(persona: Persona, seed: int) -> Customer:
    """Return a customer on a perturbed table, their own start perturbed too."""
    return customer_of(shaken(persona, random.Random(f"{seed}:{persona.id}")), table().perturbed(seed))


def end(customer: Customer, acts: Acts) -> State:
    """Return the customer after acts, one a turn, up to where they walk out."""
    return states(customer, turns_of(customer, acts))[-1]


def cared(customer: Customer) -> Acts:
    """Return listening to the end, saying each issue back, and naming the feeling."""
    return warm_only(customer)[:-2]


def each(customer: Customer, move: Move) -> Acts:
    """Return a move for each issue."""
    return [Act(move, issue) for issue in customer.issues]


def angrier(later: State, earlier: State) -> bool:
    """Whether anger rose, or was at its highest before already."""
    return later.anger > earlier.anger or earlier.anger == later.anger == 1.0


def ways(customer: Customer, before: Acts, *ends: Acts) -> tuple[State, ...]:
    """Return the customer after the same beginning and each of several ends."""
    return tuple(end(customer, [*before, *one]) for one in ends)


def random_acts(customer: Customer, length: int, draw: random.Random) -> Acts:
    """Return random moves about random issues."""
    return [Act(draw.choice(SAYABLE), draw.choice(customer.issues)) for _ in range(length)]


def bounded(customer: Customer) -> bool:
    """I1: every feeling stays within 0 and 1, whatever is done."""
    draw = random.Random(customer.persona.id)
    acts = random_acts(customer, 25, draw)
    for state in states(customer, turns_of(customer, acts)):
        broken = after(state, Act(Move.PROMISE_BROKEN))
        if not all(0 <= getattr(one, name) <= 1 for one in (state, broken) for name in FEELINGS):
            return False
    return True


def heard_before_offer(customer: Customer) -> bool:
    """I3: an offer before being heard raises anger, and wins less agreement than the same one later."""
    start, offer = begin(customer), Act(Move.OFFER_ONE, ONE)
    early = end(customer, [offer])
    heard = end(customer, cared(customer))
    late = step(heard, Turn((offer,)))
    if heard.heard < 0.5:  # they were not heard yet, so this is no comparison
        return angrier(early, start)
    return angrier(early, start) and early.agreement - start.agreement < late.agreement - heard.agreement


def apology_for_each(customer: Customer) -> bool:
    """I4: an apology for each issue beats one, and beats the same one twice."""
    two = customer if len(customer.issues) > 1 else replace(customer, issues=(ONE, "two"))
    first, second = two.issues[:2]
    one = [Act(Move.APOLOGISE, first)]
    both, alone, twice = ways(two, cared(two), [*one, Act(Move.APOLOGISE, second)], one, one * 2)
    return both.satisfaction > max(alone.satisfaction, twice.satisfaction)


def three_parts(customer: Customer) -> bool:
    """I5: three parts beat any two, on satisfaction and loyalty."""
    parts = [each(customer, move) for move in (Move.APOLOGISE, Move.OFFER_OPTIONS, Move.PREVENT)]
    whole = end(customer, [*cared(customer), *parts[0], *parts[1], *parts[2]])
    for left_out in range(3):
        kept = [act for at, part in enumerate(parts) if at != left_out for act in part]
        two = end(customer, [*cared(customer), *kept])
        if whole.satisfaction <= two.satisfaction or whole.loyalty <= two.loyalty:
            return False
    return True


def interrupting(customer: Customer) -> bool:
    """I6: interrupting raises anger and lowers heard, at every moment of a good round."""
    for state in states(customer, turns_of(customer, method(customer))):
        cut = step(state, Turn((Act(Move.INTERRUPT),)))
        if not (angrier(cut, state) and cut.heard < state.heard):
            return False
    return True


def excuse_after_sorry(customer: Customer) -> bool:
    """I7: an excuse after an apology leaves anger and trust no better than no apology."""
    excuse = [Act(Move.EXCUSE, ONE)]
    sorry, plain = ways(customer, cared(customer), [Act(Move.APOLOGISE, ONE), *excuse], excuse)
    return sorry.anger >= plain.anger - HAIR and sorry.trust <= plain.trust + HAIR


def third_apology(customer: Customer) -> bool:
    """I8: the third apology for an issue does not help."""
    sorry = [Act(Move.APOLOGISE, ONE)]
    two, three = ways(customer, cared(customer), sorry * 2, sorry * 3)
    return three.satisfaction < two.satisfaction and three.anger >= two.anger


def options_beat_one(customer: Customer) -> bool:
    """I9: options beat one offer, and one that fits beats one that does not."""
    before = [*cared(customer), *each(customer, Move.APOLOGISE)]
    moves = (Move.OFFER_OPTIONS, Move.OFFER_ONE, Move.OFFER_MISMATCH)
    options, one, wrong = ways(customer, before, *([Act(move, ONE)] for move in moves))
    content = options.satisfaction > one.satisfaction > wrong.satisfaction
    return content and options.agreement >= one.agreement > wrong.agreement


def honest_promise(customer: Customer) -> bool:
    """I10: an over-promise is better now and, once broken, worse than none; honest and kept is best."""
    before = [*cared(customer), *each(customer, Move.APOLOGISE)]
    much, none, honest = ways(customer, before, [Act(Move.OVERPROMISE, ONE)], [], [Act(Move.COMMIT, ONE)])
    broken, kept = after(much, Act(Move.PROMISE_BROKEN)), after(honest, Act(Move.PROMISE_KEPT))
    better_now = much.agreement > none.agreement and much.satisfaction > none.satisfaction
    return better_now and broken.satisfaction < none.satisfaction < kept.satisfaction


def real_prevention(customer: Customer) -> bool:
    """I11: done prevention beats a vague one, which hurts after repeated failure."""
    before = [*cared(customer), *each(customer, Move.APOLOGISE)]
    vague = [Act(Move.PREVENT_VAGUE, ONE)]
    done, said = ways(customer, before, [Act(Move.PREVENT, ONE)], vague)
    again = replace(customer, persona=replace(customer.persona, earlier_failures=3))
    hurt, none = ways(again, before, vague, [])
    return done.satisfaction > said.satisfaction and hurt.satisfaction < none.satisfaction and hurt.trust < none.trust


def listening(customer: Customer) -> bool:
    """I12: listening never raises anger while something is untold; afterwards silence costs patience."""
    state, silent = begin(customer), Turn((Act(Move.LISTEN),))
    while state.untold > 0:
        told = step(state, silent)
        if told.anger > state.anger:
            return False
        state = told
    return step(state, silent).patience < step(state, Turn(())).patience


def winnable(customer: Customer) -> bool:
    """I13: the method wins everybody but the one who cannot be satisfied."""
    return end(customer, method(customer)).agrees is not customer.persona.fair_close


def hard_to_please_needs_more(customer: Customer) -> bool:
    """I13: who is hard to please needs a question, an explanation and a gesture beside the method."""
    if customer.persona.id != HARD:
        return True
    more = {Move.QUESTION, Move.EXPLAIN, Move.GOODWILL}
    return not end(customer, [act for act in method(customer) if act.move not in more]).agrees


def no_single_move(customer: Customer) -> bool:
    """I14: no single move wins by being repeated."""
    return not any(end(customer, [Act(move, ONE)] * REPEATS).agrees for move in SAYABLE)


def beats_random(customer: Customer, games: int = 20) -> bool:
    """I15: the method ends better than random games of the same length."""
    acts = method(customer)
    best, draw = end(customer, acts).satisfaction, random.Random(customer.persona.id)
    return all(end(customer, random_acts(customer, len(acts), draw)).satisfaction < best for _ in range(games))


def wrong_reflection(customer: Customer) -> bool:
    """I16: saying it back wrongly lowers heard."""
    start = begin(customer)
    return step(start, Turn((Act(Move.REFLECT_WRONG, ONE),))).heard < start.heard


def care_beats_money(customer: Customer) -> bool:
    """I18: for those who want to be heard most, care beats money."""
    weights = customer.persona.weights
    if weights[MANNER] < max(weights):
        return True
    listens = [act for act in cared(customer) if act.move is Move.LISTEN]
    care = [*each(customer, Move.REFLECT), Act(Move.ACK_FEELING), *each(customer, Move.APOLOGISE)]
    money = [*each(customer, Move.OFFER_ONE), *each(customer, Move.GOODWILL)]
    heard, paid = ways(customer, listens, care, money)
    return heard.satisfaction > paid.satisfaction


def person_first(customer: Customer) -> bool:
    """I20: the same moves end worse with the solution first."""
    return end(customer, solution_first(customer)).satisfaction < end(customer, method(customer)).satisfaction


def warm_hand_over(customer: Customer) -> bool:
    """I21: a warm hand-over beats a cold transfer."""
    warm, cold = ways(customer, cared(customer), [Act(Move.ESCALATE_WARM)], [Act(Move.TRANSFER_COLD)])
    return warm.satisfaction > cold.satisfaction and warm.anger < cold.anger


def no_padding(customer: Customer) -> bool:
    """I22: padding the middle costs patience."""
    before = [*cared(customer), *each(customer, Move.APOLOGISE), Act(Move.OFFER_OPTIONS, ONE)]
    padded, plain = ways(customer, before, [Act(Move.ACK_FEELING)], [Act(Move.COMMIT, ONE)])
    asked = [Act(Move.CHECK_AGREE)]
    late, middle = ways(customer, before, [*asked, Act(Move.THANK)], [Act(Move.THANK), *asked])
    return padded.patience < plain.patience and middle.patience < late.patience


def thanks_at_the_close(customer: Customer) -> bool:
    """I23: thanks at the close beat thanks in the middle."""
    before = [*cared(customer), *each(customer, Move.APOLOGISE), *each(customer, Move.OFFER_OPTIONS)]
    asked, thanks = Act(Move.CHECK_AGREE), Act(Move.THANK)
    close, middle = ways(customer, before, [asked, thanks], [thanks, asked])
    return close.satisfaction > middle.satisfaction


def solving_alone(customer: Customer) -> bool:
    """I24: solving alone does not reach agreement."""
    return not end(customer, solver_only(customer)).agrees


def warmth_alone(customer: Customer) -> bool:
    """I25: warmth alone does not reach agreement."""
    return not end(customer, warm_only(customer)).agrees


def own_then_explain(customer: Customer) -> bool:
    """I26: owning it and then explaining ends no worse than the other way round."""
    own, explain = Act(Move.APOLOGISE, ONE), Act(Move.EXPLAIN, ONE)
    first, second = ways(customer, cared(customer), [own, explain], [explain, own])
    return first.satisfaction >= second.satisfaction


def follow_up(customer: Customer) -> bool:
    """I27: following up beats not doing so."""
    state = end(customer, method(customer)[:-1])
    done, none = after(state, Act(Move.FOLLOW_UP)), after(state, Act(Move.NO_FOLLOW_UP))
    return done.satisfaction > state.satisfaction > none.satisfaction and done.loyalty > none.loyalty


def fair_close(customer: Customer) -> bool:
    """I28: the one who cannot be satisfied can be closed fairly: calmer, more content, not agreeing."""
    if not customer.persona.fair_close:
        return True
    start, last = begin(customer), end(customer, method(customer))
    return last.anger < start.anger and last.satisfaction > start.satisfaction and not (last.left or last.agrees)


INVARIANTS: dict[str, Callable[[Customer], bool]] = {
    "I1": bounded,
    "I3": heard_before_offer,
    "I4": apology_for_each,
    "I5": three_parts,
    "I6": interrupting,
    "I7": excuse_after_sorry,
    "I8": third_apology,
    "I9": options_beat_one,
    "I10": honest_promise,
    "I11": real_prevention,
    "I12": listening,
    "I13": winnable,
    "I13b": hard_to_please_needs_more,
    "I14": no_single_move,
    "I15": beats_random,
    "I16": wrong_reflection,
    "I18": care_beats_money,
    "I20": person_first,
    "I21": warm_hand_over,
    "I22": no_padding,
    "I23": thanks_at_the_close,
    "I24": solving_alone,
    "I25": warmth_alone,
    "I26": own_then_explain,
    "I27": follow_up,
    "I28": fair_close,
}
