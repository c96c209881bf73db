"""Rounds of practice: kept as played, the trainee's alone, and gone when deleted."""

import ast
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amends.cases.errors import Incomplete, NotPossible, NotThere
from amends.cases.event import Event
from amends.practice.drills import drills, tried
from amends.practice.keep import delete, find_shared, share, shared_with, take_back
from amends.practice.models import Played, Shared
from amends.practice.play import DAILY_TURNS, begin, correct, daily, end, find_round, said_before, say, try_again
from amends.practice.shown import lines, turns_of
from amends.rehearsal.debrief import debrief
from amends.rehearsal.moves import Move
from amends.rehearsal.typed import LONGEST
from amends.rehearsal.voice import talks

pytestmark = pytest.mark.django_db

SORRY = "I am sorry that the leg of your sofa cracked in the second week. We promised hardwood and did not keep it."
EXCUSE = "I understand, but this was due to high demand."
ROOT = Path(__file__).resolve().parents[2] / "amends"


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def played(cast, now):
    return begin("retail-sofa-leg", "steady", by=cast.tom, now=now)


def moves(row, turn=-1):
    return [act.move for act in row.told[turn].acts]


def test_a_round_comes_back_from_its_record_word_for_word(played, cast, now):
    for number, words in enumerate((SORRY, EXCUSE), 1):
        say(played, words, number, now=now)
    again = find_round(played.pk, cast.tom)
    assert again.round() == played.round()
    assert talks(again.round()) == talks(played.round())
    assert [one.text for one in again.told] == [SORRY, EXCUSE]


def test_a_turn_says_how_it_was_read_what_it_did_and_what_to_try(played, now):
    say(played, SORRY, 1, now=now)
    say(played, EXCUSE, 2, now=now)
    first, second = turns_of(played, played.round())
    assert [one.name for one in first.read] == ["apologised"]
    assert [one.costs for one in second.read] == [True]
    assert [meter.before for meter in second.meters] == [meter.value for meter in first.meters]
    assert next(one for one in second.meters if one.label == "Temper").change.startswith("+")
    assert "took back" in second.remarks[0].sentence
    assert first.next
    assert second.next


def test_a_correction_counts_instead_of_the_reading_and_both_are_kept(played, now):
    say(played, SORRY, 1, now=now)
    say(played, EXCUSE, 2, now=now)
    before = played.round().states[-1]
    correct(played, ["ack_feeling"], "", 2)
    row = Played.objects.get(pk=played.pk)
    assert moves(row) == [Move.ACK_FEELING]
    assert [act.move for act in row.told[-1].heard] == [Move.EXCUSE]
    assert row.round().states[-1].anger < before.anger


def test_only_the_last_turn_of_an_open_round_is_read_again(played, now):
    say(played, SORRY, 1, now=now)
    say(played, EXCUSE, 2, now=now)
    with pytest.raises(NotPossible, match="Only the last turn"):
        correct(played, ["reflect"], "", 1)
    end(played, now=now)
    with pytest.raises(NotPossible, match="Only the last turn"):
        correct(find_round(played.pk, played.trainee), ["reflect"], "", 2)


def test_what_is_added_is_about_an_issue_they_have_brought_up(cast, now):
    many = begin("retail-sofa-leg", "many_issues", by=cast.tom, now=now)
    say(many, "Please go on.", 1, now=now)
    correct(many, ["listen", "reflect", "made_up"], "door_frame", 1)
    assert [(act.move, act.issue) for act in many.told[0].acts] == [(Move.LISTEN, None), (Move.REFLECT, "leg")]


def test_try_again_is_a_round_of_its_own_and_the_old_one_stays(played, cast, now):
    say(played, SORRY, 1, now=now)
    say(played, EXCUSE, 2, now=now)
    end(played, now=now)
    branch = try_again(played, 2, now=now + timedelta(minutes=1))
    assert said_before(branch) == EXCUSE
    say(branch, "So the leg cracked in the second week, with your mother sitting on it.", 2, now=now)
    assert [row.pk for row in Played.objects.of(cast.tom)] == [branch.pk, played.pk]
    assert [one.text for one in find_round(played.pk, cast.tom).told] == [SORRY, EXCUSE]
    assert branch.round().states[1] == played.round().states[1]
    assert said_before(branch) == ""
    with pytest.raises(NotPossible):
        try_again(played, 3, now=now)


def test_two_windows_play_one_turn(played, cast, now):
    other = find_round(played.pk, cast.tom)
    say(played, SORRY, 1, now=now)
    with pytest.raises(NotPossible, match="another window"):
        say(other, EXCUSE, 1, now=now)
    assert [one.text for one in find_round(played.pk, cast.tom).told] == [SORRY]


