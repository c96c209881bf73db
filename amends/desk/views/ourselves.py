"""“How do you handle these now?”: a page on which everybody answers for themselves, and what all of them said."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.errors import AmendsError
from amends.ourselves.asking import LONGEST, SHORTEST, answer, has_answered, open_round, running
from amends.ourselves.models import LONGEST_WORDS, StaffRound
from amends.ourselves.questions import questions
from amends.ourselves.told import latest_told, told_of
from amends.team.models import User
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of

THANKS = "Thank you. Your answers are among the others now, and nobody can tell which are yours."


def ourselves(request: HttpRequest) -> HttpResponse:
    """The questions while a round is open, and what was said in the latest that may be told."""
    me, now = signed_in(request), datetime.now(UTC)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {**chrome(request, "colleagues"), **_open(me, now), **_told(now), **_typed(request, error)}
        context["may_ask"] = me.can(Right.ASK_TEAM)
        return render(request, "desk/ourselves.html", context, status=status_of(error) if error else 200)

    def act() -> str:
        given = {key: request.POST.get(key, "") for key in questions()}
        words = {key: request.POST.get(f"{key}_words", "") for key in questions()}
        answer(given, words, by=me, now=now)
        return THANKS

    return pressed(request, show, act, "ourselves")


def _open(me: User, now: datetime) -> dict[str, Any]:
    """The round that is open, and whether its questions wait for this person."""
    round_ = running(now)
    answered = round_ is not None and has_answered(round_, me)
    waits = round_ is not None and not answered and me.can(Right.WORK_CASES)
    return {
        "round": round_,
        "last_day": _last_day(round_) if round_ else "",
        "answered": answered,
        "questions": list(questions().values()) if waits else [],
        "longest": LONGEST_WORDS,
    }


def _last_day(round_: StaffRound) -> str:
    return f"{localtime(round_.closes_at - SHORTEST / 7):%-d %B}"


def _told(now: datetime) -> dict[str, Any]:
    round_ = latest_told(now)
    return {"told_round": round_, "told": told_of(round_) if round_ else []}


def _typed(request: HttpRequest, error: AmendsError | None) -> dict[str, Any]:
    return {
        "typed": request.POST,
        "error": str(error) if error else "",
        "error_field": error.field if isinstance(error, Incomplete) else "",
        "errors": errors_of(error),
    }


def ourselves_round(request: HttpRequest) -> HttpResponse:
    """Ask the team: what it means for them, and until when."""
    me, now = signed_in(request), datetime.now(UTC)

    def show(error: AmendsError | None) -> HttpResponse:
        today = localtime(now).date()
        context = {
            **chrome(request, "colleagues"),
            **_typed(request, error),
            "questions": list(questions().values()),
            "usual": (today + 2 * SHORTEST).isoformat(),
            "first": today + SHORTEST,
            "last": today + LONGEST,
        }
        return render(request, "desk/ourselves_round.html", context, status=status_of(error) if error else 200)

    def act() -> str:
        made = open_round(request.POST.get("closes_at", ""), by=me, now=now)
        return f"They are asked until {_last_day(made)}. Tell them yourself: it stands under Colleagues."

    return pressed(request, show, act, "ourselves")
