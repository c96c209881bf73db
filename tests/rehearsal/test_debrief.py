"""A round looked back on: the score with its evidence, the turn that cost most, the feedback after each turn."""

import pytest

from amends.rehearsal.debrief import debrief
from amends.rehearsal.feedback import hint, in_words, remarks, way_to
from amends.rehearsal.guide import next_act
from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.personas import named_persona, personas
from amends.rehearsal.round import Round
from amends.rehearsal.rubric import PENALTIES, PROCESS, rubric
from amends.rehearsal.score import score
from amends.rehearsal.shelf import named_scenario
from amends.rehearsal.state import Turn
from amends.rehearsal.step import TurnRefused
from amends.rehearsal.voice import talks
from bench.rehearsal.trainees import TRAINEES, turns_of

SOFA = named_scenario("retail-sofa-leg")
LEG = "leg"


def turn(*moves: Move, words: str = "") -> Turn:
    return Turn(tuple(Act(move, LEG, words) for move in moves), words)


def begun(persona: str = "steady") -> Round:
    return Round(SOFA, named_persona(persona), seed=1)


def scripted(persona: str, trainee: str) -> Round:
    one = begun(persona)
    return Round(SOFA, one.persona, 1, turns_of(one.customer, TRAINEES[trainee](one.customer)))


def points(played: Round) -> dict[str, float]:
    found = score(played.customer, played.turns)
    return {point.name: point.points for point in (*found.process, *found.penalties)}


def test_the_points_of_the_rubric_are_those_of_the_evidence() -> None:
    by = rubric()
    assert by.satisfaction_points + sum(by.process.values()) == 100
    assert (by.passed, by.lead) == (85, 88)
    assert set(by.process) == set(PROCESS)
    assert set(by.penalties) == set(PENALTIES)


def test_each_point_and_penalty_quotes_the_turn_it_rests_on() -> None:
    played = (
        begun().then(turn(Move.REFLECT, words="The leg cracked.")).then(turn(Move.EXCUSE, words="It was rush hour."))
    )
    lines = {point.name: point for point in score(played.customer, played.turns).process}
    assert [(one.turn, one.words) for one in lines["reflect_each_issue"].evidence] == [(1, "The leg cracked.")]
    (excuse,) = score(played.customer, played.turns).penalties
    assert (excuse.points, excuse.evidence[0].turn, excuse.evidence[0].words) == (-6, 2, "It was rush hour.")


def test_the_score_is_satisfaction_and_points_less_penalties() -> None:
    played = scripted("steady", "method")
    content = 40 * min(1.0, played.end.satisfaction / 0.75)
    assert score(played.customer, played.turns).total == pytest.approx(content + 60)


def test_half_of_the_issues_is_half_of_the_points() -> None:
    three = Round(SOFA, named_persona("repeat_failure_b2b"), 1, (turn(Move.REFLECT),))
    assert points(three)["reflect_each_issue"] == pytest.approx(10 / 3)


def test_listening_counts_by_how_much_was_heard_before_the_first_offer() -> None:
    once = begun().then(turn(Move.LISTEN)).then(turn(Move.OFFER_ONE)).then(turn(Move.LISTEN))
    assert points(once)["listened_before_first_offer"] == pytest.approx(12 * 0.34)
    same_turn = begun().then(turn(Move.LISTEN, Move.OFFER_ONE, Move.LISTEN))
    assert points(same_turn)["listened_before_first_offer"] == pytest.approx(12 * 0.34)
    assert points(begun().then(turn(Move.OFFER_ONE)))["listened_before_first_offer"] == 0


def test_asking_for_agreement_before_any_offer_earns_nothing() -> None:
    assert points(begun().then(turn(Move.CHECK_AGREE)).then(turn(Move.OFFER_ONE)))["agreement_asked"] == 0


def test_a_third_apology_and_idle_listening_are_taken_off() -> None:
    sorry = begun().then(turn(Move.APOLOGISE, Move.APOLOGISE, Move.APOLOGISE))
    assert points(sorry)["apology_over_2_per_issue"] == -3
    silent = begun().then(turn(*[Move.LISTEN] * 5))
    assert points(silent)["idle"] == -2


def test_the_costliest_turn_is_the_one_without_which_most_would_be_left() -> None:
    played = begun().then(turn(Move.LISTEN)).then(turn(Move.REFLECT))
    played = played.then(turn(Move.BLAME_CUSTOMER, words="You sat on it wrongly.")).then(turn(Move.JARGON))
    cost = debrief(played).cost
    assert cost is not None
    assert (cost.turn, cost.words) == (3, "You sat on it wrongly.")
    without = Round(SOFA, played.persona, 1, (*played.turns[:2], played.turns[3]))
    gained = score(without.customer, without.turns).sum - score(played.customer, played.turns).sum
    assert cost.points == pytest.approx(gained)


