"""Closing and reopening, handing over, putting aside, and the history of a case."""

from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone

from amends.care.consent import is_on
from amends.care.take import pass_on
from amends.cases.assignment import assign, unassign
from amends.cases.assignment import snooze as put_aside
from amends.cases.closure import close, reopen
from amends.cases.conflict import subjects_of
from amends.cases.errors import Incomplete
from amends.cases.facts import facts_of
from amends.cases.history import history_of
from amends.desk.chrome import chrome, signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.views.offer_form import typed_day
from amends.errors import AmendsError
from amends.method.gates import closing_gate
from amends.team.models import User


def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the case, or see what is still missing."""
    case, post = find_case(request, pk), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        facts = facts_of(case, datetime.now(UTC))
        context = {
            "owed": closing_gate(facts),
            "unanswered": facts.unanswered_since,
            "has_issues": bool(facts.issues),
            "not_upheld": {issue.id for issue in facts.issues if issue.is_refused_with_reasons},
        }
        return form_page(request, case, "desk/closure.html", context, error)

    def act() -> None:
        words, reason = post.get("words", ""), post.get("exception", "")
        close(case, by=signed_in(request), now=datetime.now(UTC), words=words, exception=reason)

    return handle(request, case, show, act, "Closed. Well done.")


def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed case again."""
    case = find_case(request, pk)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/reopening.html", {}, error)

    def act() -> None:
        reopen(case, by=signed_in(request), now=datetime.now(UTC), reason=request.POST.get("reason", ""))

    return handle(request, case, show, act, "The case is open again.")


def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the case to somebody, or back to the team, without a reason asked."""
    case, post = find_case(request, pk), request.POST
    people = User.objects.filter(is_active=True).select_related("team").order_by("name", "pk")
    people = people.exclude(pk__in=subjects_of(case))
    able = [one for one in people if case.__class__.objects.visible_to(one).filter(pk=case.pk).exists()]

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(
            request, case, "desk/assignment.html", {"people": able, "kept": is_on(signed_in(request))}, error
        )

    def act() -> None:
        now, me = datetime.now(UTC), signed_in(request)
        if post.get("to") == "team":
            unassign(case, by=me, now=now)
        elif post.get("to") == "else":
            pass_on(case, by=me, now=now)
        else:
            assign(case, to=_chosen(able, post.get("to", "")), by=me, now=now)

    return handle(request, case, show, act, "Handed over, with the whole file.")


def _chosen(able: list[User], username: str) -> User:
    for one in able:
        if one.username == username:
            return one
    raise Incomplete("Choose who takes the case.", "to")


def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the case aside until a morning."""
    case, post = find_case(request, pk), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
        return form_page(request, case, "desk/snooze.html", {"tomorrow": tomorrow.isoformat()}, error)

    def act() -> None:
        day = typed_day(post.get("until", ""), "until")
        until = datetime.combine(day, time(8), tzinfo=get_current_timezone())
        put_aside(case, until=until, reason=post.get("reason", ""), by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Put aside. It comes back by itself.")


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened to a case, from the ledger."""
    case = find_case(request, pk)
    return render(request, "desk/history.html", {**chrome(request), "case": case, "events": history_of(case)})
