"""Coaching: a sample of letters no lead chose, and what lead and writer say to each other about them."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import Incomplete
from amends.cases.links import without_links
from amends.cases.message import Message
from amends.coaching.comment import answer_comment, find_comment, find_letter, say, take_comment_away
from amends.coaching.models import Comment, Kind
from amends.coaching.sample import RULE, sample_for
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import pressed
from amends.desk.thread import paragraphs
from amends.errors import AmendsError
from amends.language.catalogue import catalogue
from amends.team.permissions import Right
from amends.ui.doorkeeper import status_of

NOT_CHECKED = "C00"


@require_GET
def coaching(request: HttpRequest) -> HttpResponse:
    """What was said of one's own letters; for a lead the letters of this week, and what they said themselves."""
    return _page(request, None)


def _page(request: HttpRequest, error: AmendsError | None, on: int = 0) -> HttpResponse:
    me, now = signed_in(request), datetime.now(UTC)
    rows = Comment.objects.between(me).select_related("by", "to", "answer", "letter").order_by("-at", "-pk")
    said = [_told(one) for one in rows]
    coaches = me.can(Right.COACH)
    about = {one["comment"].letter_id for one in said if one["comment"].by_id == me.pk}
    context = {
        **chrome(request, "colleagues"),
        "rule": RULE,
        "coaches": coaches,
        "letters": [(one, one.pk in about) for one in sample_for(me, now)] if coaches else [],
        "got": [one for one in said if one["comment"].to_id == me.pk],
        "given": [one for one in said if one["comment"].by_id == me.pk],
        "error": str(error) if error else "",
        "error_on": on,
        "typed": request.POST,
    }
    return render(request, "desk/coaching.html", context, status=status_of(error) if error else 200)


def _told(one: Comment) -> dict[str, Any]:
    return {
        "comment": one,
        "kudos": one.kind == Kind.KUDOS,
        "check": catalogue()[one.check_number].label if one.check_number in catalogue() else "",
        "letter": paragraphs(without_links(one.letter.text)),
        "answer": getattr(one, "answer", None),
    }


def coaching_letter(request: HttpRequest, message: int) -> HttpResponse:
    """A letter beside what the customer wrote; a word about it goes to its writer alone."""
    me, now, post = signed_in(request), datetime.now(UTC), request.POST
    letter = find_letter(message, me, now)

    def act() -> str:
        said = say(letter, post.get("kind", ""), post.get("check", ""), post.get("words", ""), by=me, now=now)
        return f"Said to {said.to.first_name}, and to nobody else."

    return pressed(request, lambda error: _letter(request, letter, error), act, "coaching-letter", message)


def _letter(request: HttpRequest, letter: Message, error: AmendsError | None) -> HttpResponse:
    me, field = signed_in(request), error.field if isinstance(error, Incomplete) else ""
    field = field if field == "check" else "words"
    before = letter.case.messages.filter(outgoing=False, automatic="", at__lt=letter.at).order_by("at", "pk")
    said = Comment.objects.between(me).filter(by=me, letter=letter).select_related("by", "to", "answer", "letter")
    context = {
        **chrome(request, "colleagues"),
        "letter": letter,
        "case": letter.case,
        "customer_wrote": [(one, paragraphs(one.text)) for one in before],
        "we_wrote": paragraphs(without_links(letter.text)),
        "checks": [("", "The letter as a whole")]
        + [(key, one.label) for key, one in catalogue().items() if key != NOT_CHECKED],
        "given": [_told(one) for one in said],
        "typed": request.POST if error else {},
        "error": str(error) if error else "",
        "error_field": field if error else "",
        "errors": [(field, str(error))] if error else [],
    }
    return render(request, "desk/coaching_letter.html", context, status=status_of(error) if error else 200)


@require_POST
def coaching_said(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a comment one got, or delete one that one gave or got."""
    me, post = signed_in(request), request.POST
    comment = find_comment(pk, me)

    def act() -> str:
        if "delete" in post:
            take_comment_away(comment, by=me)
            return "Deleted. Nothing of it is left."
        answer_comment(comment, post.get("reply", ""), post.get(f"words-{pk}", ""), by=me, now=datetime.now(UTC))
        return f"{comment.by.first_name} has your answer."

    return pressed(request, lambda error: _page(request, error, pk), act, "coaching")
