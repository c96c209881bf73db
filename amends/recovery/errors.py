"""What recovery refuses, each with a sentence for the person who asked."""

from typing import TYPE_CHECKING

from amends.errors import AmendsError

if TYPE_CHECKING:
    from amends.team.models import User


class BeyondAuthority(AmendsError):
    """The sum is above what this person may grant; `to` is the nearest who may, if anybody."""

    def __init__(self, sentence: str, to: "User | None" = None) -> None:
        super().__init__(sentence)
        self.to = to


class OfferSettled(AmendsError):
    """The offer was answered, withdrawn, or has lapsed."""
