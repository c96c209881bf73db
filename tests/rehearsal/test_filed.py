"""A scenario as a file: what is written is read again as the same, and what cannot be used says where."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.language.issues import CATEGORIES
from amends.rehearsal.filed import as_file
from amends.rehearsal.personas import personas, who_suits
from amends.rehearsal.round import Round
from amends.rehearsal.scenario import Scenario, Trouble
from amends.rehearsal.sheet import SheetRefused, sheet
from amends.rehearsal.shelf import REMEDIES, SECTORS, named_scenario, read_scenario, scenarios
from amends.rehearsal.state import Turn
from amends.rehearsal.winnable import CannotBeWon, refuse_where_nobody_wins, winnable

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
signs = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), exclude_characters=TURNS)
words = st.lists(st.text(signs, min_size=1, max_size=9), min_size=1, max_size=2).map(" ".join)


def several(of, most, least=1):
    return st.lists(of, min_size=least, max_size=most).map(tuple)


troubles = st.builds(
    Trouble,
    id=words,
    category=st.sampled_from(CATEGORIES),
    said=words,
    keys=several(several(words, 2), 3, 0),
    details=several(words, 2),
    held_back=words,
    promised=words,
    remedy=words | st.just(""),
    remedy_kinds=several(st.sampled_from(REMEDIES), 3, 0),
    mismatch=words,
    cause=words,
    change=words | st.just(""),
    question=words | st.just(""),
)
written = st.builds(
    Scenario,
    id=words,
    sector=st.sampled_from(SECTORS),
    title=words,
    setting=words,
    firm=words,
    customer=words,
    facts_on_file=several(words, 2),
    may_grant=words,
    cannot=words,
    issues=st.lists(troubles, min_size=1, max_size=3, unique_by=lambda one: one.id).map(tuple),
    suits=st.sets(st.sampled_from(list(personas())), max_size=2).map(
        lambda named: tuple(p for p in personas() if p in named)
    ),
)


@given(written)
@settings(max_examples=60, deadline=None)
def test_a_scenario_is_the_same_after_a_journey_through_its_file(scenario):
    assert read_scenario(sheet(as_file(scenario), "own.toml")) == scenario


@given(written)
@settings(max_examples=15, deadline=None)
def test_whatever_is_not_refused_can_be_won_with_everybody_it_suits(scenario):
    try:
        refuse_where_nobody_wins(scenario)
    except CannotBeWon:
        assert any(not winnable(scenario, one).won for one in who_suits(scenario))
    else:
        assert all(is_won(scenario, one) for one in who_suits(scenario))


def is_won(scenario, persona):
    """Play what the solver found through the engine itself."""
    played = Round(scenario, persona)
    for act in winnable(scenario, persona).acts:
        played = played.then(Turn((act,)))
    return played.states[-1].agrees or persona.fair_close


@given(written)
@settings(max_examples=25, deadline=None)
def test_any_words_can_be_the_words_of_a_customer(scenario):
    assert Round(scenario, who_suits(scenario)[0]).talks[0].said


def test_those_that_come_with_amends_make_the_journey_too():
    assert all(read_scenario(sheet(as_file(one), "own.toml")) == one for one in scenarios().values())


def test_words_that_look_like_a_place_stay_words():
    sofa = named_scenario("retail-sofa-leg")
    tricky = replace(sofa.issues[0], said="it says {issue} and {detail} on the {agent}")
    played = Round(replace(sofa, issues=(tricky,)), personas()["steady"], agent="{agent}")
    assert "says {issue} and {detail} on the {agent}" in played.talks[0].said


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("a = " + "[" * 5000, "own.toml cannot be read"),
        ("a = " + "1" * 5000, "own.toml cannot be read as TOML"),
        ("", "own.toml"),
        ('title = "\\ud800"', "own.toml cannot be read as TOML"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_in_a_sentence(broken, told):
    with pytest.raises(SheetRefused, match=told):
        read_scenario(sheet(broken, "own.toml"))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", '"A\\u202Ereversed"', "line 3, top of the file: “title” has a sign in it that nobody can see"),
        ("title", f'"{"x" * 121}"', "line 3, top of the file: “title” has to be words in quotes, at most 120"),
        ("facts_on_file", f'["{"x" * 401}"]', "“facts_on_file” has a text in it that is longer than 400"),
        ("facts_on_file", str(["x"] * 13), "“facts_on_file” has to be a list of 1 to 12 texts"),
        ("suits", '["nobody"]', "“suits” names “nobody”"),
        ("suits", '"steady"', "“suits” has to be a list"),
    ],
)
def test_what_is_too_long_hidden_or_unknown_names_line_and_field(field, value, told):
    lines = as_file(named_scenario("retail-sofa-leg")).splitlines()
    lines = [line for line in lines if not line.startswith(f"{field} =")]
    with pytest.raises(SheetRefused, match=told):
        read_scenario(sheet("\n".join([*lines[:2], f"{field} = {value}", *lines[2:]]), "own.toml"))


def test_a_persona_it_was_not_written_for_need_not_win():
    sofa = named_scenario("retail-sofa-leg")
    bare = replace(sofa, issues=tuple(replace(one, remedy="", change="", keys=()) for one in sofa.issues))
    with pytest.raises(CannotBeWon, match="has no remedy that fits"):
        refuse_where_nobody_wins(bare)
    refuse_where_nobody_wins(replace(bare, suits=("cannot_be_satisfied",)))
