"""What a poll came to: each answer with its interval, beside how many answered and what the silent could change."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.measures.figure import Figure, share
from amends.recovery.poll import Poll, PollAnswer, PollAsked
from amends.team.models import User

FEWEST = 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """One answer: how many chose it, as a share of those who answered, and what the silent could make of it (E54)."""

    words: str
    count: int
    figure: Figure
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Result:
    """One poll as it stands: whether it is open, how many were asked and answered, and its answers."""

    poll: Poll
    is_open: bool
    asked: int
    answered: Figure
    chosen: tuple[Chosen, ...]

    @property
    def can_tell(self) -> bool:
        """Whether there are enough answers to show shares."""
        return all(one.figure.can_tell for one in self.chosen)


def results(reader: User, now: datetime) -> list[Result]:
    """Every poll, the latest first, counted over the cases this person may see."""
    return [_result(one, reader, now) for one in Poll.objects.select_related("by", "stopped").order_by("-pk")]


def _result(poll: Poll, reader: User, now: datetime) -> Result:
    asked = PollAsked.objects.filter(poll=poll, case__in=Case.objects.visible_to(reader))
    asked = asked.filter(letter__outbox__cancelled_at=None)
    counts = Counter(PollAnswer.objects.filter(asked__in=asked).values_list("choice", flat=True))
    total, of = sum(counts.values()), asked.count()
    return Result(
        poll,
        is_open=poll.closes_at > now and not hasattr(poll, "stopped"),
        asked=of,
        answered=share("Answered", total, of, noun="asked", fewest=1),
        chosen=tuple(_chosen(words, counts[number], total, of) for number, words in enumerate(poll.answers)),
    )


def _chosen(words: str, count: int, total: int, asked: int) -> Chosen:
    figure = share(words, count, total, noun="answers", fewest=FEWEST)
    silent = asked - total
    return Chosen(words, count, figure, count / asked if asked else 0.0, (count + silent) / asked if asked else 1.0)
