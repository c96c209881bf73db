"""An offer is answered once, while it is open, with evidence; what is written down is what was said."""

from datetime import timedelta

import pytest

from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.event import Event
from amends.cases.outbox import OutboxEntry
from amends.recovery.agree import accept, decline, open_offers, told_offers
from amends.recovery.errors import OfferSettled
from amends.recovery.offer import Acceptance, Decline, Via
from amends.recovery.promise import Promise
from amends.recovery.withdraw import withdraw


@pytest.fixture
def offered(recovery, cast):
    one = recovery()
    one.person_first()
    one.made = one.offer()
    one.first, one.second = one.made.options.order_by("position")[:2]
    cast.clock.forward(hours=1)
    return one


def chosen(one, cast):
    accept(one.second, via=Via.PAGE, now=cast.clock.now)


def declined(one, cast):
    decline(one.made, "Neither of them", via=Via.PAGE, now=cast.clock.now)


def withdrawn(one, cast):
    withdraw(one.made, "The sum was wrong", by=cast.tom, now=cast.clock.now)


def lapsed(one, cast):
    cast.clock.forward(days=(one.made.expires_at - cast.clock.now).days + 1)


SETTLED = [(chosen, "was chosen before"), (declined, "was declined"), (withdrawn, "was replaced"), (lapsed, "lapsed")]


@pytest.mark.parametrize(("settle", "said"), SETTLED, ids=lambda one: getattr(one, "__name__", ""))
def test_an_offer_that_is_settled_takes_no_other_answer(offered, cast, settle, said):
    settle(offered, cast)
    before = (Acceptance.objects.count(), Decline.objects.count(), Promise.objects.count())
    with pytest.raises(OfferSettled, match=said):
        accept(offered.first, via=Via.PAGE, now=cast.clock.now)
    with pytest.raises(OfferSettled, match=said):
        decline(offered.made, "Something else", via=Via.PAGE, now=cast.clock.now)
    assert (Acceptance.objects.count(), Decline.objects.count(), Promise.objects.count()) == before


@pytest.mark.parametrize(("settle", "said"), SETTLED, ids=lambda one: getattr(one, "__name__", ""))
def test_only_an_offer_without_an_answer_is_open(offered, cast, settle, said):
    assert open_offers(offered.case, cast.clock.now) == [offered.made]
    settle(offered, cast)
    assert open_offers(offered.case, cast.clock.now) == [], said


def test_the_same_choice_twice_is_done_already(offered, cast):
    accept(offered.first, via=Via.PAGE, now=cast.clock.now)
    with pytest.raises(AlreadyDone, match="chosen already"):
        accept(offered.first, via=Via.PAGE, now=cast.clock.now)


def test_an_offer_is_open_until_its_very_end(offered, cast):
    end = offered.made.expires_at
    assert open_offers(offered.case, end - timedelta(seconds=1)) == [offered.made]
    assert open_offers(offered.case, end) == []


def test_an_offer_whose_letter_has_not_left_is_not_told(offered, cast):
    now = cast.clock.now
    assert told_offers(offered.case, now) == []
    OutboxEntry.objects.filter(message=offered.made.message_id).update(sent_at=now)
    assert told_offers(offered.case, now) == [offered.made]


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_yes_noted_by_us_needs_their_words(offered, cast, words):
    with pytest.raises(Incomplete, match="own words"):
        accept(offered.first, via=Via.PHONE, now=cast.clock.now, words=words, noted_by=cast.tom, was_read_back=True)


def test_a_yes_that_nobody_noted_is_none(offered, cast):
    with pytest.raises(Incomplete, match="own words"):
        accept(offered.first, via=Via.PHONE, now=cast.clock.now, words="Yes please", was_read_back=True)


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_no_needs_its_reason(offered, cast, reason):
    with pytest.raises(Incomplete, match="what is not right"):
        decline(offered.made, reason, via=Via.PAGE, now=cast.clock.now)
    assert open_offers(offered.case, cast.clock.now) == [offered.made]


def test_a_yes_is_kept_as_it_was_said_and_becomes_our_promise(offered, cast):
    made = accept(
        offered.first,
        via=Via.PHONE,
        now=cast.clock.now,
        words="  Yes, that one. ",
        noted_by=cast.ines,
        was_read_back=True,
    )
    assert (made.words, made.noted_by, made.via) == ("Yes, that one.", cast.ines, Via.PHONE)
    promise = Promise.objects.get(acceptance=made)
    assert (promise.words, promise.made_by, promise.owner) == (offered.first.title, cast.tom, cast.tom)
    accepted = Event.objects.get(kind="offer_accepted")
    assert accepted.actor == f"user:{cast.ines.pk}"
    beside = accepted.words.get()
    assert (beside.name, beside.words, beside.fit) == ("title", offered.first.title, True)
    assert {**accepted.data, "title": ""} == {"offer": offered.made.pk, "option": offered.first.pk, "title": ""}
    assert Event.objects.get(kind="promise_made").data == {"due": f"{promise.due_at:%Y-%m-%d}"}


def test_a_yes_on_the_page_is_the_customers_own(offered, cast):
    made = accept(offered.first, via=Via.PAGE, now=cast.clock.now)
    assert (made.words, made.noted_by, made.read_back, made.message) == ("", None, "", None)
    assert Event.objects.get(kind="offer_accepted").actor == f"customer:{offered.case.customer_id}"
    offered.case.standing.refresh_from_db()
    assert offered.case.standing.attention == "to do"


def test_a_no_is_kept_as_it_was_said(offered, cast):
    made = decline(offered.made, "  Too late for me ", via=Via.PHONE, now=cast.clock.now, noted_by=cast.ines)
    assert Decline.objects.get() == made
    assert (made.reason, made.via, made.noted_by) == ("Too late for me", Via.PHONE, cast.ines)
    assert Event.objects.get(kind="offer_declined").actor == f"user:{cast.ines.pk}"


def test_a_no_on_the_page_is_the_customers_own(offered, cast):
    decline(offered.made, "Neither", via=Via.PAGE, now=cast.clock.now)
    assert Event.objects.get(kind="offer_declined").actor == f"customer:{offered.case.customer_id}"


def test_who_chooses_late_gets_it_as_many_days_later(offered, cast):
    promised = offered.first.deliver_by - offered.made.made_at.date()
    later = cast.clock.forward(days=promised.days + 1)
    if not offered.made.is_open(later):
        pytest.fail("The offer lapses before its own day: this test asks nothing.")
    made = accept(offered.first, via=Via.PAGE, now=later)
    assert Promise.objects.get(acceptance=made).due_at.date() >= later.date() + promised


def test_who_chooses_on_the_last_day_gets_it_that_day(offered, cast):
    day = offered.first.deliver_by
    at = cast.clock.forward(days=(day - cast.clock.now.date()).days)
    made = accept(offered.first, via=Via.PAGE, now=at)
    assert Promise.objects.get(acceptance=made).due_at.date() == day
