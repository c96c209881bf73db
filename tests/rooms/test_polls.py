"""Polls: below letters that leave anyway, once a customer, never against their wish, told with who is silent."""

from datetime import timedelta

import pytest

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.jobs import sweep
from amends.recovery.answer_poll import answer_poll
from amends.recovery.answer_survey import opt_out
from amends.recovery.ask_poll import IN_PEACE, open_poll, open_polls, poll_for, stop_poll
from amends.recovery.follow_up import FollowUp
from amends.recovery.poll import PollAnswer, PollAsked
from amends.recovery.poll_result import FEWEST, results
from amends.recovery.survey import OPEN_FOR
from tests.asked import polled
from tests.conftest import mail

pytestmark = pytest.mark.django_db
ASKS, ANSWERS = "How would you like to hear from us?", ("By mail", "By telephone")


def until(now, days=30) -> str:
    return (now + timedelta(days=days)).date().isoformat()


def opened(cast, categories=(), question=ASKS):
    now = cast.clock.now
    return open_poll(question, ANSWERS, categories, until(now, 90), by=cast.ines, now=now)


@pytest.mark.parametrize(
    ("question", "answers", "categories", "day", "field"),
    [
        (" ", ANSWERS, (), 30, "question"),
        ("x" * 161, ANSWERS, (), 30, "question"),
        (ASKS, ("One",), (), 30, "answers"),
        (ASKS, tuple("abcdef"), (), 30, "answers"),
        (ASKS, ("Yes", "yes "), (), 30, "answers"),
        (ASKS, ("Yes", "n" * 61), (), 30, "answers"),
        (ASKS, ANSWERS, ("weather",), 30, "categories"),
        (ASKS, ANSWERS, (), 0, "closes_at"),
        (ASKS, ANSWERS, (), 181, "closes_at"),
    ],
)
def test_a_poll_is_one_question_with_two_to_five_answers_for_a_time(cast, question, answers, categories, day, field):
    now = cast.clock.now
    with pytest.raises(Incomplete) as refused:
        open_poll(question, answers, categories, until(now, day), by=cast.ines, now=now)
    assert refused.value.field == field
    with pytest.raises(NotAllowed):
        open_poll(ASKS, ANSWERS, (), until(now), by=cast.tom, now=now)


def test_it_stands_below_the_letter_that_asks_again_and_leaves_with_it(cast, recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    opened(cast)
    sweep(FollowUp.objects.get(done_at=None).due_at + timedelta(hours=1))
    asked = PollAsked.objects.get()
    assert asked.letter.automatic == "follow_up"
    assert ASKS in asked.letter.text
    assert asked.letter.text.count("/p/") == len(ANSWERS)
    assert asked.letter.text.index(ASKS) > asked.letter.text.index("follow-up/")
    assert not PollAnswer.objects.exists()


def test_a_customer_is_asked_once_and_not_two_polls_at_a_time(cast, recovery):
    first, second = opened(cast), opened(cast, question="And what else?")
    case, now = recovery().case, cast.clock.now
    assert poll_for(case, now).poll == first
    assert poll_for(case, now) is None
    assert poll_for(case, now + IN_PEACE - timedelta(days=1)) is None
    assert poll_for(case, now + IN_PEACE).poll == second


def test_only_whom_it_is_about_in_the_language_it_is_written_in_and_never_against_their_wish(cast, recovery):
    case = recovery().case
    kinds = set(case.open_issues().values_list("category", flat=True))
    opened(cast, ["harm_safety"])
    assert "harm_safety" not in kinds
    assert poll_for(case, cast.clock.now) is None
    german = "Guten Tag,\n\nmeine Lampe kam neun Tage zu spät, und niemand hat mir geantwortet. Ich bin enttäuscht.\n"
    other = recovery(mail(german, message_id="<de@post.example>", sender="Uwe <uwe@post.example>")).case
    opened(cast)
    assert poll_for(other, cast.clock.now) is None
    opt_out(case, cast.clock.now)
    assert poll_for(case, cast.clock.now) is None


def test_stopped_it_stands_below_no_further_letter_and_can_still_be_answered(cast, recovery):
    case, now = recovery().case, cast.clock.now
    asked = polled(case, cast.ines, now)
    stop_poll(asked.poll_id, by=cast.sam, now=now)
    assert not open_polls(now).exists()
    with pytest.raises(AlreadyDone):
        stop_poll(asked.poll_id, by=cast.ines, now=now)
    with pytest.raises(NotAllowed):
        stop_poll(asked.poll_id, by=cast.tom, now=now)
    assert answer_poll(asked, 0, now)


def test_one_answer_a_customer_theirs_to_change_while_it_is_open(cast, recovery):
    asked = polled(recovery().case, cast.ines, cast.clock.now)
    assert answer_poll(asked, 1, cast.clock.now)
    assert not answer_poll(asked, 1, cast.clock.now)
    assert answer_poll(asked, 0, cast.clock.forward(hours=1))
    kept = PollAnswer.objects.get()
    assert (kept.choice, kept.changed_at) == (0, cast.clock.now)
    for choice in (-1, 2):
        with pytest.raises(Incomplete):
            answer_poll(asked, choice, cast.clock.now)
    with pytest.raises(NotPossible):
        answer_poll(asked, 1, cast.clock.now + OPEN_FOR)


def test_shares_stand_beside_who_answered_and_what_the_silent_could_make_of_it(cast, recovery):
    """By hand: 40 asked, 24 answered, 18 of them the first: 75 % of the answers, 45 to 85 % of all."""
    first = recovery().case
    asked = polled(first, cast.ines, cast.clock.now)
    cases = [cast.case(mail(message_id=f"<{one}@post.example>", sender=f"p{one}@post.example")) for one in range(39)]
    rows = [PollAsked.objects.create(poll=asked.poll, case=one, at=cast.clock.now) for one in cases]
    for number, one in enumerate([asked, *rows[: FEWEST - 2]]):
        answer_poll(one, 0 if number < 13 else 1, cast.clock.now)
    assert not results(cast.ines, cast.clock.now)[0].can_tell
    for one in rows[FEWEST - 2 : 23]:
        answer_poll(one, 0, cast.clock.now)
    told = results(cast.ines, cast.clock.now)[0]
    assert told.can_tell
    assert (told.asked, told.answered.value) == (40, 0.6)
    assert (told.chosen[0].count, told.chosen[0].figure.value) == (18, 0.75)
    assert (told.chosen[0].lowest, told.chosen[0].highest) == (0.45, 0.85)
    assert told.chosen[0].figure.range == "55 % to 88 %"  # Wilson, 18 of 24
    assert results(cast.priya, cast.clock.now)[0].asked == 0
