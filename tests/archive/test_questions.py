"""What the archive answers: the same as reckoning by hand, on DuckDB and on Spark, ties and unknown values included."""

import pytest

from amends.archive.answer import with_shares
from amends.archive.engine import EMBEDDED, answer_rows, engine, facts_in
from amends.archive.errors import NoSuchEngine, NotArchived
from amends.archive.questions import QUESTIONS, Question, Share
from amends.archive.store import write_rows
from amends.archive.tables import TABLES, Holds
from tests.archive.reckoned import RECKONED

pytestmark = pytest.mark.usefixtures("extra")
ROWS, SEED = 20_000, 7


@pytest.fixture(scope="session")
def folder(tmp_path_factory, extra):
    """An archive made up from a seed."""
    from bench.archive_facts import write_facts

    made = tmp_path_factory.mktemp("archive")
    assert write_facts(made, ROWS, seed=SEED) == pytest.approx(ROWS, rel=0.01)
    return made


@pytest.fixture(scope="session")
def facts(folder):
    """Its rows in plain Python."""
    from pyarrow import parquet

    return {one: parquet.read_table(folder / one).to_pylist() for one in TABLES}


@pytest.fixture(scope="session")
def reckoned(facts):
    return {key: reckon(facts) for key, reckon in RECKONED.items()}


@pytest.fixture(scope="module")
def embedded(folder):
    with engine(EMBEDDED) as made:
        yield facts_in(made, folder)


@pytest.fixture(scope="module")
def sparked(folder, spark_address):
    with engine(spark_address) as made:
        yield facts_in(made, folder)


def test_what_is_made_up_has_what_is_hard(facts, reckoned):
    """Unknown values, three currencies, ties where order and rank are at stake, and a month without rows."""
    for table, columns in TABLES.items():
        for column in columns:
            unknown = any(row[column.name] is None for row in facts[table])
            assert unknown is column.nullable, column
    assert {row["currency"] for row in facts["remedies"]} == {"EUR", "GBP", "SEK"}
    assert "2023-02" not in {row["month"] for row in facts["cases"]}
    counts = [row["issues"] for row in reckoned["causes"]]
    assert len(set(counts)) < len(counts)
    minutes = [row["remedy_minutes"] for row in facts["cases"]]
    assert len(set(minutes)) < len(minutes) / 10


@pytest.mark.parametrize("key", QUESTIONS)
def test_duckdb_says_what_reckoning_by_hand_says(key, embedded, reckoned):
    assert answer_rows(QUESTIONS[key], embedded) == reckoned[key]
    assert len(reckoned[key]) >= 3


@pytest.mark.parametrize("key", QUESTIONS)
def test_spark_says_what_reckoning_by_hand_says(key, sparked, reckoned):
    assert answer_rows(QUESTIONS[key], sparked) == reckoned[key]


@pytest.mark.parametrize("key", QUESTIONS)
def test_an_answer_is_made_of_integers_and_codes(key, embedded):
    types = {str(one) for one in QUESTIONS[key].ask(embedded).schema().types}
    assert {one.removeprefix("!") for one in types} <= {"int64", "string"}


def test_from_a_month_on(folder, reckoned):
    with engine(EMBEDDED) as made:
        found = answer_rows(QUESTIONS["money"], facts_in(made, folder, since="2025-06"))
    assert found == [row for row in reckoned["money"] if row["month"] >= "2025-06"]


def nothing(folder):
    for table in TABLES:
        write_rows(folder, table, "2026-11", [])


def test_an_archive_without_rows_answers_with_none(tmp_path):
    nothing(tmp_path)
    with engine(EMBEDDED) as made:
        facts = facts_in(made, tmp_path)
        assert {key: answer_rows(one, facts) for key, one in QUESTIONS.items()} == {key: [] for key in QUESTIONS}


def test_where_nothing_is_archived_the_way_on_is_named(tmp_path):
    with engine(EMBEDDED) as made, pytest.raises(NotArchived, match="amends archive write"):
        facts_in(made, tmp_path)


@pytest.mark.parametrize("address", ["postgres://here", "pyspark://", "duckdb", ""])
def test_an_engine_that_is_none_is_refused(address):
    with pytest.raises(NoSuchEngine, match="duckdb://"), engine(address):
        pass


def test_a_share_is_made_from_integers_and_only_of_enough():
    question = Question("q", "Q?", lambda facts: None, (Share("kept", "kept", ("kept", "broken")),))
    rows = [{"kept": kept, "broken": broken} for kept, broken in ((1, 15), (9, 0), (10, 0), (0, 10), (2, 1))]
    assert [row["kept ‰"] for row in with_shares(question, rows)] == [63, None, 1000, 0, None]  # 62.5 is rounded up


def test_columns_hold_codes_days_and_numbers_alone():
    assert {column.holds for columns in TABLES.values() for column in columns} == set(Holds)
    names = {column.name for columns in TABLES.values() for column in columns}
    assert names.isdisjoint({"customer", "name", "address", "words", "by", "subject", "summary", "text"})
