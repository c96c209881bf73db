"""What the API refuses before a verb is tried, each with a sentence for whoever wrote the program."""

from amends.errors import AmendsError
from amends.ui.doorkeeper import status_of


class NoToken(AmendsError):
    """No token was shown, or one that opens nothing."""


class NotJson(AmendsError):
    """The body is no JSON object."""


class TooLarge(AmendsError):
    """The body is larger than any verb needs."""


class TooMany(AmendsError):
    """This token asked too often within a minute."""


class KeyReused(AmendsError):
    """An Idempotency-Key came back with something else to do."""


class WrongMethod(AmendsError):
    """The address answers to another method."""


_STATUS: dict[type[AmendsError], int] = {
    NoToken: 401,
    NotJson: 400,
    TooLarge: 413,
    TooMany: 429,
    KeyReused: 422,
    WrongMethod: 405,
}


def status(error: AmendsError) -> int:
    """The HTTP status of a refusal, the same as on a page where a page could refuse it."""
    return _STATUS.get(type(error)) or status_of(error)