def test_what_was_good_in_a_costly_turn_is_not_counted_against_it() -> None:
    hurts = Act(Move.EXCUSE, LEG, "It was rush hour.")
    both = Turn((Act(Move.REFLECT, LEG, "The leg cracked."), hurts), "The leg cracked. It was rush hour.")
    cost = debrief(begun().then(turn(Move.LISTEN)).then(both)).cost
    assert cost is not None
    assert (cost.turn, cost.words) == (2, "It was rush hour.")
    good = begun().then(turn(Move.LISTEN)).then(Turn(both.acts[:1], both.words))
    whole = begun().then(turn(Move.LISTEN)).then(both)
    assert cost.points == pytest.approx(score(good.customer, good.turns).sum - score(whole.customer, whole.turns).sum)


def test_a_round_by_the_method_has_no_costly_turn_and_misses_nothing() -> None:
    back = debrief(scripted("steady", "method"))
    assert (back.ending, back.passed, back.cost, back.missed) == ("agreed", True, None, ())


def test_who_cannot_be_satisfied_is_closed_fairly_and_not_with_harm() -> None:
    fair = scripted("cannot_be_satisfied", "method")
    assert debrief(fair).ending == "fair_close"
    assert debrief(fair.then(turn(Move.EXCUSE))).ending == "open"


def test_somebody_who_has_more_to_bring_up_has_not_agreed_yet() -> None:
    many = begun("many_issues")
    acts = [Act(act.move, act.issue) for turn in scripted("many_issues", "method").turns for act in turn.acts]
    at_once = many.then(Turn(tuple(acts)))
    assert at_once.states[-1].agrees
    assert talks(at_once)[-1].to_come(at_once.states[-1])
    assert debrief(at_once).ending == "open"


def test_who_walked_out_has_left_and_one_can_go_back() -> None:
    played = begun("time_pressed_exec")
    while not played.over:
        played = played.then(turn(Move.TRANSFER_COLD))
    assert debrief(played).ending == "left"
    with pytest.raises(TurnRefused, match="Go back"):
        played.then(turn(Move.REFLECT))
    assert not played.back_to(1).over
    with pytest.raises(TurnRefused, match="no turn 99"):
        played.back_to(99)


def test_without_turns_nothing_was_done() -> None:
    back = debrief(begun())
    assert (back.cost, back.ending, len(back.missed)) == (None, "open", len(PROCESS))


@pytest.mark.parametrize("move", SAYABLE)
def test_every_move_has_its_remark(move: Move) -> None:
    (remark,) = remarks(begun().states[0], turn(move))
    assert remark.sentence.endswith((".", "”"))


def test_a_remark_says_what_a_rule_made_of_a_move() -> None:
    start = begun().states[0]
    assert "before they felt heard" in remarks(start, turn(Move.OFFER_ONE))[0].sentence
    assert "took back" in remarks(start, turn(Move.APOLOGISE, Move.EXCUSE))[1].sentence
    assert "third sorry" in remarks(start, turn(*[Move.APOLOGISE] * 3))[2].sentence
    assert "before owning it" in remarks(start, turn(Move.EXPLAIN))[0].sentence
    assert remarks(start, Turn(()))[0].harm


def test_the_hint_is_the_next_step_of_the_method_and_follows_the_trainee() -> None:
    played = scripted("many_issues", "method")
    for length in range(len(played.turns)):
        part = Round(SOFA, played.persona, 1, played.turns[:length])
        found = hint(part.states[-1], talks(part)[-1], part)
        assert found is not None
        assert "{" not in found.sentence
        assert found.act.issue is None or found.act.issue in talks(part)[-1].raised
    assert hint(played.states[-1], talks(played)[-1], played) is None


def test_after_an_offer_the_hint_no_longer_asks_to_listen() -> None:
    played = begun().then(turn(Move.OFFER_ONE))
    assert next_act(played.states[-1]) == Act(Move.LISTEN)
    found = hint(played.states[-1], talks(played)[-1], played)
    assert found is not None
    assert found.act.move is Move.REFLECT


def test_every_line_of_a_score_has_words() -> None:
    for name in ("satisfaction", *PROCESS, *PENALTIES):
        assert in_words(name)
    assert all("{" not in way_to(name, begun(persona)) for name in PROCESS for persona in personas())
