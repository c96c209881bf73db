"""The practice room: choose a round, look at one's own, and delete them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.errors import NotPossible
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.practice.certificate import shown_to
from amends.practice.drills import drills
from amends.practice.keep import delete, shared_with
from amends.practice.models import Played
from amends.practice.own.find import kept
from amends.practice.path import next_step, ways
from amends.practice.play import DAILY_TURNS, begin, daily, find_round, surprise
from amends.practice.shown import by_sector, lines, names_of
from amends.rehearsal.personas import personas
from amends.rehearsal.rubric import rubric
from amends.team.models import User
from amends.team.permissions import Right
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
        "sectors": [*_own(me), *by_sector()],
        "personas": list(personas().values()),
        "drills": list(drills().values()),
        "rounds": lines(page[:PAGE]),
        "more": page[PAGE - 1].pk if len(page) > PAGE else None,
        "earlier": bool(before),
        "next_lesson": next_step(me, ways(me)),
        "certificates": list(shown_to(me)),
        "shared": [(one, names_of(one.played)[0]) for one in shared_with(me)],
        "daily_turns": DAILY_TURNS,
        "may_write": me.can(Right.WRITE_SCENARIOS),
        "passed": rubric().passed,
        "chosen": {
            "scenario": post.get("scenario") or request.GET.get("scenario", ""),
            "persona": post.get("persona", ""),
        },
        "error": _told(error) if error else "",
    }
    return render(request, "desk/practice.html", context, status=status_of(error) if error else 200)


def _own(me: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """The house's own scenarios as one more group to choose from; none as long as there is none to play."""
    found = [(one.own.key, one.playing.title) for one in kept(me) if one.playing]
    return [("Our own", found)] if found else []


def _told(error: AmendsError) -> str:
    return str(error) if isinstance(error, NotPossible) else "Choose what happened, and to whom."


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
