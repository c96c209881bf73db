"""Practice before live work: who is asked for it, whom it never stops, and what a lead can and cannot see of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amends.care.take import take_next
from amends.cases.begin_live import in_danger, let_begin
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.issue import Issue
from amends.cases.message import Message
from amends.cases.policy import adopt
from amends.cases.reply import reply
from amends.method.policy import preset
from amends.practice.learn import forget
from amends.practice.passing import pass_round
from amends.practice.play import find_round
from amends.team.begun import Begun, Practised
from tests.rooms.test_courses import GOLDEN, ROUNDS, play

pytestmark = pytest.mark.django_db
EARLY = datetime(2020, 1, 1, tzinfo=UTC)
ASKS = {"immersion_rounds": 2, "immersion_people": 2, "immersion_before_live": 1}


@pytest.fixture
def now(clock):
    return clock.now


def asks(at=EARLY, **changed):
    adopt(preset("standard") | ASKS | changed, "Practise first", by=None, now=at)


def write(one, who="tom", text="Dear Maria, we read it."):
    return reply(one.case, text, (), by=one.cast.people[who], now=one.now)


def test_out_of_the_box_nobody_is_stopped(recovery):
    assert write(recovery()).author.username == "tom"


def test_a_newcomer_is_told_what_is_missing_and_the_way(recovery):
    one = recovery()
    asks()
    with pytest.raises(NotPossible, match="2 rounds of practice that passed, with 2 different people") as refused:
        write(one)
    assert "Your learning path shows what is left" in str(refused.value)
    assert "A lead can let you begin earlier" in str(refused.value)
    with pytest.raises(NotPossible, match="2 rounds of practice"):
        take_next(by=one.cast.tom, now=one.now)
    assert not Message.objects.filter(author=one.cast.tom).exists()


def test_rounds_passed_open_it_and_nothing_closes_it_again(recovery, now):
    one, tom = recovery(), recovery().cast.tom
    asks()
    for scenario, persona in ROUNDS[:2]:
        play(scenario, persona, GOLDEN[scenario], by=tom, now=now)
    assert Practised.objects.get(person=tom).rounds == 2
    people = len({persona for _, persona in ROUNDS[:2]})
    if people < 2:
        other = next((what, who) for what, who in ROUNDS if who != ROUNDS[0][1])
        play(*other, GOLDEN[other[0]], by=tom, now=now)
    write(one)
    assert Begun.objects.get(person=tom).by is None
    asks(now, immersion_rounds=9)
    forget(by=tom, now=now)
    assert not Practised.objects.filter(person=tom).exists()
    write(one, text="And one more thing.")


def test_who_answered_customers_before_it_was_asked_is_no_newcomer(recovery, now):
    one = recovery()
    write(one)
    asks(now + timedelta(minutes=1))
    write(one, text="And one more thing.")


def test_asking_more_counts_from_the_day_it_asks_more(recovery, now):
    one = recovery()
    asks()
    Message.objects.create(case=one.case, at=now, outgoing=True, author=one.cast.tom, text="A letter.")
    with pytest.raises(NotPossible):
        write(one)
    asks(now + timedelta(minutes=1), immersion_rounds=9)
    write(one)


@pytest.mark.parametrize("how", ["read", "written down"])
def test_somebody_in_danger_is_answered_at_once(recovery, how):
    one = recovery()
    asks()
    if how == "read":
        Message.objects.filter(case=one.case, outgoing=False).update(reading={"safety": True})
    else:
        Issue.objects.filter(case=one.case).update(category="harm_safety")
    assert in_danger([one.case.pk]) == {one.case.pk}
    write(one)
    assert not Begun.objects.exists()


def test_the_next_is_given_to_a_newcomer_only_where_somebody_is_in_danger(recovery):
    one, other = recovery(), recovery()
    asks()
    Message.objects.filter(case=other.case, outgoing=False).update(reading={"safety": True})
    assert take_next(by=one.cast.tom, now=one.now).pk == other.case.pk
    with pytest.raises(NotPossible, match="rounds of practice"):
        take_next(by=one.cast.tom, now=one.now)


def test_leads_are_not_asked(recovery):
    one = recovery()
    asks()
    assert write(one, "ines").author == one.cast.ines


def test_a_lead_lets_somebody_begin_with_a_reason_that_is_kept(recovery, cast, now):
    one = recovery()
    asks()
    with pytest.raises(Incomplete, match="Say why"):
        let_begin(cast.tom, " ", by=cast.ines, now=now)
    let_begin(cast.tom, "Ten years at the counter", by=cast.ines, now=now)
    write(one)
    kept = Begun.objects.get(person=cast.tom)
    assert (kept.by, kept.reason) == (cast.ines, "Ten years at the counter")
    with pytest.raises(AlreadyDone):
        let_begin(cast.tom, "Again", by=cast.ines, now=now)


@pytest.mark.parametrize(("who", "whom"), [("tom", "tom"), ("priya", "tom"), ("ines", "priya")])
def test_nobody_lets_themselves_or_another_team_begin(cast, now, who, whom):
    asks()
    with pytest.raises(NotAllowed):
        let_begin(cast.people[whom], "Why not", by=cast.people[who], now=now)
    assert not Begun.objects.exists()


@pytest.mark.parametrize("rounds", [0, 2])
def test_a_lead_who_lets_somebody_begin_learns_nothing_of_their_practice(cast, now, rounds):
    asks()
    if rounds:
        Practised.objects.create(person=cast.tom, rounds=rounds, people=rounds)
        Begun.objects.create(person=cast.tom, at=now)
    made = let_begin(cast.tom, "She knows the trade", by=cast.ines, now=now)
    assert (made.by, made.at) == (cast.ines, now)


def test_the_same_round_again_counts_once(cast, now):
    what, who = ROUNDS[0]
    for _ in range(2):
        row = play(what, who, GOLDEN[what], by=cast.tom, now=now)
    pass_round(find_round(row.pk, cast.tom), now=now)
    assert Practised.objects.get(person=cast.tom).rounds == 1


def test_every_letter_goes_through_the_one_function_that_asks():
    makers = [
        path.name for path in Path("amends").rglob("*.py") if "OutboxEntry.objects.create" in path.read_text("utf-8")
    ]
    assert makers == ["letters.py"]
