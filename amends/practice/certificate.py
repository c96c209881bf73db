"""A certificate: what a finished course says of somebody, shown to the leads of their team by their own hand alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.cases.errors import NotPossible, NotThere
from amends.cases.ledger import record, writing
from amends.practice.course import Course, find_course
from amends.practice.path import Way, way_of
from amends.team.certificate import ShownCertificate
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current

NOT_THERE = "There is no such certificate shown to you."


@dataclass(frozen=True, slots=True)
class Certificate:
    """What somebody completed and until when it counts; `shown` is None while it is theirs alone."""

    course: Course
    holder: User
    passed_at: datetime
    ends_at: datetime
    shown: ShownCertificate | None

    def counts(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return self.passed_at <= now < self.ends_at

    @property
    def elsewhere(self) -> bool:
        """Whether it is shown to the leads of a team its holder has left."""
        return self.shown is not None and self.shown.team_id != self.holder.team_id

    @property
    def is_newer(self) -> bool:
        """Whether the course was passed again since it was shown."""
        return self.shown is not None and self.shown.passed_at < self.passed_at


def certificate(course: Course, holder: User) -> Certificate | None:
    """Return the certificate of somebody for a course, None before the course is done; for the holder's eyes only."""
    return certificates([way_of(holder, course)], holder)[0]


def certificates(found: Sequence[Way], holder: User) -> list[Certificate | None]:
    """Return the certificate for each of somebody's ways, None where it is not done; for the holder's eyes only."""
    shown = {row.course: row for row in ShownCertificate.objects.filter(person=holder).select_related("team")}
    ends = timedelta(days=current().certificate_days)
    return [
        Certificate(way.course, holder, way.passed_at, way.passed_at + ends, shown.get(way.course.id))
        if way.passed_at
        else None
        for way in found
    ]


def show(course: Course, *, by: User, now: datetime) -> ShownCertificate:
    """Show one's own certificate to the leads of one's team; showing it anew takes its newest date.

    Raises NotPossible before the course is done, or when the certificate has run out.
    """
    with writing():
        mine = certificate(course, by)
        if mine is None:
            raise NotPossible(f"“{course.title}” is not finished yet. Your learning path shows what is left.")
        if not mine.counts(now):
            raise NotPossible(f"This certificate has run out. Pass “{course.last.title}” once more to renew it.")
        if mine.shown is not None and not mine.is_newer and not mine.elsewhere:
            return mine.shown
        ShownCertificate.objects.filter(person=by, course=course.id).delete()
        made = ShownCertificate.objects.create(
            person=by, team=by.team, course=course.id, passed_at=mine.passed_at, shown_at=now
        )
        record("certificate_shown", None, by, now, certificate=course.title, team=by.team.name)
    return made


def hide(course: str, *, by: User, now: datetime) -> None:
    """Stop showing one's own certificate; to stop twice changes nothing. What it added to a limit ends at once."""
    with writing():
        gone, _ = ShownCertificate.objects.filter(person=by, course=course).delete()
        if gone:
            record("certificate_taken_back", None, by, now, certificate=find_course(course).title)


def shown_to(reader: User) -> QuerySet[ShownCertificate]:
    """Return the certificates that others show to this person as a lead of their team, newest first."""
    rows = ShownCertificate.objects.select_related("person", "team").order_by("-shown_at", "-pk")
    if not reader.can(Right.MANAGE_TEAM):
        return rows.none()
    return rows.filter(team=reader.team_id, person__is_active=True).exclude(person=reader)


def find_shown(number: int, reader: User) -> Certificate:
    """Return a certificate shown to this person, or their own; raises NotThere for any other, alike."""
    rows = shown_to(reader) | ShownCertificate.objects.select_related("person", "team").filter(person=reader)
    found = rows.filter(pk=number).first()
    if found is None:
        raise NotThere(NOT_THERE)
    ends_at = found.ends_at(current().certificate_days)
    return Certificate(find_course(found.course), found.person, found.passed_at, ends_at, found)
