"""Follow the sun: cases with something due before somebody's next shift go to a colleague who is there, if they say
yes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models

from amends.cases.assignment import assign
from amends.cases.case import Case
from amends.cases.conflict import who_sees
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.standing import Standing
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.shift import Duty, Shift, next_shift


class HandOver(models.Model):
    """Somebody asks a colleague to take a case over at the end of a shift, with a note if they want one."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="hand_overs")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class HandOverAnswer(models.Model):
    """The colleague took the case over, or returned it, with a word if they wanted to say one."""

    hand_over = models.OneToOneField(HandOver, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    words = models.TextField(default="", blank=True)
    at = models.DateTimeField()


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody leaves behind at the end of a shift: their next one, if planned, and the rows due before that."""

    following: Shift | None
    rows: tuple[Standing, ...]


def leaving(person: User, now: datetime) -> Leaving:
    """The open cases of somebody with something due before their next shift; every one that is due where none is
    planned. Those handed over and not answered yet are left out."""
    following = next_shift(person, now)
    asked = HandOver.objects.filter(by=person, answer=None).values("case")
    rows = Standing.objects.visible_to(person).mine(person).exclude(due_at=None).exclude(case__in=asked)
    if following is not None:
        rows = rows.filter(due_at__lt=following.begins_at)
    return Leaving(following, tuple(rows.select_related("case")))


def takers(case: Case, person: User, now: datetime) -> list[User]:
    """The colleagues on shift now who may see and work on a case and whom it is not about, by name."""
    shifts = Shift.objects.filter(duty=Duty.HERE, begins_at__lte=now, ends_at__gt=now)
    people = who_sees(case).filter(pk__in=shifts.values("person")).exclude(pk=person.pk).order_by("name", "pk")
    return [one for one in people.select_related("team") if one.can(Right.WORK_CASES)]


def hand_over_now(cases: Collection[Case], to: User, note: str, *, by: User, now: datetime) -> list[HandOver]:
    """Ask a colleague on shift to take cases over: all of them or none; each stays with who asks until they say yes.

    Raises Incomplete where none is chosen, NotAllowed for a case of somebody else, NotPossible where the colleague is
    not on shift or cannot work on one of them, AlreadyDone where one was asked for before.
    """
    if not cases:
        raise Incomplete("Choose at least one complaint to hand over.", "cases")
    with writing():
        made = []
        for case in cases:
            _check(case, to, by, now)
            made.append(HandOver.objects.create(case=case, by=by, to=to, at=now, note=note.strip()))
            record("hand_over_asked", case.pk, by, now, to=to.pk)
    return made


def answer_hand_over(asked: HandOver, accepted: bool, words: str = "", *, by: User, now: datetime) -> None:
    """Take a case over, or return it.

    Raises NotAllowed for anybody but the colleague who was asked, AlreadyDone when it was answered, NotPossible when
    the case went to somebody else since: then it can only be returned.
    """
    if asked.to_id != by.pk:
        raise NotAllowed(f"{asked.to.name} was asked to take this over. Only they can answer.")
    with writing():
        if HandOverAnswer.objects.filter(hand_over=asked).exists():
            raise AlreadyDone("You answered this already.")
        if accepted and not _has(asked.by, asked.case):
            raise NotPossible("Somebody else has this complaint by now. Return it, and nothing changes.")
        HandOverAnswer.objects.create(hand_over=asked, accepted=accepted, words=words.strip(), at=now)
        if accepted:
            record("hand_over_taken", asked.case_id, by, now, to=asked.by_id)
            assign(asked.case, to=by, by=by, now=now)
        else:
            record("hand_over_returned", asked.case_id, by, now, to=asked.by_id)


def _check(case: Case, to: User, by: User, now: datetime) -> None:
    if not _has(by, case):
        raise NotAllowed(f"Complaint {case.pk} is not yours to hand over. Take it first, or ask who has it.")
    if to not in takers(case, by, now):
        raise NotPossible(f"{to.name} is not on shift now, or may not work on complaint {case.pk}. Choose another.")
    if HandOver.objects.filter(case=case, answer=None, by=by).exists():
        raise AlreadyDone(f"Somebody was asked to take complaint {case.pk} over. Wait for their answer.")


def _has(person: User, case: Case) -> bool:
    return Case.objects.filter(pk=case.pk, assignment__to=person).exists()
