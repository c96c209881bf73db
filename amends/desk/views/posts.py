"""Public posts about us: brought in whole or not at all, and each looked at by a person who says whose it is."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import errors_of, pressed, text_given
from amends.errors import AmendsError
from amends.loyalty.post import Post
from amends.loyalty.posts import import_posts, match_post, undecided
from amends.loyalty.proposals import proposals
from amends.method.columns import BrokenRows
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

LARGEST = 5_000_000
TOO_LARGE = "This file is larger than 5 MB. Bring it in in parts, a year in each."
PAGE = 20


def posts(request: HttpRequest) -> HttpResponse:
    """The posts nobody has looked at, with the cases they may be about; on POST a file comes in, or one is decided."""
    return pressed(request, partial(_show, request), partial(_act, request), "posts")


def _act(request: HttpRequest) -> str:
    me, now = signed_in(request), datetime.now(UTC)
    if "post" in request.POST:
        post = get_object_or_404(Post, pk=number(request.POST["post"]))
        about = request.POST.get("case", "")
        case = find_case(request, number(about) or 0) if about else None
        match_post(post, case, by=me, now=now)
        return f"Linked to case {case.pk}." if case else "Kept as about no case of ours."
    kept = import_posts(text_given(request, LARGEST, TOO_LARGE), by=me, now=now)
    changed = f", and {kept.changed:,} with other stars than before" if kept.changed else ""
    return f"Kept: {kept.new:,} new {'post' if kept.new == 1 else 'posts'}{changed}."


def _show(request: HttpRequest, error: AmendsError | None = None) -> HttpResponse:
    me, waiting = signed_in(request), undecided()
    broken = error.rows if isinstance(error, BrokenRows) else ()
    context = {
        **chrome(request, "insights"),
        "waiting": waiting.count(),
        "rows": [(post, proposals(post, me)) for post in waiting[:PAGE]],
        "broken": broken,
        "typed": request.POST,
        "errors": [] if broken else errors_of(error),
    }
    return render(request, "desk/posts.html", context, status=status_of(error) if error else 200)
