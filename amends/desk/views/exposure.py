"""What complaints are counted in: orders, visits or users each week, brought in from a file."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.errors import NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import pressed, text_given
from amends.errors import AmendsError
from amends.method.columns import BrokenRows
from amends.prevention.exposure import import_exposure, spans
from amends.prevention.exposure_nightly import last_read
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of

LARGEST = 2_000_000
TOO_LARGE = "This file is larger than 2 MB. Weeks of figures are never that many: look what is in it."


def exposure(request: HttpRequest) -> HttpResponse:
    """Which figures are known; on POST a file of them is brought in whole, or each broken row is named."""
    if request.method == "POST" and not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager brings figures in. Ask one.")

    def act() -> str:
        text = text_given(request, LARGEST, TOO_LARGE)
        kept = import_exposure(text, by=signed_in(request), now=datetime.now(UTC))
        return f"Kept: {', '.join(f'{weeks} weeks of {name}' for name, weeks in kept.items())}."

    return pressed(request, partial(_show, request), act, "exposure")


def _show(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    context = {
        **chrome(request, "prevention"),
        "spans": spans(),
        "read": last_read(),
        "may_import": signed_in(request).can(Right.MANAGE_CHANGES),
        "broken": error.rows if isinstance(error, BrokenRows) else (),
        "typed": request.POST,
        "errors": [("file", str(error))] if error and not isinstance(error, BrokenRows) else [],
    }
    return render(request, "desk/exposure.html", context, status=status_of(error) if error else 200)
