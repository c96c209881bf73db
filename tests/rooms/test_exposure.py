"""Weekly figures from a file: kept whole, or every row that cannot be used is named and nothing is kept."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.errors import Incomplete
from amends.method.columns import BrokenRows
from amends.prevention.exposure import Exposure, import_exposure, names_known, spans, weekly
from amends.prevention.exposure_file import Row, rows_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
GOOD = "name,week,count\norders,2026-11-09,412\norders,2026-11-02,398\nvisits,2026-11-09,9000\n"


def test_a_file_is_kept_and_a_known_week_is_corrected(cast):
    now = cast.clock.now
    assert import_exposure(GOOD, by=cast.ines, now=now) == {"orders": 2, "visits": 1}
    assert weekly("orders") == {date(2026, 11, 9): 412, date(2026, 11, 2): 398}
    assert names_known() == ("orders", "visits")
    assert spans()[0] == ("orders", date(2026, 11, 2), date(2026, 11, 9), 2)
    import_exposure("week;name;count\n2026-11-09;Orders;420", by=cast.ines, now=now)
    assert weekly("orders")[date(2026, 11, 9)] == 420
    assert Exposure.objects.count() == 3


BAD = """name,week,count
orders,2026-11-09,412
orders,2026-11-11,400
orders,2026-11-16,400
orders,2026-13-01,400
orders,1999-12-27,400
orders,2026-11-02,-3
orders,2026-10-26,many
orders,2026-10-19,9999999999999999
,2026-10-12,4
orders,2026-11-09,411
orders,2026-10-05
"""


def test_every_broken_row_is_named_with_its_line_and_nothing_is_kept(cast):
    with pytest.raises(BrokenRows) as refused:
        import_exposure(BAD, by=cast.ines, now=cast.clock.now)
    told = {row.line: row.reason for row in refused.value.rows}
    assert told == {
        3: "2026-11-11 is a Wednesday; a week is named by its Monday, 2026-11-09",
        4: "the week of 2026-11-16 is not over yet",
        5: "“2026-13-01” is no day such as 2026-11-16",
        6: "1999-12-27 is before the year 2000",
        7: "the count -3 is below nought",
        8: "“many” is no whole number",
        9: "the count 9999999999999999 is too great to be true",
        10: "the name needs one to 40 letters",
        11: "the week of 2026-11-09 of “orders” stands on line 2 already",
        12: "it has 2 columns, the first line has 3",
    }
    assert str(refused.value).startswith("10 rows cannot be used, so nothing was kept. line 3: ")
    assert Exposure.objects.count() == 0


@pytest.mark.parametrize("text", ["", "name,week,count\n", "\n \n"])
def test_a_file_without_rows_is_refused(cast, text):
    with pytest.raises(Incomplete, match="no row in this file"):
        import_exposure(text, by=cast.ines, now=cast.clock.now)


@pytest.mark.parametrize(
    "text", ["orders,2026-11-09,412", "name;week\norders;2026-11-09", 'name,week,count\n"orders,1']
)
def test_a_file_without_its_columns_or_its_quotes_is_named(text):
    rows, broken = rows_of(text, TODAY)
    assert (rows, len(broken)) == ((), 1)


@given(st.text(max_size=200))
def test_any_text_is_rows_or_reasons_and_never_an_error(text):
    rows, broken = rows_of(f"name,week,count\n{text}", TODAY)
    assert all(row.count >= 0 and row.week.weekday() == 0 and row.week + timedelta(days=7) <= TODAY for row in rows)
    assert all(one.reason for one in broken)


def test_an_empty_line_before_the_columns_changes_nothing():
    rows, broken = rows_of("\n;;\nname;week;count\norders;2026-11-09;5", TODAY)
    assert (rows, broken) == ((Row("orders", date(2026, 11, 9), 5),), ())


def test_a_name_that_no_database_keeps_is_named():
    rows, broken = rows_of("name,week,count\nor\0ders,2026-11-09,5", TODAY)
    assert rows == ()
    assert [one.line for one in broken] == [2]


@pytest.mark.parametrize(
    "wrong", [{"count": -1}, {"name": ""}, {"week": date(1999, 12, 27)}, {"week": date(2100, 1, 4)}, {"count": 10**13}]
)
def test_the_database_itself_refuses_what_cannot_be(cast, wrong):
    values = {"name": "orders", "week": date(2026, 11, 9), "count": 4, "at": cast.clock.now, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Exposure.objects.create(**values)
