"""The page You: what somebody carries, breaks, what they take, calm cards and thanks; theirs alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from amends.care.consent import is_on, switch_off, switch_on
from amends.care.moments import LASTED, end_break, take_back, take_break, tell_moment
from amends.care.own import own
from amends.care.thanks import thanks_for
from amends.care.wishes import wish, wishes_of
from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.issue import CATEGORIES
from amends.desk.calm import CARDS
from amends.desk.care_line import line
from amends.desk.chrome import CARE, LATER, chrome, signed_in
from amends.desk.felt import FELT
from amends.desk.views.health import YEAR
from amends.errors import AmendsError
from amends.language.news import LANGUAGE_NAMES
from amends.method.exposure import BREAK_AT, USUAL_MINUTES, Felt
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

FEW = 3
QUIET_SECONDS = 2 * 60 * 60
MINUTES = {5: "A few minutes", USUAL_MINUTES: "About a quarter of an hour", 30: "Half an hour or more"}


@require_GET
def care(request: HttpRequest) -> HttpResponse:
    """One's own page; where nothing is kept, what it would be and what it never is.

    Whoever switched it on is known by a cookie where they opened this page, so that pages cost nobody else more.
    """
    response = _page(request)
    if is_on(signed_in(request)):
        response.set_cookie(CARE, "1", max_age=YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(CARE)
    return response


def _page(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    me, now = signed_in(request), datetime.now(UTC)
    mine = own(me, now) if is_on(me) else None
    context = {
        **chrome(request, "care"),
        "own": mine,
        "line": line(mine.line) if mine else None,
        "break_at": BREAK_AT,
        "felt": FELT,
        "minutes": [(str(one), MINUTES[one]) for one in LASTED],
        "thanks": thanks_for(me, FEW),
        "error": str(error) if error else "",
        "suggested": None,
    }
    return render(request, "desk/care.html", context, status=status_of(error) if error else 200)


@require_POST
def care_switch(request: HttpRequest) -> HttpResponse:
    """Switch care on, or off with everything that was kept."""
    me = signed_in(request)
    if request.POST.get("switch") == "on":
        switch_on(me, datetime.now(UTC))
        messages.success(request, "It is on. What you say is kept for you alone.", extra_tags="good")
    elif request.POST.get("switch") == "off":
        switch_off(me)
        messages.success(request, "It is off, and everything that was kept is deleted.", extra_tags="good")
    return redirect("care")


@require_POST
def care_moment(request: HttpRequest) -> HttpResponse:
    """Say how a conversation was, or take that back; after abuse, what helps comes next."""
    post, me, now = request.POST, signed_in(request), datetime.now(UTC)

    def act() -> None:
        if post.get("take_back"):
            take_back(me, number(post["take_back"]) or 0)
        else:
            minutes = number(post.get("minutes", "")) or USUAL_MINUTES
            tell_moment(me, post.get("felt", ""), now, minutes=minutes, chosen=post.get("chosen") == "on")

    done = "Deleted." if post.get("take_back") else "Kept, for you alone."
    return _did(request, act, done, _cards_for(request) if post.get("felt") == Felt.ABUSIVE else "")


def _cards_for(request: HttpRequest) -> str:
    """The cards, with the ways out of the case it happened in when the tap came from there."""
    case = number(request.POST.get("case", ""))
    return reverse("care-cards") + (f"?case={case}" if case else "") + "#abuse"


@require_POST
def care_break(request: HttpRequest) -> HttpResponse:
    """Begin a break, or be back."""
    me, now = signed_in(request), datetime.now(UTC)
    if request.POST.get("back"):
        return _did(request, lambda: end_break(me, now), "Welcome back.")
    minutes = number(request.POST.get("minutes", "")) or 0
    return _did(request, lambda: take_break(me, now, minutes=minutes), "Take your time.", reverse("care"))


@require_POST
def care_later(request: HttpRequest) -> HttpResponse:
    """Put the suggestion of a break aside for two hours, on this device; nothing is kept about it."""
    response = redirect(_back(request))
    response.set_cookie(LATER, "1", max_age=QUIET_SECONDS, samesite="Lax", httponly=True)
    return response


def _did(request: HttpRequest, act: Callable[[], object], done: str, then: str = "") -> HttpResponse:
    try:
        act()
    except AmendsError as error:
        return _page(request, error)
    messages.success(request, done, extra_tags="good")
    return redirect(then or _back(request))


def _back(request: HttpRequest) -> str:
    back = request.headers.get("Referer", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("care")


def care_wishes(request: HttpRequest) -> HttpResponse:
    """What “take the next” is to honour."""
    me, post, error = signed_in(request), request.POST, None
    if request.method == "POST":
        try:
            wish(me, post.getlist("not_taken"), post.getlist("languages"), _at_once(post), datetime.now(UTC))
        except AmendsError as refusal:
            error = refusal
        else:
            messages.success(request, "Kept, for you alone.", extra_tags="good")
            return redirect("care")
    if not is_on(me):
        return redirect("care")
    return render(request, "desk/care_wishes.html", _wishes(request, error), status=status_of(error) if error else 200)


def _at_once(post: Any) -> int | None:
    typed = post.get("at_once", "").strip()
    return (number(typed) or 0) if typed else None


def _wishes(request: HttpRequest, error: AmendsError | None) -> dict[str, Any]:
    kept, post = wishes_of(signed_in(request)), request.POST
    field = error.field if isinstance(error, Incomplete) else ""
    return {
        **chrome(request, "care"),
        "kinds": [{"value": key, "label": title} for key, title in CATEGORIES.items()],
        "tongues": [{"value": key, "label": title} for key, title in LANGUAGE_NAMES.items()],
        "not_taken": post.getlist("not_taken") if error else (kept.not_taken if kept else []),
        "languages": post.getlist("languages") if error else (kept.languages if kept else []),
        "at_once": post.get("at_once", "") if error else (kept.at_once or "" if kept else ""),
        "error": str(error) if error else "",
        "error_field": field,
        "errors": [(field or "not_taken", str(error))] if error else [],
    }


@require_GET
def care_cards(request: HttpRequest) -> HttpResponse:
    """The calm cards, for everybody; nothing is kept about who reads them."""
    me = signed_in(request)
    case = Case.objects.visible_to(me).filter(pk=number(request.GET.get("case", "")) or 0).first()
    return render(request, "desk/care_cards.html", {**chrome(request, "care"), "cards": CARDS, "case": case})


@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """The thank-you wall."""
    return render(request, "desk/thanks.html", {**chrome(request, "care"), "thanks": thanks_for(signed_in(request))})
