"""What a colleague should know of a customer: what they like to be called, and notes that are taken away again."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.case import Case
from amends.cases.errors import Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.customers.models import Customer
from amends.team.models import User
from amends.team.permissions import Right

LONGEST = 500
LONGEST_NAME = 80


class CustomerNote(models.Model):
    """One thing to know about a customer, fit to be read by them; taken away, nothing of it stays."""

    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=LONGEST)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(text=""), name="customer_note_says_it")]


def call_them(case: Case, likes: str, *, by: User, now: datetime) -> None:
    """Write down what the customer of a case likes to be called; empty goes back to their first name.

    Every letter and page greets them so from now on. Raises Incomplete for more than one line of a name.
    """
    _may(by)
    words = likes.strip()
    if len(words) > LONGEST_NAME or "\n" in words:
        raise Incomplete(f"Write a name on one line, of at most {LONGEST_NAME} letters.", "likes")
    with writing():
        Customer.objects.filter(pk=case.customer_id).update(likes=words)
        record("customer_called", case.pk, by, now)


def note_about(case: Case, text: str, *, by: User, now: datetime) -> CustomerNote:
    """Keep what a colleague should know of the customer of a case; raises Incomplete when it says nothing."""
    _may(by)
    if not text.strip():
        raise Incomplete("Write what a colleague should know.", "text")
    if len(text.strip()) > LONGEST:
        raise Incomplete(f"Say it in at most {LONGEST} letters.", "text")
    with writing():
        made = CustomerNote.objects.create(customer_id=case.customer_id, by=by, at=now, text=text.strip())
        record("customer_noted", case.pk, by, now, note=made.pk)
    return made


def remove_note(case: Case, note: CustomerNote, *, by: User, now: datetime) -> None:
    """Take a note away for good: the history says that somebody did, not what it said."""
    _may(by)
    with writing():
        record("customer_note_removed", case.pk, by, now, note=note.pk)
        note.delete()


def _may(by: User) -> None:
    if not by.can(Right.WORK_CASES):
        raise NotAllowed("Notes about customers are for the people who write to them.")
