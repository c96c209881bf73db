"""Looking afterwards at a sample of what was granted on the spot."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amends.cases.errors import Incomplete
from amends.cases.facts import with_story
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page
from amends.desk.thread import conversation, thread
from amends.desk.views.approvals import SHOWN, tabs_context
from amends.errors import AmendsError
from amends.recovery.sample import SpotCheck
from amends.recovery.spot_check import look_at, to_look_at
from amends.team.policy import current


def spot_checks(request: HttpRequest) -> HttpResponse:
    """The remedies that wait to be looked at."""
    rows = to_look_at(signed_in(request))[:SHOWN]
    context = {**chrome(request, "approvals"), **tabs_context(request), "rows": rows, "share": current().sample_share}
    return render(request, "desk/spot_checks.html", context)


def spot_check(request: HttpRequest, pk: int, check: int) -> HttpResponse:
    """One remedy with its whole case: fair, or what would have been."""
    picked = get_object_or_404(to_look_at(signed_in(request)), pk=check, fulfilment__case=find_case(request, pk))
    if request.method != "POST":
        return _page(request, picked, None)
    answer = request.POST.get("fair", "")
    try:
        if answer not in ("yes", "no"):
            raise Incomplete("Say whether it was fair.", "fair")
        words = request.POST.get("words", "")
        look_at(picked, fair=answer == "yes", words=words, by=signed_in(request), now=datetime.now(UTC))
    except AmendsError as error:
        return _page(request, picked, error)
    messages.success(request, "Noted. Thank you for looking.", extra_tags="good")
    return redirect("spot-checks")


def _page(request: HttpRequest, check: SpotCheck, error: AmendsError | None) -> HttpResponse:
    case, now = check.fulfilment.case, datetime.now(UTC)
    issues = list(with_story(case.open_issues()))
    context = {
        "check": check,
        "done": check.fulfilment,
        "issues": list(check.fulfilment.issues.all()),
        "thread": thread(case, conversation(case), issues, now),
        "may_work": False,
    }
    return form_page(request, case, "desk/spot_check.html", context, error)
