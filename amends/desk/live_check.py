"""What stands beside a draft: the check of its words, with what the desk knows of the case and the team."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from amends.cases.case import Case
from amends.cases.check_levels import levels_for
from amends.cases.cover import brief_of
from amends.cases.issue_facts import said_steps
from amends.cases.put_aside import aside_in
from amends.desk.coach import Known, coach, nothing_written


def live_check(request: HttpRequest, case: Case, text: str) -> dict[str, Any]:
    """The check of a draft; an empty one asks the database nothing."""
    remarked = request.POST.getlist("remarked")
    if not text.strip():
        return _with_way(nothing_written(remarked), case)
    known = Known(said_steps(case), levels_for(case.team_id), aside_in(case), remarked)
    return _with_way(coach(text, brief_of(case), known), case)


def stood_beside(request: HttpRequest) -> Collection[str]:
    """The checks whose remarks stood beside the letter that is sent, as its form says."""
    return {*request.POST.getlist("remarked"), *request.POST.getlist("lacked")}


def _with_way(found: dict[str, Any], case: Case) -> dict[str, Any]:
    found["aside"]["href"] = reverse("remark-aside", args=[case.pk])
    return found
