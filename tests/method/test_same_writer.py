"""Which complaint a post may be about: how often a proposal is right on a small labelled set, and the rule by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.same_writer import WEEK, Complained, Likely, Said, Why, likely, may_be, plain_order
from tests.method.labelled_posts import POSTS, precision, recall

DAY = date(2026, 11, 9)


def complained(**changed) -> Complained:
    known = {"case": 1, "name": "Maria Oduya", "orders": frozenset({"LH-48213"}), "opened": DAY, "closed": DAY}
    return Complained(**known | changed)


def test_three_of_four_proposals_on_the_labelled_set_are_right_and_over_half_of_the_cases_are_found():
    """Floors below what was measured once (22 of 27, 22 of 33): the set is too small to say more."""
    right, made = precision()
    found, about = recall()
    assert len(POSTS) == 42
    assert right / made >= 0.75
    assert found / about >= 0.6
    assert sum(precision(why)[1] for why in Why) == made


@pytest.mark.parametrize(
    ("author", "fits"),
    [
        ("Maria Oduya", True),
        ("ODUYA, maria", True),
        ("mariaoduya92", True),
        ("Maria O.", True),
        ("M. Oduya", True),
        ("Maria", False),
        ("M. O.", False),
        ("Maria P.", False),
        ("Mario Oduya", False),
        ("", False),
    ],
)
def test_a_name_in_public_may_be_theirs(author, fits):
    assert may_be(author, "Maria Oduya") is fits


def test_an_order_goes_before_a_name_and_has_no_week():
    said = Said("Nina Berg", "lh 48213", DAY + timedelta(days=300))
    assert likely(said, [complained(), complained(case=2, orders=frozenset(), name="Nina Berg")]) == (
        Likely(1, Why.ORDER),
    )


@pytest.mark.parametrize(("days", "proposed"), [(-8, 0), (-7, 1), (0, 1), (17, 1), (18, 0)])
def test_a_name_counts_within_a_week_of_the_complaint(days, proposed):
    one = complained(closed=DAY + timedelta(days=10))
    assert len(likely(Said("Maria O.", "", DAY + timedelta(days=days)), [one])) == proposed
    assert WEEK.days == 7


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_people_call_themselves_nothing_breaks_and_no_order_proves_nothing(author, name, order):
    found = likely(Said(author, "", DAY), [complained(name=name, orders=frozenset({order}))])
    assert all(one.why is Why.NAME for one in found)
    assert plain_order(plain_order(order)) == plain_order(order)
