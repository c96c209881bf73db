"""The promises of a case: writing down that one was kept, moved, or let go."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.promised import typed_time
from amends.errors import AmendsError
from amends.recovery.keep import keep_promise, promises_to_keep, release, renegotiate
from amends.recovery.offer import Via
from amends.recovery.promise import Promise
from amends.team.calendar import zone_of
from amends.ui.numbers import number

_WAYS = [(Via.EMAIL.value, "By e-mail"), (Via.PHONE.value, "By phone")]


def promises(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep, move or let go one promise."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"promises": promises_to_keep(case), "over": _over(case), "ways": _WAYS, "zone": zone_of(case.team)}
        return form_page(request, case, "desk/promises.html", context, error)

    def act() -> None:
        _write_down(request, case)

    return handle(request, case, show, act, "Written down.")


def _over(case: Case) -> list[Promise]:
    still = {one.pk for one in promises_to_keep(case)}
    rows = case.promises.select_related("broken__issue", "release", "owner").prefetch_related("renegotiations")
    return [one for one in rows if one.pk not in still]


def _write_down(request: HttpRequest, around: Case) -> None:
    post, user, now = request.POST, signed_in(request), datetime.now(UTC)
    if not post.get("promise"):
        raise Incomplete("Choose the promise.", "promise")
    promise = get_object_or_404(around.promises, pk=number(post["promise"]))
    words = post.get("words", "")
    match post.get("what"):
        case "kept":
            keep_promise(promise, words, by=user, now=now)
        case "moved":
            due = typed_time(post.get("due", ""), zone_of(promise.case.team), "due")
            renegotiate(promise, due, words, _via(post), by=user, now=now)
        case "released":
            release(promise, words, _via(post), by=user, now=now)
        case _:
            raise Incomplete("Say what became of the promise.", "what")


def _via(post: QueryDict) -> Via:
    """How the customer's words reached us; Incomplete where nobody said."""
    way = str(post.get("via", ""))
    if way not in (Via.EMAIL, Via.PHONE):
        raise Incomplete("Say how the customer told you.", "via")
    return Via(way)
