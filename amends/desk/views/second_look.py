"""What waits for a second person: decisions about conduct, ended contacts, threats, limits."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amends.cases.boundary import Boundary, Rung
from amends.cases.case import Case
from amends.cases.decision import Decision, Fault
from amends.desk.chrome import chrome, signed_in
from amends.team.models import User

_ASKS = {
    Rung.ENDED: "Contact was ended",
    Rung.THREAT: "There was a threat of violence",
    Rung.LIMITS: "Limits to contact are proposed",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing somebody has to look at: what, of which case, by whom it was done, and by when."""

    what: str
    case: Case
    by: User
    at: datetime
    due_at: datetime | None
    href: str
    own: bool


def second_look(request: HttpRequest) -> HttpResponse:
    """The list of everything that waits for a second person, the most urgent first."""
    rows = waiting_for_a_look(signed_in(request))
    return render(request, "desk/second_look.html", {**chrome(request, "second-look"), "rows": rows})


def waiting_for_a_look(user: User) -> list[Waiting]:
    """What this person can see and somebody has to look at: first what is due, then what was decided, by its time."""
    cases = Case.objects.visible_to(user).exclude(subjects__person=user)
    rows = [_boundary(one, user) for one in _boundaries().filter(case__in=cases)]
    rows += [_decision(one, user) for one in _decisions().filter(issue__case__in=cases)]
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.at))


def _boundaries() -> "QuerySet[Boundary]":
    waiting = Boundary.objects.filter(review=None).exclude(review_due_at=None)
    return waiting.select_related("by", "case__customer")


def _decisions() -> "QuerySet[Decision]":
    """Decisions about conduct nobody looked at; one that was decided anew waits no more."""
    newest = Decision.objects.values("issue").annotate(last=Max("pk")).values("last")
    waiting = Decision.objects.filter(fault=Fault.CONDUCT, review=None, pk__in=newest)
    return waiting.select_related("by", "issue__case__customer")


def _boundary(one: Boundary, user: User) -> Waiting:
    what, href = _ASKS[Rung(one.step)], reverse("conduct-review", args=[one.case_id, one.pk])
    due = None if one.step == Rung.LIMITS else one.review_due_at
    return Waiting(what, one.case, one.by, one.at, due, href, one.by_id == user.pk)


def _decision(one: Decision, user: User) -> Waiting:
    case = one.issue.case
    href = reverse("decision-review", args=[case.pk, one.issue_id])
    return Waiting(f"“{one.issue}” was decided as conduct", case, one.by, one.at, None, href, one.by_id == user.pk)
