"""One thing for many cases: which, what, and what came of each."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.errors import Incomplete
from amends.cases.phrase import Phrase
from amends.cases.standing import Standing
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.team.models import User
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number
from amends.verbs.bulk import TOGETHER, each
from amends.verbs.table import VERBS

MOST = 100


def bulk(request: HttpRequest) -> HttpResponse:
    """Choose what is done to the ticked cases; on POST do it to each and say what came of it."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, asked.getlist("cases"))
    if request.method != "POST":
        return _ask(request, chosen)
    verb = request.POST.get("verb", "")
    try:
        _check(chosen, verb)
    except AmendsError as error:
        return _ask(request, chosen, error)
    fields = {field.name: request.POST.get(f"{verb}-{field.name}", "") for field in VERBS[verb].fields}
    given = {name: value for name, value in fields.items() if value}
    outcomes = each(verb, [one.pk for one in chosen], given, by=signed_in(request), now=datetime.now(UTC))
    told = [(one, outcome.refusal) for one, outcome in zip(chosen, outcomes, strict=True)]
    context = {**chrome(request), "told": told, "sentence": VERBS[verb].sentence}
    return render(request, "desk/bulk_done.html", context)


def _chosen(request: HttpRequest, ticked: list[str]) -> list[Standing]:
    pks = [pk for pk in map(number, ticked[:MOST]) if pk]
    return list(Standing.objects.visible_to(signed_in(request)).filter(pk__in=pks).order_by("pk"))


def _check(chosen: list[Standing], verb: str) -> None:
    if not chosen:
        raise Incomplete("Tick the cases first.", "cases")
    if verb not in TOGETHER:
        raise Incomplete("Choose what is done to them.", "verb")


def _ask(request: HttpRequest, chosen: list[Standing], error: AmendsError | None = None) -> HttpResponse:
    me = signed_in(request)
    context: dict[str, Any] = {
        **chrome(request),
        "chosen": chosen,
        "verbs": [(name, VERBS[name].sentence) for name in TOGETHER],
        "people": _people(me),
        "phrases": list(Phrase.objects.usable_by(me).values_list("pk", "name")),
        "tomorrow": (datetime.now(UTC) + timedelta(days=1)).date().isoformat(),
        "typed": request.POST,
        "errors": [(getattr(error, "field", "") or "verb", str(error))] if error else [],
    }
    return render(request, "desk/bulk.html", context, status=status_of(error) if error else 200)


def _people(me: User) -> list[tuple[str, str]]:
    people = User.objects.filter(is_active=True, team_id=me.team_id).order_by("name", "pk")
    return [(one.username, one.name) for one in people]
