"""How often a change that did nothing is said to have worked, and how often one that worked is seen to."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from amends.measures.change_test import compare, outcome_of
from amends.measures.power import power
from amends.measures.ratio import rate_ratio
from amends.measures.verdict import Outcome
from amends.measures.weeks import Total, Week, total
from bench.language.tables import Table
from bench.measures.words import per_cent

Counts = npt.NDArray[np.int_]
FIRST = date(2024, 1, 1)
RUNS = 1000
CAUSES = 12
CALM, TRIGGER, AFTER, LONG_PAST = 16, 4, 12, 52


def of_triggers() -> Table:
    """The worst of 12 causes, or a cause above a line, makes people act; the action does nothing."""
    chance, rows = np.random.default_rng(7), []
    for mean in (0.5, 1.25, 5.0):
        for name in ("the worst of 12 causes", "half as many again"):
            went_down = alone = with_it = without = 0
            for _ in range(RUNS):
                counts = _acted(chance, mean, name)
                calm, trigger, after = np.split(counts, [CALM, CALM + TRIGGER])
                went_down += after.mean() < trigger.mean()
                alone += rate_ratio(_total(after), _total(trigger)).high < 1
                with_it += _worked(np.concatenate([calm, trigger]), after)
                without += _worked(calm, after)
            rows.append((f"{mean:g}", name, *(per_cent(one / RUNS) for one in (went_down, alone, with_it, without))))
    head = (
        "Complaints a week",
        "Why they acted",
        "“It went down”",
        "Worked, if compared with the bad weeks",
        "Worked, bad weeks among the baseline",
        "Worked, bad weeks left out (ours)",
    )
    said = f"{RUNS:,} changes a row that do nothing; {CALM} weeks, then {TRIGGER} bad ones, then {AFTER} after."
    return Table(
        head, tuple(rows), (said, "“Half as many again” is a four-week sum of at least one and a half times its mean.")
    )


def of_no_effect() -> Table:
    """Changes that do nothing, in weeks that scatter."""
    chance, rows = np.random.default_rng(8), []
    for phi in (1.0, 1.5, 2.0, 3.0):
        for mean in (2.0, 10.0):
            naive = worked = worse = 0
            for _ in range(RUNS):
                counts = scattered(chance, np.full(CALM + AFTER, mean), phi)
                naive += rate_ratio(_total(counts[CALM:]), _total(counts[:CALM])).high < 1
                outcome = _outcome(counts[:CALM], counts[CALM:])
                worked += outcome is Outcome.WORKED
                worse += outcome is Outcome.WORSE
            rows.append((f"{phi:g}", f"{mean:g}", *(per_cent(one / RUNS) for one in (naive, worked, worse))))
    head = (
        "Variance beside the mean (phi)",
        "Complaints a week",
        "Worked, by the exact test alone",
        "Worked (ours)",
        "Worse (ours)",
    )
    return Table(head, tuple(rows), (f"{RUNS:,} changes a row that do nothing; {CALM} weeks before, {AFTER} after.",))


def of_what_moves_anyway() -> Table:
    """Changes that do nothing, while the cause moves by itself; a short past and a long one, 12 weeks after."""
    chance, rows = np.random.default_rng(9), []
    for name, path in MOVES.items():
        for past in (CALM, LONG_PAST):
            naive = worked = 0
            for _ in range(RUNS // 2):
                counts = chance.poisson(10 * path(chance))[LONG_PAST - past :]
                naive += rate_ratio(_total(counts[past:]), _total(counts[:past])).high < 1
                worked += _worked(counts[:past], counts[past:])
            rows.append((name, str(past), *(per_cent(one / (RUNS // 2)) for one in (naive, worked))))
    head = ("What the cause does by itself", "Weeks before", "Worked, by the exact test alone", "Worked (ours)")
    return Table(head, tuple(rows), (f"{RUNS // 2:,} changes a row that do nothing; about 10 complaints a week.",))


def of_power() -> Table:
    """Exact power of the verdict's interval; even weeks."""
    rows = []
    for expected in (5, 10, 20, 40, 80, 160):
        before = Total(expected, 1, 12)
        chances = [power(before, 1, ratio=ratio) for ratio in (0.3, 0.5, 0.7, 0.85)]
        rows.append((str(expected), *map(per_cent, chances), per_cent(power(before, 1, sure=0.05))))
    head = (
        "Complaints before",
        "Fall by 70 %",
        "Halving",
        "Fall by 30 %",
        "Fall by 15 %",
        "Halving, at 5 % on one side",
    )
    said = "Exact; as long after as before. The verdict asks for a 95 % interval below 1, which is 2.5 % on one side."
    return Table(head, tuple(rows), (said,))


