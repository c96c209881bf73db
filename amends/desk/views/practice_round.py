"""A round of practice: play it, correct how a turn was read, try again from a turn, end it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.cases.errors import Incomplete, NotPossible
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.practice.models import Played
from amends.practice.play import correct, end, find_round, said_before, say, take_off, try_again
from amends.practice.shown import opening, turns_of
from amends.practice.words import GROUPS, NAMES
from amends.rehearsal.debrief import ending
from amends.rehearsal.round import Round
from amends.rehearsal.typed import LONGEST
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def practice_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The conversation with its feedback; on POST one more turn."""
    row, post = find_round(pk, signed_in(request)), request.POST
    if request.method != "POST":
        return _show(request, row)
    try:
        say(row, post.get("text", ""), number(post.get("turn", "")), now=datetime.now(UTC))
    except Incomplete as error:
        return _show(request, row, error)
    except NotPossible as error:
        return _told(request, row, error)
    return redirect(_place(row, len(row.turns)))


def _place(row: Played, turn: int) -> str:
    return f"{reverse('practice-round', args=[row.pk])}#turn-{turn}"


def _told(request: HttpRequest, row: Played, error: AmendsError) -> HttpResponse:
    """Back to where the round stands, with the reason beside it."""
    messages.warning(request, str(error), extra_tags="warn")
    return redirect(_place(row, len(row.turns)))


def _show(request: HttpRequest, row: Played, error: AmendsError | None = None) -> HttpResponse:
    played = row.round()
    first, comes = opening(played)
    context: dict[str, Any] = {
        **chrome(request, "practice"),
        "row": row,
        "played": played,
        "first": first,
        "comes": comes,
        "turns": list(turns_of(row, played)),
        "over": row.is_over(played),
        "agreed": ending(played) == "agreed",
        "groups": GROUPS,
        "names": NAMES,
        "raised": _raised_before(played),
        "typed": request.POST.get("text", "")[:LONGEST] or said_before(row),
        "error": str(error) if error else "",
    }
    return render(request, "desk/practice_round.html", context, status=status_of(error) if error else 200)


def _raised_before(played: Round) -> list[tuple[str, str]]:
    """The issues the last turn can be about, as (id, words)."""
    before = played.talks[max(0, len(played.turns) - 1)]
    return [(name, played.scenario.issue(name).said) for name in before.raised]


@require_POST
def practice_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The last turn counts as what the trainee says they did: one move less, or those that are ticked."""
    row, post = find_round(pk, signed_in(request)), request.POST
    turn = number(post.get("turn", ""))
    move, _, issue = post.get("not", "").partition(":")
    try:
        if move:
            take_off(row, move, issue, turn)
        else:
            correct(row, post.getlist("move"), post.get("issue", ""), turn)
    except NotPossible as error:
        return _told(request, row, error)
    messages.success(request, "Read again, the way you say it.", extra_tags="good")
    return redirect(_place(row, len(row.turns)))


@require_POST
def practice_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a turn another way: a round of its own from there; the one before stays as it is."""
    row = find_round(pk, signed_in(request))
    try:
        made = try_again(row, number(request.POST.get("turn", "")), now=datetime.now(UTC))
    except NotPossible as error:
        return _told(request, row, error)
    messages.success(request, "Try it another way. The round before stays in your list.", extra_tags="good")
    return redirect(_place(made, len(made.turns)))


@require_POST
def practice_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the round and look back on it."""
    row = find_round(pk, signed_in(request))
    try:
        end(row, now=datetime.now(UTC))
    except NotPossible as error:
        return _told(request, row, error)
    return redirect("practice-debrief", pk)
