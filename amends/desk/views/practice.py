"""The practice room: choose a round, look at one's own, and delete them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.practice.certificate import shown_to
from amends.practice.drills import drills
from amends.practice.keep import delete, shared_with
from amends.practice.models import Played
from amends.practice.path import next_step, ways
from amends.practice.play import DAILY_TURNS, begin, daily, find_round, surprise
from amends.practice.shown import by_sector, lines, names_of
from amends.rehearsal.personas import personas
from amends.rehearsal.rubric import rubric
from amends.rehearsal.shelf import scenarios
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

PAGE = 12


def practice(request: HttpRequest) -> HttpResponse:
    """Choose whom to practise with, and what happened to them; on POST the round begins."""
    if request.method != "POST":
        return _choose(request)
    try:
        made = _begun(request)
    except AmendsError as error:
        return _choose(request, error)
    return redirect("practice-round", made.pk)


def _begun(request: HttpRequest) -> Played:
    me, now, post = signed_in(request), datetime.now(UTC), request.POST
    ways: dict[str, Callable[[], Played]] = {
        "surprise": lambda: surprise(by=me, now=now),
        "daily": lambda: daily(by=me, now=now),
    }
    way = ways.get(post.get("way", ""))
    return way() if way else begin(post.get("scenario", ""), post.get("persona", ""), by=me, now=now)


def _choose(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    me, post = signed_in(request), request.POST
    rounds = Played.objects.of(me)
    if before := number(request.GET.get("before", "")):
        rounds = rounds.filter(pk__lt=before)
    page = list(rounds[: PAGE + 1])
    context: dict[str, Any] = {
        **chrome(request, "practice"),
        "sectors": by_sector(),
        "personas": list(personas().values()),
        "drills": list(drills().values()),
        "rounds": lines(page[:PAGE]),
        "more": page[PAGE - 1].pk if len(page) > PAGE else None,
        "earlier": bool(before),
        "next_lesson": next_step(me, ways(me)),
        "certificates": list(shown_to(me)),
        "shared": list(shared_with(me)),
        "titles": {one.id: one.title for one in scenarios().values()},
        "daily_turns": DAILY_TURNS,
        "passed": rubric().passed,
        "chosen": {"scenario": post.get("scenario", ""), "persona": post.get("persona", "")},
        "error": "Choose what happened, and to whom." if error else "",
    }
    return render(request, "desk/practice.html", context, status=status_of(error) if error else 200)


def practice_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, and delete a round of one's own."""
    row = find_round(pk, signed_in(request))
    if request.method == "POST":
        delete(row)
        messages.success(request, "Deleted. Nothing of the round is left.", extra_tags="good")
        return redirect("practice")
    title, who = names_of(row)
    context = {**chrome(request, "practice"), "row": row, "title": title, "who": who, "shares": row.shares.count()}
    return render(request, "desk/practice_deletion.html", context)
