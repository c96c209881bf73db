"""Before and after: exact figures by hand, what a verdict needs, and that it can be made again."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.measures.change_test import avoided, compare, judge
from amends.measures.distributions import binomial_at_most
from amends.measures.errors import ImpossibleCount
from amends.measures.placebo import placebo, weeks_needed
from amends.measures.power import power
from amends.measures.ratio import mid_below, rate_ratio, shuffled
from amends.measures.snapshot import METHOD, Series, Snapshot
from amends.measures.verdict import Outcome, Proof, Why
from amends.measures.weeks import Total, Week, total
from tests.measures.weeks import MONDAY, day, weeks

EVEN = [8, 9, 7, 8, 10, 6, 8, 9, 7, 8, 9, 7, 8, 8, 8, 8]
FEWER = [3, 2, 4, 3, 3, 2, 4, 3]
SAME = [8, 7, 9, 8, 8, 9, 7, 8]


def snapshot(before=EVEN, after=FEWER, **about):
    """A change after the weeks `before`, reviewed when the weeks `after` are over."""
    changed, over = day(len(before)), day(len(before) + len(after))
    return Snapshot(
        **{
            "cause": "Late parcels",
            "counted_in": "orders",
            "weeks": weeks([*before, *after], exposure=100),
            "effective_on": changed,
            "review_on": over,
            "taken_on": over,
            **about,
        }
    )


def test_five_before_and_none_after_by_hand():
    """Even exposure: mid-p 2 * ½ * ½^5 = 0.03125; the upper share solves ½ (1 - s)^5 = 0.025, so s = 1 - 0.05^(1/5)."""
    found = rate_ratio(Total(0, 100, 1), Total(5, 100, 1))
    share = 1 - 0.05 ** (1 / 5)
    assert (found.value, found.low, found.p) == (0, 0, 0.03125)
    assert found.high == pytest.approx(share / (1 - share))


def test_the_ends_solve_the_mid_tail():
    """12 in 4,100 after 40 in 4,000: at either end the mid tail, from whole binomials, is 0.025."""
    found = rate_ratio(Total(12, 4100, 10), Total(40, 4000, 10))
    for end, tail in ((found.low, 0.975), (found.high, 0.025)):
        share = end * 4100 / (end * 4100 + 4000)
        assert (binomial_at_most(12, 52, share) + binomial_at_most(11, 52, share)) / 2 == pytest.approx(tail, abs=1e-9)
    assert found.value == pytest.approx(12 / 4100 / (40 / 4000))


def test_nothing_before_has_no_upper_end_and_nothing_at_all_says_nothing():
    assert rate_ratio(Total(3, 10, 1), Total(0, 10, 1)).high == inf
    assert rate_ratio(Total(0, 10, 1), Total(0, 10, 1)).p == 1


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.2, 5))
def test_turned_round_the_ratio_is_its_inverse(one, other, exposure):
    there = rate_ratio(Total(one, 1, 1), Total(other, exposure, 1))
    back = rate_ratio(Total(other, exposure, 1), Total(one, 1, 1))
    assert there.low <= there.value <= there.high
    assert there.p == pytest.approx(back.p, abs=1e-9)
    if one and other:
        assert there.low == pytest.approx(1 / back.high, rel=1e-6)


@given(st.integers(0, 40), st.integers(1, 40), st.floats(0.05, 0.95))
def test_the_tail_of_whole_numbers_is_the_binomials(count, more, share):
    of = count + more
    both = binomial_at_most(count, of, share) + binomial_at_most(count - 1, of, share)
    assert mid_below(count, of, share) == pytest.approx(both / 2, abs=1e-9)


def test_shuffling_comes_near_to_trying_every_order():
    """2 of 5 weeks: of the 10 ways to choose them, count those with as small a rate."""
    counts = [1, 2, 5, 6, 9]
    after, before = weeks(counts[:2]), weeks(counts[2:], first=2)
    ways = [sum(one) / 2 - (23 - sum(one)) / 3 for one in combinations(counts, 2)]
    exact = 2 * sum(way <= ways[0] for way in ways) / len(ways)
    assert shuffled(after, before, seed=1) == pytest.approx(exact, abs=0.04)
    assert shuffled(after, before, seed=1) == shuffled(after, before, seed=1)


def test_a_placebo_ranks_the_change_among_imagined_ones():
    """42 even weeks allow 19 cuts with 12 on either side; none falls, so a real fall has rank 1 in 20."""
    before = weeks([8] * 42)
    assert placebo(before, weeks([2] * 12, first=42)) == 1 / 20
    assert [weeks_needed(after) for after in (2, 4, 12)] == [25, 26, 42]


def test_what_falls_anyway_is_no_success():
    """Twelve weeks of 12 and twelve of 4 by turns, whatever one does: the interval is clear, the placebo is not."""
    by_turns = [*[4] * 6, *[12] * 12, *[4] * 12, *[12] * 12]
    found = judge(snapshot(by_turns, [4] * 12))
    assert found.measured.compared.ratio.high < 1
    assert (found.outcome, found.why, found.measured.compared.proof) == (
        Outcome.CANNOT_TELL,
        Why.MOVES_ANYWAY,
        Proof.PLACEBO,
    )


def test_what_already_fell_and_fell_no_faster_is_no_success():
    """30 halves every 16 weeks, before and after alike."""
    falling = [round(30 * 0.5 ** (week / 16)) for week in range(32)]
    found = judge(snapshot(falling[:20], falling[20:]))
    assert found.measured.compared.ratio.high < 1
    assert (found.outcome, found.why) == (Outcome.CANNOT_TELL, Why.WENT_ON)


def test_a_fall_much_faster_than_before_is_still_seen():
    assert judge(snapshot([20] * 10 + [14] * 10, [3] * 12)).outcome is Outcome.WORKED


def test_power_is_that_of_a_simulation():
    """20 before, a true halving, even exposure: how often the interval lies below 1, 1,500 times."""
    chance = np.random.default_rng(2)
    before, after = chance.poisson(20, 1500), chance.poisson(10, 1500)
    seen = np.mean([rate_ratio(Total(a, 1, 1), Total(b, 1, 1)).high < 1 for a, b in zip(after, before, strict=True)])
    assert power(Total(20, 1, 12), 1) == pytest.approx(seen, abs=0.045)


@pytest.mark.parametrize(("expected", "seen"), [(10, 0.28), (20, 0.51), (40, 0.81), (80, 0.97)])
def test_at_five_per_cent_on_one_side_power_is_a_little_above_the_exact_tests(expected, seen):
    """The exact test, which is careful, sees a halving that often (E60); mid-p may only be a little better."""
    assert seen <= power(Total(expected, 1, 12), 1, sure=0.05) <= seen + 0.085


def test_power_grows_with_volume_and_nothing_before_shows_nothing():
    chances = [power(Total(count, 100, 12), 100) for count in (0, 3, 10, 30, 100, 300)]
    assert chances == sorted(chances)
    assert chances[0] == 0
    assert power(Total(20_000, 100, 12), 100) == pytest.approx(1)


def test_complaints_avoided_by_hand():
    """40 in 100 weeks' worth before lead to 20 in 50; 8 came: 12 fewer."""
    found = avoided(Total(40, 100, 10), Total(8, 50, 5))
    assert found.value == 12
    assert found.low < 12 < found.high


