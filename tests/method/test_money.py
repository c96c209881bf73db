"""Sums of money, typed and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.method.money import cents_of, written


@pytest.mark.parametrize(
    ("cents", "currency", "words"),
    [
        (0, "EUR", "€0"),
        (8900, "EUR", "€89"),
        (8950, "EUR", "€89.50"),
        (5, "GBP", "£0.05"),
        (123456789, "USD", "$1,234,567.89"),
        (100000, "CHF", "CHF 1,000"),
        (8900, "JPY", "¥8,900"),
    ],
)
def test_a_sum_is_written_as_people_read_it(cents, currency, words):
    assert written(cents, currency) == words


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("89", 8900),
        ("89.50", 8950),
        ("89,50", 8950),
        ("89.5", 8950),
        ("€ 1.200,00", 120000),
        ("1,200.00", 120000),
        ("1.200", 120000),
        ("1 200,05", 120005),
        ("  £3 ", 300),
        ("0", 0),
        (".50", 50),
        ("999999999.99", 99999999999),
    ],
)
def test_a_typed_sum_is_understood(words, cents):
    assert cents_of(words, "EUR") == cents


@pytest.mark.parametrize(
    "words", ["", " ", "€", ".", "-5", "+5", "89.", "8e3", "ten", "0x10", "1000000000", "89.²", "٣", "89.٣", "1.2.3"]
)
def test_what_is_no_sum_is_refused_with_a_sentence(words):
    with pytest.raises(ValueError, match=r"is not an amount\. Write it like 89 or 89\.50\."):
        cents_of(words, "EUR")


@given(st.integers(0, 10**9 - 1), st.sampled_from(["EUR", "GBP", "USD"]))
def test_a_written_sum_is_read_back_as_the_same(cents, currency):
    assert cents_of(written(cents, currency), currency) == cents


def test_a_sum_without_cents_is_read_back_as_the_same():
    assert cents_of(written(8900, "JPY"), "JPY") == 8900


@given(st.text(st.sampled_from("0123456789.,€ -٣²"), max_size=12) | st.text(max_size=12))
def test_any_typing_is_a_sum_or_a_sentence(words):
    reason = ""
    try:
        assert cents_of(words, "EUR") >= 0
    except ValueError as error:
        reason = str(error)
    assert not reason or "is not an amount" in reason
