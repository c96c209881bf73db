"""Figures out of a view of the company's database: read whole every night, or not at all with the reason."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some

from amends.prevention.exposure import Exposure, weekly
from amends.prevention.exposure_days import weeks_of
from amends.prevention.exposure_nightly import ExposureRead, read_exposure
from amends.prevention.exposure_sql import SourceUnreadable, read_view

TODAY = date(2026, 11, 25)
NIGHT = datetime(2026, 11, 25, 4, tzinfo=UTC)
MONDAY = date(2026, 11, 2)


@pytest.fixture
def shop(tmp_path, settings):
    """A shop's database with a view of orders by day and market; its address is in the settings."""
    path = tmp_path / "shop's 1?.db"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("CREATE TABLE sold (at TEXT, what TEXT, n INTEGER, land TEXT)")
        rows = [((MONDAY + timedelta(days=day)).isoformat(), "Orders", 10, land) for day in range(21) for land in "ab"]
        opened.executemany("INSERT INTO sold VALUES (?, ?, ?, ?)", rows)
        opened.execute("CREATE VIEW by_day AS SELECT at AS day, what AS kind, n AS count, land AS market FROM sold")
        opened.commit()
    settings.AMENDS_EXPOSURE_URL = f"sqlite:///{str(path).replace('?', '%3F')}"
    settings.AMENDS_EXPOSURE_VIEW = "by_day"
    return path


def run_in(path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as opened:
        for one in statements:
            opened.execute(one)
        opened.commit()


@pytest.mark.django_db
def test_each_night_the_whole_weeks_are_kept_once(cast, shop):
    assert read_exposure(datetime(2026, 11, 25, 1, tzinfo=UTC)) == 0, "not before three"
    assert read_exposure(NIGHT) == 9
    assert weekly("orders") == {MONDAY + timedelta(weeks=week): 140 for week in range(3)}
    assert weekly("orders b") == {MONDAY + timedelta(weeks=week): 70 for week in range(3)}
    run_in(shop, "UPDATE sold SET n = 20")
    assert read_exposure(NIGHT + timedelta(hours=1)) == 0
    assert read_exposure(NIGHT + timedelta(days=1)) == 9
    assert weekly("orders")[MONDAY] == 280
    assert list(ExposureRead.objects.values_list("weeks", "problem")) == [(9, ""), (9, "")]


@pytest.mark.django_db
def test_one_row_that_cannot_be_used_and_nothing_is_kept(cast, shop):
    run_in(
        shop, "INSERT INTO sold VALUES ('2026-11-04', 'orders', -3, 'c')", "INSERT INTO sold VALUES ('x', 'a', 1, '')"
    )
    assert read_exposure(NIGHT) == 0
    row = ExposureRead.objects.get()
    assert row.problem == "2 rows cannot be used, so nothing was kept."
    assert sorted(reason for _, reason in row.broken) == [
        "the count -3 cannot be true",
        "“x” is no day such as 2026-11-16",
    ]
    assert not Exposure.objects.exists()


@pytest.mark.django_db
def test_nothing_is_read_where_nothing_is_named(cast, settings):
    settings.AMENDS_EXPOSURE_URL = ""
    assert read_exposure(NIGHT) == 0
    assert not ExposureRead.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    ["postgresql://reader:s3cret@127.0.0.1:1/shop", "sqlite:////nowhere/s3cret.db", "mysql://a:s3cret@b/c", "s3cret"],
)
def test_a_database_that_is_away_is_told_without_its_address(cast, settings, caplog, url):
    settings.AMENDS_EXPOSURE_URL, settings.AMENDS_EXPOSURE_VIEW = url, "by_day"
    assert read_exposure(NIGHT) == 0
    problem = ExposureRead.objects.get().problem
    assert problem
    assert "s3cret" not in problem + caplog.text
    assert "127.0.0.1" not in problem + caplog.text


@pytest.mark.parametrize(
    "view", ["", "a b", "a;drop", 'a"b', "a.b.c", "sold--", "(SELECT 1)", "é", "a\n", "1a", "x" * 64]
)
def test_only_a_plain_name_goes_into_the_query(shop, view):
    with pytest.raises(SourceUnreadable, match="plain name"):
        read_view(f"sqlite:///{shop}", view)


def test_what_is_missing_in_the_view_is_named(shop, settings):
    run_in(shop, "CREATE VIEW few AS SELECT at AS day FROM sold")
    with pytest.raises(SourceUnreadable, match="no column kind and no column count"):
        read_view(settings.AMENDS_EXPOSURE_URL, "few")


def test_the_file_is_only_read(shop, settings):
    before = shop.read_bytes()
    assert len(read_view(settings.AMENDS_EXPOSURE_URL, "by_day")) == 42
    assert shop.read_bytes() == before
    with pytest.raises(SourceUnreadable):
        read_view(f"sqlite:///{shop.parent}/none.db", "by_day")
    assert not (shop.parent / "none.db").exists()


@pytest.mark.django_db
@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="asks PostgreSQL")
def test_a_view_of_postgresql_is_read():
    import psycopg

    kept = connection.settings_dict
    url = f"postgresql://{kept['USER']}:{kept['PASSWORD']}@/{kept['NAME']}?host={kept['HOST']}&port={kept['PORT']}"
    with psycopg.connect(url, autocommit=True) as shop:
        shop.execute("CREATE VIEW shop_days AS SELECT date '2026-11-02' AS day, 'orders' AS kind, sum(7) AS count")
        try:
            assert read_view(url, "public.shop_days") == [(MONDAY, "orders", Decimal(7))]
        finally:
            shop.execute("DROP VIEW shop_days")


days = some.lists(
    some.tuples(some.dates(date(2026, 1, 1), TODAY), some.integers(0, 1000)), unique_by=lambda one: one[0]
)


@given(days)
def test_a_week_is_the_sum_of_its_days_and_never_a_part(found):
    weeks, broken = weeks_of([(day, "orders", count) for day, count in found], TODAY)
    assert broken == ()
    begins = min((day for day, _ in found), default=TODAY)
    for row in weeks:
        assert row.week.weekday() == 0
        assert begins <= row.week
        assert row.week + timedelta(days=7) <= TODAY
        assert row.count == sum(count for day, count in found if row.week <= day < row.week + timedelta(days=7))


def test_rows_that_are_none_are_named_by_their_number():
    alike = [(MONDAY, "orders", 1), (MONDAY, "Orders ", 2), (MONDAY, "", 2), (date(1999, 1, 1), "a", 1)]
    counts = [(MONDAY, "a", count) for count in (1.5, True, Decimal("1.5"), Decimal(3))]
    rows = [*alike, *counts, (MONDAY, "b", 1, "x" * 40), (None, "a", 1)]
    _, broken = weeks_of(rows, TODAY)
    assert [one.line for one in broken] == [2, 3, 4, 5, 6, 7, 9, 10]
    assert broken[0].reason == "the 2026-11-02 of “orders” stands there twice"
