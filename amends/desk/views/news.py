"""Who a cause hurt, and telling each of them once what was changed."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from amends.cases.errors import NotAllowed
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.desk.news_page import groups_of, hindered_of, review_of
from amends.errors import AmendsError
from amends.language.news import news_draft
from amends.prevention.affected import known_of, reckoning
from amends.prevention.models import Change
from amends.prevention.tell import check_made, owe_again, tell
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number


def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone a cause hurt and where they stand with a change; on POST a look at the letters, or telling them."""
    change = get_object_or_404(Change.objects.select_related("cause"), pk=pk)
    if request.method == "POST" and not signed_in(request).can(Right.MANAGE_CHANGES):
        raise NotAllowed("Only a lead or a quality manager tells those a cause hurt what was changed. Ask one.")
    return pressed(request, partial(_show, request, change), partial(_act, request, change), "news", pk)


def _act(request: HttpRequest, change: Change) -> str:
    """Do what was pressed and say so; "" for a look at the letters, which changes nothing."""
    post, me, now = request.POST, signed_in(request), datetime.now(UTC)
    if post.get("again"):
        one = get_object_or_404(change.left_out.select_related("customer"), pk=number(post["again"]))
        owe_again(one, by=me, now=now)
        return f"{one.customer.called} is owed the news again."
    review = review_of(post)
    if post.get("preview"):
        return ""
    telling = tell(change, review, by=me, now=now)
    told = telling.news.count()
    return f"{told} {'person is' if told == 1 else 'people are'} being told. Each letter leaves as soon as it can."


def _show(request: HttpRequest, change: Change, error: AmendsError | None = None) -> HttpResponse:
    me, post, now = signed_in(request), request.POST, datetime.now(UTC)
    stands = reckoning(change, me)
    hindered = hindered_of(stands.owed, now)
    free = tuple(one for one in stands.owed if one.customer not in hindered)
    texts = {"en": news_draft(change.in_words().rstrip(".")), **_typed(request)}
    context: dict[str, Any] = {
        **chrome(request, "prevention"),
        "change": change,
        "stands": stands,
        "too_early": _too_early(change),
        "hindered": [(one, hindered[one.customer]) for one in stands.owed if one.customer in hindered],
        "groups": groups_of(free, texts),
        "to_tell": len([one for one in free if not post.get(f"reason-{one.customer}", "").strip()]),
        "known": known_of(change, free) if change.made_at else {},
        "texts": texts,
        "typed": post,
        "may_tell": me.can(Right.MANAGE_CHANGES),
        "previewed": bool(post.get("preview")),
        "error": str(error) if error else "",
        "errors": errors_of(error),
    }
    return render(request, "desk/news.html", context, status=status_of(error) if error else 200)


def _typed(request: HttpRequest) -> dict[str, str]:
    """The texts as they were typed, by language."""
    names = {key: key.removeprefix("text-") for key in request.POST if key.startswith("text-")}
    return {language: request.POST[key] for key, language in names.items()}


def _too_early(change: Change) -> str:
    try:
        check_made(change)
    except AmendsError as reason:
        return str(reason)
    return ""
