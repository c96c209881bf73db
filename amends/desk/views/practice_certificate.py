"""A certificate to look at and print, shown to the leads of the team or taken back by its holder."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import NotPossible
from amends.desk.chrome import chrome, signed_in
from amends.method.money import written
from amends.practice.certificate import Certificate, certificate, find_shown, hide, show
from amends.practice.course import find_course
from amends.practice.path import way_of
from amends.team.models import User
from amends.team.policy import current


@require_GET
def practice_certificate(request: HttpRequest, course: str) -> HttpResponse:
    """One's own certificate, or what is left until there is one."""
    me, what = signed_in(request), find_course(course)
    mine = certificate(what, me)
    if mine is None:
        messages.info(request, f"“{what.title}” is not finished yet. Here is what is left.")
        return redirect(f"{reverse('practice-path')}#{what.id}")
    return _show(request, mine, me)


@require_POST
def practice_certificate_showing(request: HttpRequest, course: str) -> HttpResponse:
    """Show one's own certificate to the leads of the team, or take that back."""
    me, what, now = signed_in(request), find_course(course), datetime.now(UTC)
    try:
        if "back" in request.POST:
            hide(what.id, by=me, now=now)
            done = "Taken back. Your leads cannot open it any more, and what it added to your limit has ended."
        else:
            show(what, by=me, now=now)
            done = f"The leads of {me.team.name} can read it now."
    except NotPossible as error:
        messages.warning(request, str(error), extra_tags="warn")
    else:
        messages.success(request, done, extra_tags="good")
    return redirect("practice-certificate", what.id)


@require_GET
def practice_certificate_shown(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate that somebody shows to the leads of their team."""
    me = signed_in(request)
    return _show(request, find_shown(pk, me), me)


def _show(request: HttpRequest, what: Certificate, reader: User) -> HttpResponse:
    now, own = datetime.now(UTC), what.holder.pk == reader.pk
    context: dict[str, Any] = {
        **chrome(request, "practice"),
        "what": what,
        "own": own,
        "counts": what.counts(now),
        "passed_on": f"{localtime(what.passed_at):%-d %B %Y}",
        "ends_on": f"{localtime(what.ends_at):%-d %B %Y}",
        "asked": way_of(what.holder, what.course).immersion if own else None,
        "adds": _adds(what),
        "address": request.build_absolute_uri(reverse("practice-certificate-shown", args=[what.shown.pk]))
        if what.shown
        else "",
    }
    return render(request, "desk/practice_certificate.html", context)


def _adds(what: Certificate) -> list[str]:
    """What the policy in force adds to a limit for it, in its words: "any remedy, EUR: €150.00 in one case"."""
    raises = [one for one in current().raises if one.course == what.course.id]
    return [f"{one.kind or 'any remedy'}: {_sum(one.per_case_cents, one.currency)} in one case" for one in raises]


def _sum(cents: int | None, currency: str) -> str:
    return "no limit" if cents is None else written(cents, currency)
