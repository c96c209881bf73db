"""Certificates of practice that people show to the leads of their team; one that is not shown is nowhere here."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.certificate import COURSES
from amends.team.models import User
from amends.team.policy import current


class ShownCertificate(models.Model):
    """Somebody shows the certificate of a course to the leads of a team: when they passed it, since when they show it.

    It is written by their own hand alone, after the course was passed (`practice/certificate.py`); taking it back
    deletes the row, and the ledger keeps that it was shown, because it may have raised a limit. Whoever changes teams
    shows it to the leads of the new one anew.
    """

    person = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="certificates")
    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="+")
    course = models.CharField(max_length=20)
    passed_at = models.DateTimeField()
    shown_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "course"], name="certificate_shown_once"),
            models.CheckConstraint(condition=Q(course__in=list(COURSES)), name="certificate_course_known"),
        ]

    @property
    def title(self) -> str:
        """What the certificate is called."""
        return COURSES[self.course]

    def ends_at(self, days: int) -> datetime:
        """When it stops counting, by a policy under which certificates last so many days."""
        return self.passed_at + timedelta(days=days)


def counting(people: Iterable[User], now: datetime) -> dict[int, tuple[ShownCertificate, ...]]:
    """The certificates these people show that have not run out under the policy in force, by the person's key."""
    since = now - timedelta(days=current().certificate_days)
    found: dict[int, tuple[ShownCertificate, ...]] = {}
    for row in ShownCertificate.objects.filter(person__in=list(people), passed_at__gt=since, passed_at__lte=now):
        found[row.person_id] = (*found.get(row.person_id, ()), row)
    return found


def courses_of(person: User, now: datetime) -> frozenset[str]:
    """The courses whose certificates count for this person now."""
    return frozenset(row.course for row in counting([person], now).get(person.pk, ()))
