"""The tree of causes: what each means, whose it is, and tending it."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from amends.cases.errors import Incomplete, NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.errors import AmendsError
from amends.prevention.coding import waiting_for
from amends.prevention.models import Cause, Retirement
from amends.prevention.tending import Card, merge_cause, put_back_cause, retire_cause, tend
from amends.prevention.tree import inside, issues_behind, tree_of
from amends.team.models import User
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


@require_GET
def causes(request: HttpRequest) -> HttpResponse:
    """Every cause in its place, what is out of use, and how many issues wait to be named a second time."""
    context = {
        **chrome(request, "prevention"),
        "twigs": tree_of(),
        "gone": list(Retirement.objects.select_related("cause", "into", "by").order_by("-at", "-pk")),
        "waiting": len(waiting_for(signed_in(request), datetime.now(UTC))),
        "may_tend": signed_in(request).can(Right.MANAGE_CHANGES),
    }
    return render(request, "desk/causes.html", context)


def cause_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One cause: what was done to it, by whom; on POST it is changed, merged, taken out of use or put back."""
    cause = get_object_or_404(Cause.objects.select_related("owner", "parent"), pk=pk)
    if request.method == "POST" and not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager tends the causes. Ask one.")
    return pressed(request, partial(_card, request, cause), partial(_tend, request, cause), "cause-card", pk)


def _card(request: HttpRequest, cause: Cause, error: AmendsError | None) -> HttpResponse:
    below = inside(cause.pk)
    others = list(Cause.objects.filter(retirement=None).exclude(pk=cause.pk).order_by("name"))
    context = {
        **chrome(request, "prevention"),
        "cause": cause,
        "gone": Retirement.objects.filter(cause=cause).select_related("into", "by").first(),
        "issues": issues_behind(cause),
        "tended": list(cause.tended.select_related("by")),
        "above": [one for one in others if one.pk not in below],
        "others": others,
        "people": User.objects.filter(is_active=True).order_by("name", "pk"),
        "typed": request.POST,
        "may_tend": signed_in(request).can(Right.MANAGE_CHANGES),
        "errors": errors_of(error),
    }
    return render(request, "desk/cause_card.html", context, status=status_of(error) if error else 200)


def _tend(request: HttpRequest, cause: Cause) -> str:
    """Do what the pressed button says; returns it as a sentence."""
    post, now, me = request.POST, datetime.now(UTC), signed_in(request)
    match post.get("do", ""):
        case "merge":
            into = _cause(post.get("into", ""), "into")
            moved = merge_cause(cause, into, by=me, now=now)
            return f"“{into.name}” stands for both now, with {moved} more {'issue' if moved == 1 else 'issues'}."
        case "retire":
            retire_cause(cause, post.get("reason", ""), by=me, now=now)
            return "Out of use. What was linked to it stays."
        case "put-back":
            put_back_cause(cause, by=me, now=now)
            return "In use again."
    owner = User.objects.filter(username=post.get("owner", ""), is_active=True).first()
    if owner is None:
        raise Incomplete("Choose who looks after it.", "owner")
    parent = _cause(post["parent"], "parent") if post.get("parent") else None
    card = Card(post.get("name", ""), post.get("definition", ""), owner, parent)
    return " ".join(tend(cause, card, by=me, now=now))


def _cause(word: str, field: str) -> Cause:
    found = Cause.objects.filter(pk=number(word) or 0).first()
    if found is None:
        raise Incomplete("Choose a cause.", field)
    return found
