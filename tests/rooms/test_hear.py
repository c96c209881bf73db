"""Listening: what a person confirms, adds, takes off, and what the customer corrects."""

import pytest

from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.hear import Heard, confirm_understanding, correct_understanding, hear
from amends.cases.issue import Hearing, Issue
from amends.cases.reply import Covered, mark_answered, reply
from amends.cases.standing import Standing
from amends.method.steps import Step
from tests.conftest import mail

pytestmark = pytest.mark.django_db


def next_step(one) -> str:
    return Standing.objects.get(case=one.case).next_step


def confirm(one, *lines: Heard) -> None:
    hear(one.case, lines, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))


def test_a_confirmed_line_is_heard_with_its_wording(recovery, cast):
    one = recovery()
    first = one.issues[0]
    confirm(one, Heard(first.pk, "  The parcel came too late ", "delivery"))
    first.refresh_from_db()
    assert (first.summary, first.category) == ("The parcel came too late", "delivery")
    assert (first.hearing.by, first.hearing.at) == (cast.tom, one.now)


def test_hearing_again_keeps_who_heard_first(recovery, cast):
    one = recovery()
    one.hear()
    before = list(Hearing.objects.values_list("at", flat=True))
    one.hear()
    assert list(Hearing.objects.values_list("at", flat=True)) == before


def test_an_added_line_is_found_in_the_customers_words(recovery):
    one = recovery()
    words = "charged me €89 twice"
    confirm(one, Heard(None, "Charged twice", "price_billing", words=words))
    added = Issue.objects.get(source="agent")
    assert added.message.text[added.start : added.end] == words
    confirm(one, Heard(None, "Rude on the phone", "service_received", words="never written"))
    assert Issue.objects.get(summary="Rude on the phone").message is None


def test_an_issue_taken_off_no_longer_counts_and_keeps_its_reason(recovery, cast):
    one = recovery()
    first, *others = one.issues
    confirm(one, Heard(first.pk, "", "", off=True, reason="It is said twice"))
    assert one.issues == others
    assert (first.withdrawal.reason, first.withdrawal.by) == ("It is said twice", cast.tom)
    assert one.case.events.filter(kind="issue_withdrawn", data__issue=first.pk).count() == 1


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (lambda issue: Heard(issue, " ", "delivery"), "Say in a few words what went wrong."),
        (lambda issue: Heard(issue, "Late", ""), "Choose what “Late” is about."),
        (lambda issue: Heard(issue, "Late", "weather"), "Choose what “Late” is about."),
        (lambda issue: Heard(issue, "", "", off=True, reason=" "), "is not an issue."),
        (lambda issue: Heard(issue + 1000, "Late", "delivery"), "no longer on the case. Load the page again."),
        (lambda _issue: Heard(None, "", "", off=True), "Only an issue that is on the case can be taken off it."),
        (lambda _issue: Heard(None, "", "", off=True, reason="Why not"), "Only an issue that is on the case"),
    ],
)
def test_a_line_that_lacks_something_is_refused_whole(recovery, line, sentence):
    one = recovery()
    first, second = one.issues[:2]
    with pytest.raises(Incomplete, match=sentence):
        confirm(one, Heard(first.pk, "Changed", "delivery"), line(second.pk))
    first.refresh_from_db()
    assert first.summary != "Changed"
    assert Hearing.objects.count() == 0


def test_an_issue_of_another_case_cannot_be_heard_here(recovery, cast):
    one = recovery()
    other = cast.case(mail("The lamp came nine days late.", sender="b@post.example", message_id="<b@post.example>"))
    with pytest.raises(Incomplete, match="no longer on the case"):
        confirm(one, Heard(other.issues.first().pk, "Mine", "delivery"))


def test_yes_thats_it_is_written_down(recovery):
    one = recovery()
    one.person_first()
    confirm_understanding(one.case, one.now)
    assert one.case.understandings.get().agreed
    assert next_step(one) == "remedy"


