"""Nothing opens unless the permission table says for whom; every refusal is a page with a sentence."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from amends.cases.errors import (
    AlreadyDone,
    ConflictOfInterest,
    GateClosed,
    Incomplete,
    NotAllowed,
    NotPossible,
    NotThere,
)
from amends.cases.links import LinkErased, LinkExpired, LinkForeign
from amends.errors import AmendsError
from amends.recovery.errors import BeyondAuthority, OfferSettled
from amends.team.permissions import ROUTES, Right

_STATUS: dict[type[AmendsError], int] = {
    NotAllowed: 403,
    ConflictOfInterest: 403,
    NotThere: 404,
    BeyondAuthority: 403,
    AlreadyDone: 409,
    OfferSettled: 409,
    NotPossible: 409,
    GateClosed: 422,
    Incomplete: 422,
    LinkExpired: 410,
    LinkErased: 410,
    LinkForeign: 404,
}


def status_of(error: AmendsError) -> int:
    """The HTTP status of a refusal: 403 not allowed, 409 done or settled, 410 lapsed, 422 something is missing."""
    return _STATUS.get(type(error), 422)


class Doorkeeper:
    """Middleware: asks the permission table before every view, and turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response; pages of the desk and of customers are kept by nobody on the way."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Refuse a view whose route has no row, whose right the person lacks, or send them to sign in."""
        match = request.resolver_match
        right = ROUTES.get(match.view_name or "") if match else None
        if right is None:
            return _refuse(request, 403, "This page has no row in the permission table, so it stays shut.")
        if right is Right.TOKEN:
            return None  # the API asks for the token itself, and answers in JSON
        if any("\x00" in value for _, values in request.POST.lists() for value in values):
            return _refuse(request, 400, "This text holds a character nobody can read. Take it out and send again.")
        if right in (Right.EVERYONE, Right.LINK):
            return None
        if not request.user.is_authenticated:
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={quote(request.get_full_path())}")
        if not request.user.can(right):
            return _refuse(request, 403, f"Your role cannot do this: {right.value}. Ask a lead.")
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal no view caught."""
        if isinstance(error, AmendsError):
            return _refuse(request, status_of(error), str(error))
        return None


def _refuse(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return render(request, "ui/refusal.html", {"title": "This did not work", "sentence": sentence}, status=status)
