"""The sample company at its first start: a team with people on its rota, this week and the next."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.rota import of_week
from amends.demo.load import load_company
from amends.demo.rota import plan_shifts
from amends.method.rota import WEEK
from amends.team.calendar import zone_of
from amends.team.models import Team
from amends.team.shift import Duty

pytestmark = pytest.mark.django_db


def test_the_home_team_has_a_rota_of_this_week_and_the_next():
    before = datetime.now(UTC)
    assert load_company()
    assert plan_shifts(before) > 0
    home = Team.objects.get(name="Home")
    today = before.astimezone(zone_of(home)).date()
    monday = today - timedelta(days=today.weekday())
    following = list(of_week(home, monday + WEEK).select_related("person"))
    days = {one.begins_at.astimezone(zone_of(home)).weekday() for one in following if one.duty == Duty.HERE}
    assert days == {0, 1, 2, 3, 4, 5}
    assert {one.person.name for one in following} == {"Ines Castellano", "Tom Becker", "Sam Okafor"}
    assert all(one.ends_at > before for one in of_week(home, monday))
    assert not load_company()
