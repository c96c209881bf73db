"""The customer at one moment: what they feel, what is still open, and whether they agree or leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from amends.rehearsal.moves import Act, Move
from amends.rehearsal.personas import Persona
from amends.rehearsal.table import Table, table


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is played: a persona, the issues of this round gravest first, and the table that moves them."""

    persona: Persona
    issues: tuple[str, ...]
    table: Table = field(default_factory=table, repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """What the trainee did at once: the acts in order, and the words they were read from."""

    acts: tuple[Act, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """How far one issue is: shares acknowledged, remedied and prevented; `before` is anger and trust before sorry."""

    acknowledged: float = 0.0
    remedied: float = 0.0
    prevented: float = 0.0
    apologies: int = 0
    before: tuple[float, float] | None = None

    def worth(self, sizes: Mapping[str, float]) -> float:
        """Return the three-part value, 0 to 1 (E1): the parts alone, in pairs, and all three."""
        a, r, p = self.acknowledged, self.remedied, self.prevented
        alone = sizes["acknowledged"] * a + sizes["remedied"] * r + sizes["prevented"] * p
        pairs = sizes["acknowledged_remedied"] * a * r + sizes["acknowledged_prevented"] * a * p
        return alone + pairs + sizes["remedied_prevented"] * r * p + sizes["all_three"] * a * r * p


@dataclass(frozen=True, slots=True)
class State:
    """The customer after some turns; feelings and the three kinds of justice are 0 to 1, `untold` is not bounded."""

    customer: Customer
    anger: float
    trust: float
    heard: float
    patience: float
    outcome: float
    process: float
    manner: float
    agreement: float
    untold: float
    parts: tuple[Part, ...]
    used: Mapping[tuple[Move, str | None], int] = field(default_factory=dict)
    turns: int = 0
    offered: bool = False
    asked_agreement: bool = False
    topic: str = ""

    @property
    def worth(self) -> float:
        """The three-part value, the mean of the issues."""
        sizes = self.customer.table.numbers["worth"]
        return sum(part.worth(sizes) for part in self.parts) / len(self.parts)

    @property
    def justice(self) -> float:
        """Outcome, process and manner in the persona's weights."""
        outcome, process, manner = self.customer.persona.weights
        return outcome * self.outcome + process * self.process + manner * self.manner

    @property
    def satisfaction(self) -> float:
        """How content they are with how it was handled, 0 to 1."""
        size = self.customer.table.numbers["satisfaction"]
        rest = size["calm"] * (1 - self.anger) + size["heard"] * self.heard + size["patience"] * self.patience
        return size["justice"] * self.justice + size["worth"] * self.worth + rest

    @property
    def loyalty(self) -> float:
        """How likely they stay, 0 to 1: the toy's own figure, no forecast."""
        size = self.customer.table.numbers["loyalty"]
        fair = size["manner"] * self.manner + size["outcome"] * self.outcome + size["process"] * self.process
        return fair + size["trust"] * self.trust

    @property
    def agrees(self) -> bool:
        """Whether they accept what is on the table."""
        size, persona, worth = self.customer.table.numbers["agrees"], self.customer.persona, self.worth
        wants = persona.needs - size["worth_lowers_need"] * worth
        calm = self.anger <= persona.stands + size["worth_allows_anger"] * worth
        return self.agreement >= wants and self.heard >= size["heard"] and calm

    @property
    def left(self) -> bool:
        """Whether their patience is used up and they walked out."""
        return self.patience <= self.customer.table.numbers["patience"]["walks_out"]

    def part(self, issue: str) -> Part:
        """Return how far an issue of this round is."""
        return self.parts[self.customer.issues.index(issue)]

    def times(self, move: Move) -> int:
        """Return how often a move was made, over all issues."""
        return sum(count for (made, _), count in self.used.items() if made is move)

    def did(self, move: Move, issue: str | None) -> bool:
        """Return whether a move was made about an issue."""
        return self.used.get((move, issue), 0) > 0


def begin(customer: Customer) -> State:
    """Return the customer before the first turn."""
    start, persona = customer.table.numbers["start"], customer.persona
    failures = persona.earlier_failures
    return State(
        customer=customer,
        anger=persona.anger,
        trust=_within(persona.trust + failures * start["trust_each_failure"]),
        heard=start["heard"],
        patience=persona.patience,
        outcome=start["outcome"],
        process=_within(start["process"] + failures * start["process_each_failure"]),
        manner=start["manner"],
        agreement=start["agreement"],
        untold=persona.untold,
        parts=(Part(),) * len(customer.issues),
        topic=customer.issues[0],
    )


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
