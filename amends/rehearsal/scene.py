"""What is on the table when the trainee speaks: what the customer said so far and what is still to come."""

from dataclasses import dataclass

from amends.rehearsal.scenario import Scenario, Trouble


@dataclass(frozen=True, slots=True)
class Scene:
    """The moment before a turn of the trainee.

    `said` is the customer's last message, `told` every earlier message of theirs, oldest first. `raised` and `to_come`
    are ids of issues the customer has, and has not yet, brought up; together they are the issues of this round, which
    may be fewer than the scenario holds.
    """

    scenario: Scenario
    said: str
    told: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()

    @property
    def facts_on_file(self) -> tuple[str, ...]:
        """What the agent can see without asking."""
        return self.scenario.facts_on_file

    @property
    def issues(self) -> tuple[Trouble, ...]:
        """The issues the customer has brought up, in that order."""
        return tuple(self.scenario.issue(name) for name in self.raised)
