"""Causes and changes: what stands behind a promise that it will not happen again."""

from datetime import timedelta

import pytest

from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.facts import facts_of
from amends.method.path import recovery_path
from amends.method.steps import Step
from amends.prevention.board import board_of
from amends.prevention.models import Cause, ChangeKind
from amends.prevention.verbs import agree_change, attribute, make_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def unknown(cast) -> Cause:
    return Cause.objects.create(name="Double booking", owner=cast.ines)


def why(one) -> str:
    path = recovery_path(facts_of(one.case, one.now))
    return next(step.why for step in path.steps if step.step is Step.PREVENT)


def agree(cast, cause, what="Check for doubles", **changed):
    now = cast.clock.now
    known = {"owner": cast.ines, "due": now.date() + timedelta(days=7), "by": cast.ines, "now": now, **changed}
    return agree_change(cause, what, ChangeKind.SYSTEM, **known)


def test_prevention_asks_for_the_cause_then_a_change_then_to_tell_it(recovery, cast, unknown):
    one = recovery()
    one.person_first()
    assert why(one).startswith("Link the cause")
    for issue in one.issues:
        attribute(issue, unknown, by=cast.tom, now=one.now)
    assert why(one).startswith("Known cause: Double booking. Agree a change")
    with pytest.raises(Incomplete, match="Link the cause of"):
        one.say(Step.PREVENT)
    change = agree(cast, unknown)
    assert why(one).startswith("Tell Maria: Check for doubles (by 28 November)")
    make_change(change, by=cast.ines, now=one.now)
    assert why(one).startswith("Tell Maria: Check for doubles (since 21 November)")
    one.say(Step.PREVENT)
    assert why(one) == ""


def test_a_later_word_about_the_cause_replaces_the_earlier(recovery, cast, unknown):
    one = recovery()
    issue = one.issues[0]
    attribute(issue, unknown, by=cast.tom, now=one.now)
    attribute(issue, Cause.objects.get(name="Courier handover"), by=cast.sam, now=one.now)
    issue.refresh_from_db()
    assert (issue.attribution.cause.name, issue.attribution.by) == ("Courier handover", cast.sam)
    assert one.case.events.filter(kind="cause_linked").count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"), [({"what": " "}, "Say what will change."), ({"due": -1}, "a day that is still to come")]
)
def test_a_change_without_words_or_in_the_past_is_refused(cast, unknown, changed, sentence):
    if "due" in changed:
        changed = {"due": cast.clock.now.date() + timedelta(days=changed["due"])}
    with pytest.raises(Incomplete, match=sentence):
        agree(cast, unknown, **changed)
    assert unknown.changes.count() == 0


def test_a_change_is_made_once(cast, unknown):
    change = agree(cast, unknown)
    make_change(change, by=cast.ines, now=cast.clock.now)
    with pytest.raises(AlreadyDone, match="made before"):
        make_change(change, by=cast.tom, now=cast.clock.now)
    change.refresh_from_db()
    assert change.made_by == cast.ines


def test_a_change_is_late_the_day_after_its_day_unless_it_was_made(cast, unknown):
    change = agree(cast, unknown)
    assert not change.is_late(change.due_date)
    assert change.is_late(change.due_date + timedelta(days=1))
    change.made_at = cast.clock.now
    assert not change.is_late(change.due_date + timedelta(days=1))


def test_the_board_shows_each_cause_once_where_its_changes_stand(recovery, cast, unknown):
    one = recovery()
    attribute(one.issues[0], unknown, by=cast.tom, now=one.now)

    def columns() -> dict[str, list[str]]:
        return {column.key: [card.cause.name for card in column.cards] for column in board_of()}

    empty = {"watching": [], "proven": []}
    assert columns() == {"understand": ["Double booking"], "agreed": ["Courier handover"], **empty}
    make_change(agree(cast, unknown), by=cast.ines, now=one.now)
    watched = {"watching": ["Double booking"], "proven": []}
    assert columns() == {"understand": [], "agreed": ["Courier handover"], **watched}
    agree(cast, unknown, "And again")
    assert columns()["agreed"] == ["Double booking", "Courier handover"]
    assert [card.cause.cases for column in board_of() for card in column.cards] == [1, 0]
