"""What one person may grant on the spot, and who could grant more."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grantor:
    """A person and the most they may grant in one case, in cents (None: no limit)."""

    name: str
    limit_cents: int | None


def within(limit_cents: int | None, granted_cents: int, asked_cents: int) -> bool:
    """Whether a further sum fits under a limit for one case, counting what was granted before (N7)."""
    return limit_cents is None or granted_cents + asked_cents <= limit_cents


def nearest(grantors: Iterable[Grantor], total_cents: int) -> Grantor | None:
    """The person with the smallest limit that still covers the total: who to ask first (S1.16), or None."""
    able = [grantor for grantor in grantors if within(grantor.limit_cents, 0, total_cents)]
    return min(able, key=lambda grantor: (grantor.limit_cents is None, grantor.limit_cents or 0), default=None)
