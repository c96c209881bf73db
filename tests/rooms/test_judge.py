"""Whether a change worked: judged on its review day by figures kept with the verdict, proven only when earned."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.errors import AlreadyDone, NotPossible
from amends.desk.counts import waiting_counts
from amends.desk.watching import watching
from amends.jobs import sweep
from amends.measures.verdict import Outcome
from amends.prevention.board import board_of, why_again
from amends.prevention.claim import state_claim
from amends.prevention.judge import fewer_linked, judge_those_due, look, prove
from amends.prevention.models import Attribution, Cause, Change
from amends.prevention.verbs import agree_change, make_change
from amends.prevention.verdict import Proof, Regression, Verdict
from tests.rooms.history import REVIEW, claimed, linked, orders

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 7, 27)
AFTER = date(2026, 12, 7)


@pytest.fixture
def change(cast) -> Change:
    """A change with a claim, in place since Saturday 5 December."""
    made = Change.objects.get()
    orders(cast, 24)
    state_claim(made, claimed(made), by=cast.ines, now=cast.clock.now)
    make_change(made, by=cast.ines, now=cast.clock.forward(days=14))
    made.refresh_from_db()
    return made


def on(cast, day: date) -> datetime:
    """The clock put to nine on this day, with orders known until then."""
    cast.clock.now = datetime.combine(day, time(9), tzinfo=UTC)
    orders(cast, 40, until=day)
    return cast.clock.now


def reviewed(cast, change, before, after, **changed) -> Verdict:
    linked(cast, change, before, first=BEFORE)
    linked(cast, change, after, first=AFTER)
    judge_those_due(on(cast, REVIEW + timedelta(days=1)))
    return Verdict.objects.get(change=change, review=True)


def opened_again(user) -> int:
    return waiting_counts(user)["prevention"]


def column(change) -> str:
    return next(column.key for column in board_of() for card in column.cards if card.cause == change.cause)


def card(change):
    return next(card for column in board_of() for card in column.cards if card.cause == change.cause)


def test_a_change_that_worked_is_proven_on_its_review_day(cast, change):
    assert column(change) == "watching"
    verdict = reviewed(cast, change, [10] * 12, [3] * 10)
    assert verdict.outcome == Outcome.WORKED.value
    assert verdict.words.startswith("It worked. 30 in 10,000 orders since the change, 120 in ")
    assert (Proof.objects.get().by, column(change)) == (None, "proven")


def test_the_verdict_made_anew_from_its_snapshot_is_the_same(cast, change):
    verdict = reviewed(cast, change, [10] * 12, [3] * 10)
    Attribution.objects.all().delete()
    verdict.refresh_from_db()
    assert verdict.again() == verdict.found


def test_one_that_changed_nothing_stays_watched_and_is_not_proven(cast, change):
    verdict = reviewed(
        cast, change, [10, 9, 11, 10, 12, 8, 10, 9, 11, 10, 10, 10], [10, 9, 11, 10, 9, 10, 11, 10, 9, 10]
    )
    assert verdict.outcome == Outcome.CANNOT_TELL.value
    assert column(change) == "watching"
    with pytest.raises(NotPossible, match="Not proven: It did not do what was claimed"):
        prove(change, by=cast.ines, now=cast.clock.now)
    assert card(change).stands == "The review: it did not do what was claimed."


def test_where_a_halving_and_nothing_at_all_are_both_left_open_the_review_could_not_tell(cast, change):
    verdict = reviewed(cast, change, [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 0, 1, 0, 0, 0])
    assert verdict.words.startswith("We cannot tell yet.")
    assert card(change).stands == "The review could not tell whether it worked."


def test_one_that_made_it_worse_opens_the_cause_again_and_tells_its_owner(cast, change):
    assert opened_again(cast.ines) == 0
    verdict = reviewed(cast, change, [5] * 12, [15] * 10)
    assert verdict.outcome == Outcome.WORSE.value
    assert column(change) == "understand"
    assert why_again(Change.objects.get()).startswith("It became worse.")
    assert (opened_again(cast.ines), opened_again(cast.tom)) == (1, 0)


def test_the_bad_weeks_that_made_people_act_prove_nothing(cast, change):
    linked(cast, change, [30] * 4, first=date(2026, 10, 26))
    verdict = reviewed(cast, change, [10] * 12, [10] * 10)
    assert verdict.outcome == Outcome.CANNOT_TELL.value


def test_proven_is_refused_until_it_is_earned(cast, change):
    with pytest.raises(NotPossible, match="Not proven yet: its review is on 15 February 2027"):
        prove(change, by=cast.ines, now=cast.clock.now)
    other = agree_change(
        change.cause, "Another", "system", owner=cast.ines, due=AFTER, by=cast.ines, now=cast.clock.now
    )
    with pytest.raises(NotPossible, match="claims nothing"):
        prove(other, by=cast.ines, now=cast.clock.now)
    with pytest.raises(NotPossible, match="claims nothing"):
        look(other, cast.clock.now)


def test_it_is_proven_once(cast, change):
    reviewed(cast, change, [10] * 12, [3] * 10)
    with pytest.raises(AlreadyDone, match="proven already"):
        prove(change, by=cast.ines, now=cast.clock.now)
    with pytest.raises(AlreadyDone, match="had its review"):
        look(change, cast.clock.now)


def test_a_change_is_looked_at_every_week_and_no_early_look_proves_it(cast, change):
    linked(cast, change, [10] * 12, first=BEFORE)
    linked(cast, change, [0] * 10, first=AFTER)
    for weeks in (4, 5):
        judge_those_due(on(cast, AFTER + timedelta(weeks=weeks)))
        judge_those_due(cast.clock.forward(days=1))
    looks = Verdict.objects.all()
    assert [(one.review, one.outcome) for one in looks] == [(False, "cannot_tell")] * 2
    assert "The review day, fixed before anybody looked, has not come yet." in looks[0].words
    assert column(change) == "watching"


def test_who_links_fewer_complaints_proves_nothing(cast, change):
    linked(cast, change, [3] * 10, first=AFTER)
    Attribution.objects.all().delete()
    from amends.cases.issue import Hearing, Issue

    for issue in Issue.objects.filter(raised_at__gte=change.made_at):
        Hearing.objects.create(issue=issue, by=cast.tom, at=issue.raised_at)
    verdict = reviewed(cast, change, [10] * 12, [3] * 10)
    assert verdict.outcome == Outcome.WORKED.value
    assert "50 % of the issues were linked to a cause, 100 % before" in fewer_linked(verdict)
    assert column(change) == "watching"
    with pytest.raises(NotPossible, match="Who links fewer sees fewer"):
        prove(change, by=cast.ines, now=cast.clock.now)


def test_complaints_named_otherwise_are_no_success(cast, change):
    other = Cause.objects.create(name="Late all the same", owner=cast.ines)
    linked(cast, change, [0] * 12, first=BEFORE, cause=other)
    linked(cast, change, [8] * 10, first=AFTER, cause=other)
    linked(cast, change, [1] * 12, first=BEFORE, cause=other)
    verdict = reviewed(cast, change, [10] * 12, [3] * 10)
    assert verdict.outcome == Outcome.CANNOT_TELL.value
    assert "named otherwise" in verdict.words


def test_what_comes_back_months_later_opens_the_cause_again(cast, change):
    reviewed(cast, change, [10] * 12, [3] * 10)
    linked(cast, change, [3, 2, 4, 3, 3, 3], first=REVIEW + timedelta(days=7))
    judge_those_due(on(cast, REVIEW + timedelta(weeks=8)))
    assert column(change) == "proven"
    linked(cast, change, [9, 11, 10], first=REVIEW + timedelta(weeks=8))
    judge_those_due(on(cast, REVIEW + timedelta(weeks=12)))
    assert Regression.objects.get().words.startswith("It came back: ")
    assert column(change) == "understand"
    assert opened_again(cast.ines) == 1
    assert judge_those_due(cast.clock.forward(days=9)) == 0
    agree_change(
        change.cause, "Two couriers", "system", owner=cast.tom, due=date(2027, 9, 1), by=cast.ines, now=cast.clock.now
    )
    assert (column(change), opened_again(cast.ines)) == ("agreed", 0)


def test_the_sweep_judges(cast, change):
    linked(cast, change, [10] * 12, first=BEFORE)
    sweep(on(cast, REVIEW + timedelta(days=1)))
    assert Verdict.objects.get().review


def test_what_was_left_to_happen_stands_in_the_ledger(cast, change):
    from amends.cases.event import Event

    reviewed(cast, change, [10] * 12, [3] * 10)
    kinds = list(Event.objects.filter(case=None).order_by("seq").values_list("kind", flat=True))
    assert [kind for kind in kinds if "exposure" not in kind] == [
        "claim_stated",
        "change_made",
        "change_looked_at",
        "change_proven",
    ]


def test_the_review_waits_a_little_for_figures_that_are_not_there_yet(cast, change):
    linked(cast, change, [10] * 12, first=BEFORE)
    on(cast, REVIEW - timedelta(days=14))
    cast.clock.now = datetime.combine(REVIEW + timedelta(days=2), time(9), tzinfo=UTC)
    judge_those_due(cast.clock.now)
    assert not Verdict.objects.filter(review=True).exists()
    judge_those_due(cast.clock.forward(days=13))
    assert Verdict.objects.get(review=True).found["measured"]["after"]["weeks"] < 10


def test_a_look_before_the_review_warns_that_it_becomes_more_and_since_when(cast, change):
    linked(cast, change, [10, 9, 11, 10, 12, 8, 10, 9, 11, 10, 12, 10], first=BEFORE)
    linked(cast, change, [10, 9, 20, 22, 21], first=AFTER)
    assert card(change).warning == ""
    judge_those_due(on(cast, AFTER + timedelta(weeks=6)))
    found = Verdict.objects.get()
    assert (found.review, found.outcome) == (False, "cannot_tell")
    assert card(change).warning == (
        "An early warning: more came than before, since about the week of 21 December 2026."
    )
    assert "and falsely once in 1," in found.warning
    watched = watching(Change.objects.get(pk=change.pk), cast.clock.now)
    assert found.warning in watched.more


def test_the_board_asks_no_more_for_warnings(cast, change, django_assert_num_queries):
    with CaptureQueriesContext(connection) as made:
        board_of()
    linked(cast, change, [10] * 12, first=BEFORE)
    linked(cast, change, [20] * 5, first=AFTER)
    judge_those_due(on(cast, AFTER + timedelta(weeks=6)))
    assert Verdict.objects.exclude(warning="").exists()
    with django_assert_num_queries(len(made)):
        assert all(one.warning for column in board_of() for one in column.cards if one.cause == change.cause)
