"""The pages of the rota and of the end of a shift, and what a customer reads when nobody is there."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.assignment import Assignment, assign
from amends.cases.rota import Planned, put_on
from amends.method.rota import monday_of
from amends.recovery.hand_over import HandOver
from amends.team.shift import Duty, Shift, Swap
from tests.conftest import mail
from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db

ROTA, END = "/team/rota/", "/team/hand-over/"


@pytest.fixture
def later():
    """The Monday after next."""
    return monday_of(datetime.now(UTC), "UTC") + timedelta(days=14)


def planned(later, **more):
    shift = {"do": "put-on", "person": "tom", "day": later.isoformat(), "hours": "09:00-17:00", "duty": "here"}
    return {**shift, **more}


def week(later) -> str:
    return f"{ROTA}?week={later.isoformat()}"


def test_a_lead_plans_the_week_beside_what_the_load_asks_for(cast, door, later):
    lead = door("ines")
    response = lead.post(week(later), planned(later), follow=True)
    assert "09:00-17:00 Tom Becker" in words(response)
    assert "By what came in over the last four weeks, plan" in words(response)
    after = later + timedelta(days=7)
    copied = lead.post(week(after), {"do": "copy"}, follow=True)
    assert "1 shift copied from the week before." in words(copied)
    assert Shift.objects.count() == 2
    taken = lead.post(week(later), {"do": "take-off", "shift": Shift.objects.first().pk}, follow=True)
    assert "is off the rota" in words(taken)


def test_what_was_typed_stands_there_beside_the_reason(cast, door, later):
    response = door("ines").post(week(later), planned(later, hours="nine to five"))
    assert response.status_code == 422
    assert "is not a span of hours" in words(response)
    assert typed(response, "hours") == "nine to five"
    assert not Shift.objects.exists()


@pytest.mark.parametrize("bad", [{"do": ""}, {"day": "soon"}, {"person": "priya"}, {"duty": "x"}, {"do": "ask"}])
def test_nonsense_is_refused_with_the_way_on(cast, door, later, bad):
    response = door("ines").post(week(later), planned(later, **bad))
    assert response.status_code in (404, 422)
    assert not Shift.objects.exists()


@pytest.mark.parametrize("asked", ["x", "0001-01-01", "9999-12-31", "2026-13-40"])
def test_a_made_up_week_is_this_one(cast, door, asked):
    shown = monday_of(datetime.now(UTC), "UTC")
    assert f"Week of {shown:%-d %B %Y}" in words(door().get(f"{ROTA}?week={asked}"))


def test_an_agent_and_quality_see_the_rota_and_do_not_make_it(cast, door, later):
    for who in ("tom", "sam"):
        assert "Put somebody on" not in words(door(who).get(week(later)))
        assert door(who).post(week(later), planned(later)).status_code == 403
    assert not Shift.objects.exists()


def test_another_team_sees_nothing_of_it(cast, door, later):
    door("ines").post(week(later), planned(later))
    shift = Shift.objects.get()
    assert "Tom Becker" not in words(door("priya").get(week(later)))
    for do in ("take-off", "ask"):
        assert door("priya").post(ROTA, {"do": do, "shift": shift.pk, "to": "priya"}).status_code in (404, 422)
    assert Shift.objects.get().person == cast.tom


def test_two_swap_and_the_lead_is_told(cast, door, later):
    door("ines").post(week(later), planned(later))
    shift = Shift.objects.get()
    response = door().post(week(later), {"do": "ask", "shift": shift.pk, "to": "ada"}, follow=True)
    assert "Ada Lind is asked." in words(response)
    assert "Tom Becker asks you to take" in words(door("ada").get(ROTA))
    swap = Swap.objects.get().pk
    assert door("ines").post(ROTA, {"do": "answer", "swap": swap, "answer": "yes"}).status_code == 404
    door("ada").post(ROTA, {"do": "answer", "swap": swap, "answer": "yes"})
    assert Shift.objects.get().person == cast.ada
    assert "Ada Lind took" in words(door("ines").get(ROTA))
    assert "Swapped of late" not in words(door().get(ROTA))


def test_a_case_goes_to_who_is_there_in_one_click(cast, recovery, door):
    one = recovery()
    now = datetime.now(UTC)
    assign(one.case, to=cast.tom, by=cast.ines, now=now)
    for_today = Planned(cast.ines, now.date(), "00:00-24:00")
    put_on(cast.tom.team, for_today, by=cast.ines, now=now)
    shown = words(door().get(END))
    assert "No next shift of yours is planned" in shown
    assert "What went wrong" in shown
    sent = door().post(END, {"cases": one.case.pk, "to": "ines", "note": "She waits by the phone"}, follow=True)
    assert "Ines Castellano is asked to take 1 over." in words(sent)
    asked = words(door("ines").get(END))
    assert "She waits by the phone" in asked
    assert Assignment.objects.get().to == cast.tom
    door("ines").post(END, {"hand_over": HandOver.objects.get().pk, "answer": "yes"})
    assert Assignment.objects.get().to == cast.ines
    assert "She waits by the phone" not in words(door("").get(f"/c/{one.token}/"))
    assert "Tom" not in words(door("").get(f"/c/{one.token}/"))


@pytest.mark.parametrize("sent", [{}, {"cases": "1"}, {"to": "ines"}, {"cases": "x", "to": "tom"}, {"hand_over": "x"}])
def test_a_hand_over_of_nothing_or_to_nobody_is_refused(cast, door, sent):
    assert door().post(END, sent).status_code in (404, 422)
    assert not HandOver.objects.exists()


def test_the_page_of_a_customer_in_danger_says_what_to_do_and_who_is_told(cast, recovery, door):
    now = datetime.now(UTC)
    call = Planned(cast.tom, now.date(), "00:00-24:00", Duty.CALL, "tom@lindqvist.example")
    cast.clock.now = now
    put_on(cast.tom.team, call, by=cast.ines, now=now)
    one = recovery(mail("The charger caught fire and burned my hand.\n"))
    shown = door("").get(f"/c/{one.token}/")
    assert "call your emergency services now" in words(shown)
    assert "The person on call here is being told at once." in words(shown)
    assert "tom@lindqvist.example" not in page(shown).html
