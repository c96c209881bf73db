"""What every check is given, and what it gives back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from amends.language.brief import Brief, IssueBrief, Parts
from amends.language.draft import Draft
from amends.language.reply_parts import Matching
from amends.language.words import Span

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """A draft, the case it answers, and which parts of the prescription were found for each issue."""

    draft: Draft
    brief: Brief
    matching: Matching
    parts: dict[int, Parts]

    def issue(self, number: int) -> IssueBrief:
        """Return the issue with this number."""
        return next(issue for issue in self.brief.issues if issue.id == number)


@dataclass(frozen=True, slots=True)
class Remark:
    """A check's result: its number, the place, the issue, and words to fill into the advice."""

    check: str
    place: Span = NOWHERE
    issue: int | None = None
    fill: dict[str, str] = field(default_factory=dict)


Check = Callable[[Case], Iterator[Remark]]