def test_a_correction_keeps_before_and_after_and_asks_to_hear_and_reflect_again(recovery, cast):
    one = recovery()
    one.person_first()
    first = one.issues[0]
    before = first.summary
    now = cast.clock.forward(minutes=5)
    correct_understanding(one.case, {first.pk: "It was for a funeral"}, "", now)
    understanding = one.case.understandings.get()
    assert understanding.corrections == [{"issue": first.pk, "before": before, "after": "It was for a funeral"}]
    assert not understanding.agreed
    assert next_step(one) == "listen"
    one.hear()
    assert next_step(one) == "reflect"
    one.say(Step.REFLECT)
    assert next_step(one) == "remedy"


def test_what_was_missing_becomes_an_issue_to_hear(recovery, cast):
    one = recovery()
    one.person_first()
    correct_understanding(one.case, {}, "Nobody called back.\nTwice.", cast.clock.forward(minutes=5))
    added = one.issues[-1]
    assert (added.summary, added.words, added.source) == (
        "Nobody called back.",
        "Nobody called back.\nTwice.",
        "customer",
    )
    assert next_step(one) == "listen"


def test_a_correction_that_changes_nothing_is_refused(recovery):
    one = recovery()
    one.person_first()
    same = {issue.pk: issue.summary for issue in one.issues}
    for wordings in ({}, same, {one.issues[0].pk: "  "}, {10**6: "Not mine"}):
        with pytest.raises(Incomplete, match="Change what is not right, or write what is missing"):
            correct_understanding(one.case, wordings, " ", one.now)
    assert one.case.understandings.count() == 0


@pytest.mark.parametrize(
    ("covered", "sentence"),
    [
        (lambda issue: Covered(issue, Step.LISTEN), "Load the page again"),
        (lambda issue: Covered(issue, Step.DELIVER), "Load the page again"),
        (lambda issue: Covered(issue + 1000, Step.APOLOGISE), "Load the page again"),
        (lambda issue: Covered(issue, Step.APOLOGISE), "First confirm what went wrong"),
        (lambda issue: Covered(issue, Step.PREVENT), "Link the cause"),
    ],
)
def test_a_letter_covers_only_what_a_letter_can(recovery, cast, covered, sentence):
    one = recovery()
    with pytest.raises(Incomplete, match=sentence):
        reply(one.case, "We are sorry.", (covered(one.issues[0].pk),), by=cast.tom, now=one.now)
    assert one.case.messages.filter(author=cast.tom).count() == 0


def test_a_reply_without_words_or_over_a_new_message_is_refused(recovery, cast):
    one = recovery()
    with pytest.raises(Incomplete, match="Write the reply first"):
        reply(one.case, " \n", (), by=cast.tom, now=one.now)
    seen = one.case.messages.filter(outgoing=False).last().pk
    cast.write(mail("One more thing.", message_id="<two@post.example>", References="<one@post.example>"))
    with pytest.raises(NotPossible, match="A new message arrived"):
        reply(one.case, "Dear Maria", (), by=cast.tom, now=one.now, seen=seen)
    assert one.case.messages.filter(author=cast.tom).count() == 0


def test_a_message_is_marked_as_answered_once(recovery, cast):
    one = recovery()
    message = one.case.messages.filter(outgoing=False).get()
    mark_answered(message, by=cast.tom, now=one.now)
    assert Standing.objects.get().reason == "Confirm what went wrong · 2 of 2 issues"
    with pytest.raises(AlreadyDone, match="marked as answered already"):
        mark_answered(message, by=cast.tom, now=one.now)


def test_a_letter_that_never_left_is_no_answer(recovery, cast):
    from amends.cases.outbox import fail

    one = recovery()
    letter = one.say(issues=[])
    assert Standing.objects.get().reason != "Maria wrote"
    fail(letter.outbox, "550", one.now)
    assert Standing.objects.get().reason == "Maria wrote"
