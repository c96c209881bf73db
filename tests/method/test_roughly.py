"""A word for how many: whoever reads all of them proves nobody's own answer, tried over every world they leave open."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from amends.method.crowd import FEWEST, is_apart, tellable
from amends.method.roughly import Roughly, counts_of, gives_away, roughly

sizes = st.integers(FEWEST, 30)


def test_the_words_by_hand():
    assert [roughly(count, 5).value for count in range(6)] == ["hardly", "hardly", "half", "half", "nearly", "nearly"]
    assert [roughly(count, 10) for count in (0, 2, 3, 4, 6, 7, 8, 10)] == [
        Roughly.HARDLY,
        Roughly.HARDLY,
        Roughly.SOME,
        Roughly.HALF,
        Roughly.HALF,
        Roughly.MOST,
        Roughly.NEARLY,
        Roughly.NEARLY,
    ]


@given(sizes, st.data())
def test_a_word_never_says_all_or_none(of, data):
    count = data.draw(st.integers(0, of))
    low, high = counts_of(roughly(count, of), of)
    assert low <= count <= high
    assert low < of
    assert high > 0


@given(st.lists(st.integers(FEWEST, 8), min_size=1, max_size=2), st.integers(0, 8), st.data())
def test_words_that_stand_side_by_side_leave_everybody_a_world_in_which_they_said_otherwise(parts, rest, data):
    """The attack: enumerate every world that fits what is told; a part all of whose worlds agree is given away."""
    groups = [*parts, rest] if rest >= FEWEST else parts
    counts = [data.draw(st.integers(0, size)) for size in groups]
    told = list(zip(counts[: len(parts)], parts, strict=True))
    of = sum(groups)
    answers = [sum(counts), of - sum(counts)]
    if gives_away(answers, told, of):
        return
    words = [roughly(*one) for one in told]
    worlds = [
        world
        for world in product(*(range(size + 1) for size in groups))
        if [roughly(sum(world), of), roughly(of - sum(world), of)] == [roughly(one, of) for one in answers]
        and all(roughly(world[at], parts[at]) is word for at, word in enumerate(words))
    ]
    for at, size in enumerate(groups):
        assert any(world[at] < size for world in worlds)
        assert any(world[at] > 0 for world in worlds)


def test_a_part_and_a_whole_that_give_the_rest_away_are_noticed():
    # of ten nearly everybody (8 to 10), of five of them about half (2 or 3): the other five all did
    assert gives_away([8, 2], [(3, 5)], 10)
    assert not gives_away([5, 5], [(3, 5)], 10)


PEOPLE = "abcdefghijklmnop"
groups_of_people = st.sets(st.sampled_from(PEOPLE), max_size=16)


@given(st.lists(st.tuples(groups_of_people, groups_of_people), min_size=1, max_size=5))
def test_no_sum_and_no_difference_of_what_is_told_is_about_fewer_than_five(rounds):
    """The attack: rounds one after the other, each with a whole and a part; put any of them together in any way."""
    told: list[set[str]] = []
    for whole, part in rounds:
        inside = whole & part
        chosen = tellable(whole, {"one": inside, "two": whole - part}, told)
        if chosen is not None:
            told += [whole, *({"one": inside, "two": whole - part}[key] for key in chosen)]
    for factors in product((-1, 0, 1), repeat=min(len(told), 5)):
        reached = {
            one: sum(factor for factor, group in zip(factors, told, strict=False) if one in group) for one in PEOPLE
        }
        for value in set(reached.values()) - {0}:
            assert sum(one == value for one in reached.values()) >= FEWEST


def test_a_small_part_is_told_only_within_the_whole_and_a_large_one_not_beside_a_small_rest():
    five, four, six = set("abcde"), set("fghi"), set("fghijk")
    assert tellable(five | four, {"large": five, "small": four}, []) == []
    assert tellable(five | six, {"large": five, "six": six}, []) == ["six", "large"]
    assert tellable(four, {}, []) is None
    assert tellable(five | {"f"}, {}, [five]) is None
    assert tellable(five, {}, [five]) == []
    assert is_apart([])
