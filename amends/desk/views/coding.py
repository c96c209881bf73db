"""Naming the cause of an issue a second time, without seeing what the first person named."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.issue import Issue
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import pressed
from amends.errors import AmendsError
from amends.prevention.coding import code_again, waiting_for
from amends.prevention.models import Cause
from amends.prevention.tree import tree_of
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

NONE = "none"


def second_coding(request: HttpRequest) -> HttpResponse:
    """The next issue whose cause this person names blind: the customer's words and the causes, nothing else."""
    return pressed(request, partial(_show, request), partial(_code, request), "second-coding")


def _show(request: HttpRequest, error: AmendsError | None) -> HttpResponse:
    waiting = waiting_for(signed_in(request), datetime.now(UTC))
    context = {
        **chrome(request, "prevention"),
        "issue": Issue.objects.filter(pk=waiting[0]).first() if waiting else None,
        "waiting": len(waiting),
        "twigs": tree_of(),
        "none": NONE,
        "errors": [("cause", str(error))] if error else [],
    }
    return render(request, "desk/second_coding.html", context, status=status_of(error) if error else 200)


def _code(request: HttpRequest) -> str:
    me, now, post = signed_in(request), datetime.now(UTC), request.POST
    asked = number(post.get("issue", "")) or 0
    if asked not in waiting_for(me, now):
        raise AlreadyDone("This issue no longer waits for you. Here is the next one.")
    said = post.get("cause", "")
    cause = Cause.objects.filter(pk=number(said) or 0).first()
    if cause is None and said != NONE:
        raise Incomplete("Choose a cause, or say that none of them fits.", "cause")
    code_again(Issue.objects.get(pk=asked), cause, by=me, now=now)
    return "Written down. What is linked to the issue stays as it is."
