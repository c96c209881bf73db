"""Does practice help? One figure a year over those who take part, and taking part in it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.desk.chrome import chrome, signed_in
from amends.measures.rank import FEWEST_PEOPLE
from amends.practice.compare import FEWEST_LETTERS, FEWEST_ROUNDS
from amends.practice.taking_part import YearCompared, stop_taking_part, take_part


@require_GET
def comparison(request: HttpRequest) -> HttpResponse:
    """What was told, the newest year first."""
    context = {
        **chrome(request, "insights"),
        "years": list(YearCompared.objects.all()),
        "fewest": FEWEST_PEOPLE,
        "fewest_rounds": FEWEST_ROUNDS,
        "fewest_letters": FEWEST_LETTERS,
    }
    return render(request, "desk/comparison.html", context)


@require_POST
def practice_comparison(request: HttpRequest) -> HttpResponse:
    """Take part, or take that back."""
    me = signed_in(request)
    if "stop" in request.POST:
        stop_taking_part(me)
        messages.success(request, "You do not take part any more, and nothing of it is kept.", extra_tags="good")
    else:
        take_part(me, datetime.now(UTC))
        messages.success(request, "You take part from now on.", extra_tags="good")
    return redirect("practice-path")
