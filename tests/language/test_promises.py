"""Promises in letters and answers to offers: floors on our own small corpora, and what must never happen.

The same author wrote the rules and the texts: the floors catch a change that reads worse, and claim no accuracy.
"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.language.answer import read_answer
from amends.language.promises import find_promises
from amends.method.calendars import Calendar
from tests.language.measure_promises import answer_figures, answers_read, promise_figures

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
OPTIONS = ["Refund of €80", "Credit of €100 for your next order"]
DAYS = ["on", "before", "friday", "3", "december", "31", "week", "month", "5pm", "25:00", "the", "end", "of"]
WORDS = ["we", "will", "by", "2", "next", "in", *DAYS]
LATE = ((9 * 60, 12 * 60), (13 * 60, 19 * 60))
STOCKHOLM = Calendar("Europe/Stockholm", (LATE,) * 5 + ((),) * 2, closed=frozenset([datetime(2026, 11, 26).date()]))  # noqa: DTZ001 - a day


def test_promises_are_found_no_worse_than_before():
    reached = promise_figures("dev")
    floors = {"promise_recall": 0.95, "sure_promise_precision": 0.95, "letters_without_a_promise_left_alone": 0.97}
    assert {name: reached[name] for name in floors if reached[name] < floors[name]} == {}


def test_answers_are_read_no_worse_than_before():
    reached = answer_figures("dev")
    floors = {"yes_precision": 1.0, "yes_recall": 0.95, "option_right_of_yes_read": 1.0, "kind_accuracy": 0.93}
    assert {name: reached[name] for name in floors if reached[name] < floors[name]} == {}


@pytest.mark.parametrize("split", ["dev", "heldout", "second"])
def test_no_answer_that_contradicts_is_read_as_a_yes(split):
    contradicting = [(row, got) for row, got in answers_read(split) if row["kind"] in ("both", "no")]
    assert len(contradicting) >= 40
    assert [row["text"] for row, got in contradicting if got.kind == "yes"] == []


def test_times_are_reckoned_in_the_zone_and_the_hours_of_the_team():
    found = find_promises(
        "We will send it within two working days.", written_at=NOW, calendar=STOCKHOLM, zone=STOCKHOLM.zone
    )
    assert [one.due_at for one in found] == [datetime(2026, 11, 30, 18, 0, tzinfo=UTC)]
    (call,) = find_promises("I'll call you on Monday at 10.", written_at=NOW, calendar=STOCKHOLM, zone=STOCKHOLM.zone)
    assert (call.due_at, call.what, call.sure) == (datetime(2026, 11, 30, 9, 0, tzinfo=UTC), "call you", True)


def test_a_day_keeps_its_hour_over_the_change_of_the_clocks():
    friday = datetime(2026, 10, 23, 8, 0, tzinfo=UTC)
    (call,) = find_promises("I will call you on Monday at 10.", written_at=friday, calendar=None, zone="Europe/London")
    assert call.due_at == datetime(2026, 10, 26, 10, 0, tzinfo=UTC)


def test_the_contradicting_words_are_named():
    answer = read_answer("OK but it is still broken.", OPTIONS)
    assert (answer.kind, answer.but) == ("both", "but it is still broken.")


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_found_stands_in_it(text):
    for one in find_promises(text, written_at=NOW, calendar=None, zone="Europe/London"):
        assert text[one.start : one.end] == one.words
        assert one.due_at > NOW
    answer = read_answer(text, OPTIONS)
    assert text[answer.start : answer.end] == answer.words


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_order_of_words_of_time_is_read(words):
    text = "We will call " + " ".join(words)
    assert all(one.due_at > NOW for one in find_promises(text, written_at=NOW, calendar=None, zone="Asia/Kolkata"))
