"""`python -m bench.rehearsal`: what scripted trainees score, and whether the design claims hold on perturbed tables."""

import argparse
import statistics
from collections.abc import Callable

from amends.rehearsal.personas import personas
from amends.rehearsal.rubric import rubric
from amends.rehearsal.score import score
from amends.rehearsal.state import Customer
from bench.rehearsal.golden import pairs, played, wrong
from bench.rehearsal.invariants import INVARIANTS, beats_random, customer_of, perturbed
from bench.rehearsal.trainees import TRAINEES, Acts, turns_of

EVIDENCE = {
    "method": (78, 97, 99),
    "no prevention": (68, 86, 89),
    "no apology": (61, 79, 82),
    "solution first": (74, 80, 84),
    "warm only": (30, 33, 37),
    "solver only": (27, 30, 32),
    "over-apologiser": (21, 24, 26),
    "over-promiser": (1, 15, 31),
    "excuse maker": (1, 14, 15),
    "policy reader": (6, 8, 10),
    "interrupter": (5, 8, 10),
}


def scores(acts_of: Callable[[Customer], Acts]) -> list[float]:
    """Return what one trainee scores with each of the personas."""
    customers = [customer_of(persona) for persona in personas().values()]
    return [score(one, turns_of(one, acts_of(one))).total for one in customers]


def table() -> str:
    """Return the scripted trainees as a table of Markdown, beside what the evidence measured with its own scripts."""
    rows = ["| Trainee | min | median | max | the evidence's own scripts |", "|---|---|---|---|---|"]
    for name, acts_of in TRAINEES.items():
        found = scores(acts_of)
        low, middle, high = min(found), statistics.median(found), max(found)
        rows.append(f"| {name} | {low:.0f} | {middle:.0f} | {high:.0f} | {' / '.join(map(str, EVIDENCE[name]))} |")
    return "\n".join(rows)


def claims(tables: int) -> str:
    """Return for each claim on how many of the perturbed tables it holds for every persona."""
    rows = []
    for name, holds in INVARIANTS.items():
        if name in ("I13b", "I15"):
            continue
        broken = [seed for seed in range(tables) if not all(holds(perturbed(one, seed)) for one in personas().values())]
        rows.append(f"{name}: {tables - len(broken)} of {tables} tables" + (f", not {broken[:5]}" if broken else ""))
    return "\n".join(rows)


def random_games(games: int) -> str:
    """Return for how many personas the method beats so many random games."""
    beaten = [beats_random(customer_of(one), games) for one in personas().values()]
    return f"I15: the method beats {games} random games for {sum(beaten)} of {len(beaten)} personas"


def in_words() -> str:
    """Return how many of the golden pairs come out right, and what the good rounds score."""
    found = list(pairs())
    rounds = {pair.scenario: played(pair.scenario, pair.better) for pair in found}.values()
    good = [score(one.customer, one.turns).total for one in rounds]
    passed = sum(total >= rubric().passed for total in good)
    right = f"{len(found) - len(wrong())} of {len(found)} pairs in words: the better one scored higher"
    return f"{right}\nthe good ones: median {statistics.median(good):.0f}, {passed} of {len(good)} pass"


def main() -> None:
    """Print the table; with --words, --tables and --games also the pairs in words and the claims."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", action="store_true")
    options.add_argument("--tables", type=int, default=0)
    options.add_argument("--games", type=int, default=0)
    chosen = options.parse_args()
    print(table())
    if chosen.words:
        print(in_words(), flush=True)
    if chosen.games:
        print(random_games(chosen.games), flush=True)
    if chosen.tables:
        print(claims(chosen.tables))


if __name__ == "__main__":
    main()
