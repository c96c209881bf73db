"""Rules: each event once, the owner's rights and no more, never a loop, never a machine answering a machine."""

from datetime import timedelta

import pytest
from django.db import connection

from amends.cases.automatic import MOST_A_DAY as LETTERS_A_DAY
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.event import Event
from amends.cases.history import history_of
from amends.cases.message import Coverage, Message
from amends.cases.note import Note, add_note
from amends.cases.outbox import OutboxEntry
from amends.cases.phrase import keep_phrase
from amends.verbs import run_rules as running
from amends.verbs.rule import RuleRun, RuleWait
from amends.verbs.rules import BEGINNINGS, keep_rule, stop_rule
from amends.verbs.run_rules import MOST_A_DAY, run_rules
from tests.conftest import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def noting(cast):
    """A rule of Ines that writes a note when a customer writes."""

    def make(when="message_received", conditions=None, verb="note", **fields):
        given = fields or {"text": "Look at this"}
        return keep_rule(f"Rule {when}", when, conditions or {}, verb, given, by=cast.ines, now=cast.clock.now)

    return make


def quiet(cast):
    """The time at which nobody can be still writing what came so far."""
    return cast.clock.forward(minutes=10)


def again(cast, number):
    """The customer writes once more in the same case."""
    reply = mail(
        f"And another thing {number}.", message_id=f"<more-{number}@post.example>", In_Reply_To="<one@post.example>"
    )
    return cast.write(reply)


def test_an_event_is_acted_on_once(cast, noting):
    rule = noting()
    case = cast.case()
    assert run_rules(quiet(cast)) == 1
    assert run_rules(quiet(cast)) == 0
    assert Note.objects.get().author == cast.ines
    assert RuleRun.objects.get().done
    rule.refresh_from_db()
    assert rule.seen == Event.objects.order_by("-seq").first().seq
    said = [one.sentence for one in history_of(case)]
    assert "The rule “Rule message_received” did this for Ines Castellano: Write a note to the team" in said


def test_a_rule_waits_while_the_customer_writes_and_acts_once_on_all_of_it(cast, noting):
    noting()
    cast.case()
    for number in range(3):
        assert run_rules(cast.clock.forward(minutes=9)) == 0
        again(cast, number)
    assert run_rules(cast.clock.forward(minutes=9)) == 0
    assert run_rules(cast.clock.forward(minutes=1)) == 1
    assert run_rules(cast.clock.forward(minutes=1)) == 0
    assert (Note.objects.count(), RuleWait.objects.count()) == (1, 0)


def test_a_wait_goes_on_when_more_is_written_just_before_it_ends(cast, noting):
    noting("case_opened")
    cast.case()
    assert run_rules(cast.clock.now) == 0
    cast.clock.forward(minutes=9)
    again(cast, 1)
    assert run_rules(cast.clock.forward(minutes=1)) == 0
    assert RuleWait.objects.get().until == cast.clock.now + timedelta(minutes=9)
    assert run_rules(cast.clock.forward(minutes=9)) == 1
    assert RuleRun.objects.get().seq == Event.objects.get(kind="case_opened").seq


def test_what_several_people_caused_is_acted_on_each_time(cast, noting):
    from amends.cases.hear import hear

    noting("issues_confirmed")
    case = cast.case()
    for _ in range(2):
        hear(case, [], by=cast.tom, now=cast.clock.forward(minutes=1))
        assert run_rules(cast.clock.now) == 0
    assert run_rules(quiet(cast)) == 2


def test_who_is_answered_keeps_no_rule_waiting(cast, noting):
    from amends.cases.reply import reply

    noting()
    reply(cast.case(), "A letter.", (), by=cast.tom, now=cast.clock.forward(minutes=1))
    assert run_rules(cast.clock.now) == 1