def test_what_was_read_again_in_another_window_is_seen_before_the_next_turn(played, cast, now):
    say(played, SORRY, 1, now=now)
    other = find_round(played.pk, cast.tom)
    correct(played, ["excuse"], "", 1)
    with pytest.raises(NotPossible, match="another window"):
        say(other, EXCUSE, 2, now=now)
    assert [moves(find_round(played.pk, cast.tom), turn) for turn in (0, -1)] == [[Move.EXCUSE]] * 2


@pytest.mark.parametrize("words", ["", "   ", "\n\n"])
def test_silence_is_told_and_not_played(played, words, now):
    with pytest.raises(Incomplete, match="Grace Mutua is waiting"):
        say(played, words, 1, now=now)
    assert played.turns == []


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("asdf qwer zxcv", "found no move"),
        ("!!!", "found no move"),
        ("=====", "found no move"),
        ("=nothing_known", ""),
        ("You stupid cow, shut up.", "would hurt"),
        ("Es tut mir leid, dass das Bein Ihres Sofas in der zweiten Woche gebrochen ist.", "English only"),
        ("a" * 100_000, "I read the first"),
    ],
)
def test_whatever_is_written_gets_an_answer_and_a_note(played, words, note, now):
    say(played, words, 1, now=now)
    [turn] = turns_of(played, played.round())
    assert turn.answer
    assert len(turn.told.text) <= LONGEST
    told = " ".join(turn.told.notes)
    assert note in told
    assert "below" not in told


def test_a_round_that_is_over_takes_no_further_turn(played, now):
    say(played, SORRY, 1, now=now)
    end(played, now=now)
    for words in (EXCUSE, ""):
        with pytest.raises(NotPossible, match="over"):
            say(find_round(played.pk, played.trainee), words, 2, now=now)


def test_a_round_without_a_turn_is_not_ended(played, now):
    with pytest.raises(NotPossible, match="Nothing was said yet"):
        end(played, now=now)


def test_the_daily_drill_is_one_short_round_a_day(cast, now):
    first = daily(by=cast.tom, now=now)
    assert daily(by=cast.tom, now=now) == first
    for number in range(1, DAILY_TURNS + 1):
        say(first, SORRY, number, now=now)
    with pytest.raises(NotPossible, match="over"):
        say(first, SORRY, DAILY_TURNS + 1, now=now)
    end(first, now=now)
    second = daily(by=cast.tom, now=now)
    assert second != first
    assert second.most_turns == DAILY_TURNS
    tomorrow = now + timedelta(days=1)
    assert daily(by=cast.tom, now=tomorrow).started_at == tomorrow


@pytest.mark.parametrize(
    ("zone", "begun", "later", "same"),
    [
        ("UTC", "2026-11-22T23:30", "2026-11-23T00:30", False),
        ("America/New_York", "2026-11-22T23:30", "2026-11-23T00:30", True),
        ("Pacific/Auckland", "2026-11-22T10:30", "2026-11-22T11:30", False),
        ("Europe/Stockholm", "2026-10-24T22:30", "2026-10-25T22:30", True),
    ],
    ids=["midnight", "evening", "morning", "the day of 25 hours"],
)
def test_a_day_of_the_daily_drill_is_one_where_the_team_is(zone, begun, later, same, cast):
    cast.tom.team.calendar = {"zone": zone, "hours": {"mon": "09:00-17:00"}}
    first, then = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (begun, later))
    row = daily(by=cast.tom, now=first)
    assert (daily(by=cast.tom, now=then) == row) is same


def test_nobody_but_the_trainee_finds_a_round(played, cast):
    for who in ("ines", "priya", "sam", "ada"):
        with pytest.raises(NotThere) as theirs:
            find_round(played.pk, cast.people[who])
        with pytest.raises(NotThere) as nobodys:
            find_round(987654321, cast.people[who])
        assert str(theirs.value) == str(nobodys.value)
    assert find_round(played.pk, cast.tom) == played


def test_a_round_is_shown_to_one_colleague_and_taken_back(played, cast, now):
    say(played, SORRY, 1, now=now)
    with pytest.raises(NotPossible, match="End the round first"):
        share(played, "ines", now=now)
    end(played, now=now)
    played.refresh_from_db()
    shown = share(played, "ines", now=now)
    assert share(played, "ines", now=now) == shown
    assert (find_shared(shown.pk, cast.people["ines"]).played, shown.at) == (played, now)
    for other in ("sam", "priya", "ada", "tom"):
        with pytest.raises(NotThere):
            find_shared(shown.pk, cast.people[other])
    take_back(played, shown.pk)
    assert list(shared_with(cast.people["ines"])) == []
    with pytest.raises(NotThere):
        find_shared(shown.pk, cast.people["ines"])


