"""The open complaint report: figures as the insight pages count them, fixed on their day, corrected openly."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.event import Event
from amends.cases.issue import Issue
from amends.insights import waits, wrong
from amends.insights.scope import Period, Scope
from amends.prevention.exposure import import_exposure
from amends.prevention.models import Attribution, Cause, Change, ChangeKind
from amends.prevention.verbs import add_cause, agree_change, make_change
from amends.prevention.verdict import Proof, Verdict
from amends.reporting.figures import Figures, counted_choices, figures_of
from amends.reporting.publish import publish_quarter, withdraw_quarter
from amends.reporting.quarter import Quarter
from amends.reporting.shown import Said
from amends.reporting.version import ReportVersion, latest_versions
from tests.conftest import mail

pytestmark = pytest.mark.django_db
SUMMER = Quarter(2026, 3)
NOVEMBER = datetime(2026, 11, 30, 12, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 2, 12, tzinfo=UTC)


@pytest.fixture
def complained(cast):
    """So many complaints in the summer, each of another person: put right after so many days, of these causes."""

    def made(count: int, days: float | None = None, *causes: Cause, opened=datetime(2026, 8, 12, 9, tzinfo=UTC)):
        for _ in range(count):
            made.number += 1
            name = f"person{made.number}@post.example"
            case = cast.case(mail(sender=f"<{name}>", message_id=f"<{name}>"))
            Case.objects.filter(pk=case.pk).update(opened_at=opened)
            Issue.objects.filter(case=case).delete()
            for cause in causes:
                issue = Issue.objects.create(case=case, raised_at=opened, summary="Late", source="agent")
                Attribution.objects.create(issue=issue, cause=cause, by=cast.ines, at=opened)
            if days is not None:
                Closure.objects.create(case=case, by=cast.tom, at=opened + timedelta(days=days))

    made.number = 0
    return made


@pytest.fixture
def courier(cast):
    return Cause.objects.get(name="Courier handover")


@pytest.fixture
def billing(cast):
    return add_cause("Billed twice", "The till books twice.", owner=cast.ines, now=cast.clock.now)


def publish(cast, *, now=NOVEMBER, counted_in="", by=None, reason="", **names):
    said = {one.pk: Said(names.get("name", one.name), names.get("changed", "")) for one in Cause.objects.all()}
    return publish_quarter(SUMMER, counted_in, said, by=by or cast.ines, now=now, reason=reason)


def test_what_a_quarter_says_by_hand(cast, complained, courier, billing):
    """20 of 40 within a day, 34 within eight weeks; 12 late, 7 billed twice, 4 of another cause."""
    complained(20, 0.5, courier)
    Attribution.objects.filter(cause=courier, pk__gt=Attribution.objects.filter(cause=courier)[11].pk).delete()
    complained(7, 20, billing)
    complained(4, 50, add_cause("Rare", "Rare.", owner=cast.ines, now=cast.clock.now))
    complained(3, 55)
    complained(6)
    complained(9, 0.5, courier, opened=datetime(2026, 10, 1, 9, tzinfo=UTC))
    tells = publish(cast).tells
    assert (tells["received"], tells["soon"], tells["eight"]) == (40, "50 %", "85 %")
    assert [(one["name"], one["complaints"]) for one in tells["causes"]] == [
        ("Courier handover", 12),
        ("Billed twice", 7),
    ]
    assert tells["named"] == "58 %"  # 23 of 40


def test_the_figures_are_those_of_the_insight_pages_and_of_a_plain_query(cast, complained, courier):
    complained(11, 3, courier, opened=NOVEMBER - timedelta(days=80))
    complained(6, None, opened=NOVEMBER - timedelta(days=70))
    kept = publish(cast).counted
    scope = Scope(user=cast.ada, now=NOVEMBER, period=Period("quarter", "", "", 22))
    assert kept.received == waits.cases(scope, "all:closing").cases.count()
    assert kept.causes[0].complaints == wrong.cases(scope, f"cause:{courier.pk}").cases.count()
    with connection.cursor() as cursor:
        span = SUMMER.span
        cursor.execute(
            "SELECT count(*) FROM amends_case WHERE opened_at >= %s AND opened_at < %s", [span.start, span.end]
        )
        assert cursor.fetchone() == (kept.received,)


def test_it_is_fixed_on_its_day_and_kept_whole(cast, complained, courier):
    complained(8, 2, courier)
    made = publish(cast)
    assert Figures.from_json(made.figures) == figures_of(SUMMER, "", NOVEMBER)
    complained(9, 2, courier)
    made.refresh_from_db()
    assert (made.tells["received"], made.counted.received) == (8, 8)


def test_before_the_days_are_over_a_share_is_not_known(cast, complained):
    complained(20, 0.2)
    tells = publish(cast, now=OCTOBER).tells
    assert (tells["soon"], tells["eight"]) == ("at least 80 %", "known from 27 November 2026")


def test_a_quarter_that_is_not_over_cannot_be_published(cast):
    with pytest.raises(NotPossible, match="can be published from 1 October 2026"):
        publish(cast, now=datetime(2026, 9, 30, 12, tzinfo=UTC))


def test_a_correction_says_why_and_the_old_version_stays(cast, complained):
    complained(20, 1)
    first = publish(cast)
    with pytest.raises(AlreadyDone, match="no figure moved by five or more"):
        publish(cast, reason="To see")
    complained(5, 1)
    with pytest.raises(Incomplete, match="why it is published again"):
        publish(cast)
    second = publish(cast, reason="A mail room of ours was forgotten.")
    first.refresh_from_db()
    assert (first.number, first.tells["received"]) == (1, 20)
    assert (second.number, second.tells["received"]) == (2, 25)
    assert latest_versions() == [second]


def test_a_correction_by_a_few_people_is_not_to_be_seen(cast, complained, courier):
    complained(20, 1, courier)
    publish(cast)
    complained(4, 1, courier)
    with pytest.raises(AlreadyDone):
        publish(cast, reason="Four more")
    complained(5, None)
    tells = publish(cast, reason="More").tells
    assert (tells["received"], tells["causes"][0]["complaints"]) == (29, 20)


def test_one_person_who_complains_often_is_no_crowd(cast, complained, courier):
    complained(6, 1, courier)
    first = Case.objects.order_by("pk").first()
    Case.objects.update(customer=first.customer)
    tells = publish(cast).tells
    assert (tells["received"], tells["causes"]) == (None, [])
    assert tells["received_words"] == "fewer than 5"


def test_rates_are_of_the_weeks_that_are_known(cast, complained):
    complained(10, 1)
    complained(6, 1, opened=datetime(2026, 8, 26, 9, tzinfo=UTC))
    weeks = "orders,2026-08-10,30000\norders,2026-08-17,30000\naccounts,2026-08-10,50000\naccounts,2026-08-17,70000\n"
    import_exposure(f"name,week,count\n{weeks}", by=cast.ines, now=NOVEMBER)
    assert [key for key, _ in counted_choices(SUMMER)] == [
        "accounts",
        "accounts:each-week",
        "orders",
        "orders:each-week",
    ]
    tells = publish(cast, counted_in="orders").tells
    assert (tells["rate"], tells["counted"]) == ("16.7", "per 100,000 orders, of the 2 weeks whose figures we have")
    tells = publish(cast, counted_in="accounts:each-week", reason="By accounts").tells
    assert tells["rate"] == "26.7"  # 16 of the whole quarter, 60,000 accounts on average
    with pytest.raises(Incomplete, match="Choose what"):
        publish(cast, counted_in="visits", reason="By visits")


def test_what_we_changed_carries_only_the_verdict_that_was_earned(cast, complained, courier):
    complained(6, 1, courier)
    change = Change.objects.get()
    assert publish(cast, changed="A scan.").tells["causes"][0]["verdict"] == ""
    make_change(change, by=cast.ines, now=NOVEMBER)
    told = publish(cast, changed="A scan at the door.", reason="It is made").tells["causes"][0]
    assert (told["changed"], told["verdict"]) == ("A scan at the door.", "We cannot tell yet whether it worked.")
    found = {"words": "It worked.", "why": "clear"}
    verdict = Verdict.objects.create(
        change=change, at=NOVEMBER, review=True, outcome="worked", snapshot={}, found=found, linked=[0, 0, 0, 0]
    )
    with pytest.raises(AlreadyDone):
        publish(cast, changed="A scan at the door.", reason="A review that was not proven says no more")
    Proof.objects.create(change=change, verdict=verdict, at=NOVEMBER)
    again = agree_change(
        courier, "More", ChangeKind.PROCEDURE, owner=cast.ines, due=NOVEMBER.date(), by=cast.ines, now=NOVEMBER
    )
    assert again.made_at is None
    told = publish(cast, changed="A scan at the door.", reason="It is proven").tells["causes"][0]
    assert told["verdict"] == "It worked."


def test_taken_off_it_is_gone_until_a_new_version(cast, complained):
    complained(6, 1)
    with pytest.raises(NotPossible, match="not on the public page"):
        withdraw_quarter(SUMMER, "Wrong", by=cast.ines, now=NOVEMBER)
    publish(cast)
    with pytest.raises(Incomplete):
        withdraw_quarter(SUMMER, " ", by=cast.ines, now=NOVEMBER)
    gone = withdraw_quarter(SUMMER, "Counted twice.", by=cast.ines, now=NOVEMBER)
    assert (gone.by, gone.at, gone.reason) == (cast.ines, NOVEMBER, "Counted twice.")
    with pytest.raises(NotPossible):
        withdraw_quarter(SUMMER, "Again", by=cast.ines, now=NOVEMBER)
    assert publish(cast, reason="It was right.").number == 2
    kinds = Event.objects.order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["report_published", "report_withdrawn", "report_published"]


def test_only_a_lead_or_an_administrator_may(cast, complained):
    for who in (cast.tom, cast.sam):
        with pytest.raises(NotAllowed):
            publish(cast, by=who)
        with pytest.raises(NotAllowed):
            withdraw_quarter(SUMMER, "No", by=who, now=NOVEMBER)
    publish(cast, by=cast.ada)


def test_words_nobody_reviewed_are_not_published(cast, complained, courier):
    complained(6, 1, courier)
    for said, wrong_ in (
        ({}, "moved"),
        ({courier.pk: Said(" ", "")}, "Name the cause"),
        ({courier.pk: Said("a", "b" * 301)}, "300"),
    ):
        with pytest.raises(Incomplete, match=wrong_):
            publish_quarter(SUMMER, "", said, by=cast.ines, now=NOVEMBER)
    assert not ReportVersion.objects.exists()


def test_the_database_keeps_versions_apart_and_asks_why(cast):
    values = {"quarter": SUMMER.start, "figures": {}, "shown": {}, "by": cast.ines, "at": NOVEMBER}
    ReportVersion.objects.create(number=1, **values)
    for wrong_ in ({"number": 1}, {"number": 2, "reason": ""}, {"number": 0, "reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportVersion.objects.create(**values, **wrong_)


def test_put_right_is_a_remedy_for_everything_or_the_closing(cast, recovery):
    one = recovery(mail())
    cast.clock.now += timedelta(days=20)
    one.person_first()
    first, *rest = one.issues
    assert rest, "a letter about two things"
    done = one.deliver(one.accept(one.offer(issues=[first])))
    quarter = Quarter(2026, 4)
    later = datetime(2027, 4, 1, tzinfo=UTC)
    assert figures_of(quarter, "", later).eight == 0
    one.deliver(one.accept(one.offer(issues=rest)))
    assert figures_of(quarter, "", later).eight == 1
    assert figures_of(quarter, "", later).soon == 0
    Case.objects.update(opened_at=done.at - timedelta(hours=1))
    assert figures_of(quarter, "", later).soon == 1
