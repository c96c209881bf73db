"""`amends policy`: reading what is in force, putting a preset or a file in force, refused whole with a sentence."""

import pytest
from typer.testing import CliRunner

from amends.cases.policy import adopt
from amends.cli import app
from amends.method.policy import to_data
from amends.team.policy import PolicyVersion, current


@pytest.fixture
def run(db, monkeypatch):
    from amends.cli import policy  # noqa: F401 - adds its command

    monkeypatch.setattr("amends.cli.policy.bring_up_to_date", lambda: False)
    return lambda *words: CliRunner().invoke(app, ["policy", *(str(word) for word in words)])


def said(result) -> str:
    """What was printed, with the frame and the folding of a refusal taken off."""
    return " ".join(result.output.replace("│", " ").split())


def test_it_prints_the_policy_in_plain_words(cast, run):
    shown = said(run())
    assert "Version 1, in force since" in shown
    assert "Agent, any remedy, EUR, in one case: €100" in shown
    assert "An offer stays open: 14 days" in shown
    assert PolicyVersion.objects.count() == 1


def test_a_preset_is_put_in_force_with_why_and_keeps_the_words_of_the_house(cast, run):
    adopt({**to_data(current()), "closed_words": {"": "Ring Tom."}}, "Nights", by=cast.ines, now=cast.clock.now)
    assert "Version 3 of the policy is in force." in said(run("--preset", "cautious", "--why", "A new team"))
    made = PolicyVersion.objects.get(number=3)
    assert (made.preset, made.note, made.by) == ("cautious", "A new team", None)
    assert current().when_closed("Home") == "Ring Tom."


def test_a_file_names_only_what_changes(cast, run, tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text('offer_open_days = 21\n[closed_words]\n"" = "Ring Tom."\n')
    before = to_data(current())
    assert run("--from", file, "--why", "Summer").exit_code == 0
    assert to_data(current()) == {**before, "preset": "own", "offer_open_days": 21, "closed_words": {"": "Ring Tom."}}


@pytest.mark.parametrize(
    ("written", "why", "says"),
    [
        ("offer_open_days = 0", "Why", "“offer_open_days” has to be a whole number from 1 to 365"),
        ("colour = 1", "Why", "“colour” is not a key of the policy"),
        ("= 1", "Why", "cannot be read as TOML"),
        ("offer_open_days = 21", "", "Say why the policy changes"),
    ],
)
def test_what_cannot_be_followed_is_refused_whole(cast, run, tmp_path, written, why, says):
    file = tmp_path / "policy.toml"
    file.write_text(written)
    result = run("--from", file, "--why", why)
    assert result.exit_code == 2
    assert says in said(result)
    assert PolicyVersion.objects.count() == 1


def test_a_file_that_is_not_there_and_two_wishes_at_once(cast, run, tmp_path):
    assert "does not exist" in said(run("--from", tmp_path / "none.toml", "--why", "Why"))
    assert "not both" in said(run("--from", tmp_path / "none.toml", "--preset", "cautious", "--why", "Why"))
    assert "has to be one of" in said(run("--preset", "loud", "--why", "Why"))
    assert PolicyVersion.objects.count() == 1
