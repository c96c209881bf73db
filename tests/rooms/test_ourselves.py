"""Asking the team how it handles complaints: nobody's answer can be found, and what is told is of five or more."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.event import Event
from amends.insights.scorecard import LINES
from amends.method.crowd import FEWEST
from amends.method.roughly import Roughly
from amends.ourselves.asking import IN_PEACE, answer, has_answered, open_round, running
from amends.ourselves.count import count_rounds
from amends.ourselves.models import LONGEST_WORDS, WORDS_KEPT, Ballot, StaffAnswered, StaffRound, StaffSaid, StaffWords
from amends.ourselves.questions import CANNOT_SAY, questions
from amends.ourselves.seal import SIZE, Said, opened, sealed
from amends.ourselves.told import latest_told, says_of_lines, told_of
from amends.team.models import Team, User
from amends.team.permissions import Role

pytestmark = pytest.mark.django_db
DONE = {key: one.done or CANNOT_SAY for key, one in questions().items()}
NOT = dict.fromkeys(questions(), CANNOT_SAY)


def until(now, days=14) -> str:
    return (now + timedelta(days=days)).date().isoformat()


def agents(many: int, team: Team) -> list[User]:
    made = [
        User(username=f"a{team.pk}x{number}", name=f"A{number}", role=Role.AGENT, team=team) for number in range(many)
    ]
    return User.objects.bulk_create(made)


def ask(cast, people, says=DONE, words=None):
    """A round from its first day to its last, in which everybody says the same; it is counted."""
    now = cast.clock.now
    made = open_round(until(now), by=cast.ines, now=now)
    for one in people:
        answer(says, words or {}, by=one, now=cast.clock.forward(minutes=7))
    assert count_rounds(cast.clock.forward(days=16)) == 1
    return made


def test_the_questions_fit_the_scorecard():
    lines = [one.line for one in questions().values() if one.line]
    assert sorted(lines) == sorted(LINES)
    for one in questions().values():
        assert one.come_from
        assert (one.done in one.answers) is bool(one.line)
        assert len(one.answers) >= 4


def test_a_lead_or_quality_asks_everybody_and_each_answers_once(cast):
    now = cast.clock.now
    for who in (cast.tom, cast.priya):
        with pytest.raises(NotAllowed):
            open_round(until(now), by=who, now=now)
    made = open_round(until(now), by=cast.sam, now=now)
    assert running(now) == made
    with pytest.raises(AlreadyDone):
        open_round(until(now), by=cast.ines, now=now)
    answer(DONE, {}, by=cast.tom, now=now)
    assert has_answered(made, cast.tom)
    assert not has_answered(made, cast.priya)
    with pytest.raises(AlreadyDone, match="Nobody can find your answers again"):
        answer(NOT, {}, by=cast.tom, now=now)
    with pytest.raises(NotAllowed):
        answer(DONE, {}, by=cast.sam, now=now)


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-11-22", "2027-11-22"])
def test_the_last_day_is_a_week_to_two_months_away(cast, typed):
    with pytest.raises(Incomplete):
        open_round(typed, by=cast.ines, now=cast.clock.now)


def test_every_question_has_an_answer_and_words_are_short(cast):
    now = cast.clock.now
    with pytest.raises(NotPossible):
        answer(DONE, {}, by=cast.tom, now=now)
    open_round(until(now), by=cast.ines, now=now)
    for given_, words, field in (
        ({**DONE, "fault": ""}, {}, "fault"),
        ({**DONE, "fault": "ours"}, {}, "fault"),
        (DONE, {"stops": "x" * (LONGEST_WORDS + 1)}, "stops_words"),
    ):
        with pytest.raises(Incomplete) as refused:
            answer(given_, words, by=cast.tom, now=now)
        assert refused.value.field == field
    assert not Ballot.objects.exists()


@given(st.dictionaries(st.sampled_from(list(questions())), st.text(max_size=LONGEST_WORDS)))
def test_sealed_and_opened_again_it_is_the_same_and_as_long_as_any_other(words):
    said = Said(3, DONE, words)
    kept = sealed(said)
    assert len(kept) == SIZE + 16
    assert opened(kept) == said
    assert sealed(said) != kept


def test_with_another_key_nobody_reads_it(settings):
    kept = sealed(Said(3, DONE, {}))
    settings.SECRET_KEY = "another"
    assert opened(kept) is None


def test_a_copy_of_the_database_joins_no_answer_with_a_person(cast):
    """While a round is open: no time, no number in a row and no readable word, and what was answered is in no order."""
    now = cast.clock.now
    made = open_round(until(now), by=cast.ines, now=now)
    people = agents(12, cast.ines.team)
    place = []
    for number, one in enumerate(people):
        answer(NOT, {"stops": f"quokka {number}"}, by=one, now=cast.clock.forward(minutes=5))
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Ballot._meta.db_table)
            cursor.execute(f"SELECT sealed FROM {table}")
            read = [opened(bytes(row[0])) for row in cursor.fetchall()]
        place.append(
            next(at for at, said in enumerate(read) if said.words["stops"] == f"quokka {number}") / (number + 1)
        )
    assert len({round(at, 2) for at in place}) > 3  # the newest lies anywhere
    columns = {one.name for model in (Ballot, StaffAnswered) for one in model._meta.fields}
    assert columns == {"id", "round", "sealed", "whose", "team"}
    assert not {one.name for one in Ballot._meta.fields} & {"whose", "team"}
    assert b"quokka" not in b"".join(bytes(one.sealed) for one in made.ballots.all())
    assert not Event.objects.filter(kind__startswith="staff").exclude(kind="staff_asked").exists()
    for one in people:
        assert not StaffAnswered.objects.filter(whose__contains=one.username).exists()


def test_nothing_is_told_before_the_end_and_after_it_no_answer_is_left(cast):
    now = cast.clock.now
    made = open_round(until(now), by=cast.ines, now=now)
    for one in agents(6, cast.ines.team):
        answer(DONE, {}, by=one, now=now)
    assert count_rounds(now) == 0
    assert latest_told(now) is None
    assert says_of_lines(now) == {}
    later = cast.clock.forward(days=16)
    assert count_rounds(later) == 1
    assert count_rounds(later) == 0
    assert latest_told(later) == made
    assert made.ballots.count() == 0
    assert {one.roughly for one in says_of_lines(later).values()} == {Roughly.NEARLY}
    assert set(says_of_lines(later)) == set(LINES)
    assert StaffSaid.objects.filter(team=None, answer=CANNOT_SAY, question="fault").get().roughly == "hardly"


def test_of_four_nothing_is_told_and_who_answered_is_forgotten(cast):
    made = ask(cast, agents(FEWEST - 1, cast.ines.team), words={"stops": "quokka"})
    assert made.counted.about is None
    assert latest_told(cast.clock.now) is None
    assert [model.objects.count() for model in (StaffSaid, StaffWords, Ballot)] == [0, 0, 0]
    assert not StaffAnswered.objects.exists()
    open_round(until(cast.clock.now), by=cast.ines, now=cast.clock.now)  # too few came, so they can be asked again


def test_a_small_team_is_told_only_within_the_desk_as_a_whole(cast):
    large, small = cast.ines.team, cast.priya.team
    ask(cast, [*agents(7, large), *agents(4, small)])
    assert not StaffSaid.objects.exclude(team=None).exists()
    assert {one.of_team for one in says_of_lines(cast.clock.now, large.pk).values()} == {False}


def test_two_teams_of_five_are_told_where_they_differ_without_giving_anybody_away(cast):
    large, small = cast.ines.team, cast.priya.team
    now = cast.clock.now
    open_round(until(now), by=cast.ines, now=now)
    one_team, other = agents(6, large), agents(6, small)
    for number, one in enumerate([*one_team, *other]):
        does = number % 6 < (4 if number < 6 else 2)
        answer(DONE if does else NOT, {}, by=one, now=now)
    now = cast.clock.forward(days=16)
    count_rounds(now)
    assert says_of_lines(now, large.pk)["apologised"].roughly is Roughly.MOST
    assert says_of_lines(now, small.pk)["apologised"].roughly is Roughly.SOME
    assert says_of_lines(now, small.pk)["apologised"].of_team
    assert says_of_lines(now)["apologised"].roughly is Roughly.HALF


def test_words_are_shown_of_five_or_more_in_no_order_and_go_after_a_year(cast):
    now = cast.clock.now
    open_round(until(now), by=cast.ines, now=now)
    for number, one in enumerate(agents(8, cast.ines.team)):
        words = {"stops": f"quokka {number}"} | ({"fault": f"wombat {number}"} if number < 4 else {})
        answer(DONE, words, by=one, now=now)
    now = cast.clock.forward(days=16)
    count_rounds(now)
    told = {one.question.key: one.words for one in told_of(latest_told(now))}
    assert sorted(told["stops"]) == [f"quokka {number}" for number in range(8)]
    assert told["fault"] == ()
    count_rounds(now + WORDS_KEPT)
    assert not StaffWords.objects.exists()
    assert not StaffAnswered.objects.exists()


def test_after_they_were_told_of_people_are_left_in_peace(cast):
    ask(cast, agents(5, cast.ines.team))
    with pytest.raises(NotPossible, match="ask again from"):
        open_round(until(cast.clock.now), by=cast.ines, now=cast.clock.now)
    later = cast.clock.forward(days=IN_PEACE.days)
    assert open_round(until(later), by=cast.ines, now=later)


def test_a_key_that_changed_tells_nothing_and_stops_nothing(cast, settings):
    now = cast.clock.now
    made = open_round(until(now), by=cast.ines, now=now)
    for one in agents(6, cast.ines.team):
        answer(DONE, {}, by=one, now=now)
    settings.SECRET_KEY = "another"
    assert count_rounds(cast.clock.forward(days=16)) == 1
    assert StaffRound.objects.get(pk=made.pk).counted.about is None


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.integers(0, 10), min_size=4), min_size=2, max_size=3))
def test_rounds_held_beside_each_other_single_out_nobody(cast, rounds):
    """The attack: read one round, let somebody come or go, read the next, take the difference."""
    from django.db import transaction

    with transaction.atomic():
        people = agents(11, cast.ines.team)
        told = []
        for group in rounds:
            cast.clock.forward(days=IN_PEACE.days)
            made = ask(cast, [people[number] for number in sorted(group)])
            if made.counted.about is not None:
                told = [(at, one) for at, one in told if cast.clock.now - at < timedelta(weeks=26)]
                for _, other in told:
                    for part in (group - other, other - group, group & other):
                        assert not 0 < len(part) < FEWEST
                told.append((made.closes_at, group))
        transaction.set_rollback(True)
