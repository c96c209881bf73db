"""Old complaints read in bulk: each once, as `amends read` reads it, here and on Spark, also where rows are broken."""

import json

import pytest
from typer.testing import CliRunner

from amends.archive.bulk_files import old_complaints
from amends.archive.errors import CannotRead
from amends.cli import app
from amends.language.told import LONGEST, read_told

TEXTS = [
    "My order arrived nine days late and you charged me twice.",
    "Die Lieferung kam zu spät und niemand hat angerufen.",
    "",
    "Thanks, all is well.",
    "NUL \0 and half a character \ud800 and {braces}",
    '"reading": null, "error": is what I was told. The lamp sparks!',
]
BROKEN = ["this is no JSON", "[1, 2]", '{"words": 7}', json.dumps({"words": "x" * (LONGEST + 1)})]


@pytest.fixture
def run():
    """`amends archive read …` inside this process."""
    from amends.cli import archive  # noqa: F401 - it adds its commands

    return lambda *words: CliRunner().invoke(app, ["archive", "read", *map(str, words)])


@pytest.fixture
def lines(tmp_path):
    """A file of six complaints many times over and four lines that cannot be read, an empty line among them."""
    path = tmp_path / "old.jsonl"
    given = [json.dumps({"number": number, "words": TEXTS[number % len(TEXTS)]}) for number in range(300)]
    path.write_text("\n".join([*given[:150], "", *BROKEN, *given[150:]]) + "\n")
    return path


def read_back(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def check(rows: list[dict]) -> None:
    """Each complaint once with its own reading, and each broken line once with a reason."""
    good = [row for row in rows if row["reading"] is not None]
    assert sorted(row["number"] for row in good) == list(range(300))
    assert {row["number"]: row["reading"] for row in good} == {
        number: json.loads(json.dumps(read_told({"text": TEXTS[number % len(TEXTS)]}))) for number in range(300)
    }
    reasons = sorted(row["error"] for row in rows if row["reading"] is None)
    assert len(reasons) == len(BROKEN)
    assert reasons[:2] == ["This line is no JSON object.", "This line is no JSON."]
    assert all(reason.startswith("“words” ") for reason in reasons[2:])


def test_lines_are_read_in_processes_and_keep_their_order(lines, tmp_path, run):
    out = tmp_path / "read.jsonl"
    said = run(lines, "--column", "words", "--out", out, "--processes", 2)
    assert said.exit_code == 1
    assert "300 read" in said.stdout
    assert "4 could not be" in said.stdout
    rows = read_back(out.read_text())
    check(rows)
    assert [row["number"] for row in rows if row["reading"]] == list(range(300))
    assert {path.name for path in tmp_path.iterdir()} == {"old.jsonl", "read.jsonl"}


def test_the_same_lines_on_spark(lines, tmp_path, run, spark_address, settings):
    settings.AMENDS_ARCHIVE = spark_address
    out = tmp_path / "read.jsonl"
    said = run(lines, "--column", "words", "--out", out, "--engine", "spark")
    assert said.exit_code == 1
    assert "300 read" in said.stdout
    assert "4 could not be" in said.stdout
    check(read_back("".join(part.read_text() for part in out.glob("part-*"))))


@pytest.fixture
def table(tmp_path, extra):
    """The same six complaints as Parquet, one of them unknown, beside a whole number larger than a float can hold."""
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "old.parquet"
    words = [text.replace("\ud800", "") for text in TEXTS]
    numbers = [2**53 + 1, None, *range(2, len(words))]
    parquet.write_table(pa.table({"number": pa.array([*numbers, 99]), "words": [*words, None]}), path)
    return path


def check_table(path, table) -> None:
    from pyarrow import parquet

    given = {row["words"]: row["number"] for row in parquet.read_table(table).to_pylist()}
    rows = parquet.read_table(path).to_pylist()
    assert {row["words"]: row["number"] for row in rows} == given
    assert len(rows) == len(given)
    for row in rows:
        if row["words"] is None:
            assert row["reading"] is None
            assert row["error"] == "“words” is missing: it has to be a text."
        else:
            assert json.loads(row["reading"]) == json.loads(json.dumps(read_told({"text": row["words"]})))
            assert row["error"] is None


def test_parquet_is_read_here(table, tmp_path, run):
    out = tmp_path / "read.parquet"
    assert "6 read" in run(table, "--column", "words", "--out", out, "--processes", 1).stdout
    check_table(out, table)


def test_parquet_is_read_on_spark(table, tmp_path, run, spark_address, settings):
    settings.AMENDS_ARCHIVE = spark_address
    out = tmp_path / "read.parquet"
    assert "6 read" in run(table, "--column", "words", "--out", out, "--engine", "spark").stdout
    check_table(out, table)


@pytest.mark.parametrize(
    ("names", "out", "sentence"),
    [
        (["none.jsonl"], "b.jsonl", "is no file"),
        (["a.jsonl", "a.parquet"], "b.jsonl", "all end with"),
        (["a.txt"], "b.txt", "all end with"),
        (["a.jsonl"], "b.parquet", "come out as they go in"),
        (["a.jsonl"], "a.jsonl", "exists already"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_begins(names, out, sentence, tmp_path):
    for name in ("a.jsonl", "a.parquet", "a.txt"):
        (tmp_path / name).touch()
    with pytest.raises(CannotRead, match=sentence):
        old_complaints([tmp_path / name for name in names], "text", tmp_path / out)


def test_parquet_without_the_column_is_refused(table, tmp_path):
    for column in ("text", "number"):
        with pytest.raises(CannotRead, match="--column"):
            old_complaints([table], column, tmp_path / "b.parquet")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 is not enough")
    with pytest.raises(CannotRead, match="no Parquet"):
        old_complaints([tmp_path / "a.parquet"], "text", tmp_path / "b.parquet")
