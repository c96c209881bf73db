"""A lead who reads every figure about the team learns nothing about one person: attacks, tried by hypothesis."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from amends.method.crowd import FEWEST, SILENT, WEEK, Told, rounded, share_told, stands_apart, tell

MONDAY = date(2026, 9, 7)
PEOPLE = "abcdefghijkl"
groups = st.sets(st.sampled_from(PEOPLE), max_size=12)
figures = st.integers(0, 40)
# A history: who was in the group each week, and how much everybody had, told or not.
histories = st.lists(groups, min_size=1, max_size=16)
loads = st.fixed_dictionaries(dict.fromkeys(PEOPLE, figures))


def seal(group: set[str]) -> str:
    return "".join(sorted(group))


def play(history: list[set[str]], loads: dict[str, int]) -> dict[int, tuple[set[str], Told]]:
    """What a lead reads, week by week, when everybody has the same load each week: the kindest case for an attack."""
    told: list[Told] = []
    shown = {}
    for number, group in enumerate(history):
        made = tell({one: loads[one] for one in group}, seal(group), MONDAY + number * WEEK, told)
        if made:
            told.append(made)
            shown[number] = (group, made)
    return shown


@given(histories, loads)
def test_no_two_figures_within_four_weeks_are_about_groups_that_differ(history, loads):
    shown = play(history, loads)
    for first, (group, _) in shown.items():
        for second, (other, _) in shown.items():
            if abs(first - second) * WEEK <= SILENT:
                assert group == other


@given(groups, st.sampled_from(PEOPLE), loads, st.integers(1, 4), st.booleans())
def test_taking_one_person_out_of_a_group_leaves_nothing_to_subtract(group, one, loads, weeks, leaving):
    """The attack: read the figure, have somebody leave (or come), read it again, take the difference."""
    whole, less = group | {one}, group - {one}
    before, after = (whole, less) if leaving else (less, whole)
    shown = play([before, *[after] * weeks], loads)
    assert not {0} < set(shown)


@given(groups, loads)
def test_what_is_told_is_of_five_none_of_whom_made_more_than_half_and_rounded(group, loads):
    here = tell({name: loads[name] for name in group}, seal(group), MONDAY, [])
    if here:
        total = sum(loads[name] for name in group)
        assert len(group) >= FEWEST
        assert max(loads[name] for name in group) <= total / 2
        assert here.about % 5 == 0
        assert abs(here.about - total) <= 2


@given(groups, loads)
def test_the_same_week_is_told_once(group, loads):
    counts = {name: loads[name] for name in group}
    first = tell(counts, seal(group), MONDAY, [])
    if first:
        assert tell(counts, seal(group), MONDAY, [first]) is None


def test_a_stable_group_is_told_every_week_and_a_changed_one_after_four_silent_weeks():
    loads = dict.fromkeys(PEOPLE, 3)
    six, five = set("abcdef"), set("abcde")
    assert set(play([six, six, six], loads)) == {0, 1, 2}
    assert set(play([six, *[five] * 6], loads)) == {0, 5, 6}


def test_four_people_one_heavy_person_and_nobody_are_not_told():
    assert tell(dict.fromkeys("abcd", 9), "abcd", MONDAY, []) is None
    assert tell({**dict.fromkeys("abcd", 1), "e": 5}, "abcde", MONDAY, []) is None
    assert tell({}, "", MONDAY, []) is None


def test_by_hand():
    assert tell({"a": 4, "b": 3, "c": 3, "d": 1, "e": 0}, "abcde", MONDAY, []) == Told(MONDAY, "abcde", 10)
    assert [rounded(count) for count in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]


# How many have done something: told once, and never twice of the same person and the same thing.
asked = st.lists(
    st.tuples(st.frozensets(st.integers(1, 9), max_size=9), st.frozensets(st.sampled_from("xyz"), min_size=1)),
    min_size=1,
    max_size=8,
)


def shares(history, done):
    """What a lead reads: each figure with whom and what it is about."""
    told, pairs = [], []
    for people, things in history:
        apart = stands_apart(people, things, pairs)
        about = share_told(sum((one, thing) in done for one in people for thing in [min(things)]), len(people))
        if apart and about is not None:
            told.append((people, things, about))
            pairs += [(one, thing) for one in people for thing in things]
    return told


@given(asked, st.sets(st.tuples(st.integers(1, 9), st.sampled_from("xyz"))))
def test_nobody_is_in_two_figures_about_one_thing(history, done):
    told = shares(history, done)
    for number, (people, things, _) in enumerate(told):
        assert len(people) >= FEWEST
        for others, their_things, _ in told[number + 1 :]:
            assert not (people & others and things & their_things)


@given(asked, st.sets(st.tuples(st.integers(1, 9), st.sampled_from("xyz"))), st.integers(1, 9), st.sampled_from("xyz"))
def test_what_one_person_does_with_one_thing_moves_one_figure_at_most(history, done, one, thing):
    """The attack: two worlds that differ by one person doing one thing, whatever groups a lead thinks of."""
    before, after = shares(history, done), shares(history, done ^ {(one, thing)})
    assert [figure[:2] for figure in before] == [figure[:2] for figure in after]
    assert sum(here[2] != there[2] for here, there in zip(before, after, strict=True)) <= 1


@given(st.integers(FEWEST, 60), st.data())
def test_no_figure_says_of_everybody_or_of_nobody(of, data):
    done = data.draw(st.integers(0, of))
    alike = [count for count in range(of + 1) if share_told(count, of) == share_told(done, of)]
    assert len(alike) >= 3
    assert alike != [of]


def test_of_four_people_nothing_is_told():
    assert [share_told(4, 4), share_told(2, 5), share_told(3, 5), share_told(8, 8)] == [None, 0, 5, 5]
