"""A question that was composed once answers what the query answers, for whatever case it is asked about."""

import pytest

from amends.cases import check_levels, clocks, cover, letters, put_aside, questions, reply
from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.cases.merge import merge
from amends.cases.remark import PutAside
from amends.cases.shape import Shape
from amends.recovery import recurrence
from amends.recovery.agree import decline
from amends.recovery.deliver import refuse
from amends.recovery.offer import Via
from tests.conftest import mail

SHAPES = {
    f"{room.__name__}.{name}": shape
    for room in (questions, check_levels, clocks, cover, letters, put_aside, recurrence, reply)
    for name, shape in vars(room).items()
    if isinstance(shape, Shape)
}


@pytest.fixture
def two_cases(recovery, cast):
    one = recovery()
    one.person_first()
    decline(one.offer(), "Too little", via=Via.PAGE, now=one.now)
    one.deliver(one.accept(one.offer()))
    one.prevent()
    two = recovery(mail(message_id="<two@post.example>"))
    two.person_first()
    two.accept(two.offer())
    decide(two.issues[0], Fault.NONE, Outcome.NOT_UPHELD, "The log", by=cast.tom, now=two.now)
    refuse(two.issues[0], "It worked", "The ombudsman", by=cast.tom, now=two.now)
    two.hear("Nobody called back", "Nobody wrote back")
    merge(two.issues[-1], two.issues[-2], by=cast.tom, now=two.now)
    for case in (one.case, two.case):
        PutAside.objects.create(case=case, number="C06", reason="unfit", mark="made up", by=cast.tom, at=one.now)
    return [one.case, two.case]


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_answers_what_its_query_answers(two_cases, name):
    for case in two_cases:
        assert SHAPES[name].rows(case.pk) == list(SHAPES[name].query(case.pk))
    assert any(SHAPES[name].rows(case.pk) for case in two_cases)
    assert SHAPES[name].rows(0) == []
