"""Whether reading switches to what was learned: only where held-out figures do not fall."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from amends.errors import AmendsError
from amends.language.learning.example import Example
from amends.language.learning.figures import Figure, compared
from amends.language.learning.refit import refit, within_reach
from amends.language.learning.yardstick import yardstick
from amends.language.trained.weights import Trained, shipped

ONE_IN = 5
FEWEST_HELD = 50
SURELY = 0.9
MOST_LOST = 3.0


class TooFew(AmendsError):
    """There is not enough yet to know whether learning helps; the sentence says how much is missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was learned, its figures before and after, and why reading switches or stays."""

    learned: Trained
    examples: int
    held: int
    own: tuple[Figure, ...]
    known: tuple[Figure, ...]
    switches: bool
    reason: str


def is_held(case: int) -> bool:
    """Return whether the messages of a case are kept apart: one case in five, always the same ones."""
    return crc32(str(case).encode()) % ONE_IN == 0


def tried(examples: Iterable[Example], kinds: Iterable[str], now: Trained | None) -> Verdict:
    """Return what four fifths of the cases teach, told by the fifth that was held out and by the yardstick.

    Learning begins from what ships each time; `now` is what reading stands on today (None: what ships). Raises TooFew
    where fewer than 50 messages are held out.
    """
    found = within_reach(examples)
    held = [one for one in found if is_held(one.case)]
    taught = [one for one in found if not is_held(one.case)]
    if len(held) < FEWEST_HELD:
        raise TooFew(_too_few(len(found), len(held)))
    learned = refit(shipped(), taught, kinds)
    own, known = compared(held, now, learned), compared(yardstick(), now, learned)
    reason = _against(own, known)
    return Verdict(learned, len(taught), len(held), own, known, not reason, reason or _risen(own))


def _too_few(all_: int, held: int) -> str:
    missing = FEWEST_HELD - held
    return (
        f"People went through {all_} messages so far. One case in {ONE_IN} is held out to tell whether learning helps:"
        f" {held} messages, and {FEWEST_HELD} are needed. Some {ONE_IN * missing} more, then learn again."
    )


def _against(own: Iterable[Figure], known: Iterable[Figure]) -> str:
    """Return what speaks against switching, or ""."""
    own = tuple(own)
    fallen = [one.name for one in own if one.after < one.before and one.lower >= SURELY]
    lost = [one.name for one in known if one.after < one.before - MOST_LOST]
    if fallen:
        return f"On your held-out cases this fell: {'; '.join(fallen)}."
    if lost:
        return f"On the yardstick this fell by more than {MOST_LOST:.0f}: {'; '.join(lost)}."
    if not any(one.after > one.before for one in own):
        return "On your held-out cases nothing rose."
    return ""


def _risen(own: Iterable[Figure]) -> str:
    risen = [one.name for one in own if one.after > one.before]
    return f"On your held-out cases this rose: {'; '.join(risen)}."
