"""Deciding about a theme that may be new: it becomes a cause, or is put aside with a reason."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amends.cases.errors import Incomplete
from amends.cases.issue import CATEGORIES
from amends.desk.chrome import chrome, signed_in
from amends.errors import AmendsError
from amends.insights.new import hint_about
from amends.insights.scope import Scope
from amends.prevention.themes import decided, dismiss_theme, name_theme
from amends.ui.doorkeeper import status_of


def theme_decision(request: HttpRequest) -> HttpResponse:
    """What stands behind a theme, who decided about it, and the two ways to decide."""
    asked = request.POST if request.method == "POST" else request.GET
    category, words, now = asked.get("category", ""), asked.get("words", ""), datetime.now(UTC)
    error: AmendsError | None = None
    if request.method == "POST":
        try:
            done = _decide(request, category, words, now)
        except AmendsError as refusal:
            error = refusal
        else:
            messages.success(request, done, extra_tags="good")
            return redirect("insight", "new")
    known = category in CATEGORIES and words.isprintable()
    context = {
        **chrome(request, "insights"),
        "category": category,
        "about": CATEGORIES.get(category, ""),
        "words": words,
        "hint": hint_about(Scope(signed_in(request), now), category, words) if known else None,
        "decision": decided(now).filter(category=category, words=words).first() if known else None,
        "typed": request.POST,
        "errors": [((error.field if isinstance(error, Incomplete) else "") or "main", str(error))] if error else [],
    }
    return render(request, "desk/theme_decision.html", context, status=status_of(error) if error else 200)


def _decide(request: HttpRequest, category: str, words: str, now: datetime) -> str:
    post, me = request.POST, signed_in(request)
    if post.get("do") == "dismiss":
        made = dismiss_theme(category, words, post.get("reason", ""), by=me, now=now)
        return f"“{made.words}” is put aside for twelve weeks."
    made = name_theme(category, words, post.get("name", ""), post.get("definition", ""), by=me, now=now)
    return f"“{made.words}” became a cause. Link issues to it as they come."
