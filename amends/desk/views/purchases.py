"""Purchases from a file: what is known, and bringing more in whole or not at all."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.loyalty.purchase import import_purchases, known
from amends.method.columns import BrokenRows
from amends.ui.doorkeeper import status_of

LARGEST = 20_000_000


def purchases(request: HttpRequest) -> HttpResponse:
    """Which purchases are known; on POST a file of them is brought in whole, or each broken row is named."""
    if request.method != "POST":
        return _show(request)
    try:
        count = import_purchases(_text(request), by=signed_in(request), now=datetime.now(UTC))
    except AmendsError as refusal:
        return _show(request, refusal)
    messages.success(request, f"Kept: {count:,} {'purchase' if count == 1 else 'purchases'}.", extra_tags="good")
    return redirect("purchases")


def _text(request: HttpRequest) -> str:
    """What the file holds, or what was pasted; raises Incomplete for a file too large, and for what is no text."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("rows", "")
    if (file.size or 0) > LARGEST:
        raise Incomplete("This file is larger than 20 MB. Bring it in in parts, a year in each.", "file")
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Incomplete(
            "This file is no text in UTF-8. Save it as CSV (UTF-8) and choose it again.", "file"
        ) from error


def _show(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    is_broken = isinstance(error, BrokenRows)
    context = {
        **chrome(request, "insights"),
        "known": known(),
        "broken": error.rows[:200] if isinstance(error, BrokenRows) else (),
        "count": len(error.rows) if isinstance(error, BrokenRows) else 0,
        "typed": request.POST,
        "errors": [("file", str(error))] if error and not is_broken else [],
    }
    return render(request, "desk/purchases.html", context, status=status_of(error) if error else 200)
