"""Looking back on a round: the score with what it rests on; shown to a colleague only by the trainee."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import Incomplete, NotPossible
from amends.desk.chrome import chrome, signed_in
from amends.desk.practice_curve import curve_of
from amends.practice.keep import find_shared, share, take_back
from amends.practice.learn import lessons_of
from amends.practice.models import Played
from amends.practice.passing import reached
from amends.practice.play import find_round
from amends.practice.shown import opening, turns_of
from amends.rehearsal.debrief import ENDINGS, debrief
from amends.rehearsal.feedback import in_words, way_to
from amends.rehearsal.rubric import rubric
from amends.team.models import User, colleagues
from amends.ui.numbers import number


@require_GET
def practice_debrief(request: HttpRequest, pk: int) -> HttpResponse:
    """What a round of one's own came to; an open one is played on first."""
    row = find_round(pk, signed_in(request))
    if row.ended_at is None:
        return redirect("practice-round", pk)
    return _show(request, row, signed_in(request))


@require_GET
def practice_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """A round that a colleague shows to this person."""
    shown = find_shared(pk, signed_in(request))
    return _show(request, shown.played, signed_in(request))


@require_POST
def practice_sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round to a colleague, or take that back."""
    row, post = find_round(pk, signed_in(request)), request.POST
    try:
        if "back" in post:
            take_back(row, number(post["back"]) or 0)
            done = "Taken back. They cannot open it any more."
        else:
            done = f"{share(row, post.get('to', ''), now=datetime.now(UTC)).to.name} can read this round now."
    except (Incomplete, NotPossible) as error:
        messages.warning(request, str(error), extra_tags="warn")
    else:
        messages.success(request, done, extra_tags="good")
    return redirect("practice-debrief", pk)


def _show(request: HttpRequest, row: Played, reader: User) -> HttpResponse:
    played = row.round()
    back = debrief(played)
    own = row.trainee_id == reader.pk
    context: dict[str, Any] = {
        **chrome(request, "practice"),
        "row": row,
        "own": own,
        "played": played,
        "back": back,
        "score": round(back.score.total),
        "passed": round(rubric().passed),
        "ending": ENDINGS[back.ending],
        "points": [back.score.satisfaction, *back.score.process],
        "penalties": back.score.penalties,
        "in_words": in_words,
        "way": way_to(back.missed[0].name, played) if back.missed else "",
        "curve": curve_of(played),
        "first": opening(played)[0],
        "turns": list(turns_of(row, played)),
        "lessons": lessons_of(row) if own else [],
        "counted": reached(row) if own else False,
        "ticked": next((at for at, one in enumerate(row.told, 1) if one.corrected is not None), None),
        "shares": list(row.shares.select_related("to")) if own else [],
        "people": [(one.username, one.name) for one in colleagues(reader).exclude(pk=reader.pk)] if own else [],
    }
    return render(request, "desk/practice_debrief.html", context)
