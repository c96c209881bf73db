"""Facts of closed cases for the archive: counted as the records say, with no word of anybody, month by month."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localtime

from amends.archive import errors
from amends.archive.errors import NotInstalled, check_installed
from amends.archive.facts import rows_of
from amends.archive.months import Mark, Month, all_months, changed_months, newest_mark
from amends.archive.nightly import AGAIN_AFTER, Night, is_due
from amends.archive.store import NOTE
from amends.archive.tables import TABLES, Holds
from amends.cases.closure import Closure, close, reopen
from amends.cases.event import Event
from amends.cases.note import add_note
from amends.insights import promises, remedies, wrong
from amends.insights.scope import PERIODS, Scope
from amends.prevention.models import Cause
from amends.prevention.tending import merge_cause
from amends.privacy.erase import erase_person
from amends.recovery.follow_up import follow_up
from tests.conftest import NOW, mail
from tests.rooms.erasing import ADDRESS, NAME, SAID, whole_story

CODE = re.compile(r"[a-z0-9_.-]*|[A-Z]{3}")
THIS = Month.named(f"{NOW:%Y-%m}")


@pytest.fixture(autouse=True)
def _sink(settings, tmp_path):
    settings.AMENDS_SINK = tmp_path / "sink"


def facts(now) -> dict[str, list[dict]]:
    """The rows of every table of this month, each value by its column."""
    names = {table: [one.name for one in columns] for table, columns in TABLES.items()}
    return {table: [dict(zip(names[table], row, strict=True)) for row in rows_of(table, THIS, now)] for table in TABLES}


def closed(recovery, raw: bytes = b"", cents: int = 3000):
    """A complaint taken to its end: heard after a minute, each later step another minute."""
    one = recovery(raw)
    one.person_first()
    one.deliver(one.accept(one.offer(cents=cents)))
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.now)
    return one


@pytest.mark.django_db
def test_a_closed_case_by_hand(recovery):
    one = closed(recovery)
    found = facts(one.now)
    case = {"month": "2026-11", "case": one.case.pk, "team": one.case.team_id}
    waits = {"answer_minutes": None, "offer_minutes": 3, "remedy_minutes": 5, "closing_minutes": 6 + len(one.issues)}
    days = {"opened": NOW.date(), "closed": NOW.date(), "channel": "email", "severity": one.case.severity}
    assert found["cases"] == [{**case, **days, **waits, "reopened": 0, "exceptions": 0}]
    assert {row["put_right"] for row in found["issues"]} == {1}
    assert len(found["issues"]) == len(one.issues)
    remedy = {"remedy": "refund", "kind": "refund", "owed": 0, "minutes": 5, "cents": 3000, "currency": "EUR"}
    assert found["remedies"] == [{**case, **remedy, "came_back": 0}]
    assert [row["fate"] for row in found["promises"]] == ["kept"]
    assert found["answers"] == []


@pytest.mark.django_db
def test_what_is_open_or_was_closed_in_another_month_is_no_fact_of_this_one(recovery):
    recovery().person_first()
    other = closed(recovery, mail(message_id="<2@x>", sender="olu@post.example"))
    Closure.objects.filter(case=other.case).update(at=THIS.ends)
    assert facts(other.now) == {table: [] for table in TABLES}
    Closure.objects.filter(case=other.case).update(at=THIS.ends - timedelta(microseconds=1))
    assert len(facts(other.now)["cases"]) == 1


@pytest.mark.django_db
def test_a_remedy_that_did_not_hold_is_known_once_the_case_is_closed_again(recovery, cast):
    one = closed(recovery)
    follow_up(one.case, still_right=False, words="Late again", by=cast.tom, now=cast.clock.forward(days=1))
    assert facts(one.now)["cases"] == []
    close(one.case, by=cast.ines, now=one.now, exception="She wants to hear no more of it")
    found = facts(one.now)
    assert [row["reopened"] for row in found["cases"]] == [1]
    assert {row["came_back"] for row in found["issues"]} == {1}
    assert [row["came_back"] for row in found["remedies"]] == [1]
    assert [row["exceptions"] for row in found["cases"]] == [1]
    assert [(row["question"], row["value"]) for row in found["answers"]] == [("still_right", 0)]


@pytest.mark.django_db
def test_no_word_of_anybody_and_the_same_facts_once_they_are_erased(recovery, cast):
    one = whole_story(recovery, cast)
    before = facts(cast.clock.now)
    assert [(row["question"], row["value"]) for row in before["answers"] if row["why"] != "follow_up"] != []
    codes = [
        row[column.name]
        for table, columns in TABLES.items()
        for row in before[table]
        for column in columns
        if column.holds is Holds.CODE
    ]
    assert all(CODE.fullmatch(code) for code in codes)
    assert not any(word.casefold() in repr(before).casefold() for word in (NAME, ADDRESS, SAID, "heron", "KX-77120"))
    erase_person(one.case.customer, "erase", asked=False, by=cast.ines, now=cast.clock.forward(minutes=1))
    assert facts(cast.clock.now) == before


@pytest.mark.django_db
def test_the_ledger_says_which_months_changed(recovery, cast):
    cast.clock.now = datetime(2026, 9, 30, 23, 50, tzinfo=UTC)
    one = closed(recovery)
    assert [month.name for month in changed_months(Mark())] == [month.name for month in all_months()] == ["2026-09"]
    mark = newest_mark()
    assert mark.holds
    assert changed_months(mark) == []
    cast.clock.now = datetime(2026, 11, 3, tzinfo=UTC)
    reopen(one.case, by=cast.ines, now=cast.clock.now, reason="It came late again")
    assert [month.name for month in changed_months(mark)] == ["2026-09"]
    assert all_months() == []
    close(one.case, by=cast.ines, now=cast.clock.now, words="It did not", exception="Told on the phone")
    assert [month.name for month in changed_months(mark)] == ["2026-09", "2026-11"]
    mark = newest_mark()
    add_note(one.case, "She rang and said thanks", by=cast.tom, now=cast.clock.now)
    assert [month.name for month in changed_months(mark)] == ["2026-09", "2026-11"]


@pytest.mark.django_db
def test_a_merged_cause_is_the_other_one_in_the_archive_too(recovery, cast):
    closed(recovery)
    one, other = (Cause.objects.create(name=name, owner=cast.ines) for name in ("Van late", "Late van"))
    mark = newest_mark()
    assert changed_months(mark) == []
    merge_cause(one, other, by=cast.sam, now=cast.clock.now)
    assert changed_months(mark) == all_months() == [THIS]


@pytest.mark.django_db
def test_another_ledger_is_known_to_be_another(recovery):
    closed(recovery)
    seq = Event.objects.count()
    assert Mark().holds
    assert not Mark(seq, "f" * 64).holds
    assert not Mark(seq + 1, newest_mark().hash).holds


@pytest.mark.parametrize(("name", "ends"), [("2026-02", "2026-03"), ("2026-12", "2027-01"), ("2024-02", "2024-03")])
def test_a_month_ends_where_the_next_begins(name, ends):
    assert Month.named(name).name == name
    assert Month.named(name).ends == Month.named(ends).begins


@pytest.mark.parametrize("archive", ["", "duckdb://"])
def test_it_is_due_once_a_night_where_an_archive_is_kept(settings, tmp_path, archive):
    settings.AMENDS_HOME, settings.AMENDS_ARCHIVE, settings.TIME_ZONE = tmp_path, archive, "Europe/Berlin"
    morning = localtime(NOW).replace(hour=9)
    assert is_due(morning) is bool(archive)
    (tmp_path / "archive").mkdir()
    note = tmp_path / "archive" / NOTE
    note.touch()
    for written_at, due in ((morning - timedelta(hours=8), True), (morning - timedelta(hours=6), False)):
        os.utime(note, (written_at.timestamp(), written_at.timestamp()))
        assert is_due(morning) is (due and bool(archive))


def test_a_night_that_failed_is_told_and_tried_again_an_hour_later(settings, tmp_path, caplog, monkeypatch):
    settings.AMENDS_HOME, settings.AMENDS_ARCHIVE = tmp_path / "nowhere", "duckdb://"
    monkeypatch.setenv("AMENDS_HOME", "/dev/null/nowhere")
    night = Night()
    night.look(NOW)
    night.child.wait()
    night.look(NOW + timedelta(minutes=1))
    assert "could not be written" in caplog.text
    assert night.child is None
    night.look(NOW + timedelta(minutes=2))
    assert night.child is None
    night.look(NOW + AGAIN_AFTER)
    assert night.child is not None
    night.child.kill()
    night.child.wait()


def test_the_command_line_starts_without_what_the_archive_needs():
    program = (
        "import django, sys; django.setup(); import amends.cli.archive, amends.jobs\n"
        "print([one for one in ('ibis', 'duckdb', 'pyarrow', 'pandas', 'pyspark') if one in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("extra", ["archive", "spark"])
def test_without_the_extra_a_sentence_says_how_to_install_it(extra, monkeypatch):
    monkeypatch.setattr(errors, "find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match=rf"uv pip install .*\[{extra}\]"):
        check_installed(extra)


def test_spark_without_java_is_refused(monkeypatch):
    monkeypatch.setattr(errors, "find_spec", lambda name: object())
    monkeypatch.setattr(errors, "which", lambda name: None)
    with pytest.raises(NotInstalled, match="Java 17"):
        check_installed("spark")


@pytest.mark.django_db
def test_the_archive_counts_what_the_pages_of_insights_count(recovery, cast):
    one = closed(recovery, mail(message_id="<2@x>", sender="olu@post.example"))
    follow_up(one.case, still_right=True, words="All is well", by=cast.tom, now=cast.clock.forward(days=1))
    whole_story(recovery, cast)
    scope, found = Scope(cast.ada, cast.clock.forward(hours=1), PERIODS["all"]), facts(cast.clock.now)
    fates = promises.promises(scope).values_list("fate", flat=True)
    assert Counter(row["fate"] for row in found["promises"]) == Counter(fates) != Counter()
    assert len(found["remedies"]) == remedies.deliveries(scope).count() == 2
    assert len(found["issues"]) == wrong.issues(scope).count() >= 3
    answered = [row for row in found["answers"] if row["question"] == "still_right" and row["value"] is not None]
    assert len(answered) == remedies.answers(scope).count() == 1
