"""Looking back on a case in three questions: one's own page, and what a colleague shows."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import Incomplete, NotPossible
from amends.coaching.debrief import (
    debrief_of,
    delete_debrief,
    find_shown,
    keep_debrief,
    share_debrief,
    take_debrief_back,
)
from amends.coaching.whom import may_look
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.errors import AmendsError
from amends.team.permissions import Right
from amends.ui.numbers import number


def debrief(request: HttpRequest, pk: int) -> HttpResponse:
    """The three questions about a case, and to whom the answers are shown."""
    case, me, post = find_case(request, pk), signed_in(request), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        mine = debrief_of(case, me)
        people = [(one.username, one.name) for one in may_look(case, me).order_by("name", "pk")]
        shares = list(mine.shares.select_related("to")) if mine else []
        return form_page(request, case, "desk/debrief.html", {"mine": mine, "people": people, "shares": shares}, error)

    def act() -> None:
        answers = (post.get("well", ""), post.get("hard", ""), post.get("change", ""))
        keep_debrief(case, answers, by=me, now=datetime.now(UTC))

    return handle(request, case, show, act, "Kept, for you alone.", "debrief")


@require_POST
def debrief_sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the answers to a colleague, take that back, or delete all of it."""
    case, me, post = find_case(request, pk), signed_in(request), request.POST
    mine = debrief_of(case, me)
    if mine is None:
        raise NotPossible("You have not looked back on this case yet.")
    if "delete" in post:
        delete_debrief(mine)
        messages.success(request, "Deleted. Nothing of it is left.", extra_tags="good")
    elif "back" in post:
        take_debrief_back(mine, number(post["back"]) or 0)
        messages.success(request, "Taken back. They cannot open it any more.", extra_tags="good")
    else:
        try:
            shown = share_debrief(mine, post.get("to", ""), now=datetime.now(UTC))
        except Incomplete as error:
            messages.warning(request, str(error), extra_tags="warn")
        else:
            messages.success(request, f"{shown.to.name} can read it now.", extra_tags="good")
    return redirect("debrief", pk)


@require_GET
def debrief_shown(request: HttpRequest, pk: int) -> HttpResponse:
    """What a colleague shows of their looking back; what should change can go on to the board of causes."""
    me = signed_in(request)
    context = {
        **chrome(request, "colleagues"),
        "shown": find_shown(pk, me),
        "may_change": me.can(Right.MANAGE_CHANGES),
    }
    return render(request, "desk/debrief_shown.html", context)
