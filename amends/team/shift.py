"""Shifts of a team: who is there or on call, from when until when, and shifts two people swap."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amends.method.rota import Span, monday_of, week_from
from amends.team.calendar import zone_of
from amends.team.models import Team, User


class Duty(models.TextChoices):
    """What a shift is."""

    HERE = "here", "On shift"
    CALL = "call", "On call"


class Shift(models.Model):
    """Somebody is there, or can be called, from one moment to another; `reach` is where a call reaches them."""

    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="shifts")
    person = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="shifts")
    duty = models.CharField(max_length=4, choices=Duty.choices)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reach = models.EmailField(default="", blank=True)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["begins_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="shift_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(duty__in=["here", "call"]), name="shift_duty_known"),
            models.CheckConstraint(condition=~Q(duty="call") | ~Q(reach=""), name="on_call_can_be_reached"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["team", "ends_at"], name="shift_of_team"),
            models.Index(fields=["person", "begins_at"], name="shift_of_person"),
        ]

    @property
    def span(self) -> Span:
        """From when until when."""
        return self.begins_at, self.ends_at


class Swap(models.Model):
    """Somebody asks a colleague to take a shift of theirs, in exchange for one of the colleague's or for none."""

    given = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="given_in")
    wanted = models.ForeignKey(Shift, null=True, on_delete=models.CASCADE, related_name="wanted_in")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


class SwapAnswer(models.Model):
    """What the colleague said to a swap, and when."""

    swap = models.OneToOneField(Swap, on_delete=models.CASCADE, related_name="answer")
    agreed = models.BooleanField()
    at = models.DateTimeField()


def there(team: Team, duty: Duty, now: datetime) -> list[User]:
    """Who of a team is on a shift of this kind at a moment, by name; nobody who left."""
    shifts = Shift.objects.filter(team=team, duty=duty, begins_at__lte=now, ends_at__gt=now, person__is_active=True)
    return [one.person for one in shifts.select_related("person__team").order_by("person__name", "person")]


def planned(team: Team, now: datetime) -> Sequence[Span]:
    """The shifts of a team from the week of a moment on in which somebody is there, in their order."""
    zone = zone_of(team).key
    since = week_from(monday_of(now, zone), zone)[0]
    rows = Shift.objects.filter(team=team, duty=Duty.HERE, ends_at__gt=since, person__is_active=True)
    return list(rows.order_by("begins_at").values_list("begins_at", "ends_at"))


def next_shift(person: User, now: datetime) -> Shift | None:
    """The first shift of somebody that begins after a moment."""
    return Shift.objects.filter(person=person, duty=Duty.HERE, begins_at__gt=now).order_by("begins_at").first()
