"""What a case refuses, each with a sentence for the person who asked."""

from collections.abc import Sequence

from amends.errors import AmendsError
from amends.method.gates import Gate, Missing


class NotAllowed(AmendsError):
    """The person's role does not carry the right."""


class ConflictOfInterest(NotAllowed):
    """The complaint is about this person, who therefore does not handle it."""


class NotThere(AmendsError):
    """What was named does not exist, or is not the person's to see: both sound alike."""


class NotPossible(AmendsError):
    """What was asked does not fit what the case is now."""


class AlreadyDone(AmendsError):
    """Somebody did it before, or it was sent twice."""


class Incomplete(AmendsError):
    """Something a form needs was left out; `field` names it."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class GateClosed(AmendsError):
    """One of the three gates is shut; `missing` says for which steps of which issues."""

    def __init__(self, gate: Gate, missing: Sequence[Missing]) -> None:
        super().__init__(" ".join(one.sentence for one in missing))
        self.gate = gate
        self.missing = tuple(missing)