def test_a_change_that_worked():
    found = judge(snapshot())
    assert (found.outcome, found.measured.compared.proof) == (Outcome.WORKED, Proof.EXACT)
    assert found.words.startswith(
        "It worked. 24 in 800 orders since the change, 128 in 1,600 orders before: 0.38 times"
    )
    assert "About 40 complaints were avoided" in found.words
    assert "we would see a halving 9" in found.words
    assert found.words.endswith("with a season for instance: 34 weeks before would tell.")


def test_a_change_that_made_it_worse():
    assert judge(snapshot(EVEN, [16, 15, 17, 16, 15, 17, 16, 16])).outcome is Outcome.WORSE


def test_a_change_that_cannot_be_told():
    found = judge(snapshot(EVEN, SAME))
    assert (found.outcome, found.why) == (Outcome.CANNOT_TELL, Why.WIDE)
    assert found.words.startswith("We cannot tell yet. The interval reaches from fewer to more")


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"taken_on": day(20)}, Why.TOO_EARLY),
        ({"before": EVEN[:11]}, Why.SHORT_BEFORE),
        ({"after": []}, Why.NOTHING_AFTER),
        ({"before": [0] * 16, "after": [0] * 8}, Why.NO_COMPLAINTS),
        ({"trigger": (day(12), day(15))}, None),
        ({"trigger": (day(11), day(15))}, Why.SHORT_BEFORE),
    ],
)
def test_what_a_verdict_needs(about, why):
    made = replace(snapshot(), weeks=weeks(EVEN, exposure=100)) if about.get("after") == [] else snapshot(**about)
    found = judge(made)
    assert found.why is (why or Why.CLEAR)
    assert (found.outcome is Outcome.CANNOT_TELL) == bool(why)


