"""What somebody carries is theirs: kept only when they said so, under no name, gone when they say so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from amends.care import models as records
from amends.care.consent import is_on, let_go, switch_off, switch_on
from amends.care.models import KEPT_FOR, Break, CareConsent, Given, HardMoment, PassedOn, WeekTold, Wishes
from amends.care.moments import end_break, take_back, take_break, tell_moment
from amends.care.own import own, suggestion
from amends.care.take import pass_on, take_next
from amends.care.thanks import thanks_for
from amends.care.weeks import tell_weeks, told_weeks
from amends.care.wishes import wish
from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.event import Event
from amends.recovery.follow_up import FollowUp, follow_up
from amends.team.models import User
from amends.team.permissions import Role
from amends.team.veil import veiled
from tests.conftest import mail

pytestmark = pytest.mark.django_db
ROWS = (CareConsent, HardMoment, Break, Given, PassedOn, Wishes)


def kept() -> int:
    return sum(model.objects.count() for model in ROWS)


@pytest.fixture
def tom(cast, clock):
    switch_on(cast.tom, clock.now)
    return cast.tom


def everything_told(tom, cast, now) -> None:
    """One record of each kind."""
    case = cast.case()
    tell_moment(tom, "angry", now)
    take_break(tom, now)
    end_break(tom, now)
    wish(tom, ["privacy"], ["en"], 5, now)
    assert take_next(by=tom, now=now) == case
    pass_on(case, by=tom, now=now)
    assert [model.objects.count() for model in ROWS] == [1] * len(ROWS)


@pytest.mark.parametrize(
    "do",
    [
        lambda who, now: tell_moment(who, "angry", now),
        take_break,
        lambda who, now: wish(who, [], [], None, now),
    ],
)
def test_nothing_is_kept_of_somebody_who_did_not_switch_it_on(do, cast, clock):
    with pytest.raises(NotPossible, match="not switched this on"):
        do(cast.tom, clock.now)
    case = cast.case()
    assert take_next(by=cast.tom, now=clock.now) == case
    pass_on(case, by=cast.tom, now=clock.now)
    assert kept() == 0
    assert suggestion(cast.tom, clock.now) is None


def test_switching_off_deletes_everything_of_this_person_and_nothing_of_another(tom, cast, clock):
    everything_told(tom, cast, clock.now)
    switch_on(cast.ines, clock.now)
    tell_moment(cast.ines, "calm", clock.now)
    switch_off(tom)
    assert kept() == 2
    assert not is_on(tom)
    assert is_on(cast.ines)
    switch_on(tom, clock.now)
    assert own(tom, clock.now).moments == ()


def test_what_is_older_than_thirty_days_is_deleted_by_the_sweep(tom, cast, clock):
    from amends.jobs import sweep

    everything_told(tom, cast, clock.now)
    sweep(clock.now + KEPT_FOR - timedelta(hours=1))
    assert HardMoment.objects.exists()
    sweep(clock.now + KEPT_FOR + timedelta(hours=1))
    assert {model.__name__ for model in ROWS if model.objects.exists()} == {"CareConsent", "Wishes"}
    assert let_go(clock.now + KEPT_FOR + timedelta(hours=1)) == 0


def test_no_record_of_care_points_at_a_person_or_holds_words():
    models = [one for one in apps.get_models() if one.__module__ == records.__name__]
    assert {one.__name__ for one in models} == {model.__name__ for model in ROWS} | {"WeekTold"}
    for model in models:
        pointed = [field.related_model for field in model._meta.fields if isinstance(field, ForeignKey)]
        assert User not in pointed
        assert "TextField" not in {field.get_internal_type() for field in model._meta.fields}


def test_no_row_anywhere_says_whose_it_is(tom, cast, clock):
    everything_told(tom, cast, clock.now)
    for model in ROWS:
        assert len(veiled(tom, model)) == 64
        assert veiled(tom, model) != veiled(cast.ines, model)
        for row in model.objects.values():
            assert row["whose"] == veiled(tom, model)
            assert not {"tom", "Tom Becker", tom.pk} & set(map(str, row.values())) - {str(tom.pk)}


def test_another_secret_gives_other_names(tom, settings):
    before = veiled(tom, HardMoment)
    settings.SECRET_KEY = "another"
    assert veiled(tom, HardMoment) != before


def test_who_reads_the_ledger_beside_the_records_learns_nothing_of_what_somebody_said(tom, cast, clock):
    """The ledger says who put a case back and when, as `PassedOn` does under a name: that name leads no further."""
    everything_told(tom, cast, clock.now)
    put_back = Event.objects.get(kind="unassigned")
    given_away = PassedOn.objects.get(case=put_back.case_id, at=put_back.at).whose
    named = {model.__name__ for model in ROWS if model.objects.filter(whose=given_away).exists()}
    assert named == {"PassedOn"}
    assert len({model.objects.get().whose for model in ROWS}) == len(ROWS)


def test_the_ledger_learns_nothing(tom, cast, clock):
    """What is said, breaks, wishes and switching leave no event; taking and putting back leave the ordinary ones."""
    case = cast.case()
    before = set(Event.objects.values_list("seq", flat=True))
    tell_moment(tom, "abusive", clock.now)
    take_break(tom, clock.now)
    end_break(tom, clock.now)
    wish(tom, ["privacy"], [], None, clock.now)
    switch_off(tom)
    switch_on(tom, clock.now)
    assert set(Event.objects.values_list("seq", flat=True)) == before
    take_next(by=tom, now=clock.now)
    pass_on(case, by=tom, now=clock.now)
    new = Event.objects.exclude(seq__in=before)
    assert list(new.values_list("kind", flat=True)) == ["assigned", "unassigned"]
    assert [sorted(event.data) for event in new] == [["to"], []]


def test_a_case_put_back_reads_alike_whether_or_not_care_is_on(cast, clock):
    told = []
    for number, on in enumerate((True, False)):
        case = cast.case(mail(message_id=f"<{number}@post.example>", sender=f"{number}@post.example"))
        (switch_on if on else lambda who, _now: switch_off(who))(cast.tom, clock.now)
        take_next(by=cast.tom, now=clock.now)
        pass_on(case, by=cast.tom, now=clock.now)
        told.append([(event.kind, event.actor, event.data) for event in case.events.order_by("-seq")[:2]])
        cast_away(case, cast, clock)
    assert told[0] == told[1]


def cast_away(case, cast, clock) -> None:
    """Out of the queue of those nobody has."""
    from amends.cases.assignment import assign

    assign(case, to=cast.ines, by=cast.ines, now=clock.now)


def test_a_break_ends_by_itself_or_by_coming_back(tom, clock):
    take_break(tom, clock.now, minutes=15)
    assert own(tom, clock.now).on_break_until == clock.now + timedelta(minutes=15)
    end_break(tom, clock.forward(minutes=4))
    assert own(tom, clock.now).on_break_until is None
    take_break(tom, clock.now)
    assert own(tom, clock.forward(minutes=11)).on_break_until is None


def test_during_a_break_nothing_is_given(tom, cast, clock):
    case = cast.case()
    take_break(tom, clock.now)
    with pytest.raises(NotPossible, match="on a break"):
        take_next(by=tom, now=clock.now)
    end_break(tom, clock.now)
    assert take_next(by=tom, now=clock.now) == case


def test_who_leaves_takes_everything_with_them(tom, cast, clock):
    tell_moment(tom, "angry", clock.now)
    tom.is_active = False
    tom.save()
    let_go(clock.now)
    assert kept() == 0


@pytest.mark.parametrize("minutes", [0, 21, -5])
def test_a_break_is_at_most_twenty_minutes(tom, clock, minutes):
    with pytest.raises(Incomplete, match="no reason needed"):
        take_break(tom, clock.now, minutes=minutes)


def test_a_break_is_suggested_after_abuse_and_not_while_it_is_taken(tom, clock):
    assert suggestion(tom, clock.now) is None
    tell_moment(tom, "abusive", clock.now)
    assert suggestion(tom, clock.now).minutes == 15
    take_break(tom, clock.now, minutes=15)
    assert suggestion(tom, clock.forward(minutes=5)) is None
    assert suggestion(tom, clock.forward(minutes=15)) is None


def test_what_was_said_can_be_deleted_by_who_said_it_and_nobody_else(tom, cast, clock):
    said = tell_moment(tom, "angry", clock.now)
    switch_on(cast.ines, clock.now)
    take_back(cast.ines, said.pk)
    assert HardMoment.objects.count() == 1
    take_back(tom, said.pk)
    assert HardMoment.objects.count() == 0


@pytest.mark.parametrize("felt", ["", "happy", "ABUSIVE"])
def test_only_the_five_words_are_kept(tom, clock, felt):
    with pytest.raises(Incomplete):
        tell_moment(tom, felt, clock.now)


def hard(case) -> None:
    """A severe case."""
    case.severity = 3
    case.save()


def some(cast, *hardness: bool) -> list:
    """Cases that wait, one minute apart, each hard or not."""
    made, before = [], Case.objects.count()
    for number, is_hard in enumerate(hardness, before):
        case = cast.case(mail(message_id=f"<{number}@post.example>", sender=f"c{number}@post.example"))
        if is_hard:
            hard(case)
        made.append(case)
        cast.clock.forward(minutes=1)
    return made


def test_without_care_the_next_is_the_one_due_first(cast, clock):
    cases = some(cast, True, True, True, False)
    assert [take_next(by=cast.tom, now=clock.now) for _ in cases] == cases
    with pytest.raises(NotPossible, match="Nothing is waiting"):
        take_next(by=cast.tom, now=clock.now)


def test_never_a_third_hard_one_in_a_row_while_another_waits(tom, cast, clock):
    a, b, c, easy = some(cast, True, True, True, False)
    assert [take_next(by=tom, now=clock.now) for _ in range(4)] == [a, b, easy, c]


def test_what_somebody_does_not_take_stays_for_others(tom, cast, clock):
    (case,) = some(cast, False)
    kinds = set(case.issues.values_list("category", flat=True))
    assert kinds
    wish(tom, sorted(kinds), [], None, clock.now)
    with pytest.raises(NotPossible, match="nothing you take"):
        take_next(by=tom, now=clock.now)
    assert take_next(by=cast.ines, now=clock.now) == case


def test_a_case_passed_on_does_not_come_back_to_the_same_person(tom, cast, clock):
    first, second = some(cast, False, False)
    assert take_next(by=tom, now=clock.now) == first
    pass_on(first, by=tom, now=clock.now)
    assert take_next(by=tom, now=clock.now) == second
    with pytest.raises(NotPossible):
        take_next(by=tom, now=clock.now)
    assert take_next(by=cast.ines, now=clock.now) == first


def test_who_has_as_many_as_they_take_gets_no_more(tom, cast, clock):
    some(cast, False, False)
    wish(tom, [], [], 1, clock.now)
    take_next(by=tom, now=clock.now)
    with pytest.raises(NotPossible, match="as many cases as you take"):
        take_next(by=tom, now=clock.now)


def test_a_language_somebody_does_not_write_is_for_others(tom, cast, clock):
    (case,) = some(cast, False)
    wish(tom, [], ["de"], None, clock.now)
    with pytest.raises(NotPossible):
        take_next(by=tom, now=clock.now)
    wish(tom, [], ["en"], None, clock.now)
    assert take_next(by=tom, now=clock.now) == case


def test_a_case_about_oneself_is_never_the_next(tom, cast, clock):
    from amends.cases.subject import Subject

    about, other = some(cast, False, False)
    Subject.objects.create(case=about, person=tom, by=cast.ines, at=clock.now)
    assert take_next(by=tom, now=clock.now) == other


def test_a_hard_one_is_left_to_a_colleague_who_is_there_and_carries_less(tom, cast, clock):
    switch_on(cast.ines, clock.now)
    some(cast, False)
    take_next(by=cast.ines, now=clock.now)
    cases = some(cast, True, False)
    tell_moment(tom, "angry", clock.now)
    assert take_next(by=tom, now=clock.now) == cases[1]
    assert take_next(by=cast.ines, now=clock.now) == cases[0]


@pytest.mark.parametrize("felt", ["calm", "abusive"])
def test_what_a_lead_gets_does_not_hang_on_what_somebody_carries(tom, cast, clock, felt):
    """Or by what they said of themselves, try by try, a lead could find anybody's number (care is theirs to switch)."""
    some(cast, False)
    take_next(by=tom, now=clock.now)
    cases = some(cast, True, False)
    switch_on(cast.ines, clock.now)
    tell_moment(cast.ines, "angry", clock.now)
    tell_moment(tom, felt, clock.now)
    assert take_next(by=cast.ines, now=clock.now) == cases[0]