def test_another_case_does_not_wait(cast, noting):
    noting()
    other = cast.case(mail(message_id="<jo@post.example>", sender="Jo <jo@post.example>"))
    cast.clock.forward(minutes=9)
    cast.case()
    assert run_rules(cast.clock.forward(minutes=1)) == 1
    assert Note.objects.get().case == other


def test_a_rule_stopped_meanwhile_does_not_act(cast, noting):
    rule = noting()
    cast.case()
    run_rules(cast.clock.now)
    stop_rule(rule, by=cast.ines, now=cast.clock.now)
    assert run_rules(quiet(cast)) == 0
    assert (RuleWait.objects.count(), RuleRun.objects.count()) == (0, 0)


def test_a_wait_that_is_cut_short_is_taken_up_again(cast, noting, monkeypatch):
    noting()
    cast.case()
    run_rules(cast.clock.now)

    def die(*_words, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "record", die)
    with pytest.raises(KeyboardInterrupt):
        run_rules(quiet(cast))
    monkeypatch.undo()
    assert (Note.objects.count(), RuleWait.objects.count()) == (0, 1)
    assert run_rules(cast.clock.now) == 1


def test_what_was_said_in_any_message_of_the_account_counts(cast, noting):
    noting(conditions={"says": "charged me"})
    cast.case()
    again(cast, 1)
    run_rules(cast.clock.now)
    assert run_rules(quiet(cast)) == 1


def test_what_happened_before_the_rule_is_left_alone(cast, noting):
    cast.case()
    noting()
    assert run_rules(quiet(cast)) == 0


def test_a_run_that_is_cut_short_leaves_nothing_and_is_made_again(cast, noting, monkeypatch):
    noting()
    cast.case()

    def die(*_words, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "record", die)
    with pytest.raises(KeyboardInterrupt):
        run_rules(quiet(cast))
    monkeypatch.undo()
    assert (Note.objects.count(), RuleRun.objects.count()) == (0, 0)
    assert run_rules(quiet(cast)) == 1
    assert Note.objects.count() == 1


def test_what_a_rule_causes_begins_no_rule(cast, noting):
    noting("case_reopened", verb="close", words="Closed again")
    noting("case_closed", verb="reopen", reason="Open again")
    from amends.cases.closure import close
    from amends.cases.hear import Heard, hear
    from amends.cases.reply import reply

    case = cast.case()
    lines = [Heard(issue.pk, "", "", off=True, reason="A test") for issue in case.open_issues()]
    hear(case, lines, by=cast.tom, now=cast.clock.forward(minutes=1))
    reply(case, "A letter.", (), by=cast.tom, now=cast.clock.forward(minutes=1))
    close(case, by=cast.tom, now=cast.clock.forward(minutes=1), words="Nothing here")
    runs = [run_rules(cast.clock.forward(minutes=1)) for _ in range(5)]
    assert runs == [1, 0, 0, 0, 0]


def test_a_rule_may_do_what_its_owner_may(cast, noting):
    with pytest.raises(NotAllowed, match="A rule may do what you may"):
        keep_rule("Sam's", "case_opened", {}, "note", {"text": "x"}, by=cast.sam, now=cast.clock.now)
    noting()
    cast.ines.is_active = False
    cast.ines.save()
    cast.case()
    run_rules(quiet(cast))
    run = RuleRun.objects.get()
    assert (run.done, Note.objects.count()) == (False, 0)
    assert "Your role cannot" in run.sentence


def test_a_rule_of_one_team_leaves_other_teams_alone(cast, noting):
    noting()
    cast.case(mail(to="office@lindqvist.example", message_id="<office@post.example>"))
    assert run_rules(quiet(cast)) == 0


def test_a_refusal_is_kept_and_told(cast, noting):
    noting("case_opened", verb="close", words="At once")
    case = cast.case()
    run_rules(quiet(cast))
    assert "Answer first, then close" in RuleRun.objects.get().sentence
    assert not hasattr(case, "closure")
    assert any("could not do this" in one.sentence for one in history_of(case))


