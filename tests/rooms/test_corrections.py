"""What people said of messages is found again as examples, and what was learned is read with."""

import logging
from dataclasses import replace

import numpy as np
import pytest

from amends.cases.closure import close
from amends.cases.corrections import corrections
from amends.cases.errors import Incomplete
from amends.cases.hear import Heard, hear
from amends.cases.issue import Issue, Wish
from amends.cases.learned import kinds_here, reading_with, versions_folder
from amends.cases.merge import merge
from amends.cases.message import Message
from amends.cases.reply import mark_answered
from amends.cases.split import Part, split
from amends.cases.withdraw import put_back, withdraw
from amends.language.kinds import KindsRefused
from amends.language.learning.versions import choose, keep
from amends.language.reading import read
from amends.language.trained.weights import Stage, Trained, shipped
from tests.conftest import mail

pytestmark = pytest.mark.django_db
ABOUT = {"date": "2026-11-22", "examples": "1", "held": "1", "by": "x", "before": "0", 'figures."x"': "1 to 2"}


def go_through(one, *lines: Heard) -> None:
    hear(one.case, lines, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))


def line(issue: Issue, **changed) -> Heard:
    return replace(Heard(issue.pk, issue.summary, issue.category), **changed)


def told(example) -> list[tuple[str, str, str]]:
    return [(example.text[one.start : one.end], one.category, one.kind) for one in example.told]


def test_a_proposal_that_nobody_looked_at_teaches_nothing(recovery):
    one = recovery()
    assert one.issues
    assert list(corrections()) == []
    first, *others = one.issues
    go_through(one, line(first))
    assert others
    assert list(corrections()) == [], "the message holds proposals that still wait"


def test_confirmed_issues_are_what_the_message_tells(recovery):
    one = recovery()
    go_through(one, *map(line, one.issues))
    (example,) = corrections()
    assert (example.case, example.complaint, example.whole, example.denied) == (one.case.pk, True, True, ())
    assert told(example) == [(issue.words, issue.category, issue.kind) for issue in one.issues]
    assert example.text == one.case.messages.first().text


def test_a_corrected_category_and_kind_count_as_corrected(recovery):
    one = recovery()
    first, *others = one.issues
    go_through(one, line(first, category="information", kind="missing"), *map(line, others))
    assert told(*corrections())[0] == (first.words, "information", "missing")
    go_through(one, line(Issue.objects.get(pk=first.pk), category="access"), *map(line, others))
    assert told(*corrections())[0] == (first.words, "access", ""), "the kind of another category is no kind of this"
    assert {issue.kind for issue in one.issues[1:]} != {""}, "what nobody changed keeps its kind"


def test_what_was_taken_off_as_no_issue_is_denied(recovery):
    one = recovery()
    first, *others = one.issues
    go_through(one, line(first, off=True, reason="They only say hello"), *map(line, others))
    (example,) = corrections()
    assert example.denied == ((first.start, first.end),)
    assert (len(example.told), example.complaint, example.whole) == (len(others), True, True)
    put_back(first, by=one.cast.tom, now=one.now)
    assert list(corrections()) == [], "it waits to be looked at again"


def test_a_message_of_which_all_was_taken_off_is_no_complaint(recovery):
    one = recovery()
    go_through(one, *(line(issue, off=True, reason="A question") for issue in one.issues))
    (example,) = corrections()
    assert (example.complaint, example.told, example.whole) == (False, (), True)


def test_what_the_customer_took_back_or_was_confirmed_first_is_not_held_to_be_no_issue(recovery):
    one = recovery()
    first, second = one.issues[:2]
    go_through(one, line(first, off=True, reason="Never mind", wish=Wish.CUSTOMER), line(second))
    withdraw(second, "Sorted in the shop", wish=Wish.CUSTOMER, by=one.cast.tom, now=one.now)
    assert list(corrections()) == [], "nobody said that there was none"


def test_words_that_somebody_added_are_told_and_words_of_nowhere_leave_the_rest_open(recovery):
    one = recovery()
    words = "after the birthday it was meant for"
    go_through(one, *map(line, one.issues), Heard(None, "Too late for it", "delivery", words=words, kind="late"))
    (example,) = corrections()
    assert (words, "delivery", "late") in told(example)
    assert example.whole
    go_through(one, Heard(None, "Rude on the phone", "service_received"))
    assert not next(corrections()).whole, "it may stand in words that nobody marked"


def test_an_issue_merged_into_another_tells_that_ones_kind(recovery):
    one = recovery()
    first, second = one.issues[:2]
    go_through(one, line(first, category="delivery", kind="late"), line(second))
    merge(second, first, by=one.cast.tom, now=one.now)
    (example,) = corrections()
    assert [kind for _, *kind in told(example)] == [["delivery", "late"]] * 2
    assert example.whole


def test_a_part_of_another_category_has_no_kind_until_somebody_says_it(recovery):
    one = recovery()
    first = one.issues[0]
    go_through(one, line(first, category="delivery", kind="late"), *map(line, one.issues[1:]))
    words = Issue.objects.get(pk=first.pk).words
    parts = [Part("Late", "delivery", words.split(",")[0]), Part("A promise", "expectation_promise", words)]
    made = split(first, parts, by=one.cast.tom, now=one.now)
    assert [issue.kind for issue in made] == ["late", ""]


