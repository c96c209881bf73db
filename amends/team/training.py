"""Practice asked of a group until a day: what, of whom and why; and what is told of it, once."""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.crowd import share_told
from amends.team.models import Team, User
from amends.team.permissions import Role

FEWEST_ASKED = 3
PEOPLE = {
    "": "everybody",
    Role.AGENT: "the agents",
    Role.LEAD: "the leads",
    Role.QUALITY: "the quality managers",
    Role.ADMIN: "the administrators",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be practised, by its names in the practice room, by whom, until when, and by how many in a hundred.

    No team is every team, no role everybody in it.
    """

    what: tuple[str, ...]
    team: Team | None
    role: Role | None
    day: date
    share_percent: int

    def people(self) -> "models.QuerySet[User]":
        """Whom it is asked of now."""
        return group_of(self.team.pk if self.team else None, self.role.value if self.role else "")

    @property
    def whom(self) -> str:
        """Of whom it is asked, in words."""
        return group_in_words(self.team, self.role.value if self.role else "")


class Training(models.Model):
    """Practice asked of a team, a role or both, never of one person; who has done it stands nowhere here.

    A change carries it (`prevention/`), and the practice room reads it (`practice/asked.py`): the two do not know each
    other.
    """

    what = models.JSONField()
    team = models.ForeignKey("amends.Team", null=True, on_delete=models.PROTECT, related_name="trainings")
    role = models.CharField(max_length=10, default="", blank=True)
    because = models.CharField(max_length=460)
    due_date = models.DateField()
    share_percent = models.PositiveSmallIntegerField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due_date", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(share_percent__range=(1, 100)), name="training_share_1_to_100"),
            models.CheckConstraint(
                condition=Q(role__in=["", *[role.value for role in Role]]), name="training_role_known"
            ),
        ]

    @property
    def whom(self) -> str:
        """Of whom it is asked, in words."""
        return group_in_words(self.team, self.role)

    def people(self) -> "models.QuerySet[User]":
        """Whom it is asked of now."""
        return group_of(self.team_id, self.role)

    @property
    def found(self) -> "TrainingTold | None":
        """What was told of it, None while its day has not passed."""
        return getattr(self, "told", None)


class TrainingTold(models.Model):
    """About how many of a group had done it by its day, rounded, and told once; None where that would say too much.

    `people` are those it was told of, done or not: nobody is in two figures about the same practice.
    """

    training = models.OneToOneField(Training, on_delete=models.PROTECT, related_name="told")
    people = models.ManyToManyField(User, related_name="+")
    of = models.PositiveSmallIntegerField()
    about = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    @property
    def reached(self) -> bool:
        """Whether as many had done it as were asked for, as far as a rounded figure can say."""
        wanted = share_told(ceil(self.training.share_percent * self.of / 100), self.of)
        return self.about is not None and wanted is not None and self.about >= wanted


def group_of(team: int | None, role: str) -> "models.QuerySet[User]":
    """The active people of a team (None for every team) with a role ("" for any), by name."""
    rows = User.objects.filter(is_active=True)
    rows = rows.filter(team=team) if team else rows
    return (rows.filter(role=role) if role else rows).order_by("name", "pk")


def group_in_words(team: Team | None, role: str) -> str:
    """A group: "everybody in the Amber team", "the agents in every team"."""
    return f"{PEOPLE[role]} in {f'the {team.name} team' if team else 'every team'}"


def asked_of(person: User) -> "models.QuerySet[Training]":
    """What is asked of the groups this person is in, the earliest day first."""
    return Training.objects.filter(Q(team=None) | Q(team=person.team_id), role__in=["", person.role])


def untold(now: datetime) -> "models.QuerySet[Training]":
    """The trainings whose day has passed and of which nothing was told yet."""
    return Training.objects.filter(due_date__lt=now.date(), told=None)


def ask(asked: Asked, because: str, *, by: User, now: datetime) -> Training:
    """Write down what is asked; whoever agrees a change checks it first."""
    return Training.objects.create(
        what=list(asked.what),
        team=asked.team,
        role=asked.role.value if asked.role else "",
        because=because,
        due_date=asked.day,
        share_percent=asked.share_percent,
        by=by,
        at=now,
    )
