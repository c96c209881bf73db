"""The lists of cases, in pages that cost the same however long the list is."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from amends.cases.standing import Standing, StandingQuerySet
from amends.desk.chrome import TITLES, chrome, signed_in
from amends.desk.rows import queue_rows, seconds_to_quiet
from amends.team.coverage import closed_now
from amends.team.models import User
from amends.team.permissions import Right
from amends.ui.numbers import number

PAGE = 50


def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in: one's own queue."""
    return redirect("queue", "mine")


def queue(request: HttpRequest, key: str) -> HttpResponse:
    """One list of cases; the first case is not opened by itself."""
    if key not in TITLES:
        raise Http404("There is no such list.")
    around = chrome(request, key)
    total = around["counts"].get(key, "")
    return render(
        request,
        "desk/queue.html",
        {
            **around,
            **listing(request, key, total=total),
            "showing": "list",
            "ticks": signed_in(request).can(Right.WORK_CASES),
        },
    )


def listing(
    request: HttpRequest, key: str, current: int | None = None, *, most: int = PAGE, total: str = ""
) -> dict[str, Any]:
    """Title, summary and rows of a list, from where the address says (keyset paging)."""
    now = datetime.now(UTC)
    standings = _page(_list(key, signed_in(request)), request.GET.get("after", ""), key, most)
    rows, more = standings[:most], len(standings) > most
    return {
        "list_key": key,
        "list_title": TITLES[key],
        "summary": _summary(rows, now, total if more else "", more=more),
        "rows": queue_rows(rows, key, now, current),
        "next_page": _next_page(rows[-1], key) if more else "",
        "live": {"href": _here(request, key, current), "seconds": seconds_to_quiet(rows, now)},
        "closed": closed_now(signed_in(request).team, now),
    }


def _here(request: HttpRequest, key: str, current: int | None) -> str:
    """Where a live page fetches its list anew: its own address; after a pressed button that of its case."""
    if request.method == "GET" or current is None:
        return request.get_full_path()
    return f"{reverse('case', args=[current])}?list={key}"


def _list(key: str, user: User) -> StandingQuerySet:
    seen = Standing.objects.visible_to(user)
    lists = {
        "mine": lambda: seen.mine(user),
        "unassigned": seen.unassigned,
        "team": seen.everything,
        "needs-lead": seen.needs_lead,
        "waiting": seen.waiting,
        "follow-ups": seen.follow_ups,
        "closed": seen.closed,
    }
    return lists[key]()


def _page(standings: StandingQuerySet, after: str, key: str, most: int) -> list[Standing]:
    if place := place_of(after):
        standings = standings.after(*place, key)
    return list(standings[: most + 1])


def place_of(after: str) -> tuple[datetime, int] | None:
    """The place in a list that an address names, None when it names none."""
    stamp, _, pk = after.rpartition("_")
    at, last = _moment(stamp), number(pk)
    return (at, last) if at and last else None


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _next_page(last: Standing, key: str) -> str:
    at = last.follow_up_at if key == "follow-ups" else last.order_at
    assert at is not None
    return f"{reverse('queue', args=[key])}?{urlencode({'after': place(at, last.pk)})}"


def place(at: datetime, pk: int) -> str:
    """The place of a row in its list, as an address carries it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}+00:00_{pk}"


def _summary(rows: list[Standing], now: datetime, total: str, *, more: bool) -> str:
    late = sum(1 for row in rows if row.due_at and row.due_at < now)
    soon = sum(1 for row in rows if row.due_at and row.due_at.date() == now.date())
    number = total or f"{len(rows)}{' or more' if more else ''}"
    count = f"{number} case{'' if number == '1' else 's'}"
    if late:
        return f"{count}, {late}{' or more' if more else ''} late"
    return f"{count}, {soon} due today" if soon and not more else count
