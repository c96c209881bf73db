"""How was it for them: a sentence first, no number where too few answered, every number opens what it counts."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from amends.cases.case import Case
from amends.channels.models import Channel
from amends.customers.models import Customer
from amends.recovery.survey import SurveyAnswer, SurveyLeftOut
from tests.asked import asked_how_it_was
from tests.doors.conftest import let_letters_leave, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(cast):
    """So many surveys of one kind of case, the first of them answered with these values."""

    def surveys(count, values=(), *, kind="csat", severity=2, why="delivered", team="home", said=()):
        channel = Channel.objects.get(address__startswith="office" if team == "office" else "complaints")
        now = datetime.now(UTC) - timedelta(days=3)
        made = []
        for number in range(count):
            customer = Customer.objects.create(name=f"Person {number}", since=now)
            case = Case.objects.create(
                team=channel.team,
                channel=channel,
                customer=customer,
                subject="Late",
                address="p@post.example",
                opened_at=now - timedelta(days=9),
                severity=severity,
            )
            asked = asked_how_it_was(case, now, why=why, kinds=[kind])
            if number < len(values):
                SurveyAnswer.objects.create(asked=asked, kind=kind, value=values[number], at=now)
            if number < len(said):
                SurveyAnswer.objects.create(asked=asked, kind="words", words=said[number], at=now)
            made.append(asked)
        let_letters_leave()
        return made

    return surveys


def test_a_desk_that_asks_nobody_is_told_where_to_begin(door):
    shown = door("ines").get("/scores/")
    assert "Nobody was asked in this time" in words(shown)


def test_the_score_is_a_sentence_with_interval_response_and_bounds(ask, door):
    ask(60, [5] * 12 + [4] * 8 + [1] * 10)
    shown = words(door("ines").get("/scores/"))
    # Wilson for 20 of 30: (0.488, 0.808), E51; 20 of 60 and 50 of 60 are the bounds of E54.
    assert "67 % (49 % to 81 %), from 30 answers." in shown
    assert "30 of 60 asked answered (50 %)" in shown
    assert "If all others were dissatisfied it would be 33 %, if all were satisfied 83 %" in shown


def test_below_the_least_there_is_no_number(ask, door):
    ask(30, [5] * 19)
    section = page(door("ines").get("/scores/")).css_first("section[aria-labelledby=score-1]").text()
    assert "too few to tell, 19 of the 20 answers needed" in " ".join(section.split())
    assert "%" not in section
    assert "How often each answer" not in section


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("nps", [10] * 20 + [8] * 10 + [3] * 10, "+25"),
        ("ces", [7] * 15 + [2] * 5, "75 %"),
        ("settled", [1] * 18 + [0] * 6, "75 %"),
    ],
)
def test_each_question_has_its_own_measure(ask, door, kind, values, said):
    ask(50, values, kind=kind)
    assert said in words(door("sam").get("/scores/"))


def test_every_number_opens_exactly_what_it_counts(ask, door):
    ask(25, [5] * 10 + [4] * 6 + [2] * 5, severity=2)
    ask(5, severity=4, why="refused")
    client = door("ines")
    numbers = 0
    for node in page(client.get("/scores/")).css("main dd a, main td a"):
        opened = client.get(f"/scores/{node.attributes['href']}" if node.attributes["href"][0] == "c" else href(node))
        assert opened.status_code == 200
        assert len(re.findall(r"Case \d", words(opened))) == int(node.text()), node.html
        numbers += 1
    assert numbers > 12


def href(node):
    return node.attributes["href"]


def test_groups_that_answer_less_are_named_with_what_chance_does(ask, door):
    ask(60, [5] * 45, severity=1)
    ask(40, [1] * 4, severity=4, why="refused")
    shown = words(door("ines").get("/scores/"))
    assert "not like all who were asked" in shown
    assert "“Grave” (10 %)" in shown
    assert "“Slight”" not in shown.partition("not like all")[2].partition(" answer less often")[0]
    assert "about one is chance" in shown


def test_a_letter_that_came_back_asked_nobody(ask, door):
    first, *_ = ask(3, [5])
    first.letter.outbox.failed_at, first.letter.outbox.sent_at = datetime.now(UTC), None
    first.letter.outbox.save()
    assert "2 were asked" in words(door("ines").get("/scores/"))


def test_who_was_not_asked_stands_there_with_the_reason(ask, door):
    asked, *_ = ask(1)
    SurveyLeftOut.objects.create(case=asked.case, why="closed", since=asked.at, at=asked.at, reason="lately")
    client = door("ines")
    shown = client.get("/scores/")
    assert "They were asked lately" in words(shown)
    link = page(shown).css("section:last-of-type a")[-1].attributes["href"]
    assert f"Case {asked.case_id}" in words(client.get(link))


def test_a_lead_sees_their_team_and_quality_all(ask, door):
    ask(3)
    ask(4, team="office")
    assert "3 were asked" in words(door("ines").get("/scores/"))
    assert "7 were asked" in words(door("sam").get("/scores/"))
    assert door("tom").get("/scores/").status_code == 403
    office = Channel.objects.get(address__startswith="office").team_id
    assert "Nobody was asked" in words(door("ines").get(f"/scores/?team={office}"))


@pytest.mark.parametrize(
    "query", ["days=7", "days=x&team=x", "kind=mood&only=x&value=9&severity=9&from=x", "from=99999"]
)
def test_a_made_up_address_shows_a_page(ask, door, query):
    ask(1, [3])
    assert door("ines").get(f"/scores/?{query}").status_code == 200
    assert door("ines").get(f"/scores/cases/?{query}").status_code == 200


def test_the_table_has_no_formula_and_nobody_who_worked_on_it(ask, door, cast):
    ask(2, [5, 1], said=['=HYPERLINK("http://x")', "@SUM(1)"])
    response = door("ines").get("/scores/file/")
    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))
    assert rows[0] == [
        "Asked",
        "Why then",
        "Severity",
        "Channel",
        "CSAT",
        "NPS",
        "CES",
        "Settled",
        "In their words",
        "Case",
    ]
    assert {row[8] for row in rows[1:]} == {'\'=HYPERLINK("http://x")', "'@SUM(1)"}
    assert not any(cast.tom.name in cell for row in rows for cell in row)
