"""New themes: published corrections and tests, a planted theme, and silence where there is none."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.errors import ImpossibleCount
from amends.measures.theme import Term, adjusted, grown, themes

PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
PUBLISHED += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]


def test_the_published_correction():
    """The 15 probabilities of Benjamini and Hochberg 1995: the first four stand at 5 %."""
    assert [q <= 0.05 for q in adjusted(PUBLISHED)] == [True] * 4 + [False] * 11
    assert adjusted(PUBLISHED)[3] == pytest.approx(0.0095 * 15 / 4)


def test_the_lady_tasting_tea():
    """Four cups of eight, three right: 17/70 (Fisher 1935); with half of the 16/70 for exactly three 9/70."""
    assert grown(3, 4, 1, 4) == pytest.approx(9 / 70)


def test_a_planted_theme_is_found_with_its_examples():
    terms = [Term("app crashes", 30, 8, ("c1", "c2")), Term("late", 60, 118), Term("desk", 12, 26)]
    (found,) = themes(terms, now=200, before=400)
    assert found.term.examples == ("c1", "c2")
    assert found.words.startswith(
        "A hint: “app crashes” stands in 30 of 200 complaints (15 %), before in 8 of 400 (2 %): its odds are 8."
    )


def test_more_of_everything_is_no_theme():
    """Twice as many complaints of the same kinds: shares stay."""
    assert themes([Term("late", 120, 60), Term("rude", 40, 20)], now=400, before=200) == ()


def test_four_complaints_or_nineteen_in_a_window_are_too_few():
    assert themes([Term("mould", 4, 0)], now=500, before=5000) == ()
    assert themes([Term("mould", 15, 0)], now=19, before=5000) == ()


def test_impossible_counts_are_refused():
    with pytest.raises(ImpossibleCount, match="Count each complaint once"):
        themes([Term("late", 30, 2)], now=29, before=40)


def test_without_a_theme_a_false_one_is_rare():
    """40 terms of 4 % each, 300 complaints before and 150 now, 40 looks: any false theme in 5 % of the looks."""
    chance = Random(9)

    def drawn(of):
        return sum(chance.random() < 0.04 for _ in range(of))

    looks = [
        themes([Term(str(one), drawn(150), drawn(300)) for one in range(40)], now=150, before=300) for _ in range(40)
    ]
    assert sum(bool(found) for found in looks) <= 6  # 6 or fewer of 40 is 99 % likely at 5 %


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_corrected_probabilities_keep_their_order_and_never_shrink(chances):
    found = adjusted(chances)
    assert all(one - 1e-12 <= q <= 1 for one, q in zip(chances, found, strict=True))
    for one, other in zip(
        sorted(zip(chances, found, strict=True)), sorted(zip(chances, found, strict=True))[1:], strict=False
    ):
        assert one[1] <= other[1] + 1e-12


@given(st.integers(0, 30), st.integers(30, 60), st.integers(0, 30), st.integers(30, 60))
def test_both_sides_of_the_test_make_a_whole(now, of_now, before, of_before):
    if now + before:
        assert grown(now, of_now, before, of_before) + grown(before, of_before, now, of_now) == pytest.approx(1)
