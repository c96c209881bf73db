"""The clocks of each rule book, clause by clause, computed by hand over holidays, clock changes and evenings."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.method.calendars import Calendar, around_the_clock
from amends.method.profile import PROFILES, Kind, Moment, clocks, parse_profile, profile_of

LONDON, NEW_YORK = "Europe/London", "America/New_York"
FOUR_DAYS = Calendar.from_data(
    {"zone": "Asia/Manila", "hours": dict.fromkeys(("mon", "tue", "wed", "thu"), "08:00-18:00")}
)


def clock(profile, clause, times, *, zone=LONDON, number=0):
    """The clock of a clause for local times of a zone, on a team that works four days a week in Manila."""
    moments = {moment: datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)) for moment, text in times.items()}
    calendar = around_the_clock(zone) if zone != LONDON else FOUR_DAYS
    return [one for one in clocks(profile_of(profile), moments, calendar) if one.clause.id == clause][number]


def utc(text):
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


RECEIVED, ACKNOWLEDGED, ESCALATED = Moment.RECEIVED, Moment.ACKNOWLEDGED, Moment.ESCALATED
FINAL, EXTENDED = Moment.FINAL_RESPONSE, Moment.EXTENSION_TOLD


@pytest.mark.parametrize(
    ("clause", "times", "due"),
    [
        # the third business day over Christmas 2025: Wednesday 24, Monday 29, Tuesday 30, at close of business
        ("STD-F08", {RECEIVED: "2025-12-23 10:00"}, "2025-12-30 17:00"),
        # STD-F11: at six in the evening it is received on the 24th
        ("STD-F08", {RECEIVED: "2025-12-23 18:00"}, "2025-12-31 17:00"),
        # on a Saturday it is received on Monday
        ("STD-F08", {RECEIVED: "2026-11-21 10:00"}, "2026-11-26 17:00"),
        # eight weeks, to the end of the day; over the change of the clocks midnight is 23:00 UTC
        ("STD-F03", {RECEIVED: "2025-12-23 10:00"}, "2026-02-18 00:00"),
        ("STD-F03", {RECEIVED: "2026-02-09 18:00"}, "2026-04-06 23:00"),
        # 15 business days end on Monday 30 March, in summer time; 35 run over Easter
        ("STD-F17", {RECEIVED: "2026-03-09 10:00"}, "2026-03-30 16:00"),
        ("STD-F17", {RECEIVED: "2026-03-09 10:00", EXTENDED: "2026-03-27 10:00"}, "2026-04-29 16:00"),
        # told a day too late the longer term does not count
        ("STD-F17", {RECEIVED: "2026-03-09 10:00", EXTENDED: "2026-03-31 10:00"}, "2026-03-30 16:00"),
    ],
)
def test_uk_disp_by_hand(clause, times, due):
    assert clock("uk_disp", clause, times).due_at == utc(due)


@pytest.mark.parametrize(
    ("clause", "times", "due"),
    [
        # five working days over Easter 2026: 31 March, 1, 2, 7, 8 April
        ("STD-O02", {RECEIVED: "2026-03-30 10:00"}, "2026-04-08 16:00"),
        ("STD-O02", {RECEIVED: "2026-03-30 17:00"}, "2026-04-09 16:00"),
        # ten working days of the acknowledgement, twenty when told in time, over Easter and the early May holiday
        ("STD-O03", {RECEIVED: "2026-03-30 10:00", ACKNOWLEDGED: "2026-04-02 10:00"}, "2026-04-20 16:00"),
        ("STD-O03", {ACKNOWLEDGED: "2026-04-02 10:00", EXTENDED: "2026-04-20 15:00"}, "2026-05-05 16:00"),
        ("STD-O03", {ACKNOWLEDGED: "2026-04-02 10:00", EXTENDED: "2026-04-20 18:00"}, "2026-04-20 16:00"),
        # stage two: five working days of the wish to go there, twenty of its acknowledgement, forty when told in time
        ("STD-O10", {ESCALATED: "2026-12-23 10:00"}, "2027-01-04 17:00"),
        ("STD-O13", {Moment.STAGE2_ACKNOWLEDGED: "2026-05-18 10:00"}, "2026-06-16 16:00"),
        (
            "STD-O13",
            {Moment.STAGE2_ACKNOWLEDGED: "2026-05-18 10:00", Moment.STAGE2_EXTENSION_TOLD: "2026-06-10 10:00"},
            "2026-07-14 16:00",
        ),
    ],
)
def test_uk_ombudsman_by_hand(clause, times, due):
    assert clock("uk_ombudsman", clause, times).due_at == utc(due)


@pytest.mark.parametrize(
    ("profile", "clause", "number", "zone", "received", "due"),
    [
        # 15 and 60 calendar days in New York, where it is still 25 February; the clocks change on 8 March
        ("us_cfpb", "STD-C01", 0, NEW_YORK, "2026-02-25 20:00", "2026-03-13 04:00"),
        ("us_cfpb", "STD-C01", 1, NEW_YORK, "2026-02-25 20:00", "2026-04-27 04:00"),
        # 30 and 60 days in Chicago, over the new year
        ("us_dot", "STD-A01", 0, "America/Chicago", "2026-11-02 12:00", "2026-12-03 06:00"),
        ("us_dot", "STD-A01", 1, "America/Chicago", "2026-11-02 12:00", "2027-01-02 06:00"),
        ("us_dot", "STD-A03", 0, "America/Chicago", "2026-02-27 23:59", "2026-03-30 05:00"),
    ],
)
def test_the_american_rules_count_every_day(profile, clause, number, zone, received, due):
    assert clock(profile, clause, {RECEIVED: received}, zone=zone, number=number).due_at == utc(due)


def test_in_progress_meets_the_first_fifteen_days_and_not_the_sixty():
    times = {RECEIVED: "2026-02-25 20:00", Moment.PROGRESS_TOLD: "2026-03-10 09:00"}
    first, last = (clock("us_cfpb", "STD-C01", times, zone=NEW_YORK, number=number) for number in (0, 1))
    assert (first.met_at, last.met_at) == (utc("2026-03-10 13:00"), None)
    assert not first.is_late(utc("2026-05-01 00:00"))
    assert last.is_late(utc("2026-05-01 00:00"))


def test_a_clock_is_late_when_it_was_met_late_and_while_it_is_not_met():
    received = {RECEIVED: "2026-03-30 10:00"}
    open_clock = clock("uk_ombudsman", "STD-O02", received)
    assert not open_clock.is_late(utc("2026-04-08 16:00"))
    assert open_clock.is_late(utc("2026-04-08 16:01"))
    met_late = clock("uk_ombudsman", "STD-O02", {**received, ACKNOWLEDGED: "2026-04-09 09:00"})
    met_in_time = clock("uk_ombudsman", "STD-O02", {**received, ACKNOWLEDGED: "2026-04-01 09:00"})
    assert (met_late.is_late(utc("2026-05-01 00:00")), met_in_time.is_late(utc("2026-05-01 00:00"))) == (True, False)


def test_a_letter_after_eight_weeks_stands_in_for_the_final_response():
    received = {RECEIVED: "2025-12-23 10:00"}
    assert clock("uk_disp", "STD-F03", received).is_late(utc("2026-02-19 00:00"))
    assert not clock("uk_disp", "STD-F03", {**received, EXTENDED: "2026-02-16 10:00"}).is_late(utc("2026-02-19 00:00"))


def test_a_missed_chance_is_not_late():
    missed = clock("uk_disp", "STD-F08", {RECEIVED: "2025-12-23 10:00"})
    assert missed.due_at < utc("2026-02-01 00:00")
    assert not missed.is_late(utc("2026-02-01 00:00"))


def test_a_clock_waits_for_what_starts_it():
    waiting = clock("uk_ombudsman", "STD-O03", {RECEIVED: "2026-03-30 10:00"})
    assert (waiting.due_at, waiting.is_late(utc("2027-01-01 00:00"))) == (None, False)


def test_a_clock_for_some_complaints_says_which():
    assert clock("uk_disp", "STD-F17", {}).name == "Final response, if it is about a payment or e-money"


def test_two_stages_and_another_reviewer_belong_to_the_ombudsman_code_alone():
    asks = {key: (profile_of(key).stages, profile_of(key).different_reviewer) for key in PROFILES}
    assert asks.pop("uk_ombudsman") == (2, True)
    assert set(asks.values()) == {(1, False)}


@pytest.mark.parametrize("key", PROFILES)
def test_nothing_claims_to_have_been_compared_with_the_law(key):
    # Nobody has read the legal texts. Whoever has changes the data, this test and docs/standards.md together.
    assert [clause.id for clause in profile_of(key).clauses if clause.checked_against_text] == []


@pytest.mark.parametrize("key", PROFILES)
def test_a_profile_is_whole(key):
    profile = profile_of(key)
    ids = [clause.id for clause in profile.clauses]
    assert len(ids) == len(set(ids)) >= 3
    assert all(clause.words.endswith(".") and len(clause.words) <= 160 for clause in profile.clauses)
    times = dict.fromkeys(Moment, datetime(2026, 1, 5, tzinfo=UTC))
    timed = [clause for clause in profile.clauses if clause.kind is Kind.CLOCK]
    found = clocks(profile, times, around_the_clock("UTC"))
    assert {one.clause.id for one in found} == {clause.id for clause in timed}
    assert all(one.due_at >= times[RECEIVED] + timedelta(days=3) for one in found)


@pytest.mark.parametrize(
    ("clause", "error"),
    [
        ({"kind": "clock"}, ValueError),
        ({"kind": "wish"}, ValueError),
        ({"kind": "content", "colour": "red"}, TypeError),
        ({"kind": "clock", "clock": [{"name": "x", "starts": "never", "within": {}, "met_by": []}]}, ValueError),
    ],
)
def test_a_clause_that_is_not_understood_is_refused(clause, error):
    with pytest.raises(error) as refusal:
        parse_profile(
            "x", {"name": "X", "clause": [{"id": "X1", "words": "X.", "checked_against_text": False} | clause]}
        )
    assert str(refusal.value)


def test_a_profile_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"There is no profile “uk”\. There are: own, uk_disp"):
        profile_of("uk")
