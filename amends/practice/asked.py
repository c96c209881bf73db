"""Practice that a change asks of a group: checked before it is agreed, found on one's own path, told of once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from amends.cases.errors import Incomplete
from amends.method.crowd import share_told, stands_apart
from amends.practice.pieces import Own, Piece, own_of, pieces
from amends.team.models import Team, User
from amends.team.permissions import Role
from amends.team.training import FEWEST_ASKED, Asked, Training, TrainingTold, asked_of, untold

MOST = 5
USUAL_SHARE = 70
STILL_SHOWN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """What is asked of the person who looks: why, by when, and each piece with when they had done it."""

    training: Training
    steps: tuple[tuple[Piece, datetime | None], ...]

    @property
    def done(self) -> bool:
        """Whether all of it is done."""
        return all(at for _, at in self.steps)


def asked(what: Sequence[str], team: Team | None, role: Role | None, day: date, share_percent: int | None) -> Asked:
    """Return the practice somebody asks a group for.

    Raises Incomplete for none or what is not known here, for more than five things ([J]: more is not done beside one's
    work), and for a group so small that it would be one person.
    """
    names = tuple(dict.fromkeys(one.strip() for one in what if one.strip()))
    if not names:
        raise Incomplete("Choose what they practise: a lesson, a skill or something to play.", "practice")
    unknown = next((one for one in names if one not in pieces()), None)
    if unknown is not None:
        raise Incomplete(f"“{unknown[:80]}” is nothing one can practise here. Choose from the list.", "practice")
    if len(names) > MOST:
        raise Incomplete(f"Choose at most {MOST} things. More is not done beside one's work.", "practice")
    share = USUAL_SHARE if share_percent is None else share_percent
    if not 1 <= share <= 100:
        raise Incomplete("Say by how many in a hundred: a whole number from 1 to 100.", "share")
    made = Asked(names, team, role, day, share)
    if made.people().count() < FEWEST_ASKED:
        raise Incomplete(
            f"That would be fewer than {FEWEST_ASKED} people. Practice is asked of a group, never of one person: "
            "choose every team, or everybody in it.",
            "team",
        )
    return made


def asked_of_me(person: User, today: date) -> list[AskedOfMe]:
    """Return what is asked of this person: until its day, and while it is not done four weeks longer."""
    rows = list(asked_of(person).select_related("team").filter(due_date__gte=today - STILL_SHOWN))
    if not rows:
        return []
    mine = own_of([person])[0]
    found = [AskedOfMe(row, tuple((piece, mine.done_at(piece)) for piece in _pieces(row))) for row in rows]
    return [one for one in found if one.training.due_date >= today or not one.done]


def titles_of(training: Training) -> list[str]:
    """Return what a training asks for, each by its title."""
    return [f"“{piece.title}”" for piece in _pieces(training)]


def tell_trainings(now: datetime) -> int:
    """Tell of each training whose day has passed how many had done it; returns of how many trainings.

    It is done by the clock and once. Somebody who was counted in a figure is never counted in another about the same
    practice, so that no two figures differ by one person; then the later one is not told.
    """
    rows = list(untold(now))
    for training in rows:
        _tell(training, now)
    return len(rows)


def _tell(training: Training, now: datetime) -> None:
    people = list(training.people())
    done = sum(_was_done(training, one) for one in own_of(people))
    apart = stands_apart(frozenset(one.pk for one in people), _rests_on(training), _earlier(people))
    about = share_told(done, len(people)) if apart else None
    with transaction.atomic():
        made = TrainingTold.objects.create(training=training, of=len(people), about=about, at=now)
        made.people.set(people)


def _was_done(training: Training, own: Own) -> bool:
    days = [own.done_at(piece) for piece in _pieces(training)]
    return all(at is not None and at.date() <= training.due_date for at in days)


def _earlier(people: Sequence[User]) -> list[tuple[int, str]]:
    """Who among these people is in a figure that was told, and about which practice."""
    pairs = TrainingTold.people.through.objects.filter(trainingtold__about__isnull=False, user__in=people)
    rows = [(pair.user_id, pair.trainingtold.training) for pair in pairs.select_related("trainingtold__training")]
    return [(person, thing) for person, training in rows for thing in _rests_on(training)]


def _rests_on(training: Training) -> frozenset[str]:
    return frozenset[str]().union(*(piece.rests_on for piece in _pieces(training)))


def _pieces(training: Training) -> list[Piece]:
    """The pieces of a training that this version still has."""
    return [pieces()[name] for name in training.what if name in pieces()]
