"""A round is its seed, scenario, persona and turns: kept as plain values it comes back as the same round."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.rehearsal.moves import SAYABLE, Act, Move
from amends.rehearsal.personas import named_persona, personas
from amends.rehearsal.record import RecordRefused, as_values, from_values
from amends.rehearsal.round import Round
from amends.rehearsal.sheet import SheetRefused
from amends.rehearsal.shelf import scenarios
from amends.rehearsal.state import Turn
from amends.rehearsal.voice import talks

SHELF = list(scenarios().values())


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    played = Round(
        draw(st.sampled_from(SHELF)), draw(st.sampled_from(list(personas().values()))), draw(st.integers(0, 99))
    )
    acts = st.builds(
        Act, st.sampled_from(SAYABLE), st.sampled_from([None, *played.customer.issues]), st.text(max_size=9)
    )
    for turn in draw(
        st.lists(st.builds(Turn, st.lists(acts, max_size=4).map(tuple), st.text(max_size=20)), max_size=8)
    ):
        if not played.over:
            played = played.then(turn)
    return played


@settings(max_examples=40, deadline=None)
@given(rounds())
def test_a_kept_round_is_the_same_round(played: Round) -> None:
    again = from_values(json.loads(json.dumps(as_values(played))))
    assert again == played
    assert again.states == played.states
    assert talks(again) == talks(played)
    assert as_values(again) == as_values(played)


@pytest.mark.parametrize(
    "broken",
    [
        {"form": 99},
        {"seed": "soon"},
        {"turns": [{"words": "no acts"}]},
        {"turns": [{"words": "", "acts": [{"move": "dance", "issue": None, "words": ""}]}]},
        {"turns": 7},
    ],
)
def test_values_that_are_no_round_are_refused(broken: dict[str, object]) -> None:
    values = as_values(Round(SHELF[0], named_persona("steady"), 1, (Turn((Act(Move.LISTEN),)),)))
    with pytest.raises(RecordRefused):
        from_values({**values, **broken})
    with pytest.raises(SheetRefused, match="no scenario “soup”"):
        from_values({**values, "scenario": "soup"})
