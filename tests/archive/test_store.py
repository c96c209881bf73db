"""The folder of the archive: files whole or not at all, only what changed written anew, refusals in sentences."""

import csv
import fcntl
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from amends.archive.answer import write_file, written
from amends.archive.errors import BeingWritten, NotArchived
from amends.archive.store import NOTE, alone, folder, read_note, write_rows
from amends.archive.write import write
from amends.cases.closure import close, reopen
from amends.cli import app
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("extra")
PROMISES = [("2026-11", 1, 2, "kept", date(2026, 11, 3)), ("2026-11", 4, 2, "broken", date(2026, 11, 4))]


def rows_at(path) -> list[tuple]:
    from pyarrow import parquet

    return [tuple(row.values()) for row in parquet.read_table(path).to_pylist()]


def test_rows_come_back_as_they_were(tmp_path):
    assert write_rows(tmp_path, "promises", "2026-11", PROMISES) == len(PROMISES)
    assert rows_at(tmp_path / "promises" / "2026-11.parquet") == PROMISES


def test_who_is_cut_off_leaves_the_file_of_before(tmp_path):
    write_rows(tmp_path, "promises", "2026-11", PROMISES)

    def cut_off():
        yield PROMISES[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(tmp_path, "promises", "2026-11", cut_off())
    assert [path.name for path in (tmp_path / "promises").iterdir()] == ["2026-11.parquet"]
    assert rows_at(tmp_path / "promises" / "2026-11.parquet") == PROMISES


def test_two_do_not_write_at_once(tmp_path):
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BeingWritten, match="Wait until it is done"), alone(tmp_path):
            pass
    with alone(tmp_path):
        pass


def test_an_archive_of_another_version_is_refused(tmp_path):
    assert read_note(tmp_path) is None
    (tmp_path / NOTE).write_text(json.dumps({"format": 99}))
    with pytest.raises(NotArchived, match="write it anew"):
        read_note(tmp_path)


@pytest.fixture
def archive(settings, tmp_path):
    """A data folder of its own, in which the archive stands."""
    settings.AMENDS_HOME = tmp_path
    return folder()


def closed(recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=one.cast.tom, now=one.now)
    return one


@pytest.mark.django_db
def test_a_case_opened_again_leaves_its_month_and_comes_into_the_one_it_is_closed_in(recovery, cast, archive):
    one = closed(recovery)
    done = write(archive, one.now)
    assert done.months == ("2026-11",)
    assert done.rows["cases"] == 1
    assert [row[1] for row in rows_at(archive / "cases" / "2026-11.parquet")] == [one.case.pk]
    assert write(archive, one.now).months == ()
    reopen(one.case, by=cast.ines, now=cast.clock.forward(days=14), reason="Late again")
    assert write(archive, one.now).months == ("2026-11",)
    assert rows_at(archive / "cases" / "2026-11.parquet") == []
    assert rows_at(archive / "remedies" / "2026-11.parquet") == []
    close(one.case, by=cast.ines, now=one.now, exception="She wants no more of it")
    done = write(archive, one.now)
    assert done.months == ("2026-11", "2026-12")
    assert done.rows["cases"] == 1
    assert rows_at(archive / "cases" / "2026-12.parquet")[0][-2] == 1


@pytest.mark.django_db
def test_what_was_cut_off_is_written_the_next_time(recovery, archive, monkeypatch):
    one = closed(recovery)
    with monkeypatch.context() as patch:
        patch.setattr("amends.archive.write.write_note", lambda *_: (_ for _ in ()).throw(OSError("The disk is full")))
        with pytest.raises(OSError, match="full"):
            write(archive, one.now)
    assert write(archive, one.now).months == ("2026-11",)


@pytest.mark.django_db
def test_another_ledger_empties_what_it_does_not_know(recovery, archive):
    write_rows(archive, "promises", "2019-01", PROMISES)
    other = {"format": 1, "seq": 3, "hash": "f" * 64, "written_at": NOW.isoformat(), "rows": {"2019-01": {}}}
    (archive / NOTE).write_text(json.dumps(other))
    one = closed(recovery)
    assert write(archive, one.now).months == ("2019-01", "2026-11")
    assert rows_at(archive / "promises" / "2019-01.parquet") == []


@pytest.fixture
def run(monkeypatch):
    """`amends …` inside this process, on the database of the test."""
    from amends.cli import archive  # noqa: F401 - it adds its commands

    monkeypatch.setattr("amends.cli.archive.bring_up_to_date", lambda: False)
    return lambda *words: CliRunner().invoke(app, ["archive", *map(str, words)])


@pytest.mark.django_db
def test_from_the_command_line(recovery, archive, run, tmp_path):
    closed(recovery)
    said = run("ask", "money")
    assert said.exit_code == 1
    assert "amends archive write" in said.stderr
    assert "1 month written" in run("write").stdout
    row = {"month": "2026-11", "currency": "EUR", "remedies": 1, "cents": 3000}
    assert json.loads(run("ask", "money", "--json").stdout) == row
    assert run("ask", "money").stdout.splitlines()[-1].split() == ["2026-11", "EUR", "1", "3,000"]
    assert "2026-12" not in run("ask", "closed", "--since", "2026-12").stdout
    run("ask", "money", "--to", tmp_path / "money.csv")
    assert [*csv.DictReader((tmp_path / "money.csv").open())] == [{name: str(cell) for name, cell in row.items()}]
    run("ask", "money", "--to", tmp_path / "money.parquet")
    assert rows_at(tmp_path / "money.parquet") == [tuple(row.values())]


@pytest.mark.parametrize(
    "words", [["ask", "nonsense"], ["ask", "money", "--since", "2026-3"], ["ask", "money", "--to", "money.xls"]]
)
def test_what_cannot_be_asked_is_refused(words, run):
    assert run(*words).exit_code == 2


def test_no_cell_of_an_answer_runs_as_a_formula(tmp_path):
    rows = [{"remedy": "=HYPERLINK(1)", "delivered": 2, "held ‰": None}, {"remedy": "@a", "delivered": 3, "held ‰": 5}]
    write_file(tmp_path / "a.csv", rows)
    assert [*csv.reader((tmp_path / "a.csv").open())] == [
        ["remedy", "delivered", "held ‰"],
        ["'=HYPERLINK(1)", "2", ""],
        ["'@a", "3", "5"],
    ]
    write_file(tmp_path / "a.parquet", rows)
    assert rows_at(tmp_path / "a.parquet") == [("'=HYPERLINK(1)", 2, None), ("'@a", 3, 5)]
    assert "too few to tell" in written(rows)[1]
