"""The corpora are labelled in the words of the guides, and no text, file or author is in two parts."""

import pytest

from bench.language.complaints import CORPORA, messages
from bench.language.label_book import wrong_in_draft, wrong_in_message
from bench.language.near import near_copies
from bench.language.replies import drafts

PARTS = {"complaints": ("train", "held_out"), "replies": ("dev", "held_out")}


@pytest.mark.parametrize("part", PARTS["complaints"])
def test_every_message_is_labelled_in_known_words_and_places(part):
    found = messages(part)
    assert found, f"no message in complaints/{part}"
    assert [(one.file, one.number, why) for one in found for why in wrong_in_message(one)] == []


@pytest.mark.parametrize("part", PARTS["replies"])
def test_every_draft_is_labelled_in_known_checks_and_places(part):
    found = drafts(part)
    assert found, f"no draft in replies/{part}"
    assert [(one.to.file, one.to.number, why) for one in found for why in wrong_in_draft(one)] == []


@pytest.mark.parametrize("kind", PARTS)
def test_no_file_and_no_author_is_in_two_parts(kind):
    files = [{path.name for path in (CORPORA / kind / part).glob("*.txt")} for part in PARTS[kind]]
    authors = [{name.split("-")[0] for name in names} for names in files]
    assert files[0] & files[1] == set()
    assert authors[0] & authors[1] == set()


def test_no_message_is_a_near_copy_of_one_in_the_other_part():
    ones, others = messages("train"), messages("held_out")
    near = near_copies([one.text for one in ones], [one.text for one in others])
    assert [(ones[pair.one].file, ones[pair.one].number, others[pair.other].file) for pair in near] == []


def test_no_draft_is_a_near_copy_of_one_in_the_other_part():
    ones, others = drafts("dev"), drafts("held_out")
    near = near_copies([one.text for one in ones], [one.text for one in others])
    assert [(ones[pair.one].to.file, others[pair.other].to.file) for pair in near] == []


def test_a_copy_with_a_word_changed_is_near_and_another_sentence_is_not():
    text = "The zip of the jacket that came on Tuesday broke the very first time I wore it outside."
    changed = text.replace("Tuesday", "Friday").upper()
    other = "Nobody at your counter could tell me which of the two tariffs my contract is on."
    found = list(near_copies([text], [other, changed]))
    assert [(pair.one, pair.other) for pair in found] == [(0, 1)]