def test_the_window_that_made_us_act_is_left_out():
    """Four terrible weeks made us act; without them nothing has changed."""
    burst = [*EVEN[:12], 30, 30, 30, 30]
    judged_with = judge(snapshot(burst, SAME, trigger=None))
    judged_without = judge(snapshot(burst, SAME, trigger=(day(12), day(15) + timedelta(days=6))))
    assert judged_with.measured.compared.ratio.value < 0.6
    assert judged_without.outcome is Outcome.CANNOT_TELL
    assert judged_without.measured.before.count == sum(EVEN[:12])


def test_weeks_across_the_change_or_after_the_review_do_not_count():
    made = snapshot(effective_on=day(16) + timedelta(days=2), review_on=day(23))
    assert (len(made.before()), len(made.after())) == (16, 6)


def test_scattered_weeks_are_shuffled():
    scattered = [2, 20, 3, 18, 1, 25, 4, 2, 30, 1, 3, 16]
    found = judge(snapshot(scattered, [2, 3, 12, 1]))
    assert found.measured.compared.proof is Proof.SHUFFLE
    assert found.measured.compared.phi > 1.2
    assert found.outcome is Outcome.CANNOT_TELL


def test_complaints_that_only_changed_their_name_are_no_success():
    """What left the cause arrived at its neighbour: together nothing fell."""
    neighbour = Series("Wrong part", weeks([2] * 16 + [7] * 8, exposure=100))
    found = judge(snapshot(neighbours=(neighbour,)))
    assert (found.outcome, found.why) == (Outcome.CANNOT_TELL, Why.RELABELLED)
    assert "Wrong part: 3.50 times its rate before" in found.words


def test_a_neighbour_that_rose_a_little_does_not_undo_a_great_fall():
    neighbour = Series("Wrong part", weeks([1] * 16 + [3] * 8, exposure=100))
    assert judge(snapshot(neighbours=(neighbour,))).outcome is Outcome.WORKED


def test_a_fall_where_nothing_was_changed_is_no_success_of_ours():
    elsewhere = Series("The other shop", weeks([*EVEN, *FEWER], exposure=100))
    assert judge(snapshot(elsewhere=elsewhere)).why is Why.FELL_ELSEWHERE
    steady = Series("The other shop", weeks([*EVEN, *SAME], exposure=100))
    assert judge(snapshot(elsewhere=steady)).outcome is Outcome.WORKED


def test_a_change_that_left_no_room_for_what_it_claimed():
    """128 in 16 weeks and 64 in 8: the same rate, 0.74 to 1.35 times; a halving lies outside, 20 % less does not."""
    short = judge(replace(snapshot(claimed_fall=0.5), weeks=weeks([*EVEN, *SAME])))
    assert (short.outcome, short.why) == (Outcome.CANNOT_TELL, Why.NOT_AS_CLAIMED)
    assert short.words.startswith("It did not do what was claimed.")
    assert short.remarks[0] == "A fall by 50 % was claimed; it was smaller, if there was any."
    open_still = judge(replace(snapshot(claimed_fall=0.2), weeks=weeks([*EVEN, *SAME])))
    assert open_still.why is Why.WIDE


