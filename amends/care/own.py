"""What somebody sees of themselves, and nobody else does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.care.consent import is_on
from amends.care.models import KEPT_FOR, Break, HardMoment
from amends.method.exposure import Contact, Exposure, Offered, Rest, break_to_offer, exposure
from amends.team.models import User
from amends.team.veil import veiled

POINTS_SHOWN = 56
SHOWN_FOR = timedelta(days=7)
HEARD_FOR = timedelta(days=7)
# From how much on which words; where a break is offered is the evidence's, the words between are ours ([J]).
WORDS = (
    (6.0, "You have carried a lot. A break would do you good, and you need no reason for one."),
    (3.0, "You have had some hard conversations. Go easy on yourself."),
    (1.0, "You have had a little to carry."),
    (0.0, "Not much weighs on you, as far as you have said."),
)


@dataclass(frozen=True, slots=True)
class Own:
    """One person's own page: what they said of late, what they carry, and the break that runs, if any."""

    moments: tuple[HardMoment, ...]
    carried: Exposure
    line: tuple[float, ...]
    offered: Offered | None
    on_break_until: datetime | None

    @property
    def words(self) -> str:
        """What they carry, as a calm sentence."""
        return next(words for least, words in WORDS if self.carried.score >= least)


def own(person: User, now: datetime) -> Own:
    """What this person may see of themselves: only ever called for the person who asks."""
    moments, contacts, rests = _kept(person, now)
    step = SHOWN_FOR / (POINTS_SHOWN - 1)
    times = [now - SHOWN_FOR + step * number for number in range(POINTS_SHOWN)]
    return Own(
        moments=tuple(one for one in moments if one.at > now - HEARD_FOR),
        carried=exposure(contacts, rests, now),
        line=tuple(exposure(contacts, rests, at).score for at in times),
        offered=break_to_offer(contacts, rests, now),
        on_break_until=max((one.ended_at for one in rests if one.began_at <= now < one.ended_at), default=None),
    )


def carried(person: User, now: datetime) -> float:
    """The points this person carries now, for the rule that spreads hard cases; told to nobody else."""
    _, contacts, rests = _kept(person, now)
    return exposure(contacts, rests, now).score


def suggestion(person: User, now: datetime) -> Offered | None:
    """The break to suggest beside a page of the desk, None when care is off, no rule says so or one is running."""
    if not is_on(person):
        return None
    _, contacts, rests = _kept(person, now)
    resting = any(one.began_at <= now < one.ended_at for one in rests)
    return None if resting else break_to_offer(contacts, rests, now)


def _kept(person: User, now: datetime) -> tuple[list[HardMoment], list[Contact], list[Rest]]:
    since = now - KEPT_FOR
    moments = list(HardMoment.objects.filter(whose=veiled(person, HardMoment), at__gt=since).order_by("-at", "-pk"))
    rests = [one.rest for one in Break.objects.filter(whose=veiled(person, Break), ends_at__gt=since)]
    return moments, [one.contact for one in moments], rests
