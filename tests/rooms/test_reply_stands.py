"""Verbs that read the tables once: what they tell the queue is what the tables tell when they are asked afterwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.assignment import snooze
from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.customer_writes import customer_writes
from amends.cases.facts import facts_of, known_of
from amends.cases.hear import correct_understanding
from amends.cases.issue import Wish
from amends.cases.ledger import by_rule
from amends.cases.merge import merge
from amends.cases.reply import Covered, reply
from amends.cases.standing import Standing, stand
from amends.cases.withdraw import withdraw
from amends.method.steps import Step

pytestmark = pytest.mark.django_db
PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
STATEMENTS = 29


def new(_one):
    pass


def answered(one):
    one.person_first()


def corrected(one):
    one.person_first()
    correct_understanding(one.case, {}, "The box was wet, too.", one.cast.clock.forward(minutes=1))


def resting(one):
    snooze(
        one.case, until=one.now + timedelta(days=2), reason="They are away.", by=one.cast.tom, now=one.cast.clock.now
    )


def merged_this_moment(one):
    one.person_first()
    one.hear("The box was wet")
    first, second = one.issues[0], one.issues[-1]
    one.cast.clock.forward(minutes=1)
    merge(second, first, by=one.cast.tom, now=one.now)


def delivered_and_written_again(one):
    one.person_first()
    one.deliver(one.accept(one.offer()))
    customer_writes(one.case, "It is broken again.", one.cast.clock.forward(hours=1))


SITUATIONS = [new, answered, corrected, resting, merged_this_moment, delivered_and_written_again]


def row(case):
    return Standing.objects.filter(pk=case.pk).values().get()


@pytest.mark.parametrize("happened", SITUATIONS)
@pytest.mark.parametrize("steps", [(), PERSON])
def test_the_queue_shows_what_the_tables_hold(recovery, happened, steps):
    one = recovery()
    one.hear()
    happened(one)
    known = known_of(one.case, one.now)
    heard = one.case.open_issues().exclude(hearing=None)
    covers = [(issue.pk, step) for issue in heard for step in steps]
    reply(one.case, "A letter.", tuple(Covered(*cover) for cover in covers), by=one.cast.tom, now=one.now)
    shown = row(one.case)
    case = Case.objects.get(pk=one.case.pk)
    assert facts_of(case, one.now, known.with_letter(covers, one.now)) == facts_of(case, one.now)
    stand(case, one.now)
    assert shown == row(case)
    assert shown["assignee_id"] == one.cast.tom.pk


def listened(one):
    one.hear("The box was wet")


def taken_off(one):
    withdraw(one.issues[-1], "They found it.", wish=Wish.CUSTOMER, by=one.cast.tom, now=one.now)


def closed(one):
    one.hear()
    one.say(*PERSON)
    close(one.case, exception="They moved away.", by=one.cast.ines, now=one.now)


@pytest.mark.parametrize("happened", SITUATIONS)
@pytest.mark.parametrize("act", [listened, taken_off, closed])
def test_so_do_listening_taking_off_and_closing(recovery, happened, act):
    one = recovery()
    one.hear()
    happened(one)
    act(one)
    shown = row(one.case)
    stand(Case.objects.get(pk=one.case.pk), one.now)
    assert shown == row(one.case)


def test_a_letter_a_rule_writes_answers_nothing(recovery):
    one = recovery()
    one.cast.clock.forward(days=2)
    before = facts_of(one.case, one.now)
    with by_rule(1):
        reply(one.case, "We have your letter.", (), by=one.cast.ines, now=one.now)
    assert before.unanswered_since is not None
    assert facts_of(one.case, one.now) == before
    shown = row(one.case)
    stand(one.case, one.now)
    assert shown == row(one.case)


def test_the_cost_of_a_reply_does_not_grow_with_the_letters_before(recovery):
    one = recovery()
    one.hear()
    costs = [_cost(one) for _ in range(3)]
    assert costs[1] == costs[2] <= STATEMENTS


def _cost(one):
    with CaptureQueriesContext(connection) as asked:
        one.say(*PERSON)
    return len(asked)
