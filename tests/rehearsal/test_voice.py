"""The customer speaks: never the same line twice, always a whole sentence, always the same in the same round."""

import pytest

from amends.rehearsal.bank import WHEN, lines_of
from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.personas import personas
from amends.rehearsal.round import Round
from amends.rehearsal.shelf import scenarios
from amends.rehearsal.state import Turn
from amends.rehearsal.voice import LEAVING, NODS, WAITING, Talk, scene, talks
from bench.rehearsal.invariants import random_acts
from bench.rehearsal.trainees import TRAINEES, turns_of

SHELF = list(scenarios().values())
STAGE = {WAITING, LEAVING, *NODS}


def played(persona: str, trainee: str = "method", scenario: int = 0, seed: int = 1) -> Round:
    begun = Round(SHELF[scenario], personas()[persona], seed)
    acts = TRAINEES[trainee](begun.customer)
    return Round(begun.scenario, begun.persona, seed, turns_of(begun.customer, acts))


def everything_said(one: Round) -> list[str]:
    return [talk.said for talk in talks(one)]


@pytest.mark.parametrize("persona", personas())
def test_a_persona_has_forty_lines_and_something_to_say_to_everything(persona: str) -> None:
    lines = lines_of(persona)
    assert len(lines) >= 40
    assert len({line.say for line in lines}) == len(lines)
    assert {line.when for line in lines} == set(WHEN)


@pytest.mark.parametrize("persona", personas())
@pytest.mark.parametrize("trainee", ["method", "excuse maker", "over-apologiser", "interrupter"])
def test_no_line_twice_in_a_round_and_no_place_left_empty(persona: str, trainee: str) -> None:
    for scenario in (0, 9, 17):
        said = [words for words in everything_said(played(persona, trainee, scenario)) if words not in STAGE]
        assert len(set(said)) == len(said)
        assert not any("{" in words or "  " in words for words in said)
        assert len(said) >= 3


def test_the_same_round_has_the_same_words_and_another_seed_others() -> None:
    assert everything_said(played("steady", seed=5)) == everything_said(played("steady", seed=5))
    rounds = {tuple(everything_said(played("steady", seed=seed))) for seed in range(5)}
    assert len(rounds) >= 4


def test_a_round_is_played_through_once_however_often_it_is_asked() -> None:
    one = played("many_issues")
    assert one.states is one.states
    assert one.talks is one.talks
    assert one.talks == talks(one)


def test_trying_again_from_a_turn_finds_the_same_customer() -> None:
    whole = played("repeat_failure_b2b")
    again = whole.back_to(6)
    assert again.states == whole.states[:6]
    assert talks(again) == talks(whole)[:6]
    replayed = Round(again.scenario, again.persona, again.seed, again.turns)
    for turn in whole.turns[5:]:
        replayed = replayed.then(turn)
    assert talks(replayed) == talks(whole)


def test_the_opening_says_what_happened() -> None:
    for persona in personas():
        for scenario in (3, 14):
            said = everything_said(played(persona, scenario=scenario))[0]
            assert SHELF[scenario].issues[0].said[1:] in said


def last_after(persona: str, *turns: tuple[Move, ...]) -> Talk:
    begun = Round(SHELF[0], personas()[persona], 2)
    for moves in turns:
        begun = begun.then(Turn(tuple(Act(move) for move in moves)))
    return talks(begun)[-1]


@pytest.mark.parametrize(
    ("moves", "when"),
    [
        ((), "unsure_reply"),
        ((Move.BLAME_CUSTOMER,), "blamed"),
        ((Move.REFLECT, Move.EXCUSE), "excused"),
        ((Move.NON_APOLOGY,), "hollow"),
        ((Move.TRANSFER_COLD,), "cold"),
        ((Move.REFLECT_WRONG,), "misheard"),
        ((Move.OFFER_ONE,), "too_early"),
        ((Move.QUESTION, Move.REFLECT, Move.ACK_FEELING), "asked"),
        ((Move.REFLECT, Move.REFLECT, Move.ACK_FEELING, Move.OFFER_OPTIONS), "options"),
        ((Move.REFLECT,), "heard"),
        ((Move.APOLOGISE,), "owned"),
        ((Move.QUESTION,), "asked"),
        ((Move.LISTEN,), "more"),
        ((Move.PREVENT_VAGUE,), "doubt"),
    ],
)
def test_they_answer_to_what_just_happened(moves: tuple[Move, ...], when: str) -> None:
    assert last_after("steady", moves).when == when


def test_a_question_brings_out_what_was_held_back_once() -> None:
    once = last_after("steady", (Move.QUESTION,))
    assert SHELF[0].issues[0].held_back in once.said
    assert once.asked == (SHELF[0].issues[0].id,)
    twice = last_after("steady", (Move.QUESTION,), (Move.QUESTION,))
    assert SHELF[0].issues[0].held_back not in twice.said


def test_somebody_with_many_issues_brings_each_up_before_they_agree() -> None:
    for trainee in ("method", "no prevention"):
        for talk, state in zip(talks(one := played("many_issues", trainee)), one.states, strict=True):
            if talk.when in ("agrees", "thanks"):
                assert state.agrees
                assert talk.to_come(state) == ()


def test_the_scene_holds_what_was_said_and_what_is_to_come() -> None:
    begun = Round(SHELF[0], personas()["many_issues"], 4)
    first = scene(begun)
    assert first.raised + first.to_come == begun.customer.issues
    assert len(first.raised) == 1
    assert first.told == ()
    later = scene(begun.then(Turn((Act(Move.LISTEN),), "Please go on.")))
    assert later.told == (first.said,)
    assert len(later.raised) == 2


def test_whatever_is_played_they_find_words() -> None:
    import random

    draw = random.Random(8)
    for persona in personas():
        begun = Round(draw.choice(SHELF), personas()[persona], draw.randrange(99))
        acts = random_acts(begun.customer, 30, draw)
        for talk in talks(Round(begun.scenario, begun.persona, begun.seed, turns_of(begun.customer, acts))):
            assert talk.said
    assert len(SAYABLE) == 32
