"""A second pair of eyes on a draft: ask a colleague, look, take over what they say or not."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.facts import with_story
from amends.coaching.debrief import debriefs_of, shown_to
from amends.coaching.models import Look
from amends.coaching.second_pair import FREE, ask_look, close_look, find_look, give_look, take_on
from amends.coaching.whom import Colleague, colleagues_to_ask
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, pressed
from amends.desk.thread import conversation, paragraphs, thread
from amends.desk.views.case import case_page
from amends.errors import AmendsError

AS_IT_IS = "I would send it as it is."


@require_GET
def colleagues(request: HttpRequest) -> HttpResponse:
    """What colleagues ask this person to look at, and what they asked themselves."""
    me = signed_in(request)
    rows = Look.objects.select_related("by", "to", "given", "case__customer")
    context = {
        **chrome(request, "colleagues"),
        "asked": list(rows.to_give(me)),
        "mine": list(rows.seen_by(me).unsettled().filter(by=me)),
        "looked_back": list(debriefs_of(me)),
        "shown": list(shown_to(me)),
    }
    return render(request, "desk/colleagues.html", context)


def look_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to look at a draft; from the composer the draft comes along and nothing is asked yet."""
    case, post, me, now = find_case(request, pk), request.POST, signed_in(request), datetime.now(UTC)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"people": [_line(one) for one in colleagues_to_ask(case, me, now)], "free": FREE}
        return form_page(request, case, "desk/look_ask.html", context, error)

    def act() -> str:
        if "asking" not in post:
            return ""
        made = ask_look(case, post.get("text", ""), post.get("question", ""), post.get("to", ""), by=me, now=now)
        whom = made.to.first_name if made.to else "Whoever is free"
        return f"{whom} sees it on the page Colleagues. You can send the letter at any time."

    return pressed(request, show, act, "case", pk)


def _line(one: Colleague) -> dict[str, str]:
    hints = ["here now" if one.here else "", f"has written in {one.language}" if one.language else ""]
    hint = " · ".join(part for part in hints if part)
    return {"value": one.user.username, "label": one.user.name, "hint": hint[:1].upper() + hint[1:]}


def look(request: HttpRequest, pk: int, look: int) -> HttpResponse:
    """One draft with the customer's words: for who looks, a form; for who asked, what was said of it."""
    case = find_case(request, pk)
    one = find_look(look, case, signed_in(request))
    if request.method != "POST":
        return _page(request, one, None)
    try:
        return _own(request, case, one) if one.by_id == signed_in(request).pk else _theirs(request, one)
    except AmendsError as error:
        return _page(request, one, error)


def _own(request: HttpRequest, case: Case, one: Look) -> HttpResponse:
    """What who asked does with it: take it back, or go on writing with one wording or the other."""
    act, given = request.POST.get("act", ""), getattr(one, "given", None)
    if act == "back":
        close_look(one, by=one.by, now=datetime.now(UTC))
        messages.success(request, "Taken back. Nobody is asked any more.", extra_tags="good")
        return redirect("colleagues")
    if act not in ("wording", "mine"):
        raise Incomplete("Choose which wording to go on with, or take it back.")
    if given:
        close_look(one, by=one.by, now=datetime.now(UTC))
    return case_page(request, case, text=given.wording if given and act == "wording" else one.draft)


def _theirs(request: HttpRequest, one: Look) -> HttpResponse:
    post, me, who = request.POST, signed_in(request), one.by.first_name
    if post.get("act") == "take_on":
        take_on(one, by=me)
        return redirect("look", one.case_id, one.pk)
    remarks = AS_IT_IS if post.get("act") == "as_it_is" else post.get("remarks", "")
    wording = "" if post.get("act") == "as_it_is" else post.get("wording", "")
    give_look(one, remarks, wording, by=me, now=datetime.now(UTC))
    messages.success(request, f"{who} has it now. Thank you for looking.", extra_tags="good")
    return redirect("colleagues")


def _page(request: HttpRequest, one: Look, error: AmendsError | None) -> HttpResponse:
    case, now = one.case, datetime.now(UTC)
    context: dict[str, Any] = {
        "look": one,
        "given": getattr(one, "given", None),
        "own": one.by_id == signed_in(request).pk,
        "settled": not Look.objects.unsettled().filter(pk=one.pk).exists(),
        "draft": paragraphs(one.draft),
        "thread": thread(case, conversation(case), list(with_story(case.open_issues())), now),
        "may_work": False,
    }
    return form_page(request, case, "desk/look.html", context, error)
