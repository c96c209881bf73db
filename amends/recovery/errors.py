"""What recovery refuses, each with a sentence for the person who asked."""

from amends.errors import AmendsError


class BeyondAuthority(AmendsError):
    """The sum is above what this person may grant in one case."""


class OfferSettled(AmendsError):
    """The offer was answered, withdrawn, or has lapsed."""
