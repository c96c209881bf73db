"""What must never happen on texts made to fool the reading and the checks; how often they are fooled is measured
(`python -m bench.language.adversarial`), not demanded."""

import pytest

from amends.language.quoting import new_words, only_new
from amends.language.reading import read
from amends.language.reply_check import check, parts
from bench.language.adversarial import brief_of, own_words, rows

TO_READ = [row for row in rows() if "text" in row]
TO_CHECK = [row for row in rows() if "reply" in row]


def test_the_set_is_as_large_and_as_varied_as_it_says():
    assert len(rows()) >= 150
    assert len({row.get("text") or row["reply"] for row in rows()}) == len(rows())
    asked = {*("negation", "sarcasm", "quoting", "other people", "sorry interjection", "capitals", "typos", "emoji")}
    asked |= {"zero width", "right to left", "homoglyphs", "mixed languages"}
    assert {row["kind"] for row in TO_READ} == asked | {"condition"}
    assert {row["kind"] for row in TO_CHECK} == asked | {"conditional apology"}
    assert all(row["want"] for row in TO_READ)
    assert all(row["fires"] or row["silent"] for row in TO_CHECK)
    assert all(words in row["complaint"] for row in TO_CHECK for _, words in row["issues"])


@pytest.mark.parametrize("row", TO_READ, ids=lambda row: row["text"][:30])
def test_what_is_read_stands_in_the_text_word_for_word_and_is_never_quoted(row):
    text = row["text"]
    reading = read(text)
    own = only_new(text, new_words(text))
    for found in (*reading.issues, *reading.facts):
        assert found.words == text[found.start : found.end] == own[found.start : found.end] != ""
    assert all(words in own for words in own_words(reading))
    assert not any(row["want"].get("not_theirs", text + "\0") in words for words in own_words(reading))


@pytest.mark.parametrize("row", TO_CHECK, ids=lambda row: row["reply"][:30])
def test_what_is_remarked_stands_in_the_draft_word_for_word(row):
    draft = row["reply"]
    for found in check(draft, brief_of(row)):
        assert found.words == draft[found.start : found.end]
    assert parts(draft, brief_of(row)).keys() == {1, 2}
