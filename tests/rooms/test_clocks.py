"""The clocks of a case: by the team's hours and the policy, still while the customer has the word."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.assignment import snooze
from amends.cases.clocks import next_owed, next_promised
from amends.cases.clocks import owed as everything_owed
from amends.cases.errors import Incomplete, NotAllowed
from amends.cases.event import Event
from amends.cases.facts import facts_of
from amends.cases.hear import correct_understanding
from amends.cases.standing import Standing
from amends.cases.team_hours import set_team_hours
from amends.method.path import recovery_path
from amends.method.profile import Moment
from amends.recovery.agree import decline
from amends.recovery.escalate import escalate
from amends.recovery.offer import Via
from amends.recovery.rule_book import moments_of, rule_book_clocks
from amends.team.models import Team
from tests.conftest import mail

pytestmark = pytest.mark.django_db

OFFICE = {"zone": "Europe/Stockholm", "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}


@pytest.fixture
def clock(clock):
    """Friday 20 November 2026, 15:30 in Stockholm: an hour and a half before the office closes."""
    clock.now = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    return clock


@pytest.fixture
def office(cast):
    """The Home team in an office with weekends."""
    team = Team.objects.get(name="Home")
    set_team_hours(team, OFFICE, "own", by=cast.ines, now=cast.clock.now)
    return team


def owed(one):
    case = type(one.case).objects.get(pk=one.case.pk)
    facts = facts_of(case, one.now)
    return next_owed(case, facts, recovery_path(facts))


def due_of(one) -> datetime:
    return Standing.objects.values_list("due_at", flat=True).get(pk=one.case.pk)


def test_an_answer_is_due_in_working_hours(office, recovery):
    one = recovery()
    one.case.refresh_from_db()
    hours = {1: 8, 2: 4, 3: 2, 4: 1}[one.case.severity]
    assert hours > 1.5
    # an hour and a half on Friday, the rest from Monday 09:00 (08:00 UTC)
    assert due_of(one) == datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(hours=hours - 1.5)
    assert owed(one).what == "answer"


def test_without_hours_an_answer_is_due_round_the_clock(recovery):
    one = recovery()
    one.case.refresh_from_db()
    assert due_of(one) - one.now == timedelta(hours={1: 8, 2: 4, 3: 2, 4: 1}[one.case.severity])


def test_not_quite_is_their_word_and_an_answer_is_due_from_it(recovery):
    one = recovery()
    one.person_first()
    one.case.refresh_from_db()
    hours = {1: 8, 2: 4, 3: 2, 4: 1}[one.case.severity]
    said = one.cast.clock.forward(hours=3)
    correct_understanding(one.case, {one.issues[0].pk: "It never came at all"}, "", said)
    one.cast.clock.forward(minutes=20)
    correct_understanding(one.case, {one.issues[0].pk: "It never came, twice"}, "", one.now)
    assert (owed(one).what, due_of(one)) == ("answer", said + timedelta(hours=hours))
    assert facts_of(one.case, one.now).unanswered_since == said
    one.hear()
    assert owed(one).what == "answer"
    one.person_first()
    assert owed(one).what == "update"


def test_after_our_answer_an_update_is_due_by_business_days(office, recovery):
    one = recovery()
    one.person_first()
    one.case.refresh_from_db()
    # the days of the standard policy by severity, counted from Monday, at the close of business (16:00 UTC)
    days = {1: 5, 2: 3, 3: 2, 4: 1}[one.case.severity]
    assert (owed(one).what, due_of(one)) == ("update", datetime(2026, 11, 20 + 2 + days, 16, tzinfo=UTC))


def test_our_own_aim_is_shown_to_us_and_promised_to_nobody(office, recovery):
    one = recovery()
    one.person_first()
    one.case.severity = 1
    one.case.save()
    facts = facts_of(one.case, one.now)
    path = recovery_path(facts)
    # the standard policy wants a nuisance agreed within one business day of the mail, and news after five
    aim, kept = next_owed(one.case, facts, path), next_promised(one.case, facts, path)
    assert (aim.what, aim.due_at) == ("agreement", datetime(2026, 11, 23, 16, tzinfo=UTC))
    assert (kept.what, kept.due_at) == ("update", datetime(2026, 11, 27, 16, tzinfo=UTC))
    one.offer()
    assert next_owed(one.case, facts_of(one.case, one.now), path) is None


def test_nothing_is_owed_while_the_customer_chooses_and_again_after_their_no(office, recovery, cast):
    one = recovery()
    one.person_first()
    offer = one.offer()
    assert (owed(one), due_of(one)) == (None, None)
    # they say no a week later, on Friday 27 November at noon: the week was theirs
    no = datetime(2026, 11, 27, 11, tzinfo=UTC)
    cast.clock.now = no
    decline(offer, "Too little", via=Via.PAGE, now=no)
    one.case.refresh_from_db()
    closings = [datetime(2026, 11, day, 16, tzinfo=UTC) for day in (27, 30)]
    closings += [datetime(2026, 12, day, 16, tzinfo=UTC) for day in (1, 2, 3)]
    days = {1: 5, 2: 3, 3: 2, 4: 1}[one.case.severity]
    assert owed(one).what == "answer"
    assert no < due_of(one) <= closings[days - 1]


def test_a_case_put_aside_owes_its_update_later(office, recovery, cast):
    one = recovery()
    one.person_first()
    before = due_of(one)
    # until Wednesday morning: Monday and Tuesday close while it rests
    snooze(one.case, until=datetime(2026, 11, 25, 7, tzinfo=UTC), reason="Their photo", by=cast.tom, now=one.now)
    assert due_of(one) == before + timedelta(days=2)


def test_putting_aside_does_not_move_the_first_answer(office, recovery, cast):
    one = recovery()
    before = due_of(one)
    snooze(one.case, until=one.now + timedelta(days=5), reason="Busy", by=cast.tom, now=one.now)
    assert due_of(one) == before


def test_what_is_owed_first_places_the_case_in_the_queue(office, recovery):
    one = recovery()
    one.person_first()
    one.accept(one.offer())
    case = type(one.case).objects.get(pk=one.case.pk)
    facts = facts_of(case, one.now)
    found = {each.what: each.due_at for each in everything_owed(case, facts, recovery_path(facts))}
    assert found["promise"] == one.case.promises.get().due_at
    assert set(found) == {"promise", "update"}
    assert due_of(one) == min(found.values())


def test_setting_hours_moves_what_is_due_and_is_in_the_ledger(recovery, cast):
    one = recovery()
    before = due_of(one)
    team = Team.objects.get(name="Home")
    set_team_hours(team, OFFICE, "uk_disp", by=cast.ines, now=one.now)
    assert due_of(one) > before
    event = Event.objects.get(kind="team_hours_set")
    assert (event.actor, event.data["team"], event.data["profile"]) == (f"user:{cast.ines.pk}", "Home", "uk_disp")
    assert event.data["calendar"]["zone"] == "Europe/Stockholm"


@pytest.mark.parametrize(
    ("data", "profile", "field"),
    [
        ({"zone": "Stockholm"}, "own", "zone"),
        (OFFICE | {"hours": {"tue": "9 to 5"}}, "own", "tue"),
        (OFFICE | {"country": "Sweden"}, "own", "country"),
        (OFFICE | {"closed": ["tomorrow"]}, "own", "closed"),
        (OFFICE, "french_law", "profile"),
    ],
)
def test_hours_that_cannot_be_read_change_nothing(data, profile, field, cast):
    team = Team.objects.get(name="Home")
    with pytest.raises(Incomplete) as refusal:
        set_team_hours(team, data, profile, by=cast.ines, now=cast.clock.now)
    assert refusal.value.field == field
    team.refresh_from_db()
    assert (team.calendar, team.profile, Event.objects.filter(kind="team_hours_set").count()) == ({}, "own", 0)


@pytest.mark.parametrize(("who", "team"), [("tom", "Home"), ("sam", "Home"), ("ines", "Office")])
def test_hours_are_set_by_the_lead_of_the_team(who, team, cast):
    with pytest.raises(NotAllowed, match=r"set by its lead or an administrator\. Ask one\."):
        set_team_hours(Team.objects.get(name=team), OFFICE, "own", by=cast.people[who], now=cast.clock.now)


def test_the_moments_of_a_rule_book(office, recovery, cast):
    from amends.cases.outbox import OutboxEntry

    one = recovery()
    assert set(moments_of(one.case)) == {Moment.RECEIVED}  # the automatic receipt is no acknowledgement
    one.person_first()
    assert Moment.ACKNOWLEDGED not in moments_of(one.case)  # it waits in the outbox
    left = one.now + timedelta(minutes=1)
    OutboxEntry.objects.update(sent_at=left)
    assert moments_of(one.case)[Moment.ACKNOWLEDGED] == left
    offer = one.offer()
    assert moments_of(one.case)[Moment.FINAL_RESPONSE] == offer.made_at
    accepted = one.accept(offer)
    assert moments_of(one.case)[Moment.AGREED] == accepted.at
    higher = escalate(one.case, "Nobody calls", cast.clock.forward(days=1))
    one.case.refresh_from_db()
    found = moments_of(one.case)
    assert found[Moment.ESCALATED] == higher.at
    assert not {Moment.STAGE2_ACKNOWLEDGED, Moment.STAGE2_RESPONSE} & set(found)


def test_one_issue_without_an_answer_keeps_the_final_response_open(office, recovery):
    one = recovery(mail())
    one.hear("Nobody called back")
    one.person_first()
    one.offer(issues=one.issues[:1])
    assert Moment.FINAL_RESPONSE not in moments_of(one.case)


def test_a_team_under_its_own_policy_has_no_rule_book_clocks(recovery, django_assert_num_queries):
    one = recovery()
    assert one.case.team.profile == "own"
    with django_assert_num_queries(0):
        assert rule_book_clocks(one.case) == ()
