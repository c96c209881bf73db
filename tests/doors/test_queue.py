"""The lists of cases: whose they are, paged without gap or repeat, at a fixed cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.assignment import Assignment
from amends.cases.case import Case
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import Standing
from amends.desk.counts import waiting_counts
from amends.method.path import Attention
from tests.conftest import mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db

QUEUE_QUERIES = 4
CASE_QUERIES = 24
LISTS = {
    "mine": Attention.TO_DO,
    "unassigned": Attention.TO_DO,
    "team": Attention.TO_DO,
    "waiting": Attention.WAITING,
    "closed": Attention.DONE,
    "follow-ups": Attention.DONE,
}


def crowd(cast, count, attention, *, assignee=None, follow_up=False):
    """So many cases in one list, seven at a time due at the very same moment."""
    first = cast.case()
    Standing.objects.filter(case=first).delete()
    copy = {"team": first.team, "channel": first.channel, "customer": first.customer, "opened_at": first.opened_at}
    made = Case.objects.bulk_create(Case(subject=f"Case {number}", **copy) for number in range(count))
    begin = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=UTC)
    Standing.objects.bulk_create(
        Standing(
            case=case,
            team=first.team,
            assignee=assignee,
            attention=attention.value,
            order_at=begin + timedelta(hours=(number * 31 % count) // 7),
            follow_up_at=begin + timedelta(hours=(number * 17 % count) // 7) if follow_up else None,
            customer_name="Maria Oduya",
            words=f"Words {number}",
            channel="email",
        )
        for number, case in enumerate(made)
    )
    return [case.pk for case in made]


def rows(response):
    return [int(node.attributes["id"].removeprefix("row-")) for node in page(response).css("a.row")]


def next_page(response):
    node = page(response).css_first('a[href*="after="]')
    return node.attributes["href"] if node else None


@pytest.mark.parametrize("key", LISTS)
def test_pages_follow_each_other_without_gap_or_repeat(key, cast, door):
    assignee = cast.tom if key == "mine" else None
    made = crowd(cast, 120, LISTS[key], assignee=assignee, follow_up=key == "follow-ups")
    client, address, seen, sizes = door(), f"/queue/{key}/", [], []
    while address:
        response = client.get(address)
        assert response.status_code == 200
        found = rows(response)
        seen, sizes, address = seen + found, [*sizes, len(found)], next_page(response)
    assert sizes == [50, 50, 20]
    assert sorted(seen) == sorted(made)
    column = "follow_up_at" if key == "follow-ups" else "order_at"
    order = list(Standing.objects.filter(pk__in=made).order_by(column, "pk").values_list("pk", flat=True))
    assert seen == (order[::-1] if key == "closed" else order)


def test_a_case_that_is_done_meanwhile_shifts_no_page(cast, door):
    made = crowd(cast, 120, Attention.TO_DO)
    client = door()
    first = client.get("/queue/team/")
    Standing.objects.filter(pk__in=rows(first)[:10]).update(attention=Attention.DONE.value)
    second = client.get(next_page(first))
    third = client.get(next_page(second))
    assert sorted(rows(first) + rows(second) + rows(third)) == sorted(made)


@pytest.mark.parametrize(
    "after",
    [
        "abc",
        "abc_1",
        "2026-01-01_x",
        "2026-01-01_²",
        "2026-13-40_5",
        "_",
        "0001-01-01T00:00:00+14:00_1",
        "x_" + "9" * 30,
    ],
)
def test_a_made_up_place_in_the_list_is_its_beginning(after, cast, door):
    case = cast.case()
    response = door().get("/queue/team/", {"after": after})
    assert (response.status_code, rows(response)) == (200, [case.pk])


def test_the_cost_of_a_list_does_not_grow(cast, door):
    client = door()
    crowd(cast, 3, Attention.TO_DO)
    few = cost(client, "/queue/team/")
    crowd(cast, 200, Attention.TO_DO)
    assert cost(client, "/queue/team/") == few == QUEUE_QUERIES <= 8


def test_the_cost_of_a_case_does_not_grow_with_its_conversation(recovery, door):
    one = recovery()
    one.person_first()
    client, address = door(), f"/cases/{one.case.pk}/"
    talk(one, 20)
    short = cost(client, address)
    talk(one, 180)
    assert cost(client, address) == short <= CASE_QUERIES


def cost(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def talk(one, count):
    made = Message.objects.bulk_create(
        Message(
            case=one.case,
            at=one.now + timedelta(seconds=number),
            outgoing=bool(number % 2),
            author=one.cast.tom if number % 2 else None,
            sender_name="Tom" if number % 2 else "Maria",
            text=f"Line {number}\n\nmore",
            pieces=[["new", 0, 12]],
        )
        for number in range(count)
    )
    sent = [message for message in made if message.outgoing]
    OutboxEntry.objects.bulk_create(OutboxEntry(message=one, envelope={}, not_before=one.at) for one in sent)


def test_each_list_holds_what_its_name_says(cast, door):
    mine, free = cast.case(), cast.case(mail(message_id="<two@post.example>", sender="Jo <jo@post.example>"))
    theirs = cast.case(
        mail(message_id="<x@post.example>", sender="Al <al@post.example>", to="office@lindqvist.example")
    )
    Assignment.objects.create(case=mine, to=cast.tom, by=cast.ines, at=cast.clock.now)
    Standing.objects.filter(case=mine).update(assignee=cast.tom)
    client = door()
    assert rows(client.get("/queue/mine/")) == [mine.pk]
    assert rows(client.get("/queue/unassigned/")) == [free.pk]
    assert set(rows(client.get("/queue/team/"))) == {mine.pk, free.pk}
    assert set(rows(door("sam").get("/queue/team/"))) == {mine.pk, free.pk, theirs.pk}
    assert rows(door("priya").get("/queue/team/")) == [theirs.pk]


def test_a_row_says_who_what_and_what_is_next(cast, door):
    cast.case()
    said = words(door().get("/queue/unassigned/"))
    assert "Maria Oduya" in said
    assert "My order arrived nine days late" in said
    assert "Next: listen" in said
    assert "1 case" in said


def test_the_first_page_is_the_own_queue_and_an_unknown_list_is_not_there(door):
    client = door()
    assert client.get("/")["Location"] == "/queue/mine/"
    assert client.get("/queue/nonsense/").status_code == 404
    assert "A good moment for a break" in words(client.get("/queue/mine/"))


@pytest.mark.parametrize(("who", "daily"), [("tom", 9), ("ines", 10), ("sam", 9)])
def test_the_day_s_work_stands_open_and_the_rest_behind_two_words(who, daily, door):
    client = door(who)
    nav = page(client.get("/queue/mine/")).css_first("nav")
    everywhere = [link.attributes["href"] for link in nav.css(".nav-body > *:not(.nav-foot) a")]
    behind = [link.attributes["href"] for link in nav.css(".nav-more:not([open]) a")]
    assert [word.text(strip=True) for word in nav.css(".nav-more > summary")] == ["Learning", "The desk"]
    assert len(everywhere) - len(behind) == daily
    assert len(set(everywhere)) == len(everywhere)
    for href in behind:
        opened = page(client.get(href)).css_first(".nav-more[open] [aria-current]")
        assert opened.attributes["href"] == href


def test_an_empty_own_queue_leads_to_what_nobody_has(cast, door):
    client = door()
    cast.case()
    own = words(client.get("/queue/mine/"))
    assert "1 case has nobody yet." in own
    assert "A good moment for a break" not in own


def test_where_only_a_machine_wrote_nothing_is_due_and_people_come_first(cast, door):
    cast.write(mail(Auto_Submitted="auto-replied", sender="away@else.example", message_id="<away@else.example>"))
    cast.clock.forward(hours=1)
    cast.write(mail(sender="maria@else.example", message_id="<maria@else.example>"))
    rows = page(door().get("/queue/unassigned/")).css("#queue .row")
    assert [row.css_first(".row-due").text() == "nothing due" for row in rows] == [False, True]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is told in SQLite's words")
def test_what_waits_is_counted_without_reading_all_cases(cast):
    """Every list beside the page is found by an index, so that pages cost the same at any number of cases."""
    with CaptureQueriesContext(connection) as asked:
        waiting_counts(cast.tom)
    (counting,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {counting['sql']}")  # what was just asked, in its own words
        steps = [row[3] for row in cursor.fetchall()]
    lists = {
        "mine",
        "unassigned",
        "needs-lead",
        "waiting",
        "follow-ups",
        "approvals",
        "prevention",
        "looks",
        "comments",
        "CONSTANT",
    }
    scanned = [step for step in steps if step.startswith("SCAN ") and step.split()[1] not in lists]
    whole_team = [step for step in steps if step.endswith("INDEX standing_team (team_id=?)")]
    assert len(steps) > len(lists)
    assert scanned == []
    assert whole_team == []
