"""Agreeing a training against a cause: what a group practises, who it is, and by when."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import pressed
from amends.desk.views.offer_form import typed_day
from amends.errors import AmendsError
from amends.practice.asked import MOST, USUAL_SHARE, asked
from amends.practice.course import courses
from amends.practice.pieces import pieces
from amends.prevention.models import Cause
from amends.prevention.training import agree_training
from amends.team.models import Team, User
from amends.team.permissions import Role
from amends.team.training import PEOPLE
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

KINDS = ("skill", "lesson", "round")


def training(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree a training with what is practised for it."""
    why = get_object_or_404(Cause, pk=pk)
    return pressed(request, partial(_show, request, why), partial(_agree, request, why), "change", pk)


def _show(request: HttpRequest, why: Cause, error: AmendsError | None) -> HttpResponse:
    field = getattr(error, "field", "") or "what"
    context = {
        **chrome(request, "prevention"),
        "cause": why,
        "pieces": {kind: _choices(kind) for kind in KINDS},
        "most": MOST,
        "teams": [(str(one.pk), one.name) for one in Team.objects.order_by("name")],
        "roles": [(str(role), PEOPLE[role].removeprefix("the ").capitalize()) for role in Role],
        "people": User.objects.filter(is_active=True).order_by("name", "pk"),
        "share": request.POST.get("share", str(USUAL_SHARE)),
        "chosen": _names(request),
        "typed": request.POST,
        "errors": [("practice-skill" if field == "practice" else field, str(error))] if error else [],
    }
    return render(request, "desk/training.html", context, status=status_of(error) if error else 200)


def _choices(kind: str) -> list[dict[str, str]]:
    titles = {course.id: course.title for course in courses().values()}
    return [
        {"value": one.name, "label": one.title, "hint": titles[one.ids[0]] if kind == "lesson" else ""}
        for one in pieces().values()
        if one.kind == kind
    ]


def _names(request: HttpRequest) -> list[str]:
    return [name for kind in KINDS for name in request.POST.getlist(f"practice-{kind}")]


def _agree(request: HttpRequest, why: Cause) -> str:
    post, now, me = request.POST, datetime.now(UTC), signed_in(request)
    if not post.get("what", "").strip():
        raise Incomplete("Say what will be different.", "what")
    role = Role(post["role"]) if post.get("role") in list(Role) else None
    practice = asked(
        _names(request), _team(request), role, typed_day(post.get("practice_day", ""), "practice_day"), _share(request)
    )
    owner = User.objects.filter(username=post.get("owner", ""), is_active=True).first()
    if owner is None:
        raise Incomplete("Choose who sees to it.", "owner")
    agree_training(why, post["what"], practice, owner=owner, due=typed_day(post.get("due", ""), "due"), by=me, now=now)
    return f"Agreed. {practice.whom.capitalize()} find it on their learning path."


def _team(request: HttpRequest) -> Team | None:
    chosen = request.POST.get("team", "")
    team = Team.objects.filter(pk=number(chosen) or 0).first() if chosen else None
    if chosen and team is None:
        raise Incomplete("That team is gone. Choose another.", "team")
    return team


def _share(request: HttpRequest) -> int:
    said = number(request.POST.get("share", ""))
    if said is None:
        raise Incomplete("Say by how many in a hundred: a whole number from 1 to 100.", "share")
    return said
