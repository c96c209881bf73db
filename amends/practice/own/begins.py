"""How a scenario begins with those it suits: the first words out of each one's phrase bank."""

from amends.rehearsal.personas import who_suits
from amends.rehearsal.round import Round
from amends.rehearsal.scenario import Scenario

SHOWN = 3


def begins(scenario: Scenario) -> list[tuple[str, str]]:
    """Return the first words of up to three people it suits, each with their name."""
    return [(one.name, Round(scenario, one).talks[0].said) for one in who_suits(scenario)[:SHOWN]]
