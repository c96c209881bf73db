"""Signs of life, the theme, and one's own settings."""

from datetime import UTC, datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from amends import __version__
from amends.cases.team_hours import may_set_hours
from amends.channels.models import alive
from amends.desk.chrome import chrome, signed_in
from amends.insights.questions import QUESTIONS
from amends.reporting.subscription import running, stop_own
from amends.team.models import Team
from amends.ui.numbers import number

YEAR = 60 * 60 * 24 * 365


def health(_request: HttpRequest) -> JsonResponse:
    """200 with the version and which parts are alive; no figures."""
    now = datetime.now(UTC)
    try:
        parts = {"database": True, "worker": alive("worker", now), "intake": alive("intake", now)}
    except DatabaseError:
        parts = {"database": False, "worker": False, "intake": False}
    return JsonResponse({"version": __version__, **parts})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme somebody chose on their device."""
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()})
    response = redirect(back if safe else "home")
    chosen = request.POST.get("theme", "")
    response.set_cookie("theme", chosen if chosen in ("light", "dark") else "", max_age=YEAR, samesite="Lax")
    return response


def keys(request: HttpRequest) -> HttpResponse:
    """One's own settings: whether single letters act as keys (WCAG 2.1.4), and which figures come by mail."""
    user, now = signed_in(request), datetime.now(UTC)
    if request.method == "POST" and "stop" in request.POST:
        stop_own(user, number(request.POST["stop"]) or 0, now)
        return redirect("keys")
    if request.method == "POST":
        user.letter_keys = request.POST.get("letter_keys") == "on"
        user.save(update_fields=["letter_keys"])
        return redirect("keys")
    teams = [team for team in Team.objects.order_by("name") if may_set_hours(user, team)]
    asked = [(one, QUESTIONS[one.question].title, one.letters.first()) for one in running(user)]
    return render(request, "desk/keys.html", {**chrome(request), "user": user, "teams": teams, "asked": asked})
