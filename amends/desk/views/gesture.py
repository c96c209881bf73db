"""Making a gesture, and writing down what became of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.errors import AmendsError
from amends.loyalty.give import Given, give, hindered
from amends.method.money import POINTS, cents_of, written
from amends.purse.account import month_of
from amends.purse.budget import months
from amends.purse.gesture import Gesture, Reason
from amends.purse.settle import take_gesture_back, use
from amends.purse.told import became

USUAL = timedelta(days=180)


def gesture(request: HttpRequest, pk: int) -> HttpResponse:
    """Give something beside what is owed, in a letter of one's own words."""
    case, post, now = find_case(request, pk), request.POST, datetime.now(UTC)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {
            "reason": post.get("reason", request.GET.get("reason", "")),
            "reasons": [{"value": value, "label": label} for value, label in Reason.choices],
            "purses": _purses(case, now),
            "until": post.get("until", (localtime(now).date() + USUAL).isoformat()),
            "hindered": hindered(case, signed_in(request), now) if error is None else "",
        }
        return form_page(request, case, "desk/gesture.html", context, error)

    def act() -> None:
        give(case, _given(request, case, now), by=signed_in(request), now=now)

    said = f"The letter to {case.customer.first_name} is on its way."
    return handle(request, case, show, act, said, then="customer")


def gesture_after(request: HttpRequest, pk: int, gesture: int) -> HttpResponse:
    """Write down that a gesture was used, or take it back."""
    case, post, now = find_case(request, pk), request.POST, datetime.now(UTC)
    rows = Gesture.objects.filter(customer=case.customer_id).select_related("by", "taken_back", "team", "customer")
    one = get_object_or_404(rows, pk=gesture)

    def show(error: AmendsError | None) -> HttpResponse:
        left = 0 if hasattr(one, "taken_back") else one.left
        context: dict[str, Any] = {"one": one, "became": became(one, now), "left": left, "entries": one.entries.all()}
        return form_page(request, case, "desk/gesture_after.html", context, error)

    def act() -> None:
        me = signed_in(request)
        if post.get("what") == "used":
            use(one, amount_of(post.get("amount", ""), one.unit), post.get("words", ""), by=me, now=now)
        elif post.get("what") in ("declined", "back"):
            take_gesture_back(one, post.get("words", ""), declined=post["what"] == "declined", by=me, now=now)
        else:
            raise Incomplete("Say what became of it.", "what")

    return handle(request, case, show, act, "Written down.", then="customer")


def _purses(case: Case, now: datetime) -> list[tuple[str, str]]:
    """What can be given from this month, a choice for each currency."""
    rows = months(case.team, month_of(now))
    return [(one.unit, f"{unit_name(one.unit)}: {written(one.left, one.unit)} left this month") for one in rows]


def unit_name(unit: str) -> str:
    """How a currency, or points, are called in a choice."""
    return "Points" if unit == POINTS else unit


def _given(request: HttpRequest, case: Case, now: datetime) -> Given:
    """What was typed; raises Incomplete for an amount or a day nobody can read, and for a budget there is not."""
    post = request.POST
    typed, known = post.get("amount", "").strip(), dict(_purses(case, now))
    unit = post.get("unit") or next(iter(known), "EUR")
    if unit not in (known or ("EUR",)):
        raise Incomplete(f"There is no budget in {unit_name(unit)[:20]} this month. Choose another.", "unit")
    return Given(
        title=post.get("title", ""),
        reason=post.get("reason", ""),
        because=post.get("because", ""),
        words=post.get("words", ""),
        amount=amount_of(typed, unit) if typed else 0,
        unit=unit,
        until=_day(post.get("until", "")),
    )


def amount_of(typed: str, unit: str) -> int:
    """What was typed as a sum, in cents or points; raises Incomplete for what is none."""
    try:
        return cents_of(typed, unit)
    except ValueError as reason:
        raise Incomplete(str(reason), "amount") from reason


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as reason:
        raise Incomplete(f"“{typed[:20]}” is no day such as 2027-06-30.", "until") from reason
