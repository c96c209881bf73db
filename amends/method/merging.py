"""What counts for an issue that stands for others: never more than was said for each of them."""

from dataclasses import dataclass, replace
from datetime import datetime

from amends.method.facts import IssueFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An issue that went into another: its own facts, since when, and when it had been split out of it (if it was)."""

    facts: IssueFacts
    at: datetime
    parted_at: datetime | None = None
    confirmed: bool = True


def together(issue: IssueFacts, joined: tuple[Joined, ...]) -> IssueFacts:
    """The facts of an issue with those merged into it: as far as the one that is least far.

    What we said about the issue counts when it was said after they became one, or had been said for each of them as
    well: an apology for one is none for the other. A proposal nobody had confirmed takes nothing away, and a part
    that returns to the issue it was split from brings back what was said while they still were one.
    """
    held = [one for one in joined if one.confirmed]
    if not joined:
        return issue
    return replace(
        issue,
        apologised_at=_said("apologised_at", issue, held),
        reflected_at=_said("reflected_at", issue, held),
        acknowledged_at=_said("acknowledged_at", issue, held),
        prevention_told_at=_said("prevention_told_at", issue, held),
        reopened_at=max(
            (at for at in (issue.reopened_at, *(one.facts.reopened_at for one in held)) if at), default=None
        ),
        attempts=max(issue.attempts, *(one.facts.attempts for one in joined)),
    )


def _said(name: str, issue: IssueFacts, held: list[Joined]) -> datetime | None:
    at: datetime | None = getattr(issue, name)
    return at if at is not None and all(_also_for(one, name, at) for one in held) else None


def _also_for(one: Joined, name: str, at: datetime) -> bool:
    was_one = one.parted_at is not None and at <= one.parted_at
    return at > one.at or was_one or getattr(one.facts, name) is not None
