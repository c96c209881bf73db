"""Erasing by rule: nothing before an admin confirmed the preview, then whose every case is closed long enough."""

from datetime import datetime, timedelta

import pytest

from amends.cases.closure import close, reopen
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.history import history_of
from amends.cases.ledger import verify
from amends.cases.outbox import OutboxEntry
from amends.cases.policy import adopt
from amends.method.policy import to_data
from amends.privacy.holds import lift_hold, place_hold
from amends.privacy.models import Erasure
from amends.privacy.retain import MOST_A_NIGHT, confirm_retention, erase_those_due, preview, working_rule
from amends.privacy.retention import RetentionNight
from amends.team.policy import current
from tests.conftest import mail
from tests.rooms.erasing import found_in_database, let_leave

pytestmark = pytest.mark.django_db
WORDS = "The order arrived nine days late, after the birthday"


@pytest.fixture(autouse=True)
def _sink(settings, tmp_path):
    settings.AMENDS_SINK = tmp_path


@pytest.fixture
def keep(cast):
    adopt({**to_data(current()), "keep_days": 100}, "A hundred days are enough", by=cast.ada, now=cast.clock.now)


@pytest.fixture
def closed(recovery, cast, keep):
    """A case made good and closed, with every letter gone."""
    one = recovery(mail(f"{WORDS}.\n\nMaria Oduya"))
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    let_leave(one)
    close(one.case, by=cast.tom, now=cast.clock.forward(minutes=1), words="All is well")
    let_leave(one)
    return one


def night(cast, *, days: int = 1) -> datetime:
    cast.clock.now = (cast.clock.now + timedelta(days=days)).replace(hour=3)
    return cast.clock.now


def confirmed(cast):
    shown = preview(cast.clock.now)
    return confirm_retention(shown.days, shown.count, by=cast.ada, now=cast.clock.now)


def test_nothing_is_erased_before_an_admin_confirmed_it(closed, cast):
    now = night(cast, days=101)
    assert preview(now).count == 1
    assert (erase_those_due(now), Erasure.objects.count(), RetentionNight.objects.count()) == (0, 0, 0)


def test_the_preview_counts_from_the_day_the_last_case_was_closed(closed, cast):
    at = closed.case.closure.at
    assert preview(at + timedelta(days=100) - timedelta(seconds=1)).count == 0
    shown = preview(at + timedelta(days=100))
    assert (shown.count, [one.pk for one in shown.first]) == (1, [closed.case.customer_id])


def test_confirmed_it_goes_the_next_night_and_the_ledger_says_by_what(closed, cast):
    night(cast, days=101)
    rule = confirmed(cast)
    assert (rule.by, rule.days, rule.counted) == (cast.ada, 100, 1)
    assert WORDS in closed.case.messages.first().text
    assert erase_those_due(night(cast)) == 1
    made = Erasure.objects.get()
    assert (made.rule, made.by, made.asked) == (rule, cast.ada, False)
    assert found_in_database([WORDS, "maria@post.example"]) == []
    assert history_of(closed.case)[-1].sentence.startswith("The period of the policy erased the customer")
    done = RetentionNight.objects.get()
    assert (done.rule, done.erased, done.hindered) == (rule, 1, 0)
    assert verify().holds


def test_one_open_case_keeps_them(closed, cast):
    cast.case(mail("Another thing.", message_id="<again@post.example>", subject="The lamp"))
    assert preview(night(cast, days=300)).count == 0


def test_a_case_begun_again_counts_from_its_new_end(closed, cast):
    now = night(cast, days=101)
    reopen(closed.case, by=cast.tom, now=now, reason="It broke again")
    assert preview(now).count == 0


def test_who_is_on_hold_stays_and_is_told_of(closed, cast):
    now = night(cast, days=101)
    place_hold(closed.case.customer, "A court may ask", by=cast.ines, now=now)
    shown = preview(now)
    assert (shown.count, shown.held) == (0, 1)
    confirmed(cast)
    assert erase_those_due(night(cast)) == 0
    lift_hold(closed.case.customer, "It is over", by=cast.ines, now=cast.clock.now)
    assert erase_those_due(night(cast)) == 1


def test_a_letter_on_its_way_is_waited_for_and_counted(closed, cast):
    confirmed_at = night(cast, days=101)
    confirmed(cast)
    OutboxEntry.objects.filter(message__case=closed.case).update(sent_at=None)
    assert erase_those_due(night(cast)) == 0
    assert (RetentionNight.objects.get().hindered, RetentionNight.objects.get().at > confirmed_at) == (1, True)
    let_leave(closed)
    assert erase_those_due(night(cast)) == 1


def test_once_a_night_and_not_by_day(closed, cast):
    night(cast, days=101)
    confirmed(cast)
    before_two = cast.clock.now.replace(hour=1)
    assert (erase_those_due(before_two), RetentionNight.objects.count()) == (0, 0)
    erase_those_due(cast.clock.now)
    erase_those_due(cast.clock.now + timedelta(hours=1))
    assert RetentionNight.objects.count() == 1
    assert MOST_A_NIGHT > 1


def test_another_period_has_to_be_confirmed_anew(closed, cast):
    night(cast, days=50)
    confirmed(cast)
    adopt({**to_data(current()), "keep_days": 30}, "Shorter", by=cast.ada, now=cast.clock.now)
    assert working_rule() is None
    assert erase_those_due(night(cast)) == 0
    with pytest.raises(NotPossible, match="30 days by now"):
        confirm_retention(100, 0, by=cast.ada, now=cast.clock.now)
    confirmed(cast)
    assert erase_those_due(night(cast)) == 1


def test_only_an_admin_confirms_what_they_saw_and_once(closed, cast):
    now = night(cast, days=101)
    for who in (cast.tom, cast.ines, cast.sam):
        with pytest.raises(NotAllowed):
            confirm_retention(100, 1, by=who, now=now)
    with pytest.raises(Incomplete, match="It is 1 by now"):
        confirm_retention(100, 0, by=cast.ada, now=now)
    confirmed(cast)
    with pytest.raises(AlreadyDone):
        confirm_retention(100, 1, by=cast.ada, now=now)
