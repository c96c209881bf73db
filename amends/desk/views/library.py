"""The case library: finding a study or another firm's story, and reading one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from amends.cases.issue import CATEGORIES
from amends.desk.chrome import chrome, signed_in
from amends.language.catalogue import catalogue
from amends.library.models import Study
from amends.library.public import find_story
from amends.library.shelf import Wanted, find_study, others, studies
from amends.practice.course import find_lesson
from amends.prevention.models import Cause
from amends.recovery.remedy import Remedy
from amends.team.permissions import Right
from amends.ui.numbers import number

MOST = 100


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """What was learned here and what others did, as far as it is what somebody looks for."""
    me, wanted = signed_in(request), _wanted(request)
    context = {
        **chrome(request, "library"),
        "wanted": wanted,
        "studies": list(studies(wanted)[:MOST]),
        "others": others(wanted),
        "categories": list(CATEGORIES.items()),
        "causes": _named(Cause.objects.filter(studies__publication__isnull=False).distinct()),
        "remedies": _named(Remedy.objects.filter(studies__publication__isnull=False).distinct()),
        "may_write": me.can(Right.WRITE_STUDIES),
        "waiting": Study.objects.waiting_for(me).count() if me.can(Right.WRITE_STUDIES) else 0,
    }
    return render(request, "desk/library.html", context)


@require_GET
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """One published study."""
    found = find_study(pk)
    context = {"study": found, "category": CATEGORIES.get(found.category, "")}
    may_remove = signed_in(request).can(Right.WRITE_STUDIES)
    return render(request, "desk/study.html", {**chrome(request, "library"), **context, "may_remove": may_remove})


@require_GET
def other_firm(request: HttpRequest, key: str) -> HttpResponse:
    """What one other firm did, and what of Amends it backs."""
    story = find_story(key)
    course, _, lesson = story.lesson_at.partition("/")
    context = {
        "story": story,
        "category": CATEGORIES[story.category],
        "lesson": find_lesson(course, lesson) if lesson else None,
        "checks": [catalogue()[one] for one in story.checks],
    }
    return render(request, "desk/other_firm.html", {**chrome(request, "library"), **context})


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    category = asked.get("category", "")
    return Wanted(
        words=asked.get("q", "")[:200],
        category=category if category in CATEGORIES else "",
        cause=number(asked.get("cause", "")),
        remedy=number(asked.get("remedy", "")),
    )


def _named(rows: Any) -> list[tuple[str, str]]:
    """Their numbers and names, as a choice offers them."""
    return [(str(one.pk), one.name) for one in rows.order_by("name", "pk")]
