"""How often the intervals of NPS, CSAT, CES, times and kappa hold the truth that was put in."""

from collections.abc import Iterator
from math import exp, lgamma, log, sqrt
from random import Random

from amends.measures.distributions import binomial_at_most
from amends.measures.iceberg import iceberg
from amends.measures.kappa import kappa
from amends.measures.scores import ces, net_promoters
from amends.measures.times import ranks
from amends.method.rates import wilson
from bench.language.tables import Table
from bench.measures.words import per_cent

Z = 1.959964
NPS_TRUTHS = {"+80": (0.85, 0.10), "+30": (0.50, 0.30), "0": (0.35, 0.30)}


def of_nps() -> Table:
    """Exact: every possible outcome of the survey, with its probability."""
    rows = []
    for name, (promoters, passives) in NPS_TRUTHS.items():
        for n in (10, 20, 30, 50, 100):
            truth = promoters - (1 - promoters - passives)
            adjusted = wald = width = 0.0
            for p, a, d, chance in _surveys(n, promoters, passives):
                found = net_promoters(p, a, d)
                adjusted += chance * (found.low <= 100 * truth <= found.high)
                width += chance * (found.high - found.low) / 2
                wald += chance * _wald_holds(p / n, d / n, n, truth)
            rows.append((name, str(n), per_cent(wald), per_cent(adjusted), f"±{width:.0f}"))
    head = ("True NPS", "Answers", "Plain (Wald) interval holds it", "Ours holds it", "Our mean half-width")
    return Table(head, tuple(rows), ("Exact sums over all outcomes. The promise is 95 %.",))


def of_csat() -> Table:
    """Exact: every possible count."""
    rows = []
    for share in (0.95, 0.9, 0.8, 0.6):
        for n in (10, 20, 50, 100):
            chances = [binomial_at_most(k, n, share) - binomial_at_most(k - 1, n, share) for k in range(n + 1)]
            ours = sum(chance for k, chance in enumerate(chances) if wilson(k, n)[0] <= share <= wilson(k, n)[1])
            wald = sum(
                chance
                for k, chance in enumerate(chances)
                if abs(k / n - share) <= Z * sqrt(k / n * (1 - k / n) / n) + 1e-12
            )
            rows.append((per_cent(share), str(n), per_cent(wald), per_cent(ours)))
    head = ("Truly satisfied", "Answers", "Plain (Wald) interval holds it", "Ours (Wilson) holds it")
    return Table(
        head, tuple(rows), ("Exact sums over all outcomes. Wilson's keeps 95 % in the mean, not at each point.",)
    )


def of_ces() -> Table:
    """2,000 surveys a row."""
    chance, rows = Random(1), []
    for name, weights in {"most agree": (1, 1, 2, 4, 12, 30, 50), "two camps": (30, 10, 5, 5, 10, 15, 25)}.items():
        truth = sum(step * weight for step, weight in enumerate(weights, 1)) / sum(weights)
        for n in (20, 50):
            found = [ces(chance.choices(range(1, 8), weights, k=n), asked=n)[0] for _ in range(2000)]
            rows.append((name, str(n), per_cent(sum(one.low <= truth <= one.high for one in found) / 2000)))
    return Table(("Answers", "How many", "The t interval holds the true mean"), tuple(rows), ("2,000 surveys a row.",))


def of_times() -> Table:
    """Exact: the ranks of ordered waits are binomial whatever the distribution."""
    rows = []
    for name, part in (("median", 0.5), ("nine in ten", 0.9)):
        for n in (20, 36, 50, 100, 200):
            first, last = ranks(n, part)
            upper = binomial_at_most(last - 1, n, part) if last <= n else 1.0
            holds = upper - (binomial_at_most(first - 1, n, part) if first else 0.0)
            bound = f"number {first} to " + (f"number {last}" if last <= n else "unknown")
            rows.append((name, str(n), bound, per_cent(holds)))
    head = ("Of the waits the", "Waits", "Lies between the ordered waits", "Holds it")
    return Table(head, tuple(rows), ("Exact, for any shape of distribution.",))


def of_agreement() -> Table:
    """2,000 pairs of coders a row: three names, alike beyond chance as often as kappa says."""
    chance, rows = Random(2), []
    for truth in (0.4, 0.6, 0.8):
        for n in (30, 50, 100):
            held = 0
            for _ in range(2000):
                pairs = []
                for _ in range(n):
                    one = chance.choices("abc", (5, 3, 2))[0]
                    pairs.append((one, one if chance.random() < truth else chance.choices("abc", (5, 3, 2))[0]))
                found = kappa(pairs)
                held += found.low <= truth <= found.high
            rows.append((f"{truth}", str(n), per_cent(held / 2000)))
    return Table(("True kappa", "Issues", "The interval holds it"), tuple(rows), ("2,000 pairs of coders a row.",))


def of_iceberg() -> Table:
    """1,000 times 1,000 harmed people, heard by two roads, independent or not."""
    chance, rows = Random(3), []
    for name, loud in (("independent", 0.0), ("one in five is loud and three times as likely on both", 0.2)):
        found = []
        for _ in range(1000):
            roads = [_heard(chance, loud) for _ in range(1000)]
            by_one, by_other = (sum(one[side] for one in roads) for side in (0, 1))
            found.append(iceberg(by_one, by_other, sum(all(one) for one in roads)))
        middle = sorted(one.value for one in found)[500]
        rows.append(
            (
                name,
                f"{middle:,.0f}",
                per_cent(sum(one.low <= 1000 <= one.high for one in found) / 1000),
                per_cent(sum(one.low <= 1000 for one in found) / 1000),
            )
        )
    head = ("Roads", "Median estimate of 1,000", "The interval holds 1,000", "Its lower end is not above 1,000")
    return Table(head, tuple(rows), ("1,000 times 1,000 people; a tenth to an eighth heard by each road.",))


def _heard(chance: Random, loud: float) -> tuple[bool, bool]:
    often = 3.0 if chance.random() < loud else 1.0
    return chance.random() < 0.12 * often, chance.random() < 0.09 * often


def _surveys(n: int, promoters: float, passives: float) -> Iterator[tuple[int, int, int, float]]:
    shares = (promoters, passives, 1 - promoters - passives)
    for p in range(n + 1):
        for a in range(n - p + 1):
            counts = (p, a, n - p - a)
            chance = lgamma(n + 1) + sum(k * log(s) - lgamma(k + 1) for k, s in zip(counts, shares, strict=True))
            yield (*counts, exp(chance))


def _wald_holds(p: float, d: float, n: int, truth: float) -> bool:
    return abs(p - d - truth) <= Z * sqrt(max(0.0, p + d - (p - d) ** 2) / n) + 1e-12