def test_a_case_closed_without_an_issue_holds_no_complaint(recovery, cast):
    one = recovery(mail("When do you open on Sunday? I would like to come by with my sister.", subject="Sunday"))
    go_through(one, *(line(issue, off=True, reason="A question") for issue in one.issues))
    assert list(corrections()) == [] or not one.case.issues.exists()
    mark_answered(one.case.messages.get(outgoing=False, automatic=""), by=cast.tom, now=cast.clock.forward(minutes=1))
    close(one.case, by=cast.tom, now=cast.clock.forward(minutes=1), words="A question, answered by phone")
    (example,) = corrections()
    assert (example.complaint, example.told, example.whole) == (False, (), True)


def test_only_the_customers_own_new_words_are_taken(recovery):
    text = "My parcel arrived nine days late.\n\nOn Monday, Lindqvist wrote:\n> You broke the vase yourself.\n"
    one = recovery(mail(text))
    go_through(one, *map(line, one.issues))
    (example,) = corrections()
    assert "vase" not in example.text
    assert len(example.text) == len(one.case.messages.first().text)
    assert all("late" in words for words, *_ in told(example))


def test_neither_strangers_nor_machines_nor_our_own_letters_teach(recovery):
    one = recovery()
    go_through(one, *map(line, one.issues))
    assert len(list(corrections())) == 1
    for changed in ({"known_sender": False}, {"automatic": "auto_reply"}, {"outgoing": True}):
        was = Message.objects.filter(pk=one.issues[0].message_id)
        before = was.values(*changed).get()
        was.update(**changed)
        assert list(corrections()) == []
        was.update(**before)


def test_what_is_deleted_is_not_learned_from(recovery):
    one = recovery()
    go_through(one, *map(line, one.issues))
    Message.objects.filter(pk=one.issues[0].message_id).update(text="")
    (example,) = corrections()
    assert example.text == "", "examples are read from the cases, and kept nowhere else"


def test_the_newest_message_comes_first_and_many_are_read_in_turns(recovery, cast):
    cases = []
    for number in range(3):
        cast.clock.forward(days=1)
        one = recovery(mail(message_id=f"<{number}@post.example>", sender=f"m{number}@post.example"))
        go_through(one, *map(line, one.issues))
        cases.append(one.case.pk)
    assert [example.case for example in corrections()] == cases[::-1]


def test_the_kind_that_reading_found_is_written_down(recovery):
    one = recovery()
    found = {(issue.words, issue.category, issue.subcategory) for issue in read(one.case.messages.first().text).issues}
    assert {(issue.words, issue.category, issue.kind) for issue in one.issues} == found


def test_a_kind_that_is_none_is_refused(recovery):
    one = recovery()
    with pytest.raises(Incomplete, match="There is no kind “weather” below what “Late” is about"):
        go_through(one, line(one.issues[0], summary="Late", category="delivery", kind="weather"))


def test_a_kind_of_the_teams_own_can_be_chosen(recovery, settings, tmp_path):
    settings.AMENDS_HOME = tmp_path
    (tmp_path / "kinds.toml").write_text('[delivery.kinds]\nlocker = "Locker did not open"\n')
    assert kinds_here()["delivery"].kinds["locker"] == "Locker did not open"
    one = recovery()
    go_through(one, line(one.issues[0], category="delivery", kind="locker"), *map(line, one.issues[1:]))
    assert told(*corrections())[0][1:] == ("delivery", "locker")
    (tmp_path / "kinds.toml").write_text("[weather.kinds]\n")
    with pytest.raises(KindsRefused, match="no category “weather”"):
        kinds_here()


def discreet():
    """Heads that take whatever went wrong for a matter of privacy."""
    was = shipped()
    stage = was.stages["category"]
    moved = Stage(stage.names, stage.weights, stage.biases + 99 * (np.array(stage.names) == "privacy"))
    return Trained(was.tables, {**was.stages, "category": moved}, was.cuts)


def test_mail_is_read_with_the_version_that_was_chosen(recovery, settings, tmp_path):
    settings.AMENDS_HOME = tmp_path
    assert reading_with() is None
    choose(versions_folder(), keep(versions_folder(), discreet(), ABOUT))
    assert {issue.category for issue in recovery().issues} == {"privacy"}
    choose(versions_folder(), 0)
    assert reading_with() is None
    again = recovery(mail(message_id="<2@x.example>", sender="b@x.example"))
    assert {issue.category for issue in again.issues} == {"delivery", "price_billing"}


def test_a_damaged_version_is_told_of_once_and_reading_goes_on(recovery, settings, tmp_path, caplog):
    settings.AMENDS_HOME = tmp_path
    choose(versions_folder(), keep(versions_folder(), discreet(), ABOUT))
    (versions_folder() / "1" / "weights.npz").write_bytes(b"nothing")
    with caplog.at_level(logging.WARNING):
        one = recovery()
        recovery(mail(message_id="<2@post.example>", sender="b@x.example"))
    assert one.issues
    assert [row.getMessage() for row in caplog.records] == [
        "Version 1 of what reading learned is damaged, so reading uses what ships. Learn again with `amends learn`, "
        "or go back with `amends learn --back`."
    ]
