"""How much makes good: the order, the cap, equality, and no trade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.compensation import (
    Ground,
    Handling,
    Sum,
    Verdict,
    allowance_cents,
    cap_cents,
    goodwill_needed,
    unfair,
)
from amends.method.policy import parse, preset

STANDARD = parse(preset("standard"))
CENTS = st.integers(0, 10**7)


def option(kind="refund", cents=1000, title="Money back", terms=""):
    return Sum(kind=kind, cents=cents, title=title, terms=terms)


def found(options, **ground):
    known = {"severity": 2, "price_cents": None} | ground
    return list(unfair(STANDARD, options, Ground(**known)))


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"mistaken": True, "double_deviation": True}, Verdict.NONE),
        ({"double_deviation": True, "fast": True, "apologised": True}, Verdict.REQUIRED),
        ({"repeated_cause": True}, Verdict.REQUIRED),
        ({"repeated_cause": True, "ours": False, "fast": True, "apologised": True}, Verdict.NONE),
        ({"fast": True, "apologised": True}, Verdict.NONE),
        ({"fast": True, "apologised": True, "direct_loss": True, "severity": 3}, Verdict.OFFERED),
        ({"fast": True}, Verdict.OFFERED),
        ({"apologised": True}, Verdict.OFFERED),
        ({"severity": 2}, Verdict.NONE),
        ({"severity": 3}, Verdict.OFFERED),
    ],
)
def test_the_first_rule_that_fits_decides_about_goodwill(facts, verdict):
    need = goodwill_needed(Handling(**({"severity": 2, "ours": True} | facts)))
    assert need.verdict is verdict
    assert need.reason or verdict is Verdict.NONE


def test_payments_stop_at_one_and_a_half_times_the_price():
    assert found([option(cents=15000)], price_cents=10000) == []
    finding = found([option(kind="credit", cents=15001)], price_cents=10000)[0]
    assert (finding.source[:2], finding.reason_opens) == ("E9", False)
    assert "150%" in finding.sentence
    assert found([option(kind="credit", cents=6000)], price_cents=10000, paid_cents=9001)


def test_a_larger_loss_is_made_good_with_a_reason():
    assert [finding.reason_opens for finding in found([option(cents=40000)], price_cents=10000)] == [True]


def test_a_price_nobody_knows_caps_nothing():
    assert found([option(cents=10**7)]) == []


def test_goodwill_is_never_offered_instead_of_the_loss():
    assert found([option("goodwill")], loss_open=True)[0].source.startswith("E7")
    assert found([option("goodwill"), option("refund")], loss_open=True) == []
    assert found([option("goodwill")]) == []


def test_everybody_in_an_incident_is_treated_alike_or_the_difference_has_a_reason():
    assert found([option("goodwill", 3000)], in_incident=(3000, 3000)) == []
    finding = found([option("goodwill", 2000)], in_incident=(3000,))[0]
    assert (finding.source[:3], finding.reason_opens) == ("E12", True)


@pytest.mark.parametrize("where", ["title", "terms"])
def test_redress_is_never_traded_for_a_review(where):
    finding = found([option(**{where: "Paid once you delete your review"})])[0]
    assert (finding.source[:3], finding.reason_opens) == ("E19", False)


def test_much_goodwill_needs_a_reason():
    assert found([option("goodwill", 500)], price_cents=10000) == []
    assert [one.reason_opens for one in found([option("goodwill", 501)], price_cents=10000)] == [True]
    assert found([option("goodwill", 800)], price_cents=10000, extra_contacts=1) == []


@given(st.integers(1, 4), st.integers(0, 50), st.integers(0, 10**7))
def test_what_the_shares_come_to_stays_below_the_cap(severity, contacts, price):
    assert allowance_cents(STANDARD, price, severity=severity, extra_contacts=contacts) <= cap_cents(STANDARD, price)


@given(st.lists(st.tuples(st.sampled_from(["refund", "credit", "goodwill"]), CENTS), max_size=4), CENTS, CENTS)
def test_no_sentence_ever_names_a_sum(options, price, paid):
    offered = [option(kind, cents, "An option") for kind, cents in options]
    for finding in found(offered, price_cents=price, paid_cents=paid, in_incident=(2500,), loss_open=True):
        digits = "".join(letter for letter in finding.sentence if letter.isdigit())
        assert digits in ("", "150")
