"""Asking how it was: whose turn it is, who is left in peace, one answer a question, and what a low one brings about."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from amends.cases.case import Case
from amends.cases.closure import close
from amends.cases.errors import Incomplete, NotPossible
from amends.cases.outbox import OutboxEntry, claim_letters, deliver, fail
from amends.cases.policy import adopt
from amends.cases.standing import Standing
from amends.jobs import sweep
from amends.method.path import Attention
from amends.method.policy import to_data
from amends.method.survey import SCALES, Kind, Turn, Why, is_low, turn
from amends.recovery.answer_survey import Given, answer_survey, opt_in, opt_out
from amends.recovery.ask_survey import PATIENCE, ask_surveys
from amends.recovery.deliver import refuse
from amends.recovery.low_score import answer_low_score
from amends.recovery.survey import OPEN_FOR, LowScore, NotAsked, SurveyAnswer, SurveyAsked, SurveyLeftOut
from amends.recovery.survey_link import survey_token, tapped
from amends.recovery.survey_turns import REACH, drawn, not_asked
from amends.team.policy import current
from tests.conftest import NOW, mail

pytestmark = pytest.mark.django_db


def ask_from_now_on(now, **changes) -> None:
    """A lead decides that everybody whose turn it is gets asked."""
    adopt({**to_data(current()), "survey_share": 1.0, **changes}, "We want to know", by=None, now=now)


def let_leave(one) -> None:
    """The worker has sent what waits."""
    for entry in claim_letters(one.now + timedelta(minutes=1), 100):
        deliver(entry, one.now)
    OutboxEntry.objects.filter(sent_at__isnull=False).update(sent_at=one.now)


def delivered(one):
    one.person_first()
    one.deliver(one.accept(one.offer()))
    let_leave(one)
    return one


@pytest.fixture
def made_good(recovery):
    """Put right, not closed, and a desk that asks."""
    one = delivered(recovery())
    ask_from_now_on(one.now)
    return one


@pytest.fixture
def asked(made_good):
    """Two days later our letter has asked."""
    made_good.cast.clock.forward(days=2)
    assert ask_surveys(made_good.now) == 1
    let_leave(made_good)
    return SurveyAsked.objects.get()


def test_nobody_is_asked_before_somebody_decides_so(recovery):
    one = delivered(recovery())
    one.cast.clock.forward(days=2)
    assert ask_surveys(one.now) == 0
    assert not SurveyAsked.objects.exists()
    assert not SurveyLeftOut.objects.exists()


def test_some_days_after_the_outcome_the_sweep_asks_by_itself_and_once(made_good):
    since = made_good.case.fulfilments.get().at
    assert ask_surveys(since + timedelta(days=2) - timedelta(seconds=1)) == 0
    made_good.cast.clock.now = since + timedelta(days=2)
    assert ask_surveys(made_good.now) == 1
    asked = SurveyAsked.objects.get()
    assert (asked.why, asked.since, asked.kinds) == ("delivered", since, ["csat", "settled", "ces"])
    assert (asked.letter.automatic, asked.letter.author) == ("survey", None)
    assert ask_surveys(made_good.now + timedelta(days=3)) == 0


def test_the_letter_has_one_link_for_each_answer_and_a_way_out(asked):
    lines = asked.letter.text.splitlines()
    links = [line for line in lines if "/q/" in line and not line.endswith("/stop/")]
    tokens = [line.rstrip("/").rpartition("/")[2] for line in links]
    assert [(tapped(token).asked, tapped(token).kind, tapped(token).value) for token in tokens] == [
        (asked, Kind.CSAT, value) for value in (5, 4, 3, 2, 1)
    ]
    assert sum(line.endswith("/stop/") for line in lines) == 1
    assert "carried out what we agreed" in asked.letter.text


@pytest.mark.parametrize(("kind", "links"), [("nps", 11), ("ces", 7), ("settled", 2)])
def test_any_question_can_stand_in_the_letter(made_good, kind, links):
    ask_from_now_on(made_good.now, survey_kinds=[kind])
    made_good.cast.clock.forward(days=2)
    ask_surveys(made_good.now)
    assert SurveyAsked.objects.get().letter.text.count("/q/") == links + 1


def test_the_letter_is_in_the_language_of_their_mail(recovery):
    one = delivered(recovery(mail("Meine Bestellung kam neun Tage zu spät und ich bin sehr enttäuscht davon.")))
    ask_from_now_on(one.now)
    one.cast.clock.forward(days=2)
    ask_surveys(one.now)
    assert "Wie zufrieden sind Sie" in SurveyAsked.objects.get().letter.text


def test_who_was_refused_is_asked_too_in_words_that_know_it(recovery, cast):
    one = recovery()
    one.person_first()
    for issue in one.issues:
        one.decide(issue, "third_party", "partly")
        refuse(issue, "Sent on time.", "The ombudsman.", by=cast.tom, now=one.now)
    let_leave(one)
    ask_from_now_on(one.now)
    cast.clock.forward(days=2)
    assert ask_surveys(one.now) == 1
    asked = SurveyAsked.objects.get()
    assert asked.why == "refused"
    assert "not what you hoped for" in asked.letter.text


def test_who_waits_too_long_is_asked_while_they_wait(recovery, cast):
    one = recovery()
    ask_from_now_on(one.now)
    opened = one.case.opened_at
    assert ask_surveys(opened + timedelta(days=21) - timedelta(seconds=1)) == 0
    cast.clock.now = opened + timedelta(days=21)
    assert ask_surveys(one.now) == 1
    asked = SurveyAsked.objects.get()
    assert (asked.why, one.case.messages.filter(outgoing=False, automatic="").count()) == ("open", 1)
    assert "taken too long" in asked.letter.text
    assert ask_surveys(one.now + timedelta(days=5)) == 0


def test_a_case_closed_with_something_owed_is_asked_about_like_a_happy_one(recovery, cast):
    one = recovery()
    one.person_first()
    close(one.case, by=cast.ines, now=one.now, exception="They asked us to stop")
    let_leave(one)
    ask_from_now_on(one.now)
    cast.clock.forward(days=2)
    assert ask_surveys(one.now) == 1
    assert SurveyAsked.objects.get().why == "closed"


MOMENTS = some.none() | some.integers(0, 40).map(lambda days: NOW + timedelta(days=days))


@given(some.lists(some.tuples(MOMENTS, some.booleans()), max_size=4), MOMENTS, some.integers(0, 60))
def test_every_case_with_an_issue_has_a_turn_whatever_its_end(issues, closed_at, days):
    remedied = [at for at, _ in issues]
    good = [at if put_right else None for at, put_right in issues]
    found = turn(remedied, good, closed_at, NOW + timedelta(days=days))
    if not issues:
        assert found is None
    elif None not in remedied:
        assert found == Turn(Why.DELIVERED if any(good) else Why.REFUSED, max(at for at in remedied if at))
    else:
        assert found == (Turn(Why.CLOSED, closed_at) if closed_at else Turn(Why.OPEN, NOW + timedelta(days=days)))


def test_one_customer_is_asked_at_most_once_in_so_many_days(asked, cast, recovery):
    again = delivered(recovery(mail("Now the lamp is broken.", message_id="<2@post.example>", subject="Lamp")))
    cast.clock.forward(days=3)
    assert ask_surveys(cast.clock.now) == 1
    assert SurveyLeftOut.objects.get().reason == NotAsked.LATELY
    assert SurveyLeftOut.objects.get().case == again.case
    assert SurveyAsked.objects.count() == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=some.lists(some.floats(0.1, 40), min_size=1, max_size=6), every=some.integers(1, 60))
def test_however_turns_come_nobody_is_asked_twice_in_the_time(made_good, gaps, every):
    rules, at = replace(current(), survey_every_days=every), made_good.now
    with transaction.atomic():
        for gap in gaps:
            at += timedelta(days=gap)
            reason = not_asked(made_good.case, Turn(Why.DELIVERED, at), rules, at)
            assert reason in (None, NotAsked.LATELY)
            if reason is None:
                SurveyAsked.objects.create(
                    case=made_good.case, why="delivered", since=at, at=at, kinds=["csat"], severity=2, policy=1
                )
        times = list(SurveyAsked.objects.order_by("at").values_list("at", flat=True))
        assert times
        assert all(later - earlier >= timedelta(days=every) for earlier, later in pairwise(times))
        transaction.set_rollback(True)


def test_a_second_complaint_after_that_time_is_asked_about(asked, cast, recovery):
    cast.clock.forward(days=30)
    delivered(recovery(mail("Now the lamp is broken.", message_id="<2@post.example>", subject="Lamp")))
    cast.clock.forward(days=3)
    ask_surveys(cast.clock.now)
    assert SurveyAsked.objects.count() == 2


def test_who_does_not_want_to_be_asked_is_not_until_they_say_so(asked, cast, recovery):
    opt_out(asked.case, cast.clock.now)
    opt_out(asked.case, cast.clock.now)
    cast.clock.forward(days=31)
    delivered(recovery(mail("Now the lamp is broken.", message_id="<2@post.example>", subject="Lamp")))
    cast.clock.forward(days=3)
    ask_surveys(cast.clock.now)
    assert SurveyLeftOut.objects.get().reason == NotAsked.NO_WISH
    opt_in(asked.case, cast.clock.now)
    cast.clock.forward(days=31)
    delivered(recovery(mail("And the shade.", message_id="<3@post.example>", subject="Shade")))
    cast.clock.forward(days=3)
    ask_surveys(cast.clock.now)
    assert SurveyAsked.objects.count() == 2
    kinds = list(asked.case.events.filter(kind__startswith="survey_opted").values_list("kind", flat=True))
    assert kinds == ["survey_opted_out", "survey_opted_in"]


def test_the_share_of_the_sample_is_drawn_by_a_hash_alone():
    turns = [Turn(Why.DELIVERED, NOW + timedelta(minutes=minute)) for minute in range(20)]
    hit = sum(drawn(case, one, 0.3) for case in range(500) for one in turns)
    assert abs(hit / 10_000 - 0.3) < 4 * (0.3 * 0.7 / 10_000) ** 0.5
    assert not any(drawn(case, turns[0], 0.0) for case in range(100))
    assert all(drawn(case, turns[0], 1.0) for case in range(100))
    assert all(drawn(case, turns[0], 0.9) for case in range(100) if drawn(case, turns[0], 0.3))


def test_who_is_not_drawn_is_written_down_and_stays_so(made_good):
    ask_from_now_on(made_good.now, survey_share=1e-9)
    made_good.cast.clock.forward(days=2)
    assert ask_surveys(made_good.now) == 1
    assert SurveyLeftOut.objects.get().reason == NotAsked.SAMPLE
    ask_from_now_on(made_good.now, survey_share=1.0)
    assert ask_surveys(made_good.now) == 0


def test_while_they_wait_for_an_answer_elsewhere_nobody_asks_and_then_it_is_too_late(made_good, cast):
    cast.clock.forward(days=1)
    cast.case(mail("The lamp is broken.", message_id="<two@post.example>", subject="Lamp"))
    cast.clock.forward(days=1)
    assert ask_surveys(cast.clock.now) == 0
    cast.clock.forward(seconds=PATIENCE.total_seconds())
    assert ask_surveys(cast.clock.now) == 1
    assert SurveyLeftOut.objects.get().reason == NotAsked.HINDERED


def test_an_old_outcome_is_not_asked_about_when_asking_begins(recovery, cast):
    one = delivered(recovery())
    cast.clock.forward(seconds=(REACH + timedelta(days=2, seconds=1)).total_seconds())
    ask_from_now_on(one.now)
    assert ask_surveys(one.now) == 0


def test_one_reminder_and_no_more(asked, cast):
    cast.clock.forward(days=7, hours=1)
    assert ask_surveys(cast.clock.now) == 1
    asked.refresh_from_db()
    assert asked.reminder.text.splitlines()[2].startswith("Some days ago")
    cast.clock.forward(days=8)
    assert ask_surveys(cast.clock.now) == 0


@pytest.mark.parametrize("meanwhile", ["answers", "writes", "opts out"])
def test_nobody_is_reminded_who_said_something(asked, cast, meanwhile):
    cast.clock.forward(days=1)
    if meanwhile == "answers":
        answer_survey(asked, [Given(Kind.CSAT, 5)], "", cast.clock.now)
    elif meanwhile == "opts out":
        opt_out(asked.case, cast.clock.now)
    else:
        cast.write(mail("All good.", message_id="<a@post.example>", References=f"<{asked.letter.external_id}>"))
    cast.clock.forward(days=7)
    assert ask_surveys(cast.clock.now) == 0


def test_a_letter_that_came_back_is_not_followed_by_another(asked, cast):
    fail(asked.letter.outbox, "550", cast.clock.now)
    OutboxEntry.objects.filter(failed_at__isnull=False).update(sent_at=None)
    cast.clock.forward(days=8)
    assert ask_surveys(cast.clock.now) == 0


def test_one_answer_a_question_and_theirs_to_change(asked, cast):
    assert answer_survey(asked, [Given(Kind.CSAT, 4)], "", cast.clock.now)
    first = SurveyAnswer.objects.get()
    assert not answer_survey(asked, [Given(Kind.CSAT, 4)], "", cast.clock.forward(minutes=1))
    assert answer_survey(asked, [Given(Kind.CSAT, 5)], "Thank you", cast.clock.forward(minutes=1))
    changed = SurveyAnswer.objects.get(kind="csat")
    assert (changed.pk, changed.value, changed.at, changed.changed_at) == (first.pk, 5, first.at, cast.clock.now)
    assert asked.case.events.filter(kind="survey_answered").count() == 2


def test_after_thirty_days_an_answer_counts_no_more(asked, cast):
    late = asked.at + OPEN_FOR
    assert answer_survey(asked, [Given(Kind.CSAT, 4)], "", late - timedelta(seconds=1))
    with pytest.raises(NotPossible, match="thirty days"):
        answer_survey(asked, [Given(Kind.CSAT, 5)], "", late)


@pytest.mark.parametrize(
    "given", [Given(Kind.NPS, 9), Given(Kind.CSAT, 0), Given(Kind.CSAT, 6), Given(Kind.SETTLED, 1, 987654)]
)
def test_what_was_not_asked_is_no_answer(asked, cast, given):
    with pytest.raises(Incomplete):
        answer_survey(asked, [given], "", cast.clock.now)
    with pytest.raises(Incomplete, match="Choose an answer"):
        answer_survey(asked, [], " ", cast.clock.now)
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "csat", "value": 6},
        {"kind": "csat", "value": 0},
        {"kind": "nps", "value": 11},
        {"kind": "ces", "value": 8},
        {"kind": "settled", "value": 2},
        {"kind": "csat", "value": None},
        {"kind": "words", "words": ""},
        {"kind": "words", "words": "x", "value": 3},
        {"kind": "mood", "value": 3},
    ],
)
def test_the_database_itself_keeps_each_answer_in_its_scale(asked, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(asked=asked, at=asked.at, **wrong)


def test_the_database_itself_keeps_one_answer_a_question(asked):
    issue = asked.case.open_issues().first()
    for row in ({"kind": "csat", "value": 3}, {"kind": "settled", "value": 1, "issue": issue}):
        SurveyAnswer.objects.create(asked=asked, at=asked.at, **row)
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyAnswer.objects.create(asked=asked, at=asked.at, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(asked=asked, at=asked.at, kind="csat", value=3, issue=issue)


def test_the_words_are_read_and_the_reading_kept_as_a_hint(asked, cast):
    answer_survey(asked, [], "The refund came, but my second order arrived late again. I am angry.", cast.clock.now)
    reading = SurveyAnswer.objects.get(kind="words").reading
    assert reading["feeling"] == "anger"
    assert reading["issues"]


@given(some.sampled_from(list(SCALES)), some.integers(0, 10))
def test_what_is_low_is_the_lower_end_of_its_scale(kind, value):
    assert is_low(kind, value) == (value <= {"csat": 2, "nps": 6, "settled": 0, "ces": -1}[kind.value])


@pytest.mark.parametrize("given", [Given(Kind.CSAT, 2), Given(Kind.SETTLED, 0)])
def test_a_low_answer_brings_even_a_closed_case_back_within_the_time_of_the_policy(asked, cast, made_good, given):
    made_good.prevent()
    close(made_good.case, by=cast.tom, now=made_good.now)
    assert Standing.objects.get().attention == Attention.DONE
    at = cast.clock.forward(hours=1)
    answer_survey(asked, [given], "", at)
    low = LowScore.objects.get()
    assert (low.due_at, low.done_at) == (at + timedelta(hours=48), None)
    row = Standing.objects.get()
    assert (row.attention, row.reason, row.due_at) == (
        Attention.TO_DO,
        "Maria was not content with how it went",
        low.due_at,
    )
    answer_survey(asked, [Given(Kind.CSAT, 1)], "", cast.clock.forward(hours=1))
    assert LowScore.objects.count() == 1
    with pytest.raises(Incomplete, match="Write down what you heard"):
        answer_low_score(made_good.case, " ", by=cast.tom, now=at)
    answer_low_score(made_good.case, "She waits for the second parcel; sent today.", by=cast.tom, now=at)
    assert Standing.objects.get().attention == Attention.DONE
    with pytest.raises(NotPossible, match="No low score"):
        answer_low_score(made_good.case, "Again", by=cast.tom, now=at)
    assert SurveyAnswer.objects.get(kind="csat").value == 1


def test_a_good_answer_brings_nobody_back(asked, cast):
    before = Standing.objects.values().get()
    answer_survey(asked, [Given(Kind.CSAT, 5), Given(Kind.SETTLED, 1), Given(Kind.CES, 1)], "Fine", cast.clock.now)
    assert Standing.objects.values().get() == before
    assert not LowScore.objects.exists()


def test_the_sweep_asks_and_a_token_opens_its_own_survey_only(made_good, cast):
    cast.clock.forward(days=2)
    sweep(cast.clock.now)
    asked = SurveyAsked.objects.get()
    token = survey_token(asked.pk, Kind.CSAT, 4)
    assert tapped(token).asked.case == Case.objects.get()
    from amends.cases.links import LinkForeign, case_of, page_token

    with pytest.raises(LinkForeign):
        case_of(token)
    for wrong in (token.replace(".4", ".5"), token[:-1], page_token(made_good.case.pk), "x"):
        with pytest.raises(LinkForeign):
            tapped(wrong)
