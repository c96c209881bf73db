"""What a change claims: fixed before anybody looks, complete, and with what its volume could ever show."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.errors import Incomplete, NotPossible
from amends.prevention.claim import Claim, effective_on, state_claim, trigger_window
from amends.prevention.could import what_it_could_show
from amends.prevention.exposure import Exposure
from amends.prevention.models import Change
from amends.prevention.verbs import make_change
from amends.prevention.weeks import tally_of
from tests.rooms.history import claimed, linked, orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(cast) -> Change:
    return Change.objects.get()


def state(cast, change, **changed):
    return state_claim(change, claimed(change, **changed), by=cast.ines, now=cast.clock.now)


def could_show(change, claim, now):
    return what_it_could_show(change, claim, tally_of(change, claim, now.date()), now.date())


def test_a_claim_reads_as_a_sentence(cast, change):
    orders(cast, 20)
    made = state(cast, change)
    assert made.words == (
        "For parcels to homes, at least 50 % fewer such complaints in all orders than in the 12 weeks before, by "
        "15 February 2027."
    )


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"action": "hope"}, "action", "contains, corrects or prevents"),
        ({"population": " "}, "population", "Say for whom"),
        ({"exposure": "moons"}, "exposure", "No figures are known for “moons”"),
        ({"baseline_weeks": 11}, "baseline_weeks", "from 12 to 104"),
        ({"trigger_weeks": 0}, "trigger_weeks", "from 1 to 26"),
        ({"drop_percent": 0}, "drop_percent", "from 1 to 100"),
        ({"drop_percent": 101}, "drop_percent", "from 1 to 100"),
        ({"review_date": date(2026, 12, 1)}, "review_date", "after 5 December 2026"),
        ({"review_date": date(2100, 1, 1)}, "review_date", "before the year 2100"),
    ],
)
def test_what_cannot_be_claimed_is_refused_by_its_field(cast, change, changed, field, sentence):
    orders(cast, 20)
    with pytest.raises(Incomplete, match=sentence) as refused:
        state(cast, change, **changed)
    assert refused.value.field == field
    assert not Claim.objects.exists()


def test_another_claim_replaces_it_only_until_the_change_is_in_place(cast, change):
    orders(cast, 20)
    state(cast, change)
    state(cast, change, drop_percent=30)
    assert Claim.objects.get().drop_percent == 30
    make_change(change, by=cast.ines, now=cast.clock.forward(days=1))
    change.refresh_from_db()
    with pytest.raises(NotPossible, match="so its claim stands"):
        state(cast, change, drop_percent=10)


def test_a_claim_stated_late_counts_only_the_weeks_since_it(cast, change):
    orders(cast, 20)
    make_change(change, by=cast.ines, now=cast.clock.now)
    change.refresh_from_db()
    cast.clock.forward(days=30)
    claim = state(cast, change)
    assert effective_on(change, claim) == cast.clock.now.date()


def test_a_review_that_came_before_the_change_may_be_set_again(cast, change):
    orders(cast, 20)
    state(cast, change)
    make_change(change, by=cast.ines, now=cast.clock.forward(days=120))
    change.refresh_from_db()
    later = cast.clock.now.date() + timedelta(days=90)
    assert state(cast, change, review_date=later).review_date == later


def test_the_weeks_that_made_people_act_end_with_the_day_they_agreed(cast, change):
    orders(cast, 20)
    first, last = trigger_window(change, state(cast, change))
    assert (last, (last - first).days + 1) == (change.agreed_at.date(), 28)


@pytest.mark.parametrize(
    "wrong", [{"baseline_weeks": 11}, {"drop_percent": 0}, {"population": ""}, {"review_date": date(2026, 1, 1)}]
)
def test_the_database_itself_refuses_a_claim_that_cannot_be(cast, change, wrong):
    claim = claimed(change, exposure="", **wrong)
    claim.change, claim.by, claim.at = change, cast.ines, cast.clock.now
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.save()


def test_a_claim_without_exposure_or_with_too_little_says_what_it_could_ever_show(cast, change):
    none = state(cast, change, exposure="")
    said = " ".join(could_show(change, none, cast.clock.now))
    assert "It is counted in weeks alone." in said
    assert "No such complaint came in the weeks before" in said
    linked(cast, change, [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0], first=date(2026, 7, 27))
    few = " ".join(could_show(change, none, cast.clock.now))
    assert "5 such complaints in 12 weeks before" in few
    assert "Even if they stopped altogether, it would often not be seen." in few


def test_more_volume_shows_smaller_drops(cast, change):
    orders(cast, 24)
    claim = state(cast, change)
    linked(cast, change, [12] * 12, first=date(2026, 7, 27))
    said = " ".join(could_show(change, claim, cast.clock.now))
    assert "144 such complaints in 12,000 orders before" in said
    assert "Eight times in ten, a drop of" in said


@pytest.mark.parametrize(("today", "weeks"), [(date(2026, 11, 30), 10), (date(2027, 2, 1), 2)])
def test_an_overdue_change_has_only_the_weeks_from_today_to_its_review(cast, change, today, weeks):
    """Due on 5 December and reviewed on 15 February: ten whole weeks; on 1 February two are left."""
    orders(cast, 24)
    claim = state(cast, change)
    linked(cast, change, [12] * 12, first=date(2026, 7, 27))
    said = " ".join(what_it_could_show(change, claim, tally_of(change, claim, today), today))
    assert f"about {weeks} weeks to come" in said


def test_weeks_without_figures_are_left_out_and_named(cast, change):
    orders(cast, 24)
    claim = state(cast, change)
    Exposure.objects.filter(week=date(2026, 8, 3)).delete()
    said = could_show(change, claim, cast.clock.now)
    assert said[0] == "One week is left out: no orders are known for 3 August 2026."
