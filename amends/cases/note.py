"""Notes to the team: a table of their own, with no way into an outgoing letter."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.ledger import record, writing
from amends.team.models import User


class Note(models.Model):
    """What a colleague wrote for the team alone."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]


def add_note(case: Case, text: str, *, by: User, now: datetime) -> Note:
    """A note on the case; raises Incomplete when it says nothing."""
    if not text.strip():
        raise Incomplete("Write the note first.", "text")
    with writing():
        note = Note.objects.create(case=case, author=by, at=now, text=text.strip())
        record("note_added", case.pk, by, now, note=note.pk)
    return note
