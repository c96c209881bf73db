"""What the measures refuse, each with the way on."""

from amends.errors import AmendsError


class ImpossibleAnswer(AmendsError):
    """An answer that its question's scale does not have."""


class ImpossibleCount(AmendsError):
    """Numbers that cannot have been counted, such as more answers than people asked."""


class ChartNeedsMore(AmendsError):
    """A chart or a test was asked for with less before it than it needs."""