@pytest.mark.parametrize(("claim", "said"), [(0.9, "smaller"), (0.6, "agree with it"), (0.2, "greater")])
def test_what_became_of_the_claim(claim, said):
    """The ratio is 0.375, 0.24 to 0.57: a fall by 43 to 76 %."""
    remark = judge(snapshot(claimed_fall=claim)).remarks[0]
    assert remark.startswith(f"A fall by {100 * claim:.0f} % was claimed; ")
    assert said in remark


def test_figures_that_would_fit_no_fall_as_well_do_not_agree_with_a_claim():
    steady = replace(snapshot(claimed_fall=0.1), weeks=weeks([*EVEN, *SAME]))
    assert (
        judge(steady).remarks[0]
        == "A fall by 10 % was claimed; these figures rule out neither that nor no fall at all."
    )


def test_where_it_got_worse_no_fall_is_called_small():
    worse = replace(snapshot(claimed_fall=0.5), weeks=weeks([*EVEN, *[2 * count for count in SAME]]))
    assert judge(worse).remarks[0] == "A fall by 50 % was claimed; there was none."


def test_an_impossible_claim_is_refused():
    with pytest.raises(ImpossibleCount, match="correct 50"):
        snapshot(claimed_fall=50)


def test_a_change_of_volume_is_said():
    made = replace(snapshot(), weeks=(*weeks(EVEN, exposure=100), *weeks(FEWER, exposure=60, first=16)))
    assert "There were 40 % fewer orders a week than before." in judge(made).remarks


def test_without_any_exposure_weeks_are_counted():
    made = snapshot(counted_in="", weeks=weeks([*EVEN, *FEWER]))
    assert "24 in 8 weeks since the change, 128 in 16 weeks before" in judge(made).words


counts = st.lists(st.integers(0, 40), min_size=12, max_size=50)


@settings(max_examples=25)
@given(counts, st.lists(st.integers(0, 40), min_size=1, max_size=14))
def test_a_verdict_is_made_again_from_what_was_kept(before, after):
    made = snapshot(
        before,
        after,
        neighbours=(Series("Next", weeks(after[:5])),),
        elsewhere=Series("There", weeks([*before, *after])),
        trigger=(day(1), day(2)),
        claimed_fall=0.5,
    )
    kept = json.loads(json.dumps(made.as_json(), allow_nan=False))
    assert Snapshot.from_json(kept) == made
    assert judge(Snapshot.from_json(kept)) == judge(made)
    assert json.loads(json.dumps(judge(made).as_json(), allow_nan=False))["words"] == judge(made).words


@settings(max_examples=40)
@given(counts, st.lists(st.integers(0, 40), min_size=1, max_size=14))
def test_the_unit_of_exposure_does_not_matter(before, after):
    one = snapshot(before, after)
    other = replace(one, weeks=tuple(Week(week.starts_on, week.count, week.exposure * 1000) for week in one.weeks))
    assert judge(one).outcome is judge(other).outcome


@given(counts, st.lists(st.integers(0, 40), min_size=1, max_size=14))
def test_worked_is_never_said_of_an_interval_that_holds_one(before, after):
    found = judge(snapshot(before, after))
    if found.outcome is Outcome.WORKED:
        assert found.measured.compared.ratio.high < 1
    if found.outcome is Outcome.WORSE:
        assert found.measured.compared.ratio.low > 1


def test_scatter_widens_the_interval():
    even = compare(weeks([10] * 12), weeks([5] * 6, first=12))
    scattered = compare(weeks([4, 16] * 6), weeks([1, 9] * 3, first=12))
    assert total(weeks([4, 16] * 6)).rate == 10
    assert scattered.ratio.high > even.ratio.high


def test_figures_of_a_later_method_are_refused():
    with pytest.raises(ImpossibleCount, match="Use a newer Amends"):
        Snapshot.from_json({**snapshot().as_json(), "method": METHOD + 1})


def test_dates_in_an_impossible_order_and_doubled_weeks_are_refused():
    with pytest.raises(ImpossibleCount, match="Choose a later day"):
        snapshot(review_on=MONDAY)
    with pytest.raises(ImpossibleCount, match="twice"):
        snapshot(weeks=weeks(EVEN) + weeks([1]))