@pytest.mark.parametrize("to", ["", "nobody", "tom", "priya"])
def test_a_round_is_shown_inside_the_team_only(played, to, now):
    say(played, SORRY, 1, now=now)
    end(played, now=now)
    played.refresh_from_db()
    with pytest.raises(Incomplete, match="Choose a colleague"):
        share(played, to, now=now)
    assert not Shared.objects.exists()


def test_another_persons_round_takes_nothing_back(played, cast, now):
    say(played, SORRY, 1, now=now)
    end(played, now=now)
    played.refresh_from_db()
    shown = share(played, "ines", now=now)
    take_back(begin("retail-sofa-leg", "steady", by=cast.people["sam"], now=now), shown.pk)
    assert Shared.objects.filter(pk=shown.pk).exists()


def test_deleting_leaves_nothing_of_the_round_and_its_branches_stay(played, cast, now):
    say(played, SORRY, 1, now=now)
    end(played, now=now)
    played.refresh_from_db()
    share(played, "ines", now=now)
    branch = try_again(played, 1, now=now)
    delete(played)
    assert not Shared.objects.exists()
    assert [row.pk for row in Played.objects.all()] == [branch.pk]
    assert said_before(find_round(branch.pk, cast.tom)) == ""


def test_practice_leaves_no_line_in_the_ledger(played, now):
    before = Event.objects.count()
    say(played, SORRY, 1, now=now)
    correct(played, ["reflect"], "", 1)
    end(played, now=now)
    played.refresh_from_db()
    take_back(played, share(played, "ines", now=now).pk)
    delete(try_again(played, 1, now=now))
    delete(played)
    assert Event.objects.count() == before


def test_no_score_is_kept():
    kept = {field.name for model in (Played, Shared) for field in model._meta.get_fields()}
    assert not {name for name in kept if any(word in name for word in ("score", "point", "passed", "anger"))}


def test_only_the_practice_pages_read_rounds():
    """No report, program, job or other page imports a round, so none can tell somebody's score.

    What others read are lessons, what a group was asked to do, and the one figure a year of many.
    """
    read: dict[str, set[str]] = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("amends.practice"):
                read[name].add(node.module.removeprefix("amends.practice").removeprefix("."))
    practised = ("practice/", "desk/views/practice")
    pages = {"models.py", "desk/practice_curve.py", "desk/practice_typed.py"}
    assert {name: rooms for name, rooms in read.items() if not name.startswith(practised) and name not in pages} == {
        "desk/views/comparison.py": {"compare", "taking_part"},
        "desk/views/library.py": {"course"},
        "desk/views/prevention.py": {"asked"},
        "desk/views/training.py": {"asked", "course", "pieces"},
        "jobs.py": {"asked", "compare", "taking_part"},
        "verbs/causes.py": {"asked"},
    }


def test_a_list_tells_the_score_of_each_round_and_of_none_that_cannot_be_played(played, cast, now):
    say(played, SORRY, 1, now=now)
    end(played, now=now)
    old = Played.objects.create(
        trainee=cast.tom, scenario="long-gone", persona="steady", seed=1, started_at=now, ended_at=now
    )
    told = {line.played.pk: line for line in lines(list(Played.objects.of(cast.tom)))}
    assert told[played.pk].score == round(debrief(played.round()).score.total)
    assert (told[old.pk].score, told[old.pk].how) == (None, "played with an earlier version")


TASKS = [(drill.id, at) for drill in drills().values() for at in range(len(drill.tasks))]


def test_there_are_three_short_tasks_for_each_of_eight_skills():
    first = ("non-apologies", "options", "promises")
    rest = ("listening", "saying-back", "agreement", "prevention", "refusals")
    assert {name: len(drill.tasks) for name, drill in drills().items()} == dict.fromkeys(first + rest, 3)


@pytest.mark.parametrize(("drill", "at"), TASKS)
def test_a_task_tells_the_way_to_do_it_from_the_way_it_begins(drill, at):
    task = drills()[drill].tasks[at]
    good, bad = tried(task, task.model), tried(task, task.start)
    assert (good.done, bad.done) == (True, False)
    assert good.answer
    assert bad.remarks
    with pytest.raises(Incomplete, match="Nothing was written yet"):
        tried(task, " ")
