"""The table of verbs: complete, and one way to do each, with refusals a program can read."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotThere
from amends.cases.note import Note
from amends.recovery.sample import SpotCheck
from amends.verbs.bulk import each
from amends.verbs.perform import perform
from amends.verbs.refusal import as_data
from amends.verbs.schema import schema_of
from amends.verbs.table import VERBS
from amends.verbs.telling import told_case

ROOT = Path(__file__).resolve().parents[2] / "amends"

# Domain functions that write in somebody's name and stand in no entry, with the reason.
EXCUSED = {
    "cases/reply.py:reply": "the verb reply goes through answer(), which asks for the promises of the letter",
    "cases/team_hours.py:set_team_hours": "the hours of a team, not a case",
    "cases/policy.py:adopt": "the policy of the house, not a case",
    "cases/put_aside.py:put_aside": "about a remark of the composer on a draft, which a program does not have",
    "cases/put_aside.py:show_again": "the same, the other way round",
    "cases/check_levels.py:restore_check": "a check of a team, not a case",
    "cases/learn.py:switch": "what reading learned, not a case; the terminal asks for it",
    "cases/learn.py:go_back": "what reading learned, not a case; the terminal asks for it",
    "loyalty/give.py:give": "a gesture is one person's to another; no program and no rule gives one",
    "loyalty/notes.py:call_them": "about a customer, not a case",
    "loyalty/notes.py:note_about": "about a customer, not a case",
    "loyalty/notes.py:remove_note": "about a customer, not a case",
    "prevention/exposure.py:keep_weeks": "import_exposure is the verb; a night reads a view of the company",
    "loyalty/purchase.py:import_purchases": "purchases of everybody, not a case",
    "loyalty/score.py:import_scores": "answers of everybody, not a case",
    "loyalty/posts.py:import_posts": "public posts by everybody, not a case",
    **dict.fromkeys(
        (
            *(f"loyalty/posts.py:{name}" for name in ("note_post", "match_post", "unlink_post")),
            *(f"loyalty/refer.py:{name}" for name in ("note_referral", "remove_referral")),
            *(f"loyalty/linking_wish.py:{name}" for name in ("stop_linking", "allow_linking")),
        ),
        "about a customer, by a person's own hand: no program links what somebody says elsewhere",
    ),
    "purse/budget.py:set_budget": "the budget of a team, not a case",
    "purse/settle.py:use": "what became of a gesture, which no program gives",
    "purse/settle.py:take_gesture_back": "what became of a gesture, which no program gives",
    **dict.fromkeys(
        (
            *(f"coaching/second_pair.py:{name}" for name in ("ask_look", "take_on", "give_look", "close_look")),
            *(f"coaching/hint.py:{name}" for name in ("leave_hint", "put_hint_aside")),
            "coaching/debrief.py:keep_debrief",
            *(f"coaching/comment.py:{name}" for name in ("say", "answer_comment", "take_comment_away")),
        ),
        "between two colleagues, by their own hands; no program and no rule asks or tells",
    ),
    **dict.fromkeys(
        (f"cases/{name}" for name in ("rota.py:put_on", "rota.py:take_off", "rota.py:copy_week")),
        "the shifts of a team, not a case",
    ),
    **dict.fromkeys(("cases/swap.py:ask_swap", "cases/swap.py:answer_swap"), "people say themselves what they swap"),
    **dict.fromkeys(
        ("recovery/hand_over.py:hand_over_now", "recovery/hand_over.py:answer_hand_over"),
        "one colleague asks another, who says yes by their own hand; a program has the verb assign",
    ),
    **dict.fromkeys(
        (f"ourselves/asking.py:{name}" for name in ("open_round", "answer")),
        "what people say of their own practice by their own hand, not a case",
    ),
    **dict.fromkeys(
        ("recovery/ask_poll.py:open_poll", "recovery/ask_poll.py:stop_poll"), "one question below letters, not a case"
    ),
    "cases/phrase.py:keep_phrase": "keeps words of the team, not a case",
    "cases/phrase.py:retire_phrase": "keeps words of the team, not a case",
    **dict.fromkeys(
        ("practice/learn.py:practise", "practice/learn.py:forget", "practice/passing.py:pass_task"),
        "one's own learning path, which no program walks",
    ),
    **dict.fromkeys(
        (
            *(f"practice/own/write.py:{name}_scenario" for name in ("keep", "change", "retire")),
            *(f"practice/own/write.py:{name}" for name in ("keep_from_case", "read_scenario_through")),
            *(f"practice/own/write.py:{name}" for name in ("let_count", "let_count_no_more")),
        ),
        "words to practise with, by the hands of who writes and reads them",
    ),
    **dict.fromkeys(
        ("practice/certificate.py:show", "practice/certificate.py:hide"), "by their holder's own hand, or not at all"
    ),
}


def writers() -> dict[str, str]:
    """Each public function of the domain that opens writing() and takes who does it, by where it stands."""
    found = {}
    for room in ("cases", "recovery", "prevention", "practice", "loyalty", "purse", "coaching", "ourselves"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and node.name[0] != "_" and _writes(node):
                    found[f"{path.relative_to(ROOT)}:{node.name}"] = node.name
    return found


def _writes(node: ast.FunctionDef) -> bool:
    who = {arg.arg for arg in [*node.args.args, *node.args.kwonlyargs]} & {"by", "noted_by", "owner"}
    opens = any(
        isinstance(one, ast.Call) and getattr(one.func, "id", "") in ("writing", "answer") for one in ast.walk(node)
    )
    return bool(who) and opens


def test_every_domain_verb_is_in_the_table_or_excused():
    called = {
        f"{verb.does.__module__.removeprefix('amends.').replace('.', '/')}.py:{verb.does.__name__}"
        for verb in VERBS.values()
    }
    known = set(writers())
    assert known - called - set(EXCUSED) == set()
    assert set(EXCUSED) <= known


def test_no_letter_is_answered_past_its_promises():
    """Only answer(), which looks for promises, calls reply(); whatever else answers a customer goes through it."""
    callers = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "amends.cases.reply"
        if any(one.name == "reply" for one in node.names)
    }
    assert callers == {"recovery/answer.py"}


def test_every_entry_says_what_it_does_and_takes():
    for name, verb in VERBS.items():
        assert verb.name == name
        assert verb.sentence[0].isupper()
        assert not verb.sentence.endswith(".")
        assert len({field.name for field in verb.fields}) == len(verb.fields)
        assert all(field.help for field in verb.fields)
        assert schema_of(verb.fields)["additionalProperties"] is False


pytestmark = pytest.mark.django_db


def test_a_verb_is_done_with_what_it_made(recovery, cast):
    one = recovery()
    done = perform("note", one.case.pk, {"text": "Call her"}, by=cast.tom, now=one.now)
    assert (done.verb, done.case, done.made) == ("note", one.case.pk, {"note": Note.objects.get().pk})


@pytest.mark.parametrize(
    ("verb", "fields", "field", "sentence"),
    [
        ("note", {}, "text", "“note” needs “text”: what colleagues should know."),
        ("note", {"text": "x", "colour": "red"}, "colour", "“colour” is no field of “note”. It takes text."),
        ("unassign", {"to": "tom"}, "to", "“to” is no field of “unassign”. It takes none."),
        ("note", {"text": 7}, "text", "is not text"),
        ("note", {"text": "a\x00b"}, "text", "a character nobody can read"),
        ("note", {"text": "x" * 100_001}, "text", "at most 100000"),
        ("snooze", {"until": "soon", "reason": "x"}, "until", "is not a day such as"),
        ("assign", {"to": "nobody"}, "to", "There is no to “nobody”."),
        ("follow_up", {"still_right": "perhaps", "words": "x"}, "still_right", "is not yes or no"),
        ("refuse", {"issue": 9, "reasons": "x", "recourse": "x"}, "issue", "an open issue of this case"),
        ("refuse", {"issue": True, "reasons": "x", "recourse": "x"}, "issue", "a whole number"),
        ("hear", {"issues": "[{"}, "issues", "is not a list of rows"),
        ("hear", {"issues": [{"what": "x"}]}, "what", "Row 1 of “issues”"),
        ("hear", {"issues": [{"summary": "x", "category": "magic"}]}, "category", "is not one of"),
        ("offer", {"issues": ["²"], "can": "x", "options": [{}]}, "issues", "a whole number"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(verb, fields, field, sentence, recovery, cast):
    one = recovery()
    with pytest.raises(Incomplete) as refusal:
        perform(verb, one.case.pk, fields, by=cast.tom, now=one.now)
    assert as_data(refusal.value)["field"] == refusal.value.field
    assert sentence in str(refusal.value)
    assert refusal.value.field in (field, "issues")


def test_a_case_of_another_team_is_not_there(recovery, cast):
    one = recovery()
    for who, pk in (("priya", one.case.pk), ("tom", 987654)):
        with pytest.raises(NotThere, match=r"There is no case \d+ that you can see\."):
            perform("note", pk, {"text": "x"}, by=cast.people[who], now=one.now)


def test_a_right_is_asked_before_anything_is_said_of_the_case(cast):
    with pytest.raises(NotAllowed, match="work on cases"):
        perform("note", 987654, {}, by=cast.sam, now=cast.clock.now)


def test_a_verb_there_is_not_is_named_with_those_there_are(cast):
    with pytest.raises(NotThere, match=r"There is no verb “explode”\. There are hear, reply"):
        perform("explode", 1, {}, by=cast.tom, now=cast.clock.now)


def test_a_closed_gate_says_each_step_and_issue(recovery, cast):
    from amends.cases.errors import GateClosed

    one = recovery()
    one.person_first()
    with pytest.raises(GateClosed) as shut:
        perform("close", one.case.pk, {}, by=cast.tom, now=one.now)
    said = as_data(shut.value)
    assert (said["error"], said["gate"]) == ("gate_closed", "closing")
    assert {(one["step"], one["issue"]) for one in said["missing"]} == {
        (step, issue.pk) for issue in one.issues for step in ("deliver", "prevent")
    }


def test_a_whole_recovery_through_the_table(recovery, cast):
    """Words as any door sends them: nothing else is needed to bring a complaint to its end."""
    from amends.prevention.models import Cause

    one = recovery()

    def do(verb, **fields):
        now = cast.clock.forward(minutes=1)
        return perform(verb, one.case.pk, fields, by=cast.tom, now=now)

    issues = [issue.pk for issue in one.issues]
    do("hear", issues=[{"issue": pk, "summary": f"It went wrong {pk}", "category": "delivery"} for pk in issues])
    covers = [{"issue": pk, "step": step} for pk in issues for step in ("apologise", "reflect", "acknowledge")]
    do("reply", text="A letter.", covers=covers)
    due = (one.now.date() + timedelta(days=5)).isoformat()
    rows = [{"remedy": key, "title": key, "amount": "30", "deliver_by": due} for key in ("refund", "credit")]
    offer = do("offer", issues=issues, can="We can do this.", options=rows).made["offer"]
    option = one.case.offers.get(pk=offer).options.first().pk
    answers("Yes, the refund please", cast)
    do("accept", option=option, via="email", words="Yes, the refund please")
    do("deliver_option", option=option, proof="Booking 4711")
    for pk in issues:
        do("attribute", issue=pk, cause=Cause.objects.get().name)
    do("reply", text="A letter.", covers=[{"issue": pk, "step": "prevent"} for pk in issues])
    assert do("close").made == {"closure": one.case.closure.pk if hasattr(one.case, "closure") else 1}
    do("reopen", reason="She wrote on paper")
    do("assign", to="ines")
    do("unassign")
    do("snooze", until=due, reason="Her holiday")


def answers(text, cast):
    """The customer writes into the case."""
    from tests.conftest import mail

    cast.clock.forward(minutes=1)
    cast.write(mail(text, message_id="<answer@post.example>", In_Reply_To="<one@post.example>"))


LETTER = "I will call you within two days."


@pytest.fixture
def promised(recovery, cast):
    """A case with a letter that promises, confirmed through the table."""
    one = recovery()
    due = "2026-11-24T17:00"
    row = {"sentence": LETTER, "words": "call you", "due": due, "owner": "ines"}
    perform("reply", one.case.pk, {"text": LETTER, "promises": [row]}, by=cast.tom, now=one.now)
    return one, one.case.promises.get()


def test_a_promise_is_confirmed_in_the_hours_of_its_team(recovery, cast):
    one = recovery()
    one.case.team.calendar = {"zone": "Europe/Stockholm", "hours": {"mon": "08:00-16:30"}}
    one.case.team.save()
    for due, expected in (("2026-11-24T17:00", 16), ("2026-11-24T17:00+05:00", 12)):
        row = {"sentence": LETTER, "due": due}
        perform("reply", one.case.pk, {"text": LETTER, "promises": [row]}, by=cast.tom, now=one.now)
        made = one.case.promises.latest("pk")
        assert (made.words, made.owner, made.made_by) == (LETTER, cast.tom, cast.tom)
        assert made.due_at == datetime(2026, 11, 24, expected, tzinfo=UTC)


@pytest.mark.parametrize("due", ["soon", "2026-13-01T00:00", "0001-01-01T00:00+14:00", "2026-11-01T09:00"])
def test_a_time_that_is_none_or_gone_is_refused(due, recovery, cast):
    one = recovery()
    row = {"sentence": LETTER, "due": due}
    with pytest.raises(Incomplete):
        perform("reply", one.case.pk, {"text": LETTER, "promises": [row]}, by=cast.tom, now=one.now)
    assert not one.case.promises.exists()


def test_a_promise_is_kept_moved_and_let_go_through_the_table(promised, recovery, cast):
    one, made = promised
    assert (made.owner, made.words) == (cast.ines, "call you")

    def do(verb, **fields):
        return perform(verb, one.case.pk, {"promise": made.pk, **fields}, by=cast.tom, now=one.now)

    do("renegotiate", due="2026-11-25T09:00", words="Wednesday is fine", via="phone")
    made.refresh_from_db()
    assert made.due_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    with pytest.raises(Incomplete, match="There is no promise"):
        perform(
            "release",
            recovery(_other()).case.pk,
            {"promise": made.pk, "words": "x", "via": "phone"},
            by=cast.tom,
            now=one.now,
        )
    do("keep_promise", proof="Spoke for ten minutes")
    with pytest.raises(AlreadyDone):
        do("release", words="Never mind", via="phone")


def test_an_offer_above_a_limit_is_asked_decided_and_looked_at_through_the_table(recovery, cast):
    one = recovery()
    one.hear()
    due = (one.now.date() + timedelta(days=5)).isoformat()
    rows = [{"remedy": key, "title": key, "amount": "200", "deliver_by": due} for key in ("refund", "credit")]
    offer = {"issues": [issue.pk for issue in one.issues], "can": "We can do this.", "options": rows}

    def do(verb, who="tom", **fields):
        now = cast.clock.forward(minutes=1)
        return perform(verb, one.case.pk, fields, by=cast.people[who], now=now).made

    with pytest.raises(Incomplete, match="ask_reason"):
        do("ask_approval", **offer)
    asked = do("ask_approval", **offer, ask_reason="They waited nine days.")["approvalrequest"]
    with pytest.raises(NotAllowed, match="asked for this yourself"):
        do("decide_approval", request=asked, granted="yes")
    do("decide_approval", "ines", request=asked, granted="yes")
    one.person_first()
    made = do("send_approved", request=asked)["offer"]
    option = one.case.offers.get(pk=made).options.first().pk
    with pytest.raises(Incomplete, match="Read it to them"):
        do("accept", option=option, via="phone", words="Yes please")
    do("accept", option=option, via="phone", words="Yes please", was_read_back="yes")
    done = do("deliver_option", option=option, proof="Booking 4711")["fulfilment"]
    check = SpotCheck.objects.create(fulfilment_id=done, picked_at=one.now)
    do("look_at", "sam", check=check.pk, fair="yes")
    check.refresh_from_db()
    assert (check.by, check.fair) == (cast.sam, True)


def test_what_is_not_right_is_named_by_its_issue_through_the_table(recovery, cast):
    one = recovery()
    one.hear()
    one.hear("The lamp is scratched")
    one.person_first()
    one.deliver(one.accept(one.offer()))
    first, *_others = one.issues
    cast.clock.forward(days=7)
    fields = {"still_right": "no", "words": "It broke again", "issues": [first.pk]}
    perform("follow_up", one.case.pk, fields, by=cast.tom, now=one.now)
    assert [issue.pk for issue in one.issues if issue.reopenings.exists()] == [first.pk]


def test_a_case_is_told_with_the_number_of_all_a_verb_can_name(promised, cast):
    one, made = promised
    told = told_case(one.case, one.now)
    assert [row["promise"] for row in told["promises"]] == [made.pk]
    one.person_first()
    asked = one.ask(cents=20000)
    decided = one.decide(one.issues[0], "conduct")
    told = told_case(one.case, one.now)
    assert [(row["request"], row["asked_of"], row["granted"]) for row in told["approvals"]] == [
        (asked.pk, "ines", None)
    ]
    assert [(row["decision"], row["review_agreed"]) for row in told["decisions"]] == [(decided.pk, None)]


def test_many_cases_are_done_as_if_alone(recovery, cast):
    first = recovery()
    second = recovery(_other())
    second.person_first()
    cases = [first.case.pk, second.case.pk, 987654]
    outcomes = each("note", cases, {"text": "Looked at"}, by=cast.tom, now=cast.clock.now)
    assert [outcome.refusal is None for outcome in outcomes] == [True, True, False]
    assert Note.objects.count() == 2
    assert all(outcome.refusal for outcome in each("close", cases, {}, by=cast.tom, now=cast.clock.now))


def _other() -> bytes:
    from tests.conftest import mail

    return mail(message_id="<two@post.example>", sender="Jo Hart <jo@post.example>")
