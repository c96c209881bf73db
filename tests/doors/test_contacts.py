"""Whether the first answer was enough: reckoned by hand, with the cases behind each number."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.case import Case
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.insights import waits
from amends.insights.contacts import table
from amends.insights.scope import PERIODS, Scope
from amends.recovery.follow_up import FollowUp
from tests.conftest import mail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
OPENED = NOW - timedelta(days=30)


@pytest.fixture
def answered(cast):
    """So many cases answered an hour after they came, with what their customer wrote so long after the first mail."""

    def made(count: int, *wrote: timedelta, opened=OPENED, said: bool | None = None):
        for _ in range(count):
            made.number += 1
            name = f"person{made.number}@post.example"
            case = cast.case(mail(sender=f"<{name}>", message_id=f"<{name}>"))
            Case.objects.filter(pk=case.pk).update(opened_at=opened)
            case.messages.filter(outgoing=False).update(at=opened)
            letter = Message.objects.create(case=case, at=opened, outgoing=True, author=cast.tom, text="Sorry.")
            gone = opened + timedelta(hours=1)
            OutboxEntry.objects.create(message=letter, envelope={}, not_before=gone, sent_at=gone)
            for after in wrote:
                Message.objects.create(case=case, at=opened + after, outgoing=False, text="And?")
            if said is not None:
                FollowUp.objects.create(case=case, due_at=opened, planned_at=opened, done_at=NOW, still_right=said)

    made.number = 0
    return made


def scope(cast, who="sam"):
    return Scope(user=cast.people[who], now=NOW, period=PERIODS["12-weeks"])


def test_settled_and_come_back_by_hand(cast, answered):
    """24 of 32 settled: 5 wrote again within a week, 3 said no; 6 wrote later, 2 at once, 4 are too young."""
    answered(16)
    answered(5, timedelta(days=3))
    answered(6, timedelta(days=9))
    answered(2, timedelta(minutes=5))
    answered(3, said=False)
    answered(4, opened=NOW - timedelta(days=2))
    found = {row[0].text: [cell.text for cell in row[1:]] for row in table(scope(cast)).rows}
    assert found["Settled at the first answer"][:2] == ["32", "75 %"]
    assert found["Answered lately, too young to count"][0] == "4"
    assert found["Said that it is settled"] == ["3", "too few to tell", "–"]
    assert found["Wrote more than once"][:2] == ["36", "31 %"]
    assert found["Contacts beyond the first, a case"][:2] == ["36", "0.3"]
    behind = {key: waits.cases(scope(cast), f"contacts:{key}").cases.count() for key in ("settled", "again", "young")}
    assert behind == {"settled": 24, "again": 8, "young": 4}
    assert waits.cases(scope(cast), "contacts:repeated").cases.count() == 11
    assert waits.cases(scope(cast), "contacts:nothing") is None


def test_few_cases_are_too_few_and_none_is_no_table(cast, answered):
    assert table(scope(cast)).rows == ()
    answered(3)
    assert table(scope(cast)).rows[0][2].text == "too few to tell"


def test_only_cases_one_may_see_are_counted(cast, answered):
    answered(2)
    Case.objects.update(team=cast.priya.team)
    assert table(scope(cast, "ines")).rows == ()
    assert table(scope(cast, "sam")).rows != ()
