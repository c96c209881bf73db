"""The customer's words with issues marked in them: however spans overlap, not a letter is lost, doubled or moved."""

from hypothesis import given
from hypothesis import strategies as st

from amends.cases.issue import Issue
from amends.desk.thread import marked_paragraphs

TEXT = "My order came late.\n\nYou charged me twice, and\nnobody answered.\n\nMaria"
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


def issues(places) -> list[Issue]:
    return [Issue(summary=f"Issue {number}", start=start, end=end) for number, (start, end) in enumerate(places)]


@given(st.lists(spans, max_size=5))
def test_every_letter_stands_where_it_stood(places):
    shown = marked_paragraphs(TEXT, 0, len(TEXT), issues(places))
    assert "\n\n".join("".join(words for words, _ in paragraph) for paragraph in shown) == TEXT


@given(st.lists(spans, max_size=5))
def test_each_letter_names_exactly_the_issues_it_belongs_to(places):
    marked = issues(places)
    at = 0
    for paragraph in marked_paragraphs(TEXT, 0, len(TEXT), marked):
        for words, names in paragraph:
            for place in range(at, at + len(words)):
                inside = [one.summary for one in marked if one.start <= place < one.end]
                assert (names.split(" · ") if names else []) == inside
            at += len(words)
        at += 2


def test_words_of_two_issues_name_both():
    late, twice = issues([(0, 13), (9, 18)])
    late.summary, twice.summary = "Late", "Twice"
    first = marked_paragraphs(TEXT, 0, 19, [late, twice])[0]
    assert first == [("My order ", "Late"), ("came", "Late · Twice"), (" late", "Twice"), (".", "")]
