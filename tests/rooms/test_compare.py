"""Practice beside letters, once a year: who is in it, what is told, and what nobody can take apart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.event import Event
from amends.cases.message import Coverage, Message, Understanding
from amends.cases.reopening import IssueReopening
from amends.practice.compare import FEWEST_LETTERS, FEWEST_ROUNDS, Own, own_year, tell_year, told_of
from amends.practice.models import Played
from amends.practice.taking_part import TakesPart, YearCompared, stop_taking_part, take_part
from amends.team.models import User

pytestmark = pytest.mark.django_db
JANUARY, MAY, AFTER = (datetime(*day, tzinfo=UTC) for day in ((2025, 1, 2), (2025, 5, 5), (2026, 1, 3)))
DAY = timedelta(days=1)
owns = st.builds(Own, st.lists(st.integers(0, 100), max_size=6), st.integers(0, 40), st.just(0))
many = st.lists(owns, max_size=40)


@pytest.fixture
def crowd(recovery, cast):
    """Twenty-one people who take part, each with as many rounds and letters as it takes."""
    one = recovery()
    one.hear()
    made = [User(username=f"uma{n}", name=f"Uma {n}", role="agent", team=cast.tom.team) for n in range(21)]
    people = User.objects.bulk_create(made)
    for person in people:
        take_part(person, JANUARY)
        rounds(person)
        letters(one, person)
    return one, people


def rounds(person, at=MAY, count=FEWEST_ROUNDS):
    made = {"scenario": "retail-sofa-leg", "persona": "steady", "seed": 1, "started_at": at, "ended_at": at}
    Played.objects.bulk_create([Played(trainee=person, **made) for _ in range(count)])


def letters(one, person, at=MAY, count=FEWEST_LETTERS):
    made = Message.objects.bulk_create(
        [Message(case=one.case, at=at + n * DAY, outgoing=True, author=person, text="x") for n in range(count)]
    )
    Coverage.objects.bulk_create(
        [Coverage(message=letter, issue=one.issues[0], step="reflect", found=True) for letter in made]
    )


def test_of_twenty_people_or_more_one_figure_is_told(crowd):
    assert tell_year(AFTER).people == 20
    assert YearCompared.objects.get().words.startswith("It cannot be told whether they go together: 0.0 on a scale")


@pytest.mark.parametrize("missing", ["consent", "rounds", "letters", "the year"])
def test_of_nineteen_nothing_is_told(crowd, missing):
    _, people = crowd
    for person in people[:2]:
        if missing == "consent":
            stop_taking_part(person)
        elif missing == "rounds":
            Played.objects.filter(trainee=person).first().delete()
        elif missing == "letters":
            Message.objects.filter(author=person).update(automatic="rule")
        else:
            TakesPart.objects.filter(person=person).update(at=MAY + 100 * DAY)
    assert tell_year(AFTER).tenths is None
    assert YearCompared.objects.get().words.startswith("Too few to tell")


def test_what_is_taken_back_or_deleted_later_changes_no_figure(crowd):
    _, people = crowd
    told = YearCompared.objects.values().get(pk=tell_year(AFTER).pk)
    for person in people[:7]:
        stop_taking_part(person)
        Played.objects.filter(trainee=person).delete()
    assert tell_year(AFTER + DAY) is None
    assert YearCompared.objects.values().get() == told


def test_two_years_rest_on_no_round_and_no_letter_both(crowd):
    _, people = crowd
    tell_year(AFTER)
    rounds(people[0], at=AFTER)
    assert tell_year(AFTER + 365 * DAY).tenths is None
    assert list(YearCompared.objects.values_list("year", "people")) == [(2026, None), (2025, 20)]


def test_before_the_year_is_over_and_without_anybody_there_is_nothing_to_tell(crowd):
    assert tell_year(MAY) is None
    TakesPart.objects.all().delete()
    assert tell_year(AFTER) is None
    assert not YearCompared.objects.exists()


@pytest.mark.parametrize("how", ["not quite", "began again"])
def test_what_came_back_to_a_letter_counts_for_its_writer_and_no_other(crowd, how):
    one, people = crowd
    letters(one, one.cast.tom, at=MAY + 200 * DAY)
    take_part(one.cast.tom, JANUARY)
    at = MAY + 205 * DAY + timedelta(hours=1)
    if how == "not quite":
        Understanding.objects.create(case=one.case, at=at, agreed=False, corrections=[], words="The red one")
    else:
        IssueReopening.objects.create(issue=one.issues[0], at=at, words="Again", why="customer")
    mine, hers = (own_year(TakesPart.objects.get(person=who), 2025) for who in (one.cast.tom, people[0]))
    assert (mine.letters, mine.came_back) == (10, 1)
    assert hers.came_back == 0


def test_taking_part_and_stopping_leave_no_line_in_the_ledger(cast):
    before = Event.objects.count()
    take_part(cast.tom, JANUARY)
    stop_taking_part(cast.tom)
    assert not TakesPart.objects.exists()
    assert Event.objects.count() == before


@given(many, st.randoms())
def test_nothing_is_told_below_twenty_and_nobodys_place_matters(people, dice):
    told = told_of(people)
    enough = sum(one.counts for one in people)
    assert bool(told) == (enough >= 20)
    assert not told or told["people"] % 5 == 0
    assert not told or -10 <= told["low_tenths"] <= told["tenths"] <= told["high_tenths"] <= 10
    assert told_of(dice.sample(people, len(people))) == told


@given(many, owns)
def test_who_has_too_little_changes_nothing_by_coming_or_leaving(people, one):
    if not one.counts:
        assert told_of([*people, one]) == told_of(people)


def test_a_year_that_can_be_told_is_a_sentence_without_a_cause():
    """By hand: 0.4 with 0.1 to 0.7 lies above nothing, and its mirror below."""
    better = YearCompared(year=2025, people=25, tenths=4, low_tenths=1, high_tenths=7)
    assert better.words == (
        "Less came back to those who practised better: 0.4 on a scale from -1 to 1 (95 % interval 0.1 to 0.7), over 25 "
        "people or a few more. That does not say why."
    )
    assert YearCompared(people=25, tenths=-4, low_tenths=-7, high_tenths=-1).words.startswith("More came back")
