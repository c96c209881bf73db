"""How often the figures about people and texts mislead: retention, the paradox, new themes."""

from random import Random

import numpy as np

from amends.measures.paradox import Person, paradox
from amends.measures.retention import Gap, Pair, gap_after
from amends.measures.survival import Life
from amends.measures.theme import Term, Theme, themes
from bench.language.tables import Table
from bench.measures.words import per_cent


def of_retention() -> Table:
    """200 sets of pairs a row."""
    chance, rows = Random(11), []
    for pairs in (60, 200):
        for recovered, control in ((0.9, 0.9), (0.8, 0.9)):
            gaps = [_gap(chance, pairs, recovered, control, seed) for seed in range(200)]
            holds = sum(one.low <= recovered - control <= one.high for one in gaps) / 200
            clear = sum(one.high < 0 for one in gaps) / 200
            rows.append((str(pairs), f"{100 * (recovered - control):+.0f} points", per_cent(holds), per_cent(clear)))
    head = ("Pairs", "True gap after 90 days", "The interval holds it", "A loss is told")
    return Table(head, tuple(rows), ("200 sets of pairs a row, a fifth of them not followed to the end.",))


def of_paradox() -> Table:
    """100 companies; recovery truly costs 0.15 on the scale, and loyal people complain and answer more."""
    chance = Random(12)
    naive, responders, matched = [], [], []
    for _ in range(100):
        harmed, unharmed, answered = _company(chance)
        naive.append(_mean(harmed) - _mean(unharmed))
        responders.append(_mean(answered) - _mean(unharmed))
        matched.append(paradox(harmed, unharmed))
    rows = (
        ("nothing", f"{sum(naive) / 100:+.2f}", ""),
        ("nothing, only those who answered", f"{sum(responders) / 100:+.2f}", ""),
        (
            "what they were before (ours)",
            f"{sum(one.value for one in matched) / 100:+.2f}",
            per_cent(sum(one.low <= -0.15 <= one.high for one in matched) / 100),
        ),
    )
    return Table(("Matched on", "Difference found", "The interval holds the truth"), rows, ("The truth is -0.15.",))


def of_themes() -> Table:
    """200 looks a row over 60 terms."""
    chance, rows = np.random.default_rng(13), []
    for now, before in ((60, 240), (150, 600), (500, 2000)):
        for times in (1.0, 3.0):
            looks = [_look(chance, now, before, times) for _ in range(200)]
            false = sum(any(one.term.words != "planted" or times == 1 for one in look) for look in looks) / 200
            found = sum(any(one.term.words == "planted" for one in look) for look in looks) / 200
            planted = "none" if times == 1 else f"one term, from 4 % to {4 * times:g} %"
            rows.append((str(now), str(before), planted, per_cent(false), per_cent(found) if times > 1 else ""))
    head = ("Complaints now", "Before", "What is new", "A false theme in one look", "It is found")
    return Table(head, tuple(rows), ("200 looks a row over 60 terms of 4 %, seeded.",))


def _gap(chance: Random, pairs: int, recovered: float, control: float, seed: int) -> Gap:
    def life(stays: float) -> Life:
        days = 400 if chance.random() < stays else chance.randint(1, 89)
        seen = chance.randint(1, 400) if chance.random() < 0.2 else 400
        return Life(min(days, seen), days < min(seen, 400))

    pairs_made = [Pair(life(recovered), life(control)) for _ in range(pairs)]
    return gap_after(pairs_made, 90, seed=seed)


def _company(chance: Random) -> tuple[list[Person], list[Person], list[Person]]:
    harmed, unharmed, answered = [], [], []
    for _ in range(2000):
        loyalty = chance.randint(1, 5)
        harm = chance.random() < 0.05 * loyalty
        score = 3 + 0.5 * loyalty + chance.gauss(0, 0.5) - 0.15 * harm
        person = Person(loyalty, score)
        (harmed if harm else unharmed).append(person)
        if harm and chance.random() < 0.1 * score:
            answered.append(person)
    return harmed, unharmed, answered


def _mean(people: list[Person]) -> float:
    return sum(one.score for one in people) / len(people)


def _look(chance: np.random.Generator, now: int, before: int, times: float) -> tuple[Theme, ...]:
    shares = np.full(60, 0.04)
    earlier = chance.binomial(before, shares)
    shares[0] *= times
    later = chance.binomial(now, shares)
    names = ["planted", *map(str, range(1, 60))]
    terms = [Term(*one) for one in zip(names, later.tolist(), earlier.tolist(), strict=True)]
    return themes(terms, now=now, before=before)
