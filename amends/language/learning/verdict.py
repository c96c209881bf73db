"""Whether reading switches to what was learned: only where held-out figures do not fall."""

from collections.abc import Iterable, Sequence
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
MOST_LOST = 5.0


class TooFew(AmendsError):
    """There is not enough yet to know whether learning helps; the sentence says how much is missing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether reading switches, with the sentence that says why."""

    switches: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was learned, its figures before and after on the desk's own cases and on the yardstick, and the decision."""

    learned: Trained
    examples: int
    held: int
    own: tuple[Figure, ...]
    known: tuple[Figure, ...]
    decision: Decision


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
    return Verdict(learned, len(taught), len(held), own, known, decided(own, known))


def _too_few(all_: int, held: int) -> str:
    missing = FEWEST_HELD - held
    return (
        f"People went through {all_} messages so far. One case in {ONE_IN} is held out to tell whether learning helps:"
        f" {held} messages, and {FEWEST_HELD} are needed. Some {ONE_IN * missing} more, then learn again."
    )


def decided(own: Sequence[Figure], known: Sequence[Figure]) -> Decision:
    """Return whether reading switches to what was learned.

    A figure on the desk's own held-out cases falls where it is lower, and lower in nine of ten redrawings of them: less
    may be chance. On the yardstick it falls where more than 5 of 100 are lost. Nothing may fall, and something of the
    desk's own has to rise. The bounds are judgement [J].
    """
    fallen = [one.name for one in own if one.after < one.before and one.lower >= SURELY]
    lost = [one.name for one in known if one.after < one.before - MOST_LOST]
    risen = [one.name for one in own if one.after > one.before]
    if fallen:
        return Decision(False, f"On your held-out cases this fell: {'; '.join(fallen)}.")
    if lost:
        return Decision(False, f"On the yardstick this fell by more than {MOST_LOST:.0f}: {'; '.join(lost)}.")
    if not risen:
        return Decision(False, "On your held-out cases nothing rose.")
    return Decision(True, f"On your held-out cases this rose: {'; '.join(risen)}.")
