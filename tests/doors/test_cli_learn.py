"""`amends learn`: figures before and after, what was decided, the versions there are, and the way back."""

import pytest
from typer.testing import CliRunner

from amends.cases.event import Event
from amends.cases.hear import Heard, hear
from amends.cases.learned import versions_folder
from amends.cli import app
from amends.language.learning.versions import choose, chosen, keep, numbers
from amends.language.trained.weights import shipped
from tests.conftest import mail
from tests.rooms.test_corrections import ABOUT

THINGS = ("kettle", "lamp", "desk", "chair", "mirror", "rug", "clock", "shelf", "bench", "stool")
ENDS = ("went into the locker", "lies in the locker", "was put into a locker", "stays in the locker")


@pytest.fixture
def run(db, monkeypatch, settings, tmp_path):
    from amends.cli import learn  # noqa: F401 - adds its command

    settings.AMENDS_HOME = tmp_path
    (tmp_path / "kinds.toml").write_text('[delivery.kinds]\nlocker = "Locker did not open"\n')
    monkeypatch.setattr("amends.cli.learn.bring_up_to_date", lambda: False)
    return lambda *words: CliRunner().invoke(app, ["learn", *words])


def gone_through(cast, count: int) -> None:
    """So many complaints, each gone through by Tom."""
    for number in range(count):
        text = f"My {THINGS[number % 10]} number {number} {ENDS[number % 4]} and my code is refused."
        case = cast.case(mail(text, sender=f"m{number}@post.example", message_id=f"<{number}@post.example>"))
        offs = [Heard(one.pk, one.summary, "", off=True, reason="Wrong words") for one in case.open_issues()]
        right = Heard(None, "Locker did not open", "delivery", words=text, kind="locker")
        hear(case, [*offs, right], by=cast.tom, now=cast.clock.now)


def test_too_few_messages_are_told_with_how_many_are_missing(cast, run):
    gone_through(cast, 3)
    said = run()
    assert said.exit_code == 1
    assert "People went through 3 messages so far." in said.output
    assert "50 are needed" in said.output
    assert numbers(versions_folder()) == []


def test_it_learns_prints_both_figures_switches_and_goes_back(cast, run):
    gone_through(cast, 270)
    dry = run("--dry-run")
    assert "Reading would switch; nothing was changed." in dry.stdout
    assert (numbers(versions_folder()), Event.objects.filter(kind="reading_learned").count()) == ([], 0)
    assert not any(word in dry.output for word in (*THINGS, "locker", "refused", "post.example"))
    said = run("--as", "ines")
    assert said.exit_code == 0, said.output
    assert "messages; " in said.stdout
    assert "Your held-out cases" in said.stdout
    assert "The yardstick that ships" in said.stdout
    assert "Reading uses version 1 from now on." in said.stdout
    event = Event.objects.get(kind="reading_learned")
    assert (event.actor, event.case_id, event.data["version"]) == (f"user:{cast.ines.pk}", None, 1)
    new = cast.case(
        mail(
            "My clock lies in the locker and my code is refused.",
            sender="new@post.example",
            message_id="<new@post.example>",
        )
    )
    assert [(one.category, one.kind) for one in new.open_issues()] == [("delivery", "locker")]
    assert "nothing rose. Reading stays with version 1." in run().stdout
    listed = run("--list").stdout.splitlines()
    assert listed[0].startswith("    0  what ships with Amends")
    assert listed[1].startswith("*   1  ")
    assert "by Ines Castellano" in listed[1]
    assert "Reading uses what ships with Amends from now on." in run("--back").stdout
    assert chosen(versions_folder()) == 0
    assert Event.objects.get(kind="reading_went_back").data == {"version": 0}
    assert numbers(versions_folder()) == [1]


def test_going_back_without_a_version_is_refused(cast, run):
    said = run("--back")
    assert said.exit_code == 1
    assert "there is nothing to go back to" in said.output


def test_going_back_from_a_damaged_version_finds_the_newest_older_one(cast, run):
    folder = versions_folder()
    for _ in range(3):
        choose(folder, keep(folder, shipped(), ABOUT))
    (folder / "3" / "weights.toml").write_text("nonsense")
    assert "Version 3 of what reading learned is damaged" in run("--list").stdout
    assert "Reading uses version 2 from now on." in run("--back").stdout


def test_nobody_by_that_name(cast, run):
    said = run("--as", "nobody")
    assert said.exit_code == 2
    assert "Nobody signs in as “nobody”." in " ".join(said.output.replace("│", " ").split())
