"""Deciding about one issue, and the second look at a decision about conduct."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from amends.cases.decide import decide, newest_decision, review_decision
from amends.cases.decision import Decision, Fault, Outcome
from amends.cases.errors import Incomplete
from amends.cases.fairness import honesty_nudge
from amends.cases.issue import Issue
from amends.desk.chrome import signed_in
from amends.desk.finding import find_case, find_issue
from amends.desk.form import form_page, handle
from amends.errors import AmendsError

_FAULTS = {
    Fault.OURS: "Our product, our people, our promise.",
    Fault.PARTLY: "We could have done something to spare them this.",
    Fault.THIRD_PARTY: "A courier, a supplier. The customer chose us, not them.",
    Fault.NO_CONTROL: "A storm, a strike. How we dealt with it may still be ours.",
    Fault.NONE: "What was looked at shows it was as agreed.",
    Fault.CONDUCT: "Needs a second person before it counts.",
}
_OUTCOMES = {
    Outcome.UPHELD: "They are right.",
    Outcome.PARTLY: "They are right in part.",
    Outcome.NOT_UPHELD: "Refuse with reasons, and say where they can go.",
}


def decision(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """Whose fault one issue was, and whether it is upheld."""
    case, post = find_case(request, pk), request.POST
    one = find_issue(case, issue)

    def show(error: AmendsError | None) -> HttpResponse:
        return form_page(request, case, "desk/decision.html", _context(request, one), error)

    def act() -> None:
        if post.get("fault") not in Fault.values:
            raise Incomplete("Choose whose fault it was.", "fault")
        if post.get("outcome") not in Outcome.values:
            raise Incomplete("Choose what you decide.", "outcome")
        fault, outcome, me = Fault(post["fault"]), Outcome(post["outcome"]), signed_in(request)
        decide(one, fault, outcome, post.get("evidence", ""), by=me, now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down, with what you looked at.", "issues")


def _context(request: HttpRequest, one: Issue) -> dict[str, Any]:
    earlier = list(one.decisions.select_related("by", "policy", "review__by").order_by("-pk"))
    return {
        "issue": one,
        "earlier": earlier,
        "faults": _options(_FAULTS),
        "outcomes": _options(_OUTCOMES),
        "nudge": honesty_nudge(one, datetime.now(UTC)),
        "nudge_shown": bool(earlier) and earlier[0].fault != Fault.OURS,
    }


def _options(hints: dict[Any, str]) -> list[dict[str, str]]:
    return [{"value": choice.value, "label": choice.label, "hint": hint} for choice, hint in hints.items()]


def decision_review(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """A second person looks at a decision about conduct."""
    case, post = find_case(request, pk), request.POST
    one = case.issues.filter(pk=issue).first()
    made = newest_decision(one) if one else None
    if made is None:
        raise Http404("There is no decision on this issue.")

    def show(error: AmendsError | None) -> HttpResponse:
        context = {"issue": one, "decision": made, "waits": _waits(made), "own": made.by_id == signed_in(request).pk}
        return form_page(request, case, "desk/decision_review.html", context, error)

    def act() -> None:
        agreed, me = typed_verdict(request), signed_in(request)
        review_decision(made, post.get("words", ""), agreed=agreed, by=me, now=datetime.now(UTC))

    return handle(request, case, show, act, "Written down. Thank you for looking.")


def _waits(made: Decision) -> bool:
    return made.fault == Fault.CONDUCT and not hasattr(made, "review")


def typed_verdict(request: HttpRequest) -> bool:
    """Whether somebody agreed; raises Incomplete when they said neither."""
    if request.POST.get("agreed") not in ("yes", "no"):
        raise Incomplete("Say whether you agree.", "agreed")
    return request.POST["agreed"] == "yes"
