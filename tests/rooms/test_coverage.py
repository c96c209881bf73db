"""A closed team says when it is back and who looks after complaints until then."""

from datetime import UTC, datetime

import pytest

from amends.cases.policy import adopt
from amends.method.policy import to_data
from amends.team.coverage import closed_now, hours_in_words
from amends.team.policy import current

pytestmark = pytest.mark.django_db

OFFICE = {"zone": "Europe/Stockholm", "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")}
SATURDAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_team_without_hours_is_never_closed(cast):
    assert closed_now(cast.tom.team, SATURDAY) is None


def test_at_work_nothing_is_said(cast):
    cast.tom.team.calendar = OFFICE
    assert closed_now(cast.tom.team, FRIDAY) is None


def test_on_a_saturday_it_is_back_on_monday_in_its_own_zone(cast):
    cast.tom.team.calendar = OFFICE
    closed = closed_now(cast.tom.team, SATURDAY)
    assert closed.sentence == "We are back on Monday 23 November at 09:00 (Stockholm time)."
    assert closed.back_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_the_words_are_those_of_the_team_or_those_of_every_team(cast):
    words = {"": "The night desk reads on.", "Home": "Ring Tom."}
    adopt({**to_data(current()), "closed_words": words}, "Winter", by=cast.ines, now=SATURDAY)
    for person, said in ((cast.tom, "Ring Tom."), (cast.priya, "The night desk reads on.")):
        person.team.calendar = OFFICE
        assert closed_now(person.team, SATURDAY).words == said


def test_hours_are_told_in_words(cast):
    team = cast.tom.team
    assert hours_in_words(team) == "Round the clock"
    team.calendar = {"zone": "Europe/Stockholm", "hours": {"mon": "09:00-12:30, 13:30-17:00", "fri": "09:00-12:00"}}
    assert hours_in_words(team) == "Mon 09:00-12:30, 13:30-17:00; Fri 09:00-12:00 (Europe/Stockholm)"
