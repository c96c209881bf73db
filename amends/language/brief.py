"""What a reply is checked against, and what a check says back."""

from dataclasses import dataclass
from typing import Literal

from amends.language.words import Span

Level = Literal["stop", "warn", "hint"]
LEVELS: tuple[Level, ...] = ("stop", "warn", "hint")
Rung = Level | Literal["quiet"]
LADDER: tuple[Rung, ...] = (*LEVELS, "quiet")


@dataclass(frozen=True, slots=True)
class IssueBrief:
    """One issue of the case as confirmed: the customer's words, our summary, its category."""

    id: int
    words: str
    summary: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The case a draft answers: `prevention_linked` issues with a action on record, `known` facts not in the text."""

    issues: tuple[IssueBrief, ...] = ()
    customer_text: str = ""
    customer_name: str = ""
    our_fault: bool = True
    severity: int = 2
    stage: Literal["reply", "offer"] = "reply"
    public: bool = False
    prevention_linked: frozenset[int] = frozenset()
    channel: str = "email"
    known: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a draft: `words` is `draft[start:end]`, empty where something is missing."""

    id: str
    name: str
    level: Level
    start: int
    end: int
    words: str
    advice: str
    better: str
    evidence: tuple[str, ...]
    issue: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a draft does each part of the prescription for one issue; None where it does not."""

    apologise: Span | None = None
    reflect: Span | None = None
    acknowledge: Span | None = None
    remedy: Span | None = None
    prevent: Span | None = None
