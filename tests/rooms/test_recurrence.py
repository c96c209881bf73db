"""The same again after a remedy: found when the cause or the order is known, and what follows from it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.issue import Issue
from amends.cases.standing import Standing, stand
from amends.jobs import sweep
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.answer import answer
from amends.recovery.make_offer import make_offer
from amends.recovery.recurrence import Ineffective, Recurrence, look_again, tried_before
from amends.recovery.tried import failed_kinds
from tests.conftest import Recovery, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def put_right(recovery):
    """A case whose one cause is known and whose remedy is delivered."""
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    name_cause(one)
    return one


def name_cause(one, name: str = "Courier handover") -> None:
    for issue in one.issues:
        attribute(issue, Cause.objects.get(name=name), by=one.cast.tom, now=one.cast.clock.forward(minutes=1))


def another(cast, *, days: float = 10, sender: str = "Maria Oduya <maria@post.example>", about: str = "") -> Recovery:
    """Another complaint, days later."""
    cast.clock.forward(days=days)
    case = cast.case(mail("My parcel is late once more.", message_id=f"<{days}@post.example>", sender=sender))
    one = Recovery(cast, case)
    one.hear(*([] if one.issues else ["Late again"]))
    Issue.objects.filter(case=case).update(about=about)
    return one


def test_the_same_cause_again_is_found_when_it_is_named(put_right, cast):
    again = another(cast)
    assert not Recurrence.objects.exists()
    name_cause(again)
    found = Recurrence.objects.get()
    assert (found.issue.case, found.earlier.case, found.why) == (again.case, put_right.case, "cause")
    assert Ineffective.objects.get().fulfilment == put_right.case.fulfilments.get()
    again.case.refresh_from_db()
    assert again.case.severity >= 3
    assert again.case.events.filter(kind="recurrence_found").count() == 1
    look_again(again.issues[0], again.now)
    assert again.case.events.filter(kind="recurrence_found").count() == 1


def test_the_same_order_is_found_by_the_sweep(put_right, cast):
    Issue.objects.update(about="LH-48213")
    again = another(cast, about="Order lh 48213")
    sweep(again.now)
    assert Recurrence.objects.get().why == "about"
    seen = again.case.events.count()
    sweep(again.now)
    assert again.case.events.count() == seen


@pytest.mark.parametrize(
    "what", ["another cause", "another order", "another customer", "before the delivery", "after the window", "failed"]
)
def test_what_must_not_count(put_right, cast, what):
    Issue.objects.update(about="LH-48213")
    other = Cause.objects.create(name="Till", definition="", owner=cast.ines)
    if what == "failed":
        from amends.recovery.failed_delivery import delivery_failed

        delivery_failed(put_right.case.fulfilments.get(), "It came back", by=cast.tom, now=cast.clock.now)
    days = 91 if what == "after the window" else 10
    sender = "Jo Bell <jo@post.example>" if what == "another customer" else "Maria Oduya <maria@post.example>"
    same = what in ("another customer", "before the delivery", "after the window", "failed")
    again = another(cast, days=days, sender=sender, about="LH-48213" if same else "LH-99999")
    if what == "before the delivery":
        Issue.objects.filter(case=again.case).update(raised_at=put_right.case.opened_at)
    name_cause(again, "Courier handover" if same else other.name)
    sweep(again.now)
    assert not Recurrence.objects.exists()
    assert not Ineffective.objects.exists()


def test_the_window_ends_on_its_day(put_right, cast):
    again = another(cast)
    delivered = put_right.case.fulfilments.get().at
    for seconds, expected in ((1, 0), (0, 1)):
        Issue.objects.filter(case=again.case).update(raised_at=delivered + timedelta(days=90, seconds=seconds))
        name_cause(again)
        assert Recurrence.objects.count() == expected


def test_a_cause_that_is_corrected_takes_the_mark_off(put_right, cast):
    other = Cause.objects.create(name="Till", definition="", owner=cast.ines)
    again = another(cast)
    name_cause(again)
    name_cause(again, other.name)
    assert not Recurrence.objects.exists()
    assert not Ineffective.objects.exists()
    assert again.case.events.filter(kind="recurrence_taken_off").count() == 1


def test_the_same_remedy_is_not_first_again_without_a_reason(put_right, cast):
    again = another(cast)
    name_cause(again)
    again.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE, Step.REMEDY)
    assert [one.remedy.key for one in tried_before(one.pk for one in again.issues)] == ["refund"]
    with pytest.raises(Incomplete, match="“Refund” was tried for this before and did not hold"):
        again.offer()
    with pytest.raises(Incomplete, match="did not hold"):
        offer(again, replace(again.draft(), reason="  "))
    offer(again, replace(again.draft(), reason="They asked for it"))
    offer(again, replace(again.draft(), options=again.draft().options[::-1]))


def test_what_is_new_may_be_put_right_the_same_way_without_a_reason(put_right, cast):
    new = another(cast, days=11)
    new.person_first()
    new.offer()
    assert failed_kinds(one.pk for one in new.issues) == frozenset()


def test_what_nobody_looked_at_yet_is_looked_at_before_an_offer_and_before_a_letter(put_right, cast):
    """The order came to be known without anybody looking: no sweep is waited for."""
    Issue.objects.update(about="LH-48213")
    again = another(cast)
    again.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    Issue.objects.filter(case=again.case).update(about="LH-48213")
    with pytest.raises(Incomplete, match="did not hold"):
        again.offer()
    assert Recurrence.objects.get().why == "about"
    third = another(cast, days=3)
    Issue.objects.filter(case=third.case).update(about="LH-48213")
    stated = {(issue.pk, Step.APOLOGISE) for issue in third.issues}
    with pytest.raises(Incomplete, match="Say in the same letter what we do now"):
        answer(third.case, "A letter.", stated, by=cast.tom, now=third.now)


def test_what_comes_back_is_due_by_its_new_severity_at_once(put_right, cast):
    Issue.objects.update(about="LH-48213")
    again = another(cast, about="LH-48213")
    held = again.case.severity
    answer(again.case, "We are looking into it.", by=cast.tom, now=again.now)
    shown = Standing.objects.get(case=again.case).due_at
    now_known = Case.objects.get(pk=again.case.pk)
    assert now_known.severity > held
    stand(now_known, again.now)
    assert shown == Standing.objects.get(case=again.case).due_at


def offer(one, draft):
    return make_offer(one.case, draft, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))


def test_what_was_tried_is_remembered_over_a_chain(put_right, cast):
    for round_ in (1, 2):
        again = another(cast, days=round_ + 5)
        name_cause(again)
        if round_ == 1:
            again.say(Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE, Step.REMEDY)
            draft = again.draft()
            made = offer(again, replace(draft, options=draft.options[::-1]))
            again.deliver(again.accept(made))
    assert [one.remedy.key for one in tried_before([again.issues[0].pk])] == ["refund", "credit"]


def test_an_apology_alone_is_refused_and_names_what_is_missing(put_right, cast):
    again = another(cast)
    name_cause(again)
    with pytest.raises(Incomplete, match="Say in the same letter what we do now"):
        again.say(Step.APOLOGISE, Step.REFLECT)
    again.say(Step.REFLECT)
    again.say(Step.APOLOGISE, Step.REFLECT, Step.REMEDY)
