"""The design claims about the simulated customer hold, also on tables nobody chose."""

import pytest

from amends.rehearsal.personas import Persona, personas
from bench.rehearsal.invariants import INVARIANTS, beats_random, customer_of, perturbed

EVERYBODY = list(personas().values())
TABLES = 200
HEAVY = {"I14", "I15"}


@pytest.mark.parametrize("name", INVARIANTS)
@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda one: one.id)
def test_the_claim_holds_for_everybody(name: str, persona: Persona) -> None:
    assert INVARIANTS[name](customer_of(persona)), INVARIANTS[name].__doc__


@pytest.mark.parametrize("name", [name for name in INVARIANTS if name not in {*HEAVY, "I13b"}])
def test_the_claim_holds_on_perturbed_tables(name: str) -> None:
    """Each table with the next person in turn; `python -m bench.rehearsal --tables 200` takes all of them on each."""
    places = [(seed, EVERYBODY[seed % len(EVERYBODY)]) for seed in range(TABLES)]
    broken = [(seed, one.id) for seed, one in places if not INVARIANTS[name](perturbed(one, seed))]
    assert broken == []


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_the_longer_claims_hold_on_perturbed_tables(name: str) -> None:
    places = [(seed, EVERYBODY[seed % len(EVERYBODY)]) for seed in range(0, TABLES, 4)]
    broken = [(seed, one.id) for seed, one in places if not INVARIANTS[name](perturbed(one, seed))]
    assert broken == []


def test_who_cannot_be_satisfied_is_still_treated_best_by_the_method() -> None:
    assert beats_random(customer_of(personas()["cannot_be_satisfied"]), games=200)
