"""Reports: what we promised everybody, and the gap to what we delivered."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from amends.desk.chrome import chrome
from amends.recovery.published import track_record
from amends.team.policy import current_version


@require_GET
def promise_report(request: HttpRequest) -> HttpResponse:
    """Each published promise with its target, the true wait and the gap between them."""
    context = {
        **chrome(request, "prevention"),
        "records": track_record(datetime.now(UTC)),
        "version": current_version(),
    }
    return render(request, "desk/promise_report.html", context)
