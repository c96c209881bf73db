"""What a move does, by the numbers of the evidence worked out by hand."""

import pytest

from amends.rehearsal.moves import Act, Move
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import afterwards
from amends.rehearsal.state import Customer, State, Turn, begin
from amends.rehearsal.step import TurnRefused, step
from amends.rehearsal.table import FEELINGS

ONE, TWO = "late", "rude"


def customer(persona: str = "steady", *issues: str) -> State:
    return begin(Customer(named_persona(persona), issues or (ONE,)))


def said(state: State, *moves: Move, issue: str | None = None) -> State:
    return step(state, Turn(tuple(Act(move, issue) for move in moves)))


def test_it_begins_as_the_evidence_says() -> None:
    state = customer()
    assert (state.anger, state.trust, state.heard, state.agreement) == (0.45, 0.55, 0.15, 0.05)
    assert (state.outcome, state.process, state.manner) == (0.25, 0.25, 0.25)


def test_each_earlier_failure_costs_trust_and_faith_in_the_process() -> None:
    state = customer("repeat_failure_b2b", ONE, TWO, "third")
    assert state.trust == pytest.approx(0.25 - 3 * 0.03)
    assert state.process == pytest.approx(0.25 - 3 * 0.06)


def test_saying_it_back_moves_by_a_share_of_the_way_that_is_left() -> None:
    state = said(customer(), Move.REFLECT, issue=ONE)
    assert state.heard == pytest.approx(0.15 + 0.30 * 0.85)
    assert state.anger == pytest.approx(0.45 - 0.12 * 0.45)


def test_a_turn_costs_patience_by_how_angry_they_are() -> None:
    state = step(customer(), Turn(()))
    assert state.patience == pytest.approx(0.80 * (1 - 0.015 - 0.035 * 0.45))


def test_harm_is_scaled_by_how_they_react_and_help_by_how_they_can_be_soothed() -> None:
    loud = said(customer("loud_aggressive"), Move.INTERRUPT)
    assert loud.anger == pytest.approx(0.85 + 0.14 * 1.3 * 0.15)
    hard = said(customer("hard_to_please"), Move.REFLECT, issue=ONE)
    assert hard.heard == pytest.approx(0.15 + 0.30 * 0.7 * 0.85)


def test_the_second_time_for_the_same_issue_is_worth_less() -> None:
    once = said(customer(), Move.REFLECT, issue=ONE)
    twice = said(once, Move.REFLECT, issue=ONE)
    assert twice.heard == pytest.approx(once.heard + 0.30 * 0.55 * (1 - once.heard))


def test_with_several_issues_each_counts_less() -> None:
    state = said(customer("steady", ONE, TWO), Move.REFLECT, issue=TWO)
    assert state.heard == pytest.approx(0.15 + 0.30 * 2**-0.75 * 0.85)


def test_an_offer_before_being_heard_wins_a_quarter_and_angers() -> None:
    state = said(customer(), Move.OFFER_ONE, issue=ONE)
    early = (0.50 - 0.15) / 0.50
    assert state.agreement == pytest.approx(0.05 + 0.24 * 0.25 * 0.95)
    assert state.anger == pytest.approx(0.45 + (-0.05 + 0.12 * early) * 0.55)


def test_explaining_before_owning_it_angers_and_after_it_helps() -> None:
    before = said(customer(), Move.EXPLAIN, issue=ONE)
    assert before.anger == pytest.approx(0.45 + 0.05 * 0.55)
    own = said(customer(), Move.APOLOGISE, issue=ONE)
    assert said(own, Move.EXPLAIN, issue=ONE).process > own.process


def test_prevention_before_owning_it_counts_four_tenths() -> None:
    state = said(customer(), Move.PREVENT, issue=ONE)
    assert state.trust == pytest.approx(0.55 + 0.14 * 0.4 * 0.45)


