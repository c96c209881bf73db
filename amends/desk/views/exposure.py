"""What complaints are counted in: orders, visits or users each week, brought in from a file."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.errors import Incomplete, NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.method.columns import BrokenRows
from amends.prevention.exposure import import_exposure, spans
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of

LARGEST = 2_000_000


def exposure(request: HttpRequest) -> HttpResponse:
    """Which figures are known; on POST a file of them is brought in whole, or each broken row is named."""
    if request.method != "POST":
        return _show(request)
    if not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager brings figures in. Ask one.")
    try:
        kept = import_exposure(_text(request), by=signed_in(request), now=datetime.now(UTC))
    except AmendsError as refusal:
        return _show(request, refusal)
    said = ", ".join(f"{weeks} weeks of {name}" for name, weeks in kept.items())
    messages.success(request, f"Kept: {said}.", extra_tags="good")
    return redirect("exposure")


def _text(request: HttpRequest) -> str:
    """What the file holds, or what was pasted; raises Incomplete for neither, and for what is no text."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("rows", "")
    if (file.size or 0) > LARGEST:
        raise Incomplete(
            "This file is larger than 2 MB. Weeks of figures are never that many: look what is in it.", "file"
        )
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Incomplete(
            "This file is no text in UTF-8. Save it as CSV (UTF-8) and choose it again.", "file"
        ) from error


def _show(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    context = {
        **chrome(request, "prevention"),
        "spans": spans(),
        "may_import": signed_in(request).can(Right.MANAGE_CHANGES),
        "broken": error.rows if isinstance(error, BrokenRows) else (),
        "typed": request.POST,
        "errors": [("file", str(error))] if error and not isinstance(error, BrokenRows) else [],
    }
    return render(request, "desk/exposure.html", context, status=status_of(error) if error else 200)
