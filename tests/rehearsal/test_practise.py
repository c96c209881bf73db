"""`amends practise` in a terminal: no server, no database, and a kind answer to whatever is typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from amends.cli import app, practise  # noqa: F401
from amends.rehearsal.record import from_values
from amends.rehearsal.shelf import scenarios

SOFA = ("--scenario", "retail-sofa-leg", "--seed", "3")
GOOD = """So the sofa leg cracked in the second week, with your mother sitting on it. Please tell me everything.

+listen
+listen
That must have been frightening. I am sorry: we sold you a sofa although we had the notice about its legs.

+offer_options
+commit
+prevent
+check_agree
+thank
end
"""


def practised(typed: str, *options: str) -> Result:
    result = CliRunner().invoke(app, ["practise", *options], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def kept(typed: str, *options: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(practised(typed, "--json", *options).stdout)
    return values


def moves(values: dict[str, Any]) -> list[list[str]]:
    return [[act["move"] for act in turn["acts"]] for turn in values["turns"]]


def test_a_newcomer_gets_a_setting_feedback_after_every_turn_and_a_debrief() -> None:
    result = practised(GOOD, *SOFA)
    assert result.exit_code == 0
    assert "A sofa leg, and a form that said no" in result.stdout
    assert "The customer is a toy" in result.stdout
    assert result.stdout.count("temper ") == 9 + 1  # each turn, and the course in the debrief
    assert "They agreed." in result.stdout
    assert "of 100 (85 passes" in result.stdout


def test_the_same_typing_is_the_same_round() -> None:
    first, second = kept(GOOD, *SOFA), kept(GOOD, *SOFA)
    assert first == second
    assert from_values(first).end.agrees


def test_a_piped_input_that_just_ends_still_comes_to_a_debrief() -> None:
    result = practised("=listen\nSo the sofa leg cracked and your mother sat on it", *SOFA)
    assert "How it went" in result.stdout
    assert len(kept("=listen\nSo the sofa leg cracked and your mother sat on it", *SOFA)["turns"]) == 2


def test_nothing_said_is_nothing_judged() -> None:
    assert "nothing to look back on" in practised("", *SOFA).stdout
    assert kept("\n\n   \n\n", *SOFA)["turns"] == []


def test_what_was_read_is_corrected_by_typing_what_it_was() -> None:
    words = "So the leg cracked with your mother sitting on it."
    values = kept(f"{words}\n\n=reflect+excuse\n", *SOFA)
    assert moves(values) == [["reflect", "excuse"]]
    assert values["turns"][0]["words"] == words


def test_a_correction_without_words_before_it_is_a_turn() -> None:
    assert moves(kept("=listen\n=reflect+ack feeling\n", *SOFA)) == [["listen"], ["reflect", "ack_feeling"]]


def test_moves_alone_are_turns_and_a_number_says_which_issue() -> None:
    values = kept("+listen\n+reflect:2+apologise\n", *SOFA, "--persona", "many_issues")
    acts = values["turns"][1]["acts"]
    assert [(act["move"], act["issue"]) for act in acts] == [("reflect", "form_refused"), ("apologise", "leg")]


@pytest.mark.parametrize(
    ("slip", "answer"),
    [
        ("=reflekt", "Did you mean reflect?"),
        ("=dance", "There is no move “dance”"),
        ("=reflect:9", "There is no issue “9”"),
        ("back 7", "There is no turn 7"),
        ("back", "There is no turn 1 to try again; nothing was said yet."),
    ],
)
def test_a_slip_is_named_and_costs_no_turn(slip: str, answer: str) -> None:
    assert answer in " ".join(practised(f"{slip}\n", *SOFA).stdout.split())
    assert kept(f"{slip}\n", *SOFA)["turns"] == []


def test_back_tries_again_from_a_turn() -> None:
    values = kept("=blame_customer\n=excuse\nback 1\n=listen\n", *SOFA)
    assert moves(values) == [["listen"]]
    assert kept("=listen\n", *SOFA) == values


def test_nobody_talks_to_somebody_who_has_left_but_one_can_go_back() -> None:
    rude = "+transfer_cold\n" * 30
    result = practised(f"{rude}back 1\n=listen\n", *SOFA)
    assert "They have left" in result.stdout
    assert "so this round is over" in " ".join(result.stdout.split())
    assert moves(kept(f"{rude}back 1\n=listen\n", *SOFA)) == [["listen"]]


@pytest.mark.parametrize(
    "words",
    ["asdf qwer zxcv", "????", "🙂🙂🙂", "42", "the the the the", "\x00\x07\x1b[31m", "!!! --"],
)
def test_nonsense_gets_a_kind_answer(words: str) -> None:
    values = kept(f"{words}\n\n", *SOFA)
    assert values["customer"][1]["answers"] == "unsure_reply"
    assert values["course"][1]["anger"] == values["course"][0]["anger"]


def test_hostile_words_get_a_note_and_no_lecture() -> None:
    result = practised("You stupid cow, shut up.\n\n", *SOFA)
    assert "Those words would hurt" in " ".join(result.stdout.split())


def test_a_very_long_turn_is_read_in_part_and_says_so() -> None:
    result = practised("So the sofa leg cracked. " * 4000 + "\n\n", *SOFA)
    assert "I read the first 4,000 characters" in " ".join(result.stdout.split())


def test_another_language_is_not_read_and_says_so() -> None:
    result = practised(
        "Es tut mir sehr leid, dass das Bein des Sofas gebrochen ist und niemand geholfen hat.\n\n", *SOFA
    )
    assert "I read English only" in result.stdout


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.sampled_from(sorted(scenarios())))
def test_whatever_is_typed_it_never_falls_over(words: str, scenario: str) -> None:
    assert practised(f"{words}\n\n{words}\n\nend\n", "--scenario", scenario, "--seed", "1").exit_code == 0


def test_the_lists_name_every_scenario_and_persona() -> None:
    shown = practised("", "--list").stdout
    assert all(name in shown for name in scenarios())
    assert "cannot_be_satisfied" in shown


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    result = practised("", "--scenario", "soup")
    assert result.exit_code == 2
    assert "no scenario" in result.stderr
    assert practised("", "--persona", "soup").exit_code == 2


def test_a_scenario_of_ones_own_is_played_or_refused_by_line(tmp_path: Path) -> None:
    import amends.rehearsal

    own = Path(amends.rehearsal.__file__).parent / "scenarios" / "retail-sofa-leg.toml"
    played = practised("=listen\n", "--file", str(own), "--seed", "3")
    assert played.exit_code == 0
    assert f"practise--file{own}--personasteady--seed3" in "".join(played.stdout.split())
    both = practised("", "--file", str(own), "--scenario", "retail-sofa-leg")
    assert (both.exit_code, "leave --scenario out" in both.stderr) == (2, True)
    broken = tmp_path / "mine.toml"
    broken.write_text(own.read_text("utf-8").replace('category = "delivery"', 'category = "bad"'), "utf-8")
    refused = practised("", "--file", str(broken))
    assert refused.exit_code == 2
    assert "mine.toml, line" in " ".join(refused.stderr.replace("│", " ").split())