def test_vague_prevention_hurts_whom_it_was_promised_before() -> None:
    three = customer("repeat_failure_b2b", ONE, TWO, "third")
    assert said(three, Move.PREVENT_VAGUE, issue=ONE).trust == pytest.approx(three.trust * (1 - 0.05))


def test_an_excuse_takes_the_apology_back_before_it_does_its_own_harm() -> None:
    sorry = said(customer(), Move.APOLOGISE, issue=ONE)
    excused = said(sorry, Move.EXCUSE, issue=ONE)
    assert excused.anger == pytest.approx(0.45 + 0.18 * 0.55)
    assert excused.trust == pytest.approx(0.55 * (1 - 0.14))
    assert excused.part(ONE).acknowledged == pytest.approx(0.4)


def test_blaming_the_customer_leaves_nothing_of_the_apology() -> None:
    sorry = said(customer(), Move.APOLOGISE, issue=ONE)
    assert said(sorry, Move.BLAME_CUSTOMER, issue=ONE).part(ONE).acknowledged == 0


def test_warmth_in_the_middle_counts_half_and_bores() -> None:
    heard = said(customer("expert"), Move.LISTEN, Move.REFLECT, Move.ACK_FEELING, issue=ONE)
    offered = said(heard, Move.OFFER_ONE, issue=ONE)
    warm, quiet = said(offered, Move.THANK), step(offered, Turn(()))
    assert warm.manner == pytest.approx(offered.manner + 0.04 / 2 * (1 - offered.manner))
    assert warm.patience == pytest.approx(quiet.patience * (1 - 0.02 * 1.5))


def test_the_first_boundary_calms_an_abusive_customer_more_than_others() -> None:
    rude = customer("abusive")
    first = said(rude, Move.BOUNDARY)
    assert first.anger == pytest.approx(0.92 * (1 - 0.22 * 0.8))
    assert said(customer(), Move.BOUNDARY).anger == pytest.approx(0.45 * (1 - 0.04))
    assert first.anger - said(first, Move.BOUNDARY).anger < rude.anger - first.anger


def test_listening_is_silence_once_nothing_is_left_to_say() -> None:
    state = said(customer(), Move.LISTEN, Move.LISTEN, Move.LISTEN)
    assert state.untold == 0
    after = said(state, Move.LISTEN)
    assert after.times(Move.IDLE) == 1
    assert after.heard < state.heard


def test_an_over_promise_breaks_after_the_round() -> None:
    state = said(customer(), Move.OVERPROMISE, issue=ONE)
    later = afterwards(state)
    assert later.part(ONE).remedied == 0
    assert later.trust == pytest.approx(state.trust * (1 - 0.35))
    assert afterwards(customer()) == customer()


def test_the_worth_of_three_parts_is_more_than_their_sum() -> None:
    whole = said(customer(), Move.APOLOGISE, Move.OFFER_ONE, Move.PREVENT, issue=ONE)
    assert whole.worth == pytest.approx(1.0)
    two = said(customer(), Move.APOLOGISE, Move.OFFER_ONE, issue=ONE)
    assert two.worth == pytest.approx(0.70)


def test_who_has_lost_patience_walks_out_and_cannot_be_called_back() -> None:
    state = customer("time_pressed_exec")
    while not state.left:
        state = said(state, Move.ASK_REPEAT, Move.TRANSFER_COLD)
    with pytest.raises(TurnRefused, match="has left"):
        said(state, Move.APOLOGISE, issue=ONE)


def test_an_issue_of_another_round_is_refused_by_name() -> None:
    with pytest.raises(TurnRefused, match="no issue “soup”"):
        said(customer(), Move.REFLECT, issue="soup")


def test_a_turn_leaves_the_state_before_it_as_it_was() -> None:
    state = customer()
    before = [getattr(state, name) for name in FEELINGS]
    said(state, *Move)
    assert [getattr(state, name) for name in FEELINGS] == before
    assert state.used == {}
