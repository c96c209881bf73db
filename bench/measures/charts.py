"""How often the charts and the early warning cry when nothing happened, and how soon when something did."""

from math import inf, sqrt

import numpy as np
import numpy.typing as npt

from amends.measures.control_chart import ALPHA, gap_limit, limits, predicted_gap_limit, rate_chart
from amends.measures.cusum import reference, run_length, watch
from amends.measures.distributions import poisson_at_most
from bench.language.tables import Table
from bench.measures.changes import scattered, weeks_of
from bench.measures.words import per_cent

AHEAD = 12
THREE_SIGMA = 3.0


def of_limits() -> Table:
    """Exact: over every count that the baseline can have."""
    rows = []
    for mean in (2, 5, 10, 20, 50):
        for length in (8, 12, 26):
            plain = ours = doubled = 0.0
            for total, chance in _totals(mean * length):
                low, high = limits(total, length, 1)
                ours += chance * _ever(1 - poisson_at_most(high, mean) + poisson_at_most(low - 1, mean))
                doubled += chance * (1 - poisson_at_most(high, 2 * mean) ** 4)
                plain += chance * _ever(_beyond_three_sigma(total / length, mean))
            rows.append((str(mean), str(length), per_cent(plain), per_cent(ours), per_cent(doubled)))
    head = (
        "Complaints a week",
        "Weeks of baseline",
        "A false alarm in 12 weeks: 3 sigma",
        "The same: ours",
        "Ours sees a doubling within 4 weeks",
    )
    nominal = per_cent(1 - (1 - 2 * ALPHA) ** AHEAD)
    return Table(head, tuple(rows), (f"Exact. Both sides; limits known for certain would give {nominal} at most.",))


def of_scattered_limits() -> Table:
    """1,000 baselines a row."""
    chance, rows = np.random.default_rng(4), []
    for phi in (1.0, 1.5, 2.0, 3.0):
        for length in (12, 26, 52):
            plain = ours = 0
            for _ in range(1000):
                counts = scattered(chance, np.full(length + AHEAD, 10.0), phi)
                made = weeks_of(counts)
                points = rate_chart(made[:length], made[length:])
                ours += any(not one.low <= one.week.count <= one.high for one in points)
                mean = counts[:length].mean()
                reach = THREE_SIGMA * sqrt(mean)
                plain += bool((abs(counts[length:] - mean) > reach).any())
            rows.append((f"{phi:g}", str(length), per_cent(plain / 1000), per_cent(ours / 1000)))
    head = (
        "Variance beside the mean (phi)",
        "Weeks of baseline",
        "A false alarm in 12 weeks: 3 sigma",
        "The same: ours",
    )
    return Table(head, tuple(rows), ("10 complaints a week, 1,000 baselines a row, seeded.",))


def of_rare() -> Table:
    """Exact for known shares; 2,000 baselines a row for those that are not known."""
    chance, rows = np.random.default_rng(5), []
    for share in (0.002, 0.01, 0.05):
        three = _longer(share, (1 - share) / share + 3 * sqrt(1 - share) / share)
        rows.append((per_cent(share), "known", per_cent(three), per_cent(_longer(share, gap_limit(share)))))
        for length in (8, 20, 50):
            plain = ours = 0.0
            for _ in range(2000):
                gaps = chance.geometric(share, length) - 1
                mean = gaps.mean()
                plain += _longer(share, mean + 3 * sqrt(mean * (mean + 1)))
                ours += _longer(share, predicted_gap_limit([int(one) for one in gaps]))
            rows.append((per_cent(share), str(length), per_cent(plain / 2000), per_cent(ours / 2000)))
    head = ("Share of bad ones", "Gaps of baseline", "A gap falsely too long: mean + 3 sigma", "The same: ours")
    return Table(head, tuple(rows), (f"The promise is {per_cent(ALPHA)} a gap.",))


def of_warnings() -> Table:
    """Exact: the Markov chain of Brook and Evans."""
    rows = []
    for expected in (1, 2, 5, 10, 20, 50):
        for ratio in (1.5, 2.0):
            told = watch(expected, ratio=ratio)
            rows.append(
                (
                    str(expected),
                    f"× {ratio:g}",
                    f"{told.warns_at:.2f}",
                    f"{told.calm_weeks:,.0f}",
                    f"{told.weeks_to_warn:.1f}",
                )
            )
    head = ("Expected a week", "Looks for", "Warns at", "Weeks to a false warning", "Weeks to a true one")
    return Table(head, tuple(rows), ("Exact chain; thresholds found for 1,000 calm weeks or more.",))


def of_known_warnings() -> Table:
    """Chain against simulation, for settings often used."""
    chance, rows = np.random.default_rng(6), []
    for expected, ratio, warns_at in ((2, 2.0, 6), (5, 1.5, 10), (5, 2.0, 8), (10, 1.5, 12), (20, 1.3, 20)):
        k = reference(expected, ratio)
        cells = []
        for mean in (expected, expected * ratio):
            cells += [
                f"{run_length(mean, k, warns_at):,.1f}",
                f"{simulated(chance, mean, k, warns_at, 2000).mean():,.1f}",
            ]
        rows.append((str(expected), f"× {ratio:g}", str(warns_at), *cells))
    head = (
        "Expected a week",
        "Looks for",
        "Warns at",
        "False: chain",
        "False: simulated",
        "True: chain",
        "True: simulated",
    )
    return Table(head, tuple(rows), ("2,000 runs for each simulated figure, seeded; k is rounded to a twentieth.",))


def _totals(mean: float) -> list[tuple[int, float]]:
    reach = 6 * sqrt(mean) + 10
    counts = range(max(0, int(mean - reach)), int(mean + reach) + 1)
    return [(count, poisson_at_most(count, mean) - poisson_at_most(count - 1, mean)) for count in counts]


def _ever(chance: float) -> float:
    return 1 - (1 - chance) ** AHEAD


def _beyond_three_sigma(middle: float, mean: float) -> float:
    reach = THREE_SIGMA * sqrt(middle)
    low = int(np.ceil(middle - reach))
    return 1 - poisson_at_most(int(middle + reach), mean) + poisson_at_most(low - 1, mean)


def _longer(share: float, limit: float) -> float:
    return float((1 - share) ** np.ceil(limit)) if limit < inf and share < 1 else 0.0


def simulated(
    chance: np.random.Generator, mean: float, k: float, warns_at: float, runs: int
) -> npt.NDArray[np.float64]:
    """After how many weeks each of so many early warnings came."""
    so_far, ended, week = np.zeros(runs), np.zeros(runs), 0
    going = np.arange(runs)
    while len(going):
        week += 1
        so_far[going] = np.maximum(0, so_far[going] + chance.poisson(mean, len(going)) - k)
        over = so_far[going] >= warns_at - 1e-9
        ended[going[over]] = week
        going = going[~over]
    return ended