def test_a_rule_acts_on_one_case_a_few_times_a_day(cast, noting):
    noting()
    cast.case()
    for number in range(MOST_A_DAY + 2):
        again(cast, number)
        run_rules(quiet(cast))
    assert Note.objects.count() == MOST_A_DAY
    assert "times within a day" in RuleRun.objects.last().sentence


def automatic(cast, noting):
    phrase = keep_phrase(
        "Soon", "Dear {first_name}, we write soon.", team=cast.ines.team, by=cast.ines, now=cast.clock.now
    )
    return noting(verb="send_phrase", phrase=str(phrase.pk))


def test_a_letter_of_a_rule_says_it_is_automatic_and_answers_nothing(cast, noting):
    automatic(cast, noting)
    case = cast.case()
    run_rules(quiet(cast))
    letter = Message.objects.get(automatic="rule")
    assert letter.text == "Dear Maria, we write soon."
    assert OutboxEntry.objects.get(message=letter).envelope["automatic"] is True
    assert Coverage.objects.count() == 0
    case.refresh_from_db()
    assert case.standing.reason.startswith("Maria wrote")


def test_a_machine_never_answers_a_machine(cast, noting):
    automatic(cast, noting)
    cast.write(mail(Auto_Submitted="auto-replied"))
    run_rules(quiet(cast))
    assert not Message.objects.filter(automatic="rule").exists()
    assert "a machine never answers a machine" in RuleRun.objects.get().sentence


def test_an_address_gets_a_few_automatic_letters_a_day(cast, noting):
    automatic(cast, noting)
    cast.case()
    for number in range(LETTERS_A_DAY + 1):
        run_rules(quiet(cast))
        again(cast, number)
    assert Message.objects.filter(outgoing=True).exclude(automatic="").count() == LETTERS_A_DAY
    assert "automatic letters today already" in RuleRun.objects.filter(done=False).first().sentence


@pytest.mark.parametrize(
    ("conditions", "acts"),
    [
        ({"says": "CHARGED me"}, True),
        ({"says": "goat"}, False),
        ({"severity": "1"}, True),
        ({"severity": 4}, False),
        ({"nobodys": "yes", "wrote_before": False}, True),
        ({"wrote_before": "yes"}, False),
        ({"category": "price_billing"}, True),
        ({"category": "privacy"}, False),
    ],
)
def test_a_condition_holds_or_the_rule_rests(conditions, acts, cast, noting):
    noting(conditions=conditions)
    cast.case()
    assert run_rules(quiet(cast)) == acts


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"when": "letter_sent"}, "when"),
        ({"verb": "name_cause"}, "verb"),
        ({"conditions": {"moon": "full"}}, "moon"),
        ({"conditions": {"severity": "high"}}, "severity"),
        ({"fields": {}}, "text"),
    ],
)
def test_a_rule_that_could_not_act_is_not_made(change, field, cast):
    words = {"name": "R", "when": "case_opened", "conditions": {}, "verb": "note", "fields": {"text": "x"}, **change}
    with pytest.raises(Incomplete) as refusal:
        keep_rule(*words.values(), by=cast.ines, now=cast.clock.now)
    assert refusal.value.field == field


def test_a_stopped_rule_rests_for_good(cast, noting):
    rule = noting()
    stop_rule(rule, by=cast.ines, now=cast.clock.now)
    cast.case()
    assert run_rules(quiet(cast)) == 0
    with pytest.raises(AlreadyDone):
        stop_rule(rule, by=cast.ines, now=cast.clock.now)


def test_every_beginning_is_an_event_there_is():
    from amends.cases.kinds import KINDS

    assert set(BEGINNINGS) <= set(KINDS)


def test_looking_for_work_costs_two_questions_without_rules(cast, django_assert_num_queries):
    case = cast.case()
    add_note(case, "x", by=cast.tom, now=cast.clock.now)
    with django_assert_num_queries(3):
        run_rules(quiet(cast))
    assert connection.in_atomic_block
