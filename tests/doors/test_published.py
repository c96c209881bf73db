"""What we promise everybody, beside what happened: the public page and the report of the gap."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from amends.cases.case import Case
from amends.cases.links import page_token
from amends.cases.outbox import OutboxEntry
from amends.cases.policy import adopt
from amends.method.policy import to_data
from amends.recovery.published import first_reply_waits, refund_waits, track_record
from amends.reporting.publish import publish_quarter
from amends.reporting.quarter import quarter_of
from amends.team.policy import current
from tests.conftest import mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db

ANSWER = {"key": "answer", "words": "A person answers you", "measure": "first_reply", "target_hours": 24}
REFUND = {"key": "refund", "words": "Money is back with you", "measure": "refund", "target_hours": 120}


def publish(*promises, by=None):
    """A version of the policy with these promises."""
    data = to_data(current()) | {"published": list(promises)}
    return adopt(data, "Published", by=by, now=datetime.now(UTC))


def answered_after(recovery, hours: float, *, days_ago: int = 10):
    """A complaint so many days ago, and a letter of a person so many hours after it."""
    number = Case.objects.count()
    one = recovery(mail(message_id=f"<{number}@post.example>", sender=f"C{number} <c{number}@post.example>"))
    one.person_first()
    opened = datetime.now(UTC) - timedelta(days=days_ago)
    Case.objects.filter(pk=one.case.pk).update(opened_at=opened)
    OutboxEntry.objects.filter(message__case=one.case).update(sent_at=opened + timedelta(hours=hours))
    OutboxEntry.objects.filter(message__case=one.case, message__author=None).update(sent_at=opened)
    return one


def test_without_promises_the_page_says_so():
    assert "We have not published a promise yet." in words(Client().get(reverse("published-promises")))


def test_a_few_waits_are_too_few_to_tell(recovery):
    publish(ANSWER)
    answered_after(recovery, 3)
    shown = words(Client().get(reverse("published-promises")))
    assert "A person answers you" in shown
    assert "24 hours" in shown
    assert "too few to tell" in shown
    assert "out of" not in shown


def test_the_true_wait_stands_beside_the_promise_also_when_it_is_missed(recovery, door):
    version = publish(ANSWER)
    for hours in [2] * 12 + [20] * 3 + [30] * 5:
        answered_after(recovery, hours)
    # 15 of 20 within a day; 16 of 20 need 30 hours
    shown = words(Client().get(reverse("published-promises")))
    assert "30 hours" in shown
    assert "75 in a hundred, of 20 waits" in shown
    assert f"version {version.number} of our policy" in shown
    report = page(door("sam").get(reverse("promise-report"))).css_first("main dl")
    said = dict(
        zip(
            (one.text(strip=True) for one in report.css("dt")),
            (one.text(strip=True) for one in report.css("dd")),
            strict=True,
        )
    )
    assert said == {
        "Promised": "24 hours",
        "Eight in ten waited at most": "30 hours",
        "Gap": "6 hours longer",
        "Kept": "75 %",
        "Waits counted": "20",
    }


def test_the_machine_receipt_is_no_answer_and_who_waits_counts(recovery):
    one = recovery()
    now = datetime.now(UTC)
    Case.objects.update(opened_at=now - timedelta(hours=7))
    OutboxEntry.objects.update(sent_at=now - timedelta(hours=7))
    [begun] = first_reply_waits(now - timedelta(days=90), now)
    assert (begun.wait.span, begun.wait.over) == (timedelta(hours=7), False)
    assert one.case.messages.filter(outgoing=True).count() == 1


def test_what_is_older_than_ninety_days_is_not_counted(recovery):
    answered_after(recovery, 1, days_ago=91)
    now = datetime.now(UTC)
    assert first_reply_waits(now - timedelta(days=90), now) == []


def test_a_refund_is_waited_for_from_the_choice_to_its_delivery(recovery):
    publish(REFUND)
    one = recovery()
    one.person_first()
    chosen = one.accept(one.offer())
    now = datetime.now(UTC)
    assert [one.wait.over for one in refund_waits(now - timedelta(days=90), now)] == [False]
    done = one.deliver(chosen)
    [begun] = refund_waits(now - timedelta(days=90), now)
    assert (begun.at, begun.wait.span, begun.wait.over) == (chosen.at, done.at - chosen.at, True)
    assert [record.waits.count for record in track_record(now)] == [1]


def test_seven_whole_months_stand_side_by_side_with_their_misses(recovery):
    publish(ANSWER)
    today = datetime.now(UTC).replace(hour=12)
    begun = (today.replace(day=1) - timedelta(days=40)).replace(day=10)
    for hours in [2] * 15 + [30] * 5:
        answered_after(recovery, hours, days_ago=(today - begun).days)
    [record] = track_record(datetime.now(UTC))
    assert len(record.months) == 7
    assert [one.waits.count for one in record.months].count(20) == 1
    missed = next(one for one in record.months if one.waits.count)
    assert (missed.first, missed.met, missed.kept_in_a_hundred) == (begun.date().replace(day=1), False, 75)
    body = page(Client().get(reverse("published-promises"))).css("table tbody tr")
    rows = [" ".join(row.text(separator=" ").split()) for row in body]
    assert len(rows) == 7
    assert f"{begun:%B %Y} 20 75 % 30 hours missed" in rows
    assert "too few to tell" in rows[-1]
    assert "to the first letter of a person" in words(Client().get(reverse("published-promises")))


def test_the_complaint_report_is_linked_once_there_is_one(cast):
    publish(ANSWER)
    link = f'href="{reverse("published-complaints")}"'
    assert link not in Client().get(reverse("published-promises")).content.decode()
    now = datetime.now(UTC)
    publish_quarter(quarter_of(now.date()).back(1), "", {}, by=cast.ines, now=now)
    assert link in Client().get(reverse("published-promises")).content.decode()


def test_a_new_version_of_the_policy_shows_at_once():
    publish(ANSWER)
    assert "A person answers you" in words(Client().get(reverse("published-promises")))
    publish(ANSWER | {"words": "Somebody reads it today"})
    assert "Somebody reads it today" in words(Client().get(reverse("published-promises")))


def test_the_page_is_computed_once_in_ten_minutes(django_assert_num_queries):
    publish(ANSWER)
    cache.clear()
    Client().get(reverse("published-promises"))
    with django_assert_num_queries(
        3
    ):  # which version is in force, the company's name, and whether there is a complaint report
        Client().get(reverse("published-promises"))


def test_the_customers_page_leads_there(recovery):
    one = recovery()
    link = f'href="{reverse("published-promises")}"'
    addresses = [reverse("portal", args=[page_token(one.case.pk)]), reverse("portal-new-link")]
    assert not any(link in Client().get(address).content.decode() for address in addresses), "a way to an empty page"
    publish(ANSWER)
    assert all(link in Client().get(address).content.decode() for address in addresses)
