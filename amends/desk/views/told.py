"""Writing down what a letter told the customer, where a clock of the rule book counts it."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.cases.message import Message
from amends.cases.reply import own_words
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.errors import AmendsError
from amends.method.profile import profile_of
from amends.recovery.holding_letter import HoldingLetter, Told, letters_that_left, mark_told, what_counts
from amends.ui.numbers import number
from amends.ui.words import moment

_LABELS = {
    Told.PROGRESS: ("How it stands", "What we did so far, and what comes next."),
    Told.EXTENSION: ("That it takes longer", "Why it does, and until when."),
}


def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a letter that left, and what it told."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        kinds = what_counts(case)
        context = {
            "letters": [_letter(one) for one in letters_that_left(case).select_related("outbox", "author")],
            "kinds": [{"value": one.value, "label": _LABELS[one][0], "hint": _LABELS[one][1]} for one in kinds],
            "labels": {one.value: label for one, (label, _) in _LABELS.items()},
            "before": HoldingLetter.objects.filter(message__case=case).select_related("message__outbox", "by"),
            "rule_book": profile_of(case.team.profile).name,
        }
        return form_page(request, case, "desk/told.html", context, error)

    def act() -> None:
        _write_down(request, case)

    return handle(request, case, show, act, "Written down.")


def _letter(one: Message) -> dict[str, Any]:
    left = one.outbox.sent_at
    return {
        "value": str(one.pk),
        "label": f"{moment(left) if left else ''}, {one.sender_name}",
        "words": " ".join(own_words(one).split()),
    }


def _write_down(request: HttpRequest, case: Case) -> None:
    post = request.POST
    letter = case.messages.filter(outgoing=True, pk=number(post.get("message", "")) or 0).first()
    if letter is None:
        raise Incomplete("Choose the letter of ours that told it.", "message")
    if post.get("what") not in Told.values:
        raise Incomplete("Say what the letter told.", "what")
    mark_told(letter, Told(post["what"]), by=signed_in(request), now=datetime.now(UTC))
