"""The report of overrides: read by who may, filtered, paged, and saved as a table no spreadsheet runs."""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.closure import Exemption
from amends.ui.table_file import plain_cell
from tests.conftest import mail
from tests.doors.conftest import everything, page, words

pytestmark = pytest.mark.django_db

REPORT, FILE = "/overrides/", "/overrides/file/"


@pytest.fixture
def one(recovery):
    made = recovery()
    made.hear()
    return made


def passed(one, by, reason="A child is waiting"):
    return one.offer(by=by, exception=reason)


def read(response) -> list[list[str]]:
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def test_who_reads_it(door):
    assert {who: door(who).get(REPORT).status_code for who in ("tom", "ines", "sam", "ada")} == {
        "tom": 403,
        "ines": 200,
        "sam": 200,
        "ada": 200,
    }
    assert door("tom").get(FILE).status_code == 403


def test_a_gate_passed_stands_there_with_its_reason_and_its_case(cast, door, one):
    passed(one, cast.ines)
    response = door("sam").get(REPORT)
    said = words(response)
    assert "Offered, or said what we do, before the person" in said
    assert "“A child is waiting”" in said
    assert "Ines Castellano" in said
    assert f"“{one.issues[0].summary}”" in said
    assert page(response).css_first(f'main a[href="/cases/{one.case.pk}/"]') is not None


def test_nobody_is_counted_and_nobody_is_ranked(cast, door, one):
    """People are named where they decided; the only figures are those by rule and month."""
    passed(one, cast.ines)
    passed(one, cast.ada, "Their flight leaves")
    tables = page(door("sam").get(REPORT)).css("main table")
    assert len(tables) == 1
    assert tables[0].css_first("thead th").text() == "Rule"
    assert not any(name in tables[0].text() for name in ("Ines", "Ada", "Tom"))


def test_filters_leave_the_others_out_also_of_the_file(cast, door, one, recovery):
    other = recovery(mail(to="office@lindqvist.example", message_id="<two@post.example>"))
    other.hear()
    passed(one, cast.ines)
    passed(other, cast.ada, "Their flight leaves")
    only = f"?team={cast.priya.team_id}&rule=offer"
    for address in (REPORT, FILE):
        response = door("sam").get(address + only)
        said = words(response) if address == REPORT else str(read(response))
        assert "Their flight leaves" in said
        assert "A child is waiting" not in said
    assert "Nothing here that fits" in words(door("sam").get(REPORT + "?rule=closing"))
    assert "Their flight leaves" not in words(door("ines").get(REPORT + only))


def test_the_second_page_begins_where_the_first_ends(cast, door, one):
    at = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(55):
        when = at + timedelta(minutes=number // 2)
        Exemption.objects.create(case=one.case, gate="offer", by=cast.ines, at=when, reason=f"R{number}.", missing=[])
    client = door("sam")
    first = page(client.get(REPORT))
    more = first.css_first(".rows-more a").attributes["href"]
    second = page(client.get(REPORT + more))
    shown = [node.text() for part in (first, second) for node in part.css(".overrides li > p:first-of-type")]
    assert len(shown) == 55
    assert set(shown) == {f"“R{number}.”" for number in range(55)}
    assert second.css_first(".rows-more") is None


def test_the_file_holds_every_row_and_changes_nothing(cast, door, one):
    at = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(700):
        Exemption.objects.create(case=one.case, gate="offer", by=cast.ines, at=at, reason=f"R{number}", missing=[])
    client = door("sam")
    before = everything()
    response = client.get(FILE)
    rows = read(response)
    assert response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    assert [row[3] for row in rows[1:]] == [f"R{number}" for number in range(700)]
    assert everything() == before


@pytest.mark.parametrize("words_", ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =HYPERLINK(1)", "\n=1"])
def test_no_cell_begins_a_formula(words_):
    assert plain_cell(words_) == f"'{words_}"


@pytest.mark.parametrize("words_", ["A child is waiting", "", "5 = 5", "“=1”", 7])
def test_ordinary_words_stay(words_):
    assert plain_cell(words_) == str(words_)


def test_a_reason_that_is_a_formula_is_words_in_the_file(cast, door, one):
    passed(one, cast.ines, '=HYPERLINK("http://evil.example";"x")')
    rows = read(door("sam").get(FILE))
    assert rows[1][3] == '\'=HYPERLINK("http://evil.example";"x")'
