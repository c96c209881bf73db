"""Deciding about a theme that may be new: it becomes a cause, or is put aside with a reason."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amends.cases.issue import CATEGORIES
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.errors import AmendsError
from amends.insights.new import hint_about
from amends.insights.scope import Scope
from amends.prevention.themes import decided, dismiss_theme, name_theme
from amends.ui.doorkeeper import status_of


def theme_decision(request: HttpRequest) -> HttpResponse:
    """What stands behind a theme, who decided about it, and the two ways to decide."""
    asked = request.POST if request.method == "POST" else request.GET
    theme = asked.get("category", ""), asked.get("words", "")
    return pressed(request, partial(_show, request, theme), partial(_decide, request, theme), "insight", "new")


def _show(request: HttpRequest, theme: tuple[str, str], error: AmendsError | None) -> HttpResponse:
    (category, words), now = theme, datetime.now(UTC)
    known = category in CATEGORIES and words.isprintable()
    context = {
        **chrome(request, "insights"),
        "category": category,
        "about": CATEGORIES.get(category, ""),
        "words": words,
        "hint": hint_about(Scope(signed_in(request), now), category, words) if known else None,
        "decision": decided(now).filter(category=category, words=words).first() if known else None,
        "typed": request.POST,
        "errors": errors_of(error),
    }
    return render(request, "desk/theme_decision.html", context, status=status_of(error) if error else 200)


def _decide(request: HttpRequest, theme: tuple[str, str]) -> str:
    (category, words), now = theme, datetime.now(UTC)
    post, me = request.POST, signed_in(request)
    if post.get("do") == "dismiss":
        made = dismiss_theme(category, words, post.get("reason", ""), by=me, now=now)
        return f"“{made.words}” is put aside for twelve weeks."
    made = name_theme(category, words, post.get("name", ""), post.get("definition", ""), by=me, now=now)
    return f"“{made.words}” became a cause. Link issues to it as they come."