def of_worked() -> Table:
    """How often the whole verdict, with its test, says so."""
    chance, rows = np.random.default_rng(10), []
    for phi in (1.0, 2.0):
        for mean in (1.0, 2.0, 5.0, 10.0):
            for before in (CALM, LONG_PAST):
                means = np.concatenate([np.full(before, mean), np.full(AFTER, mean / 2)])
                runs = RUNS // 3
                seen = sum(_worked(*np.split(scattered(chance, means, phi), [before])) for _ in range(runs))
                told = power(Total(round(mean * before), before, before), AFTER, phi=phi)
                rows.append((f"{phi:g}", f"{mean:g}", str(before), per_cent(told), per_cent(seen / runs)))
    head = (
        "Variance beside the mean (phi)",
        "Complaints a week",
        "Weeks before",
        "A halving: power told",
        "A halving: said to have worked",
    )
    said = f"{RUNS // 3} halvings a row, {AFTER} weeks after. With 52 weeks before the placebo must agree as well."
    return Table(head, tuple(rows), (said,))


def scattered(chance: np.random.Generator, means: npt.NDArray[np.float64], phi: float) -> Counts:
    """Counts with these means whose variance is phi times as great."""
    if phi == 1:
        return np.asarray(chance.poisson(means))
    return np.asarray(chance.negative_binomial(means / (phi - 1), 1 / phi))


def weeks_of(counts: Counts) -> tuple[Week, ...]:
    """Weeks with these counts."""
    return tuple(Week(FIRST + timedelta(weeks=number), int(count)) for number, count in enumerate(counts))


def _steady(chance: np.random.Generator) -> npt.NDArray[np.float64]:
    return np.ones(64)


def _falling(chance: np.random.Generator) -> npt.NDArray[np.float64]:
    return np.asarray(2 * 0.985 ** np.arange(64))


def _seasonal(chance: np.random.Generator) -> npt.NDArray[np.float64]:
    return np.asarray(1 + 0.4 * np.sin(2 * np.pi * (np.arange(64) / 26 + chance.random())))


def _drifting(chance: np.random.Generator) -> npt.NDArray[np.float64]:
    drift = np.zeros(64)
    for week in range(1, 64):
        drift[week] = 0.6 * drift[week - 1] + chance.normal(0, 0.25)
    return np.asarray(np.exp(drift))


MOVES = {
    "nothing": _steady,
    "falls by 1.5 % a week": _falling,
    "a season of half a year, ± 40 %": _seasonal,
    "drifts (correlation 0.6 from week to week)": _drifting,
}


def _acted(chance: np.random.Generator, mean: float, name: str) -> Counts:
    """The counts of the cause that people acted on."""
    while True:
        counts = chance.poisson(mean, (CAUSES, CALM + TRIGGER + AFTER))
        sums = counts[:, CALM : CALM + TRIGGER].sum(axis=1)
        worst = int(sums.argmax())
        if name.startswith("the worst") or sums[worst] >= 1.5 * mean * TRIGGER:
            return np.asarray(counts[worst])


def _total(counts: Counts) -> Total:
    return total(weeks_of(counts))


def _outcome(before: Counts, after: Counts) -> Outcome:
    return outcome_of(compare(weeks_of(before), weeks_of(after)))[0]


def _worked(before: Counts, after: Counts) -> bool:
    return _outcome(before, after) is Outcome.WORKED
