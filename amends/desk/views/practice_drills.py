"""Drills for one skill: three short tasks, each answered at once; of what was written nothing is kept."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.practice.drills import drills, tried
from amends.practice.passing import is_copied, pass_task, tasks_done
from amends.practice.words import NAMES
from amends.rehearsal.typed import LONGEST
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def practice_drill(request: HttpRequest, key: str) -> HttpResponse:
    """One drill; on POST one of its tasks is tried."""
    drill = drills().get(key)
    if drill is None:
        raise Http404(f"There is no drill “{key}”.")
    me, post, error, result = signed_in(request), request.POST, None, None
    at = number(post.get("task", "")) or 0
    text = post.get(f"text-{at}", "")
    if request.method == "POST" and 1 <= at <= len(drill.tasks):
        try:
            result = tried(drill.tasks[at - 1], text)
            pass_task(drill.id, at, drill.tasks[at - 1], result, by=me, now=datetime.now(UTC))
        except Incomplete as refusal:
            error = refusal
    context = {
        **chrome(request, "practice"),
        "drill": drill,
        "at": at,
        "typed": text[:LONGEST],
        "result": result,
        "copied": result is not None and is_copied(drill.tasks[at - 1], text),
        "done": tasks_done(drill.id, me),
        "error": str(error) if error else "",
        "names": NAMES,
    }
    return render(request, "desk/practice_drill.html", context, status=status_of(error) if error else 200)
