"""When it becomes too much: boundaries, limits, the second look at them, and complaints about a colleague."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from amends.cases.boundary import Boundary, Rung
from amends.cases.case import Case
from amends.cases.conduct import SAY, set_boundary
from amends.cases.errors import Incomplete
from amends.cases.limits import limit_contact, limits_of
from amends.cases.name_subject import clear_subject, name_subject
from amends.cases.review_boundary import review_boundary
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case
from amends.desk.form import form_page, handle
from amends.desk.views.decision import typed_verdict
from amends.errors import AmendsError
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current

_DONE = {
    "limits": "Proposed. They begin when another lead or an administrator agrees.",
    "threat": "A lead has the case. Look after yourself first.",
    "ended": "The letter is on its way. A lead looks at it within 24 hours.",
}


def conduct(request: HttpRequest, pk: int) -> HttpResponse:
    """The boundaries of a case, and the next one."""
    case, post = find_case(request, pk), request.POST

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/conduct.html", _context(request, case), error)

    def act() -> None:
        _limit(request, case) if post.get("step") == Rung.LIMITS else _set(request, case)

    return handle(request, case, show, act, _DONE.get(post.get("step", ""), "Written down."))


def _set(request: HttpRequest, case: Case) -> None:
    post, now = request.POST, datetime.now(UTC)
    if post.get("step") not in Rung.values:
        raise Incomplete("Choose what you did.", "step")
    words, letter = post.get("words", ""), post.get("letter", "")
    set_boundary(case, Rung(post["step"]), words, by=signed_in(request), now=now, letter=letter)


def _limit(request: HttpRequest, case: Case) -> None:
    reasons, adjustments, ways = (request.POST.get(name, "") for name in ("reasons", "adjustments", "ways"))
    limit_contact(case, reasons, adjustments, ways, by=signed_in(request), now=datetime.now(UTC))


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    made = list(case.boundaries.select_related("by", "review__by"))
    reached = {one.step for one in made}
    return {
        "made": made,
        "steps": [one for one in _steps() if one["value"] not in reached or one["value"] == Rung.THREAT],
        "limits": limits_of(case, datetime.now(UTC)),
        "days": current().conduct_review_days,
        "may_limit": signed_in(request).can(Right.REVIEW_CONDUCT),
        "me": signed_in(request),
    }


def _steps() -> list[dict[str, str]]:
    hints = {
        Rung.FIRST: f"Say: “{SAY[Rung.FIRST]}”",
        Rung.SECOND: f"Say: “{SAY[Rung.SECOND]}”",
        Rung.ENDED: "You may do this alone. They get a letter; a lead looks at it within 24 hours.",
        Rung.THREAT: "End it now and get to safety. A lead has the case at once.",
    }
    return [{"value": rung.value, "label": rung.label, "hint": hint} for rung, hint in hints.items()]


def conduct_review(request: HttpRequest, pk: int, boundary: int) -> HttpResponse:
    """A second person looks at a boundary."""
    case = find_case(request, pk)
    made = get_object_or_404(Boundary.objects.select_related("by", "review__by"), pk=boundary, case=case)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"boundary": made, "own": made.by_id == signed_in(request).pk}
        return form_page(request, case, "desk/conduct_review.html", context, error)

    def act() -> None:
        agreed, words = typed_verdict(request), request.POST.get("words", "")
        review_boundary(made, words, agreed=agreed, by=signed_in(request), now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down. Thank you for looking.")


def subject(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which colleague a complaint is about; they lose it, and somebody else has it."""
    case, post, me = find_case(request, pk), request.POST, signed_in(request)
    people = _people(me)

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"people": people, "named": list(case.subjects.select_related("person", "by")), "me": me}
        context["may_clear"] = me.can(Right.REVIEW_CONDUCT)
        return form_page(request, case, "desk/subject.html", context, error)

    def act() -> None:
        verb = clear_subject if post.get("clear") else name_subject
        wanted = post.get("clear") or post.get("person", "")
        person = next((one for one in people if one.username == wanted), None)
        if person is None:
            raise Incomplete("Choose whom this complaint is about.", "person")
        verb(case, person, by=me, now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down. Somebody it is not about has the case.")


def _people(me: User) -> list[User]:
    """Of whom this person may say it: a lead of everybody, others of themselves."""
    people = User.objects.filter(is_active=True).select_related("team").order_by("name", "pk")
    return list(people if me.can(Right.REVIEW_CONDUCT) else people.filter(pk=me.pk))
