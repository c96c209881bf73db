"""What stands beside a case for who opens it, read in one query: is it about them, limits, other cases, a note."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery

from amends.cases.boundary import Rung
from amends.cases.case import Case
from amends.cases.subject import Subject
from amends.loyalty.notes import CustomerNote
from amends.team.models import User


@dataclass(frozen=True, slots=True)
class Beside:
    """Whether the complaint is about the reader, until when contact is limited, other complaints, the newest note."""

    about_me: bool
    limited_until: datetime | None
    other_complaints: int
    note: str


def beside(case: Case, reader: User, now: datetime) -> Beside:
    """What stands beside this case for this reader."""
    limits = Q(boundaries__step=Rung.LIMITS, boundaries__review__agreed=True, boundaries__review_due_at__gt=now)
    alike = Case.objects.filter(customer=OuterRef("customer")).values("customer").annotate(all=Count("pk"))
    notes = CustomerNote.objects.filter(customer=OuterRef("customer")).order_by("-at", "-pk")
    row = (
        Case.objects.filter(pk=case.pk)
        .annotate(
            about_me=Exists(Subject.objects.filter(case=OuterRef("pk"), person=reader)),
            limited_until=Max("boundaries__review_due_at", filter=limits),
            alike=Subquery(alike.values("all")),
            note=Subquery(notes.values("text")[:1]),
        )
        .values_list("about_me", "limited_until", "alike", "note")
        .get()
    )
    about_me, limited_until, count, note = row
    return Beside(about_me, limited_until, count - 1, note or "")
