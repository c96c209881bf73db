"""NPS, CSAT and CES by hand, at their limits, and their coverage in a seeded simulation."""

from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.measures.errors import ImpossibleAnswer, ImpossibleCount
from amends.measures.scores import ces, csat, net_promoters, nps

many = st.integers(0, 400)


def test_nps_by_hand():
    """5 promoters, 3 passives, 2 detractors: 30; with ¾, 1½, ¾ added p = 5.75/13, d = 2.75/13, and Wald's interval."""
    p, d = 5.75 / 13, 2.75 / 13
    reach = 1.959964 * sqrt((p + d - (p - d) ** 2) / 13)
    found = net_promoters(5, 3, 2)
    assert found.value == pytest.approx(30)
    assert (found.low, found.high) == pytest.approx((100 * (p - d - reach), 100 * (p - d + reach)), abs=1e-4)


def test_who_is_a_promoter():
    assert nps([10, 9, 8, 7, 6, 0], asked=6).figure.value == 0
    assert nps([9, 9, 7], asked=3).figure.value == pytest.approx(200 / 3)


def test_what_the_silent_could_change():
    """40 of 100 answered, 30 of them promoters, 4 detractors: (30 - 64) / 100 to (90 - 4) / 100."""
    score = nps([10] * 30 + [8] * 6 + [2] * 4, asked=100)
    assert (score.lowest.value, score.figure.value, score.highest.value) == pytest.approx((-34, 65, 86))
    assert score.answered.value == 0.4
    assert score.words.endswith(
        "40 of 100 asked answered (40 %). If all others were dissatisfied it would be -34, if all were satisfied +86."
    )


def test_csat_counts_four_and_five():
    """16 of 20: Wilson 0.584 to 0.919; of 50 asked at least 16 and at most 46 are satisfied."""
    score = csat([5] * 10 + [4] * 6 + [3, 2, 1, 1], asked=50)
    assert [round(one, 3) for one in (score.figure.low, score.figure.high)] == [0.584, 0.919]
    assert (score.lowest.value, score.highest.value) == (0.32, 0.92)


def test_ces_gives_the_mean_and_the_share():
    ease, easy = ces([7, 6, 5, 4] * 5, asked=20)
    assert (ease.value, easy.figure.value, easy.figure.n) == (5.5, 0.75, 20)


def test_few_answers_show_no_number():
    assert nps([10] * 29, asked=40).words == ("Net promoter score: too few to tell, 29 of the 30 answers needed.")


@pytest.mark.parametrize(("ask", "answer"), [(nps, 11), (nps, -1), (csat, 0), (csat, 6), (ces, 8)])
def test_an_answer_off_the_scale_is_refused(ask, answer):
    with pytest.raises(ImpossibleAnswer, match=f"Correct the answer {answer}"):
        ask([5, answer], asked=2)


def test_more_answers_than_asked_are_refused():
    with pytest.raises(ImpossibleCount, match="3 answers and only 2"):
        csat([5, 5, 5], asked=2)


@given(many, many, many)
def test_the_score_lies_in_its_interval_and_the_interval_on_the_scale(promoters, passives, detractors):
    found = net_promoters(promoters, passives, detractors)
    assert -100 <= found.low <= found.value <= found.high <= 100


@given(many, many, many)
def test_one_more_promoter_never_lowers_it(promoters, passives, detractors):
    more = net_promoters(promoters + 1, passives, detractors)
    assert more.value >= net_promoters(promoters, passives, detractors).value


@given(st.lists(st.integers(0, 10), max_size=50), st.integers(0, 50))
def test_the_score_lies_between_what_the_silent_could_make_of_it(answers, silent):
    score = nps(answers, asked=len(answers) + silent)
    if answers:
        assert score.lowest.value - 1e-9 <= score.figure.value <= score.highest.value + 1e-9


@pytest.mark.parametrize(("n", "promoters", "passives"), [(10, 0.85, 0.10), (20, 0.85, 0.10), (30, 0.5, 0.3)])
def test_nps_covers_the_truth_about_19_times_in_20(n, promoters, passives):
    """2,000 surveys, seeded; Wald's interval covers +80 only four times in five at n = 10 (E50)."""
    chance = Random(1)
    truth = 100 * (promoters - (1 - promoters - passives))
    covered = 0
    for _ in range(2000):
        drawn = chance.choices("pas", [promoters, passives, 1 - promoters - passives], k=n)
        found = net_promoters(drawn.count("p"), drawn.count("a"), drawn.count("s"))
        covered += found.low <= truth <= found.high
    assert 0.93 <= covered / 2000 <= 0.985
