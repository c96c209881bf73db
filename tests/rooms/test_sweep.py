"""What becomes due by the clock alone, and a queue row that always tells the path."""

from datetime import timedelta

import pytest

from amends.cases.assignment import Snooze, assign, snooze
from amends.cases.closure import close, reopen
from amends.cases.facts import facts_of
from amends.cases.hear import confirm_understanding, correct_understanding
from amends.cases.standing import Standing, columns, stand
from amends.jobs import sweep
from amends.method.path import Attention, recovery_path
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import decline
from amends.recovery.follow_up import follow_up
from amends.recovery.offer import Via
from tests.conftest import mail

pytestmark = pytest.mark.django_db


def row() -> dict:
    return Standing.objects.filter().values().get()


def told_by_the_path(one) -> None:
    """The row equals the path computed anew, and standing again changes nothing."""
    from amends.cases.case import Case

    case = Case.objects.get(pk=one.case.pk)
    facts = facts_of(case, one.now)
    expected = columns(case, facts, recovery_path(facts), one.now)
    before = row()
    assert {name: before[name] for name in expected} == expected
    stand(case, one.now)
    assert row() == before


def test_the_row_tells_the_path_after_every_verb_of_a_recovery(recovery, cast):
    one = recovery()
    told_by_the_path(one)
    later = timedelta(days=2)

    def after(verb) -> None:
        verb()
        told_by_the_path(one)

    after(lambda: assign(one.case, to=cast.tom, by=cast.ines, now=one.now))
    after(lambda: one.hear("Nobody called back"))
    after(one.person_first)
    after(lambda: confirm_understanding(one.case, one.now))
    after(lambda: correct_understanding(one.case, {}, "You forgot the lamp", cast.clock.forward(minutes=1)))
    after(one.hear)
    after(one.person_first)
    after(lambda: snooze(one.case, until=one.now + later, reason="Courier", by=cast.tom, now=one.now))
    cast.clock.forward(days=3)
    after(lambda: sweep(one.now))
    after(one.offer)
    after(lambda: decline(one.case.offers.last(), "Too little", via=Via.PAGE, now=one.now))
    after(one.offer)
    after(lambda: one.accept(one.case.offers.last()))
    for issue in one.issues:
        after(lambda issue=issue: attribute(issue, Cause.objects.get(), by=cast.tom, now=one.now))
    after(lambda: one.deliver(one.case.offers.last().acceptance))
    after(one.prevent)
    after(lambda: close(one.case, by=cast.tom, now=one.now))
    assert row()["attention"] == Attention.DONE
    after(lambda: reopen(one.case, by=cast.tom, now=one.now, reason="One more thing"))
    cast.clock.forward(minutes=1)
    after(lambda: cast.write(mail("Well?", message_id="<two@post.example>", References="<one@post.example>")))
    after(lambda: one.say(issues=[]))
    after(lambda: close(one.case, by=cast.tom, now=one.now))
    cast.clock.forward(days=9)
    after(lambda: sweep(one.now))
    after(lambda: follow_up(one.case, still_right=False, words="It broke", by=cast.tom, now=one.now))


def test_the_clock_alone_ends_a_rest(recovery, cast):
    one = recovery()
    one.person_first()
    until = one.now + timedelta(hours=2)
    snooze(one.case, until=until, reason="Courier", by=cast.tom, now=one.now)
    assert sweep(until - timedelta(seconds=1)) == 0
    assert row()["attention"] == Attention.WAITING
    assert sweep(until) == 1
    assert (row()["attention"], Snooze.objects.count()) == (Attention.TO_DO, 0)
    assert sweep(until) == 0


def test_an_offer_that_lapsed_comes_back_to_us_once(recovery, cast):
    one = recovery()
    one.person_first()
    offer = one.offer()
    assert sweep(offer.expires_at - timedelta(seconds=1)) == 0
    assert row()["attention"] == Attention.WAITING
    assert sweep(offer.expires_at) == 1
    assert (row()["attention"], row()["next_step"]) == (Attention.TO_DO, "remedy")
    assert sweep(offer.expires_at + timedelta(minutes=1)) == 0


def test_a_case_in_the_queue_keeps_its_place_when_its_follow_up_falls_due(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    before = row()
    assert (before["attention"], before["next_step"]) == (Attention.TO_DO, "prevent")
    due = one.case.follow_ups.get().due_at
    assert sweep(due + timedelta(hours=1)) == 1
    assert one.case.follow_ups.get().letter is not None
    assert row() == {**before, "follow_up_at": None}


def test_a_sweep_over_nothing_due_changes_nothing(recovery, cast):
    one = recovery()
    one.person_first()
    before = row()
    assert sweep(one.now + timedelta(minutes=1)) == 0
    assert row() == before
