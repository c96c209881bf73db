"""The rota: made by a lead, one shift at a time for one person, swapped when both say yes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.event import Event
from amends.cases.rota import Planned, copy_week, put_on, take_off
from amends.cases.swap import answer_swap, ask_swap
from amends.desk.rota_week import short_of
from amends.team.shift import Duty, Shift, there

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
REACH = "tom.phone@lindqvist.example"


@pytest.fixture
def plan(cast):
    cast.tom.team.calendar = {"zone": "Europe/Berlin", "hours": {"mon": "09:00-17:00"}}
    cast.tom.team.save()

    def put(who, hours="09:00-17:00", day=MONDAY, duty=Duty.HERE, reach="", by=None):
        planned = Planned(who, day, hours, duty, reach)
        return put_on(cast.tom.team, planned, by=by or cast.ines, now=cast.clock.now)

    return put


def test_a_shift_is_put_on_by_the_clock_of_the_team_and_stands_in_the_ledger(plan, cast):
    shift = plan(cast.tom)
    assert shift.span == (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC))
    assert there(shift.team, Duty.HERE, shift.begins_at) == [cast.tom]
    assert there(shift.team, Duty.HERE, shift.ends_at) == []
    assert Event.objects.get(kind="shift_planned").data["to"] == cast.tom.pk


@pytest.mark.parametrize("hours", ["09:00-17:00", "16:59-23:00", "00:00-24:00", "10:00-11:00"])
def test_nobody_has_two_shifts_at_once(plan, cast, hours):
    plan(cast.tom)
    with pytest.raises(NotPossible, match="has a shift then already"):
        plan(cast.tom, hours, duty=Duty.CALL, reach=REACH)
    assert Shift.objects.count() == 1


def test_one_after_the_other_and_two_people_at_once_are_fine(plan, cast):
    plan(cast.tom)
    plan(cast.tom, "17:00-20:00")
    plan(cast.ines)
    assert Shift.objects.count() == 3


def test_the_rota_is_made_by_the_lead_of_the_team_for_its_people(plan, cast):
    for who in (cast.tom, cast.sam, cast.priya):
        with pytest.raises(NotAllowed):
            plan(cast.tom, by=who)
    with pytest.raises(Incomplete, match="not in the Home team"):
        plan(cast.priya)
    with pytest.raises(Incomplete, match="over already"):
        plan(cast.tom, day=date(2026, 11, 20))


@pytest.mark.parametrize("reach", ["", "by phone", "a@"])
def test_nobody_is_on_call_whom_a_call_cannot_reach(plan, cast, reach):
    with pytest.raises(Incomplete, match="e-mail address"):
        plan(cast.tom, duty=Duty.CALL, reach=reach)
    shift = plan(cast.tom, duty=Duty.CALL, reach=REACH)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(reach="")


def test_a_week_is_copied_whole_at_the_same_times_of_the_clock(plan, cast):
    cast.clock.now = datetime(2026, 3, 20, 9, tzinfo=UTC)
    plan(cast.tom, "22:00-06:00", date(2026, 3, 27))
    plan(cast.ines, day=date(2026, 3, 24))
    count, gone = copy_week(cast.tom.team, date(2026, 3, 30), by=cast.ines, now=cast.clock.now)
    assert (count, gone) == (2, [])
    copied = Shift.objects.filter(begins_at__gte=datetime(2026, 3, 30, tzinfo=UTC))
    assert [one.begins_at for one in copied] == [
        datetime(2026, 3, 31, 7, tzinfo=UTC),
        datetime(2026, 4, 3, 20, tzinfo=UTC),
    ]
    with pytest.raises(NotPossible, match="has shifts already"):
        copy_week(cast.tom.team, date(2026, 3, 30), by=cast.ines, now=cast.clock.now)


def test_who_left_is_left_out_of_a_copy_by_name_and_nothing_is_copied_from_nothing(plan, cast):
    with pytest.raises(NotPossible, match="no shifts to copy"):
        copy_week(cast.tom.team, MONDAY + timedelta(days=7), by=cast.ines, now=cast.clock.now)
    plan(cast.tom)
    plan(cast.ines)
    cast.tom.is_active = False
    cast.tom.save()
    told = copy_week(cast.tom.team, MONDAY + timedelta(days=7), by=cast.ines, now=cast.clock.now)
    assert told == (1, ["Tom Becker"])


def test_two_of_one_name_are_two_people(plan, cast):
    cast.ines.name = cast.tom.name
    cast.ines.save()
    plan(cast.tom, "14:00-22:00")
    plan(cast.ines, "08:00-16:00", MONDAY + timedelta(days=1))
    assert short_of(cast.tom.team, MONDAY) == []
    cast.tom.is_active = False
    cast.tom.save()
    assert copy_week(cast.tom.team, MONDAY + timedelta(days=7), by=cast.ines, now=cast.clock.now) == (1, ["Tom Becker"])


def test_who_left_gets_no_shift_by_a_swap(plan, cast):
    toms, hers = plan(cast.tom), plan(cast.ines, day=MONDAY + timedelta(days=1))
    asked = ask_swap(toms, cast.ines, hers, by=cast.tom, now=cast.clock.now)
    cast.tom.is_active = False
    cast.tom.save()
    asked.refresh_from_db()
    with pytest.raises(NotPossible, match="not in your team any more"):
        answer_swap(asked, True, by=cast.ines, now=cast.clock.now)
    assert Shift.objects.get(pk=hers.pk).person == cast.ines


def test_a_shift_that_is_over_stays_as_it_was(plan, cast):
    shift = plan(cast.tom)
    take_off(plan(cast.tom, "18:00-20:00"), by=cast.ines, now=cast.clock.now)
    with pytest.raises(NotPossible, match="over"):
        take_off(shift, by=cast.ines, now=shift.ends_at)
    assert list(Shift.objects.all()) == [shift]


def test_ten_hours_between_late_and_early_are_warned_of(plan, cast):
    plan(cast.tom, "14:00-22:00")
    plan(cast.tom, "08:00-16:00", MONDAY + timedelta(days=1))
    plan(cast.ines, "14:00-22:00")
    assert [(one.name, one.rest.hours) for one in short_of(cast.tom.team, MONDAY)] == [("Tom Becker", 10)]


def test_two_swap_when_both_say_yes_and_the_ledger_names_both(plan, cast):
    toms, hers = plan(cast.tom), plan(cast.ines, day=MONDAY + timedelta(days=1))
    asked = ask_swap(toms, cast.ines, hers, by=cast.tom, now=cast.clock.now)
    assert Shift.objects.get(pk=toms.pk).person == cast.tom
    with pytest.raises(NotAllowed):
        answer_swap(asked, True, by=cast.tom, now=cast.clock.now)
    answer_swap(asked, True, by=cast.ines, now=cast.clock.now)
    assert Shift.objects.get(pk=toms.pk).person == cast.ines
    assert Shift.objects.get(pk=hers.pk).person == cast.tom
    event = Event.objects.get(kind="shifts_swapped")
    assert (event.actor, event.data["to"]) == (f"user:{cast.ines.pk}", cast.tom.pk)
    with pytest.raises(AlreadyDone):
        answer_swap(asked, False, by=cast.ines, now=cast.clock.now)


def test_a_no_leaves_everything_as_it_was(plan, cast):
    toms = plan(cast.tom)
    asked = ask_swap(toms, cast.ines, by=cast.tom, now=cast.clock.now)
    with pytest.raises(AlreadyDone):
        ask_swap(toms, cast.ada, by=cast.tom, now=cast.clock.now)
    answer_swap(asked, False, by=cast.ines, now=cast.clock.now)
    assert Shift.objects.get(pk=toms.pk).person == cast.tom
    assert not Event.objects.filter(kind="shifts_swapped").exists()


def test_a_swap_never_gives_anybody_two_shifts_at_once(plan, cast):
    toms = plan(cast.tom)
    plan(cast.ines, "12:00-20:00")
    asked = ask_swap(toms, cast.ines, by=cast.tom, now=cast.clock.now)
    with pytest.raises(NotPossible, match="Ines Castellano has a shift then already"):
        answer_swap(asked, True, by=cast.ines, now=cast.clock.now)
    assert Shift.objects.get(pk=toms.pk).person == cast.tom
    assert not hasattr(asked, "answer")


def test_only_ones_own_shift_that_has_not_begun_goes_to_a_colleague(plan, cast):
    toms = plan(cast.tom)
    with pytest.raises(NotAllowed):
        ask_swap(toms, cast.tom, by=cast.ines, now=cast.clock.now)
    for who in (cast.tom, cast.priya):
        with pytest.raises(Incomplete):
            ask_swap(toms, who, by=cast.tom, now=cast.clock.now)
    asked = ask_swap(toms, cast.ines, by=cast.tom, now=cast.clock.now)
    with pytest.raises(NotPossible, match="begun"):
        answer_swap(asked, True, by=cast.ines, now=toms.begins_at)


def test_on_call_changes_hands_only_with_an_address_that_reaches(plan, cast):
    call = plan(cast.tom, duty=Duty.CALL, reach=REACH)
    asked = ask_swap(call, cast.ines, by=cast.tom, now=cast.clock.now)
    with pytest.raises(NotPossible, match="reaches Ines"):
        answer_swap(asked, True, by=cast.ines, now=cast.clock.now)
    cast.ines.email = "ines@lindqvist.example"
    cast.ines.save()
    asked.refresh_from_db()
    answer_swap(asked, True, by=cast.ines, now=cast.clock.now)
    assert Shift.objects.get().reach == "ines@lindqvist.example"
