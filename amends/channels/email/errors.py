"""What the mail walker refuses."""

from amends.errors import AmendsError


class Unreadable(AmendsError):
    """A mail that is not safe to read; the raw mail is kept, so nothing is lost by refusing it."""
