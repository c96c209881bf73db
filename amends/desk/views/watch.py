"""One change: what it claims, and whether it works."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from amends.cases.errors import NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.desk.views.offer_form import typed_day
from amends.desk.watching import watching
from amends.errors import AmendsError
from amends.prevention.claim import FEWEST_BASELINE, USUAL_TRIGGER, Action, Claim, state_claim
from amends.prevention.exposure import names_known
from amends.prevention.models import Change
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

USUAL = {"baseline_weeks": str(FEWEST_BASELINE), "trigger_weeks": str(USUAL_TRIGGER)}


def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a change works, its claim and its figures; on POST its claim is stated."""
    change = get_object_or_404(
        Change.objects.select_related("cause__owner", "owner", "claim", "proof__by", "regression"), pk=pk
    )
    if request.method == "POST" and not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager states what a change claims. Ask one.")

    def act() -> str:
        state_claim(change, _claim(request.POST), by=signed_in(request), now=datetime.now(UTC))
        return "Its claim is fixed."

    return pressed(request, partial(_show, request, change), act, "watch", pk)


def _claim(post: QueryDict) -> Claim:
    numbers = {name: number(post.get(name, "")) for name in ("baseline_weeks", "trigger_weeks", "drop_percent")}
    return Claim(
        action=post.get("action", ""),
        population=post.get("population", "").strip()[:200],
        exposure=post.get("exposure", ""),
        review_date=typed_day(post.get("review_date", ""), "review_date"),
        **{name: value or 0 for name, value in numbers.items()},
    )


def _show(request: HttpRequest, change: Change, error: AmendsError | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        **chrome(request, "prevention"),
        "change": change,
        "watching": watching(change, datetime.now(UTC)),
        "looks": list(change.verdicts.filter(review=False).order_by("-pk")[:12]),
        "may_change": signed_in(request).can(Right.MANAGE_CHANGES),
        "actions": [{"value": value, "label": label} for value, label in Action.choices],
        "exposures": [("", "Nothing: by week alone"), *((name, name) for name in names_known())],
        "typed": request.POST if request.method == "POST" else USUAL,
        "errors": errors_of(error),
    }
    return render(request, "desk/watch.html", context, status=status_of(error) if error else 200)
