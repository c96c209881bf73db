"""A customer asks about their data: noted with its day, confirmed, answered or refused with a reason, taken back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible
from amends.cases.history import history_of
from amends.cases.ledger import verify
from amends.cases.message import Message
from amends.cases.name_subject import name_subject
from amends.privacy.answer import give_copy, refuse_request
from amends.privacy.ask import (
    ask_about_data,
    given_copy,
    open_requests,
    requests_to_answer,
    saved_copy,
    take_request_back,
)
from amends.privacy.erase import erase_person
from amends.privacy.holds import place_hold
from amends.privacy.models import Erasure
from amends.privacy.request import Asks, Ending, PersonRequest
from tests.rooms.erasing import found_in_database, let_leave

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sink(settings, tmp_path):
    settings.AMENDS_SINK = tmp_path


@pytest.fixture
def one(recovery):
    return recovery()


def ask(one, kind=Asks.ERASURE):
    return ask_about_data(one.case, kind, one.cast.clock.forward(minutes=1))


def letter(one) -> str:
    return Message.objects.filter(case=one.case, outgoing=True).latest("pk").text


def told(one) -> str:
    return history_of(one.case)[-1].sentence


def test_what_is_asked_is_noted_with_who_when_and_the_day_a_month_later(one):
    asked = ask(one)
    assert (asked.customer, asked.at, asked.due_on) == (one.case.customer, one.now, date(2026, 12, 21))
    assert told(one) == "Maria Oduya asked to be erased: an answer is due by 21 December"
    said = letter(one)
    assert "erase everything we hold about you" in said
    assert "21 December 2026" in said
    assert "Article 12(3)" in said
    assert "/about-me/" in said


def test_the_month_begins_on_the_day_of_the_team_that_got_it(one):
    one.case.team.calendar = {"zone": "Pacific/Auckland", "hours": {"mon": "09:00-17:00"}}
    one.case.team.save()
    one.case.refresh_from_db()
    one.cast.clock.now = one.now.replace(day=30, hour=23)
    assert ask(one).due_on == date(2027, 1, 1)  # it was the first of December there


def test_never_two_open_requests_of_a_kind_not_even_past_the_verb(one):
    asked = ask(one)
    with pytest.raises(AlreadyDone, match="21 December 2026"):
        ask(one)
    ask(one, Asks.COPY)
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonRequest.objects.create(
            customer=asked.customer, case=one.case, kind=Asks.ERASURE, at=one.now, due_on=asked.due_on
        )
    assert open_requests(one.case.customer).count() == 2


def test_who_took_it_back_can_ask_again(one):
    ask(one)
    back = take_request_back(one.case, Asks.ERASURE, one.cast.clock.forward(days=1))
    assert (back.ending, back.by, back.ended_at) == (Ending.WITHDRAWN, None, one.now)
    assert told(one) == "Maria Oduya took back what they had asked about their data"
    with pytest.raises(AlreadyDone, match="nothing to take back"):
        take_request_back(one.case, Asks.ERASURE, one.now)
    assert ask(one).due_on == date(2026, 12, 22)


def test_it_is_work_of_those_who_may_erase_the_first_due_first(one, recovery, cast):
    later = ask(one)
    assert list(requests_to_answer(cast.ines)) == list(requests_to_answer(cast.ada)) == [later]
    assert list(requests_to_answer(cast.tom)) == list(requests_to_answer(cast.sam)) == []
    ask(one, Asks.COPY)
    assert [row.kind for row in requests_to_answer(cast.ines)] == ["erasure", "copy"]
    take_request_back(one.case, Asks.COPY, one.now)
    take_request_back(one.case, Asks.ERASURE, one.now)
    assert list(requests_to_answer(cast.ines)) == []


def test_the_copy_is_saved_on_their_page_only_once_it_was_given_and_for_thirty_days(one, cast):
    asked = ask(one, Asks.COPY)
    with pytest.raises(NotPossible, match="no copy to save"):
        saved_copy(one.case, one.now)
    give_copy(asked, by=cast.ines, now=cast.clock.forward(days=2))
    assert "/about-me/" in letter(one)
    assert "23 December 2026" in letter(one)
    assert told(one) == "Ines Castellano put the copy that the customer asked for on their page"
    assert saved_copy(one.case, one.now)[:2] == b"PK"
    assert told(one) == "Maria Oduya saved the copy of everything we hold about them"
    assert given_copy(one.case.customer, one.now + timedelta(days=29)) == asked
    with pytest.raises(NotPossible):
        saved_copy(one.case, one.now + timedelta(days=30))
    with pytest.raises(AlreadyDone):
        give_copy(asked, by=cast.ines, now=one.now)
    assert verify().holds


def test_no_needs_a_reason_and_the_customer_reads_it_with_where_to_go_next(one, cast):
    asked = ask(one)
    place_hold(one.case.customer, "A court may ask", by=cast.ines, now=one.now)
    with pytest.raises(Incomplete, match="right to the reason"):
        refuse_request(asked, "  ", by=cast.ines, now=one.now)
    done = refuse_request(asked, "A law makes us keep it until 2029.", by=cast.ines, now=cast.clock.forward(days=1))
    assert (done.ending, done.by, done.reason) == (Ending.REFUSED, cast.ines, "A law makes us keep it until 2029.")
    assert "A law makes us keep it until 2029." in letter(one)
    assert "data protection authority" in letter(one)
    assert "A court may ask" not in letter(one)  # why we hold it inside is ours
    with pytest.raises(AlreadyDone):
        refuse_request(asked, "Again.", by=cast.ines, now=one.now)


def test_who_may_not_erase_may_not_answer(one, cast, recovery):
    asked, copied = ask(one), ask(one, Asks.COPY)
    for who in (cast.tom, cast.sam, cast.priya):
        with pytest.raises(NotAllowed):
            refuse_request(asked, "No.", by=who, now=one.now)
        with pytest.raises(NotAllowed):
            give_copy(copied, by=who, now=one.now)
    with pytest.raises(NotPossible, match="not for a copy"):
        give_copy(asked, by=cast.ines, now=one.now)
    name_subject(one.case, cast.ines, by=cast.ada, now=one.now)
    with pytest.raises(ConflictOfInterest):
        refuse_request(asked, "No.", by=cast.ines, now=one.now)
    assert open_requests(one.case.customer).count() == 2


def test_erasing_answers_it_and_knows_that_they_asked_themselves(one, cast):
    asked = ask(one)
    let_leave(one)
    erase_person(one.case.customer, "erase", asked=False, by=cast.ines, now=cast.clock.forward(minutes=1))
    asked.refresh_from_db()
    assert (asked.ending, asked.by, asked.ended_at) == (Ending.DONE, cast.ines, one.now)
    assert Erasure.objects.get().asked
    assert verify().holds


def test_who_also_asked_for_a_copy_gets_it_before_they_are_erased(one, cast):
    ask(one)
    copied = ask(one, Asks.COPY)
    let_leave(one)
    with pytest.raises(NotPossible, match="asked for a copy"):
        erase_person(one.case.customer, "erase", asked=True, by=cast.ines, now=one.now)
    give_copy(copied, by=cast.ines, now=cast.clock.forward(minutes=1))
    let_leave(one)
    erase_person(one.case.customer, "erase", asked=True, by=cast.ines, now=one.now)
    assert Erasure.objects.count() == 1


def test_a_hold_stops_erasing_and_not_the_asking(one, cast):
    place_hold(one.case.customer, "A court may ask", by=cast.ines, now=one.now)
    ask(one)
    let_leave(one)
    with pytest.raises(NotPossible, match="legal hold"):
        erase_person(one.case.customer, "erase", asked=True, by=cast.ines, now=one.now)
    assert open_requests(one.case.customer).count() == 1


def test_the_reason_of_an_earlier_no_goes_with_them(one, cast):
    refuse_request(ask(one), "Maria's heron is with the court.", by=cast.ines, now=one.now)
    let_leave(one)
    erase_person(one.case.customer, "erase", asked=True, by=cast.ines, now=cast.clock.forward(minutes=1))
    assert found_in_database(["heron is with the court"]) == []


def test_a_request_cannot_end_half(one):
    asked = ask(one)
    asked.ending, asked.ended_at = Ending.REFUSED, one.now
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()
