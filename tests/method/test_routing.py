"""Who gets the next contact: by hand, and what holds for every team and every queue."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from amends.method.routing import HARD_IN_A_ROW, Contact, Person, next_for, who

TOPICS = ["delivery", "privacy", "harm_safety"]
contacts = st.lists(
    st.builds(
        Contact,
        st.integers(1, 99),
        hard=st.booleans(),
        topics=st.sets(st.sampled_from(TOPICS), max_size=1).map(frozenset),
        language=st.sampled_from(["", "de", "en"]),
        late=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: one.case,
)
somebody = st.builds(
    Person,
    name=st.sampled_from("abcdefgh"),
    carries=st.floats(0, 10),
    given=st.lists(st.booleans(), max_size=6).map(tuple),
    room=st.integers(0, 2),
    shaken=st.booleans(),
    not_taken=st.sets(st.sampled_from(TOPICS), max_size=1).map(frozenset),
    not_cases=st.sets(st.integers(1, 99), max_size=3).map(frozenset),
    speaks=st.sampled_from([frozenset(), frozenset({"de"}), frozenset({"de", "en"})]),
)
people = st.lists(somebody, max_size=6, unique_by=lambda one: one.name)
TWO_HARD = (True,) * HARD_IN_A_ROW


@given(somebody, contacts, people)
def test_never_a_third_hard_one_in_a_row_while_another_waits(me, waiting, others):
    me = replace(me, given=(*me.given, *TWO_HARD))
    got = next_for(me, waiting, others)
    assert got is None or not got.hard or not any(me.takes(one) and not one.hard for one in waiting)


@given(somebody, contacts, people)
def test_nobody_is_given_what_they_do_not_take(me, waiting, others):
    got = next_for(me, waiting, others)
    assert got is None or me.takes(got)
    for contact in waiting:
        one = who(contact, others)
        assert one is None or one.takes(contact)


@given(somebody, contacts, people)
def test_nobody_who_asks_goes_away_with_nothing_while_something_is_for_them(me, waiting, others):
    """So that care makes nobody wait longer: a case waits only while everybody who is there has another one."""
    assert (next_for(me, waiting, others) is None) == (not any(me.takes(one) for one in waiting))


@given(somebody, contacts, people)
def test_among_equals_the_one_due_first_is_taken(me, waiting, others):
    """Equals are equal for everybody there: what only one of them may take is not passed over for the others' sake."""

    def kind(contact):
        return contact.hard, contact.late, [one.takes(contact) for one in (me, *others)]

    got = next_for(me, waiting, others)
    assert got is None or next(one for one in waiting if kind(one) == kind(got)) == got


@given(st.builds(Contact, st.just(1), hard=st.just(True)), people)
def test_a_hard_one_goes_to_whoever_carries_least_and_need_not_be_spared(contact, there):
    got = who(contact, there)
    able = [one for one in there if one.takes(contact)]
    rested = [one for one in able if not one.is_spared] or able
    assert (got is None) == (not able)
    assert got is None or (got in rested and got.burden == min(one.burden for one in rested))


def test_by_hand():
    hard, easy = Contact(1, hard=True), Contact(2)
    tom, priya = Person(name="tom", carries=3.0), Person(name="priya", carries=1.0)
    assert who(hard, [tom, priya]) == priya
    assert next_for(tom, [hard, easy], [priya]) == easy
    assert next_for(priya, [hard, easy], [tom]) == hard
    assert next_for(tom, [hard], [priya]) == hard
    assert next_for(tom, [replace(hard, late=True), easy], [priya]) == replace(hard, late=True)
    assert next_for(replace(tom, shaken=True), [replace(hard, late=True), easy], []) == easy


def test_hard_ones_of_today_weigh_six_tenths_each():
    """Somebody given two hard ones today (1.2) is spared a third, and somebody who carries 1.3 gets it."""
    assert Person(name="tom", given=(True, False, True)).burden == 1.2
    assert who(Contact(1, hard=True), [Person(name="a", given=TWO_HARD), Person(name="b", carries=1.3)]).name == "b"


def test_whoever_has_been_free_longest_gets_an_easy_one():
    from datetime import UTC, datetime

    early, late = datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2026, 11, 21, 10, tzinfo=UTC)
    there = [Person(name="a", free_since=late), Person(name="b", carries=9.0, free_since=early)]
    assert who(Contact(1), there).name == "b"
