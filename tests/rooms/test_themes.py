"""What is new inside a category: found by its share, told as a hint with customers' words, decided by a person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.event import Event
from amends.cases.issue import Issue
from amends.insights.emerging import emerging
from amends.insights.new import answer, cases, hint_about
from amends.insights.scope import Scope
from amends.language.terms import terms
from amends.prevention.models import Cause
from amends.prevention.themes import ThemeDecision, decided, dismiss_theme, name_theme
from tests.conftest import mail

pytestmark = pytest.mark.django_db
OLD, NEW = "The parcel came with a dent in its side", "The parcel was wrapped in brown paper"


@pytest.fixture
def said(cast):
    """Complaints about a delivery in these words, each a case of its own, so many days ago."""
    first = cast.case(mail())

    def made(words: str, count: int, *, days: int, category: str = "delivery", **case) -> list[Issue]:
        at = cast.clock.now - timedelta(days=days)
        known = {"team": first.team, "channel": first.channel, "customer": first.customer, **case}
        opened = [Case.objects.create(subject="x", opened_at=at, **known) for _ in range(count)]
        rows = [
            Issue(case=one, raised_at=at, summary=words[:50], words=words, category=category, source="agent")
            for one in opened
        ]
        return Issue.objects.bulk_create(rows)

    Issue.objects.all().delete()
    return made


@pytest.fixture
def paper(said):
    """Thirty complaints before, and twenty-five lately of which ten say something new."""
    said(OLD, 30, days=100)
    said(OLD, 15, days=10)
    return said(NEW, 10, days=5)


def test_a_theme_is_a_hint_with_shares_and_sentences_of_customers(cast, paper):
    found = answer(Scope(cast.ines, cast.clock.now))
    assert [one.words for one in found.ground.hints] == ["brown paper"]
    hint = found.ground.hints[0]
    assert found.sentence.startswith("A hint, not a finding: “")
    assert "It stands in 40 % of the 25 complaints of the last 8 weeks, before in 0 % of 30" in found.sentence
    assert hint.quotes == ((NEW, min(one.case_id for one in paper)),)  # the same words are quoted once
    opened = cases(Scope(cast.ines, cast.clock.now), hint.of)
    assert set(opened.cases) == {one.case for one in paper}


def test_who_may_not_see_the_cases_gets_no_hint(cast, paper):
    found = answer(Scope(cast.priya, cast.clock.now))
    assert (found.ground.hints, found.sentence[:7]) == ((), "Too few")
    assert cases(Scope(cast.priya, cast.clock.now), "delivery:paper") is None


def test_what_was_erased_is_neither_counted_nor_quoted(cast, paper):
    from amends.privacy.models import Erasure

    Erasure.objects.create(customer=paper[0].case.customer, at=cast.clock.now, asked=True, by=cast.ines)
    assert answer(Scope(cast.ines, cast.clock.now)).ground.hints == ()


def test_growth_that_is_only_more_complaints_is_none(cast, said):
    said(OLD, 20, days=100)
    said(NEW, 20, days=100)
    said(OLD, 60, days=10)
    said(NEW, 60, days=10)
    found = answer(Scope(cast.ines, cast.clock.now))
    assert found.sentence == "Nothing new stands out in the last 8 weeks."


def test_a_theme_becomes_a_cause_and_is_shown_no_more(cast, paper):
    words = answer(Scope(cast.ines, cast.clock.now)).ground.hints[0].words
    made = name_theme("delivery", words, "Packed in paper", "It was only wrapped.", by=cast.ines, now=cast.clock.now)
    assert (made.cause.name, made.cause.owner, made.by, made.at) == (
        "Packed in paper",
        cast.ines,
        cast.ines,
        cast.clock.now,
    )
    scope = Scope(cast.ines, cast.clock.now + timedelta(minutes=1))
    assert answer(scope).ground.hints == ()
    assert hint_about(scope, "delivery", words) is None
    assert "Became the cause “Packed in paper”" in [cell.text for cell in answer(scope).ground.tables[1].rows[0]]
    assert words not in str(Event.objects.get(kind="theme_named").data)
    with pytest.raises(AlreadyDone, match="Ines Castellano decided about"):
        dismiss_theme("delivery", words, "Nothing", by=cast.sam, now=scope.now)


def test_put_aside_it_rests_twelve_weeks(cast, paper):
    with pytest.raises(Incomplete):
        dismiss_theme("delivery", "paper", " ", by=cast.sam, now=cast.clock.now)
    dismiss_theme("delivery", "paper", "A carton of the season.", by=cast.sam, now=cast.clock.now)
    assert decided(cast.clock.now + timedelta(weeks=11)).count() == 1
    assert decided(cast.clock.now + timedelta(weeks=13)).count() == 0


@pytest.mark.parametrize(
    ("category", "words", "name", "definition", "field"),
    [
        ("weather", "paper", "Paper", "It is.", "main"),
        ("delivery", " ", "Paper", "It is.", "main"),
        ("delivery", "x" * 121, "Paper", "It is.", "main"),
        ("delivery", "paper", "", "It is.", "name"),
        ("delivery", "paper", "Paper", "", "definition"),
        ("delivery", "paper", "Paper", "It is. It was.", "definition"),
    ],
)
def test_what_a_new_cause_needs(cast, category, words, name, definition, field):
    before = Cause.objects.count()
    with pytest.raises(Incomplete) as refused:
        name_theme(category, words, name, definition, by=cast.ines, now=cast.clock.now)
    assert refused.value.field == field
    assert (Cause.objects.count(), ThemeDecision.objects.count()) == (before, 0)


def test_a_decision_is_a_cause_or_a_reason_even_in_the_database(cast):
    now = cast.clock.now
    for wrong in ({"reason": ""}, {"reason": "x", "cause": Cause.objects.get()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ThemeDecision.objects.create(category="delivery", words="paper", by=cast.ines, at=now, **wrong)


def test_terms_are_words_and_neighbours_as_people_read_them():
    found = terms("It was wrapped in brown paper, XXXX 2023. Paper again!")
    assert {"wrapped", "brown", "paper", "wrapped brown", "brown paper"} <= found
    assert not {"it", "was", "xxxx", "2023", "paper again paper", "paper paper"} & found
    assert terms("") == frozenset()


def test_terms_of_the_same_complaints_are_one_theme():
    before = {number: terms(OLD) for number in range(40)}
    now = {number: terms(OLD if number < 20 else NEW) for number in range(40)}
    (theme,) = emerging(now, before)
    assert theme.term.now == 20
    assert emerging(dict(list(now.items())[:19]), before) == ()
