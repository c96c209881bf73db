"""Finding what a request names, only among what the person may see."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.desk.chrome import signed_in
from amends.ui.numbers import number

WHOLE = ("assignment__to", "closure__by", "snooze", "standing", "escalation")


def find_case(request: HttpRequest, pk: int, beside: Sequence[str] = ()) -> Case:
    """The case of this number if the person may see it, with what is asked for beside it.

    404 when it is not there or not theirs, alike.
    """
    cases = Case.objects.visible_to(signed_in(request)).select_related("customer", "team", "channel", *beside)
    case = cases.filter(pk=pk).first()
    if case is None:
        raise Http404(f"There is no case {pk} that you can see.")
    return case


def find_issues(request: HttpRequest, case: Case, name: str = "issues") -> frozenset[int]:
    """The open issues of the case that a form ticked."""
    ticked = {number(value) or 0 for value in request.POST.getlist(name)}
    return frozenset(case.open_issues().filter(pk__in=ticked).values_list("pk", flat=True))


def find_issue(case: Case, value: str | int) -> Issue:
    """One open issue of the case by its number; 404 otherwise."""
    pk = value if isinstance(value, int) else number(value) or 0
    issue = case.open_issues().select_related("message").filter(pk=pk).first()
    if issue is None:
        raise Http404("There is no such issue on this case.")
    return issue
