"""Small numbers in public: what may be shown never tells of fewer than five people, nor moves by fewer than five."""

from hypothesis import assume, given
from hypothesis import strategies as some

from amends.reporting.quarter import Quarter, quarter_named, quarter_of
from amends.reporting.small import FEWEST, held, shown_count, shown_rate, shown_share

counts = some.integers(0, 2000)


@given(counts, counts)
def test_a_count_with_fewer_than_five_people_behind_it_is_not_shown(number, people):
    shown = shown_count(number, people)
    assert shown is None or (shown == number >= FEWEST <= people)


@given(counts, counts)
def test_what_a_share_lets_one_reckon_is_never_one_to_four_people(part, rest):
    """From the share and the whole nobody can tell which of nought to four it is, on either side."""
    whole = part + rest
    share = shown_share(part, whole)
    if whole < 2 * FEWEST:
        assert share is None
        return
    alike = [one for one in range(whole + 1) if shown_share(one, whole) == share]
    small = min(part, rest) < FEWEST
    assert not small or len(alike) >= FEWEST
    assert {"at most": part < FEWEST, "at least": rest < FEWEST, "": not small}[share.bound]


@given(counts, counts)
def test_a_bound_is_true(part, rest):
    assume(part + rest >= 2 * FEWEST)
    share, true = shown_share(part, part + rest), 100 * part / (part + rest)
    if share.bound == "at most":
        assert true <= share.percent
    if share.bound == "at least":
        assert true >= share.percent


@given(counts, counts)
def test_a_correction_moves_by_nothing_or_by_five(new, old):
    assert held(new, old) in (new, old)
    assert held(new, old) == old or abs(held(new, old) - old) >= FEWEST


def test_rates_as_people_write_them():
    assert shown_rate(18138, 3_716_803) == "488"  # the quarter of E76: 18,138 complaints, 488 per 100,000 accounts
    assert shown_rate(12, 98_000) == "12.2"
    assert shown_rate(4, 98_000) == ""
    assert shown_rate(12, 0) == ""


@given(some.dates(min_value=Quarter(1900, 1).start, max_value=Quarter(2999, 4).start))
def test_each_day_lies_in_one_quarter(day):
    quarter = quarter_of(day)
    assert quarter.start <= day < quarter.end
    assert quarter_named(quarter.key) == quarter
    assert quarter.back(4) == Quarter(day.year - 1, quarter.number)


def test_words_that_name_no_quarter():
    assert quarter_of(Quarter(2026, 3).start).words == "July to September 2026"
    for key in ("2026-q5", "2026", "q1", "1899-q4", "9999-q4", "²026-q1", "2026-q", "26-q1", "2026-q1-q1"):
        assert quarter_named(key) is None
