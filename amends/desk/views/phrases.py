"""Saved phrases: kept on a page of their own, put into a letter by the composer's menu."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from amends.cases.errors import Incomplete
from amends.cases.phrase import PLACES, Phrase, filled, keep_phrase, retire_phrase
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.views.case import case_page
from amends.errors import AmendsError
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def phrases(request: HttpRequest) -> HttpResponse:
    """The phrases of the team: read, kept, taken out of use."""
    error: AmendsError | None = None
    if request.method == "POST":
        try:
            done = _retire(request) if request.POST.get("retire") else _keep(request)
        except AmendsError as refusal:
            error = refusal
        else:
            messages.success(request, done, extra_tags="good")
            return redirect("phrases")
    field = error.field if isinstance(error, Incomplete) else ""
    context = {
        **chrome(request, "phrases"),
        "phrases": list(Phrase.objects.usable_by(signed_in(request)).select_related("team", "by")),
        "places": [f"{{{place}}}" for place in PLACES],
        "typed": request.POST,
        "error_field": field,
        "error": str(error) if error else "",
        "errors": [(field or "name", str(error))] if error else [],
    }
    return render(request, "desk/phrases.html", context, status=status_of(error) if error else 200)


def _keep(request: HttpRequest) -> str:
    post, me = request.POST, signed_in(request)
    made = keep_phrase(post.get("name", ""), post.get("text", ""), team=me.team, by=me, now=datetime.now(UTC))
    return f"“{made.name}” is kept."


def _retire(request: HttpRequest) -> str:
    me = signed_in(request)
    one = get_object_or_404(Phrase.objects.usable_by(me), pk=number(request.POST["retire"]))
    retire_phrase(one, by=me, now=datetime.now(UTC))
    return f"“{one.name}” is out of use."


@require_POST
def phrase_insertion(request: HttpRequest, pk: int) -> HttpResponse:
    """The composer again with a phrase at the end of what was typed; nothing is stored or sent."""
    case, me, text = find_case(request, pk), signed_in(request), request.POST.get("text", "")
    one = Phrase.objects.usable_by(me).filter(pk=number(request.POST.get("phrase", "")) or 0).first()
    try:
        if one is None:
            raise Incomplete("Choose a phrase first.", "phrase")
        words = filled(one, case, me)
    except AmendsError as error:
        return case_page(request, case, status=status_of(error), text=text, error=str(error))
    return case_page(request, case, text="\n\n".join(part for part in (text.rstrip(), words) if part))
