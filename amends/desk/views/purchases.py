"""Purchases from a file: what is known, and bringing more in whole or not at all."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.desk.chrome import chrome, signed_in
from amends.desk.form import pressed, text_given
from amends.errors import AmendsError
from amends.insights.answer import counted
from amends.loyalty.purchase import BroughtIn, import_purchases, known
from amends.loyalty.score import import_scores
from amends.method.columns import BrokenRows
from amends.ui.doorkeeper import status_of

LARGEST = 20_000_000
TOO_LARGE = "This file is larger than 20 MB. Bring it in in parts, a year in each."


def purchases(request: HttpRequest) -> HttpResponse:
    """Which purchases are known; on POST a file of them, or of answers, comes in whole, or each broken row is named."""

    def act() -> str:
        text = text_given(request, LARGEST, TOO_LARGE)
        if "scores" in request.POST:
            count = import_scores(text, by=signed_in(request), now=datetime.now(UTC))
            return f"Kept: {counted(count, 'answer')}."
        return _kept(import_purchases(text, by=signed_in(request), now=datetime.now(UTC)))

    return pressed(request, partial(_show, request), act, "purchases")


def _kept(brought: BroughtIn) -> str:
    """What was kept, in a sentence."""
    told = f"Kept: {counted(brought.purchases, 'purchase')}"
    told += f", and who sent {counted(brought.referrals, 'customer')} to us" if brought.referrals else ""
    left = f" {brought.left_out:,} more want nothing linked to them and were left out." if brought.left_out else ""
    return f"{told}.{left}"


def _show(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    broken = error.rows if isinstance(error, BrokenRows) else ()
    context = {
        **chrome(request, "insights"),
        "known": known(),
        "broken": broken,
        "typed": request.POST,
        "errors": [("file", str(error))] if error and not broken else [],
    }
    return render(request, "desk/purchases.html", context, status=status_of(error) if error else 200)
