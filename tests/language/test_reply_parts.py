"""Where a draft does each part of the prescription, and what cancels it."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.language.brief import LEVELS
from amends.language.reply_check import Brief, IssueBrief, Parts, Span, check, parts, shown

LAMP = IssueBrief(
    1, "My Milano lamp arrived with a cracked shade on 3 March", "Lamp with cracked shade", "product_quality"
)
CALLS = IssueBrief(2, "I rang your helpline four times and nobody answered", "Calls not answered", "service_received")
ONE, TWO = Brief((LAMP,)), Brief((LAMP, CALLS))
WHOLE = (
    "I am sorry that your Milano lamp arrived with a cracked shade. That was our mistake. "
    "I am also sorry that you rang the helpline four times and nobody answered. We should have answered. "
    "I have sent a new lamp today. I will call you tomorrow at 10 about the helpline. "
    "We have added a second check so that a cracked lamp is not sent again. "
    "From Monday on two people answer the helpline."
)


def texts(draft: str, found: Parts) -> dict[str, str]:
    spans = {name: getattr(found, name) for name in ("apologise", "reflect", "acknowledge", "remedy", "prevent")}
    return {name: draft[span.start : span.end] for name, span in spans.items() if span}


def test_every_part_of_both_issues_is_found_in_its_place() -> None:
    found = parts(WHOLE, TWO)
    assert texts(WHOLE, found[1]) == {
        "apologise": "I am sorry that your Milano lamp arrived with a cracked shade.",
        "reflect": "I am sorry that your Milano lamp arrived with a cracked shade.",
        "acknowledge": "That was our mistake.",
        "remedy": "I have sent a new lamp today.",
        "prevent": "We have added a second check so that a cracked lamp is not sent again.",
    }
    assert texts(WHOLE, found[2]) == {
        "apologise": "I am also sorry that you rang the helpline four times and nobody answered.",
        "reflect": "I am also sorry that you rang the helpline four times and nobody answered.",
        "acknowledge": "We should have answered.",
        "remedy": "I will call you tomorrow at 10 about the helpline.",
        "prevent": "From Monday on two people answer the helpline.",
    }


@pytest.mark.parametrize(
    ("draft", "part"),
    [
        ("I am sorry if the lamp was cracked.", "apologise"),
        ("I am sorry to hear about the lamp.", "apologise"),
        ("I am sorry about the lamp. This was beyond our control.", "apologise"),
        ("I am sorry about the lamp. I am sorry you feel upset about it.", "apologise"),
        ("Sorry, we cannot replace the lamp.", "apologise"),
        ("We regret to inform you that the lamp is gone.", "apologise"),
        ("Nobody has apologised for the lamp.", "apologise"),
        ("I am sorry for any inconvenience.", "apologise"),
        ("It was not our mistake that the lamp cracked.", "acknowledge"),
        ("We apologise for the cracked lamp.", "reflect"),
        ("Did your Milano lamp arrive with a cracked shade?", "reflect"),
        ('You wrote: "My Milano lamp arrived with a cracked shade".', "reflect"),
        ("We cannot send a new lamp today.", "remedy"),
        ("I will send a new lamp.", "remedy"),
        ("Your lamp was sent in the wrong box.", "remedy"),
        ("We will do better so that the lamp does not crack again.", "prevent"),
    ],
)
def test_a_counterfeit_is_not_the_part(draft: str, part: str) -> None:
    assert getattr(parts(draft, ONE)[1], part) is None


@pytest.mark.parametrize(
    ("draft", "part"),
    [
        ("I am sorry about the lamp.", "apologise"),
        ("I am so sorry. Your lamp came broken.", "apologise"),
        ("Please accept my apologies for the cracked shade.", "apologise"),
        ("It was our mistake.", "acknowledge"),
        ("We let you down.", "acknowledge"),
        ("That one is on us: this is on us.", "acknowledge"),
        ("Your Milano lamp was cracked when it reached you.", "reflect"),
        ("You waited until 3 March. Then the shade was cracked.", "reflect"),
        ("Your refund has been issued.", "remedy"),
        ("A new lamp is on its way.", "remedy"),
        ("The lamp was refunded this morning.", "remedy"),
        ("A new lamp leaves our warehouse today.", "remedy"),
        ("We have changed the box so that the lamp does not crack again.", "prevent"),
    ],
)
def test_the_part_is_found(draft: str, part: str) -> None:
    span = getattr(parts(draft, ONE)[1], part)
    assert isinstance(span, Span)


def test_one_apology_does_not_serve_two_issues() -> None:
    found = parts("I am sorry that the lamp was cracked.", TWO)
    assert found[1].apologise is not None
    assert found[2].apologise is None


def test_an_excuse_about_one_issue_leaves_the_other_apology() -> None:
    draft = "I am sorry the lamp was cracked. I am sorry the helpline was silent. The helpline was understaffed."
    found = parts(draft, TWO)
    assert found[1].apologise is not None
    assert found[2].apologise is None


def test_a_language_that_is_not_checked_says_so() -> None:
    draft = "Ci dispiace molto che la lampada era rotta, e oggi abbiamo mandato una nuova lampada per Lei."
    assert [(one.id, one.level) for one in check(draft, ONE)] == [("C00", "hint")]
    assert parts(draft, ONE) == {1: Parts()}


@pytest.mark.parametrize(
    ("bad", "found", "good"),
    [
        ("Es tut uns leid, wenn Sie sich geärgert haben.", "C01", "Es tut uns leid, dass die Lampe kaputt war."),
        (
            "Das tut uns leid. Sie hätten die Lampe aber beim Boten prüfen müssen.",
            "C07",
            "Wir hätten die Lampe beim Packen prüfen müssen.",
        ),
        ("Lo siento si le ha molestado la lámpara rota.", "C01", "Lo siento, le mandamos la lámpara rota."),
        (
            "Cálmese, señora, que la lámpara llega hoy a las diez.",
            "C09",
            "Señora, la lámpara nueva llega hoy a las diez.",
        ),
        ("Nous sommes désolés pour la lampe, mais le carton est fragile.", "C02", "Nous sommes désolés pour la lampe."),
        ("Nous vous répondrons dans les meilleurs délais.", "C19", "Nous vous répondrons demain à 10 h pour la lampe."),
    ],
)
def test_ten_checks_are_made_in_german_spanish_and_french(bad: str, found: str, good: str) -> None:
    assert found in {one.id for one in check(bad, ONE)}
    assert found not in {one.id for one in check(good, ONE)}


def test_at_most_three_are_shown_the_gravest_first() -> None:
    draft = "Dear valued customer, you should have read the leaflet. We apologise for any inconvenience. Soon."
    found = shown(check(draft, ONE))
    assert [one.level for one in found] == ["stop", "stop", "warn"]


@settings(max_examples=60)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from([*WHOLE.split(), "but", "if", '"', ">", "you", "sorry", "\n", "İ"]), max_size=40).map(
            " ".join
        ),
    )
)
def test_any_draft_is_checked(draft: str) -> None:
    for found in check(draft, TWO):
        assert draft[found.start : found.end] == found.words
        assert found.level in LEVELS
        assert "{" not in found.advice.replace(found.words, "")
    for span in (one for issue in parts(draft, TWO).values() for one in (issue.apologise, issue.reflect) if one):
        assert 0 <= span.start < span.end <= len(draft)


@pytest.mark.parametrize(
    "piece",
    [
        "sorry if ",
        "<a",
        '"a',
        "understaffed ",
        "as soon as possible ",
        "We changed it so it does not happen again. ",
    ],
)
def test_hostile_drafts_take_no_time(piece: str) -> None:
    draft = "I am sorry about the lamp and " + piece * (10_000 // len(piece))
    started = time.process_time()
    check(draft, TWO)
    assert time.process_time() - started < 1.0


def test_the_language_core_needs_only_numpy_and_that_with_the_first_reading() -> None:
    code = (
        "import sys; import amends.language.reply_check, amends.language.acknowledgement as a;"
        "from amends.language.reading import read; heavy = {'django', 'numpy', 'sklearn', 'amends.settings'};"
        "before = sorted(heavy & set(sys.modules)); read('The lamp is broken.');"
        "print(before, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] ['numpy']\n"
