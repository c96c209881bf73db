"""Saying which colleague a complaint is about, so that somebody else handles it."""

from datetime import datetime

from amends.cases.assignment import Assignment, take
from amends.cases.case import Case
from amends.cases.conflict import check_hands, somebody_else
from amends.cases.errors import AlreadyDone, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.cases.subject import Subject
from amends.team.models import User
from amends.team.permissions import Right


def name_subject(case: Case, person: User, *, by: User, now: datetime) -> Subject:
    """Write down that a complaint is about a colleague: they lose the case, and somebody it is not about has it (F26).

    People say so of themselves, leads of anybody. Raises NotAllowed, ConflictOfInterest or AlreadyDone.
    """
    with writing():
        case = Case.objects.select_related("customer", "team").get(pk=case.pk)
        if by.pk != person.pk:
            _may_speak_of_others(case, by)
        if Subject.objects.filter(case=case, person=person).exists():
            raise AlreadyDone(f"It is written down that this complaint is about {person.name}.")
        made = Subject.objects.create(case=case, person=person, by=by, at=now)
        record("subject_named", case.pk, by, now, to=person.pk)
        _pass_on(case, person, now)
        stand(case, now)
    return made


def _may_speak_of_others(case: Case, by: User) -> None:
    check_hands(case, by)
    if not by.can(Right.REVIEW_CONDUCT):
        raise NotAllowed("A lead says whom a complaint is about. You can say it of yourself.")


def _pass_on(case: Case, person: User, now: datetime) -> None:
    """The case leaves this person, and never lies with nobody when somebody above can have it."""
    Assignment.objects.filter(case=case, to=person).delete()
    heir = somebody_else(case)
    if heir is not None and not Assignment.objects.filter(case=case).exists():
        take(case, by=heir, now=now)
        record("assigned", case.pk, "system", now, to=heir.pk)


def clear_subject(case: Case, person: User, *, by: User, now: datetime) -> None:
    """Take back that a complaint is about a colleague: a lead's word, never that of the person themselves.

    Raises NotAllowed, ConflictOfInterest, or NotPossible when nobody said so.
    """
    with writing():
        case = Case.objects.select_related("customer").get(pk=case.pk)
        _may_speak_of_others(case, by)
        deleted, _ = Subject.objects.filter(case=case, person=person).delete()
        if not deleted:
            raise NotPossible(f"Nobody said that this complaint is about {person.name}.")
        record("subject_cleared", case.pk, by, now, to=person.pk)
        stand(case, now)
