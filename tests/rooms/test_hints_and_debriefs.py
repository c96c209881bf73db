"""A hint between two, and looking back for oneself: shown to nobody else, in no ledger, gone when put aside."""

from datetime import timedelta

import pytest

from amends.cases.assignment import assign, unassign
from amends.cases.errors import ConflictOfInterest, Incomplete, NotPossible, NotThere
from amends.cases.event import Event
from amends.cases.name_subject import name_subject
from amends.coaching.debrief import (
    debrief_of,
    debriefs_of,
    delete_debrief,
    find_shown,
    keep_debrief,
    share_debrief,
    shown_to,
    take_debrief_back,
)
from amends.coaching.hint import hints_between, leave_hint, put_hint_aside, writer_of
from amends.coaching.models import KEPT_FOR, LONGEST_HINT, Debrief, DebriefShared, Hint
from amends.jobs import sweep

pytestmark = pytest.mark.django_db
BACK = ("She said thank you.", "The second call.", "The courier should call first.")


@pytest.fixture
def one(recovery, cast):
    made = recovery()
    assign(made.case, to=cast.tom, by=cast.ines, now=made.now)
    made.case.refresh_from_db()
    return made


def seen(one, who):
    return [hint.words for hint in hints_between(one.case, one.cast.people[who])]


def test_a_hint_is_for_the_two_alone(one, cast):
    made = leave_hint(one.case, " Name the birthday. ", by=cast.sam, now=one.now)
    assert (made.to, made.words) == (cast.tom, "Name the birthday.")
    assert [seen(one, who) for who in ("tom", "sam")] == [["Name the birthday."]] * 2
    assert [seen(one, who) for who in ("ines", "ada", "priya")] == [[]] * 3
    for who in ("ines", "ada", "priya"):
        with pytest.raises(NotThere):
            put_hint_aside(one.case, made.pk, by=cast.people[who])


@pytest.mark.parametrize("who", ["tom", "sam"])
def test_either_puts_it_aside_and_nothing_is_left(who, one, cast):
    made = leave_hint(one.case, "Name the birthday.", by=cast.sam, now=one.now)
    put_hint_aside(one.case, made.pk, by=cast.people[who])
    assert not Hint.objects.exists()
    with pytest.raises(NotThere):
        put_hint_aside(one.case, made.pk, by=cast.people[who])


def test_a_hint_says_something_short_to_somebody_else(one, cast):
    with pytest.raises(Incomplete, match="Write the hint"):
        leave_hint(one.case, " \n", by=cast.ines, now=one.now)
    with pytest.raises(Incomplete, match="at most 300"):
        leave_hint(one.case, "x" * (LONGEST_HINT + 1), by=cast.ines, now=one.now)
    with pytest.raises(NotPossible, match="Nobody else has this case"):
        leave_hint(one.case, "To myself", by=cast.tom, now=one.now)
    unassign(one.case, by=cast.tom, now=one.now)
    one.case.refresh_from_db()
    assert writer_of(type(one.case).objects.get(pk=one.case.pk), cast.ines) is None


def test_nobody_it_is_about_leaves_a_hint_or_reads_one(one, cast):
    leave_hint(one.case, "Name the birthday.", by=cast.ines, now=one.now)
    name_subject(one.case, cast.ines, by=cast.ada, now=one.now)
    assert seen(one, "ines") == []
    with pytest.raises(ConflictOfInterest):
        leave_hint(one.case, "Be kind to me", by=cast.ines, now=one.now)


def test_looking_back_is_ones_own_until_it_is_shown(one, cast):
    made = keep_debrief(one.case, BACK, by=cast.tom, now=one.now)
    assert debrief_of(one.case, cast.tom) == made
    assert [debrief_of(one.case, cast.people[who]) for who in ("ines", "ada", "sam")] == [None] * 3
    for who in ("ines", "ada", "sam", "priya"):
        assert not shown_to(cast.people[who]).exists()
        with pytest.raises(NotThere):
            find_shown(made.pk, cast.people[who])
    shown = share_debrief(made, "ines", now=one.now)
    assert share_debrief(made, "ines", now=one.now) == shown
    assert find_shown(made.pk, cast.ines).change == BACK[2]
    for who in ("ada", "sam", "priya"):
        with pytest.raises(NotThere):
            find_shown(made.pk, cast.people[who])
    take_debrief_back(made, shown.pk)
    with pytest.raises(NotThere):
        find_shown(made.pk, cast.ines)


def test_it_can_be_changed_and_deleted(one, cast):
    made = keep_debrief(one.case, BACK, by=cast.tom, now=one.now)
    again = keep_debrief(one.case, ("", "", "Less."), by=cast.tom, now=cast.clock.forward(days=1))
    assert (again.pk, again.at, again.change, again.well) == (made.pk, made.at, "Less.", "")
    share_debrief(again, "ines", now=one.now)
    delete_debrief(again)
    assert not Debrief.objects.exists()
    assert not DebriefShared.objects.exists()
    with pytest.raises(Incomplete, match="Answer one"):
        keep_debrief(one.case, (" ", "", ""), by=cast.tom, now=one.now)


@pytest.mark.parametrize("to", ["", "nobody", "tom", "priya"])
def test_it_is_shown_to_somebody_who_may_see_the_case_only(to, one, cast):
    made = keep_debrief(one.case, BACK, by=cast.tom, now=one.now)
    with pytest.raises(Incomplete, match="Choose a colleague"):
        share_debrief(made, to, now=one.now)


def test_what_is_shown_goes_with_the_case_to_another_team(one, cast):
    made = keep_debrief(one.case, BACK, by=cast.tom, now=one.now)
    share_debrief(made, "ines", now=one.now)
    one.case.team = cast.priya.team
    one.case.save()
    assert not debriefs_of(cast.tom).exists()
    with pytest.raises(NotThere):
        find_shown(made.pk, cast.ines)


def test_the_ledger_is_told_of_neither(one, cast):
    before = Event.objects.count()
    hint = leave_hint(one.case, "Name the birthday.", by=cast.ines, now=one.now)
    put_hint_aside(one.case, hint.pk, by=cast.tom)
    share_debrief(keep_debrief(one.case, BACK, by=cast.tom, now=one.now), "ines", now=one.now)
    assert Event.objects.count() == before


def test_both_go_after_90_days_and_with_whoever_left(one, cast):
    def say():
        leave_hint(one.case, "Name the birthday.", by=cast.ines, now=one.now)
        share_debrief(keep_debrief(one.case, BACK, by=cast.tom, now=one.now), "ines", now=one.now)

    say()
    sweep(one.now + KEPT_FOR - timedelta(hours=1))
    assert (Hint.objects.count(), Debrief.objects.count()) == (1, 1)
    sweep(one.now + KEPT_FOR + timedelta(hours=1))
    assert (Hint.objects.count(), Debrief.objects.count()) == (0, 0)
    say()
    cast.ines.is_active = False
    cast.ines.save()
    sweep(one.now)
    assert (Hint.objects.count(), Debrief.objects.count(), DebriefShared.objects.count()) == (0, 1, 0)
