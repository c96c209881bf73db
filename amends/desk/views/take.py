"""The button “Take the next”."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amends.care.consent import is_on
from amends.care.take import take_next as take
from amends.cases.errors import NotPossible
from amends.desk.chrome import signed_in


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Open the case that is this person's next by the rule, or say why there is none."""
    me = signed_in(request)
    try:
        case = take(by=me, now=datetime.now(UTC))
    except NotPossible as error:
        messages.info(request, str(error))
        return redirect("queue", "unassigned")
    why = "chosen so that hard ones are spread" if is_on(me) else "the one due first"
    messages.success(request, f"This one is yours now: {why}.", extra_tags="good")
    return redirect("case", case.pk)