def test_it_is_not_left_to_a_colleague_on_a_break(tom, cast, clock):
    switch_on(cast.ines, clock.now)
    some(cast, False)
    take_next(by=cast.ines, now=clock.now)
    cases = some(cast, True, False)
    tell_moment(tom, "angry", clock.now)
    take_break(cast.ines, clock.now)
    assert take_next(by=tom, now=clock.now) == cases[0]


def test_cases_of_another_team_are_never_the_next(cast, clock):
    some(cast, False)
    with pytest.raises(NotPossible):
        take_next(by=cast.priya, now=clock.now)


def test_thanks_are_what_customers_wrote_themselves(recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    follow_up(one.case, still_right=True, words="She said thank you.", by=cast.tom, now=one.now)
    assert thanks_for(cast.tom) == []
    FollowUp.objects.filter(done_at__isnull=False).update(by=None, words="Thank you, all is well.")
    assert [said.words for said in thanks_for(cast.tom)] == ["Thank you, all is well."]
    assert thanks_for(cast.priya) == []


MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def crowd(cast, count: int, moments: int) -> list[User]:
    """So many people of the home team who switched care on a week before Monday, each with so many hard moments."""
    made = []
    for number in range(count):
        person = User.objects.create_user(f"p{number}", "x", name=f"P {number}", role=Role.AGENT, team=cast.tom.team)
        switch_on(person, MONDAY - timedelta(days=14))
        for day in range(moments):
            tell_moment(person, "angry", MONDAY - timedelta(days=1 + day % 6, hours=1))
        made.append(person)
    return made


def about(cast, now) -> list[int | None]:
    return [one.about for one in told_weeks(cast.tom.team, now)]


def test_a_week_is_told_of_five_people_rounded_and_once(cast):
    people = crowd(cast, 5, 3)
    tell_weeks(MONDAY)
    assert about(cast, MONDAY) == [15]
    for person in people:
        switch_off(person)
    tell_weeks(MONDAY + timedelta(days=1))
    assert about(cast, MONDAY) == [15]


def test_of_four_people_nothing_is_told_also_when_a_fifth_comes_later_in_the_week(cast):
    crowd(cast, 4, 3)
    switch_on(cast.tom, MONDAY - timedelta(days=3))
    tell_weeks(MONDAY)
    assert about(cast, MONDAY) == [None]


def test_after_somebody_left_nothing_is_told_for_four_weeks(cast):
    people = crowd(cast, 6, 3)
    tell_weeks(MONDAY)
    switch_off(people[0])
    for weeks in range(1, 6):
        tell_weeks(MONDAY + timedelta(weeks=weeks))
    assert about(cast, MONDAY + timedelta(weeks=5)) == [0, None, None, None, None, 20]


def test_weeks_are_told_by_the_sweep(cast):
    from amends.jobs import sweep

    sweep(MONDAY)
    assert WeekTold.objects.count() == 2
    sweep(MONDAY + timedelta(days=2))
    assert WeekTold.objects.count() == 2
