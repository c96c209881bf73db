"""The policy: what is in force, what each version said, and changing it in two steps."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.policy import adopt, check
from amends.desk.chrome import chrome, signed_in
from amends.desk.policy_entries import COLUMNS, GRIDS, HOURS, SCALARS, severities
from amends.desk.policy_form import Typed, data_of, parts_open, problem_of, typed_in, typed_of
from amends.desk.policy_page import changed_between, version_context
from amends.errors import AmendsError
from amends.method.certificate import COURSES
from amends.method.policy import KEPT, MEASURES, PRESETS, ROLES, Policy, PolicyRefused, parse, preset, to_data
from amends.method.policy_words import MEASURE_WORDS, ROLE_WORDS
from amends.recovery.remedy import Remedy
from amends.team.coverage import hours_in_words
from amends.team.models import Team
from amends.team.permissions import Right
from amends.team.policy import PolicyVersion, current_version
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

PAGE = 50


@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """The policy in force, in plain words, and the versions before it."""
    versions = PolicyVersion.objects.select_related("by").defer("data").order_by("-number")
    if before := number(request.GET.get("before", "")):
        versions = versions.filter(number__lt=before)
    page = list(versions[: PAGE + 1])
    context = {
        **version_context(current_version()),
        "versions": page[:PAGE],
        "earlier": page[PAGE - 1].number if len(page) > PAGE else None,
        "hours": [(team, hours_in_words(team)) for team in Team.objects.order_by("name")],
        "may_change": signed_in(request).can(Right.MANAGE_POLICY),
    }
    return render(request, "desk/policy.html", {**chrome(request, "policy"), **context})


@require_GET
def policy_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version as it was, and what it changed against the one before."""
    version = get_object_or_404(PolicyVersion.objects.select_related("by"), number=number)
    return render(request, "desk/policy_version.html", {**chrome(request, "policy"), **version_context(version)})


@dataclass(frozen=True, slots=True)
class Wish:
    """A policy somebody wants: what was typed, why, against which version."""

    typed: Typed
    note: str
    base: int


def policy_change(request: HttpRequest) -> HttpResponse:
    """Change the policy: the form, then what would change, then in force; each step works without JavaScript."""
    last = current_version()
    if request.method != "POST":
        return _form(request, last, _begin(request, last))
    wish = Wish(typed_in(request.POST, _teams()), request.POST.get("note", ""), _base(request, last))
    if "edit" in request.POST:
        return _form(request, last, wish)
    try:
        return _step(request, last, wish)
    except AmendsError as error:
        return _form(request, last, wish, error)


def _step(request: HttpRequest, last: PolicyVersion, wish: Wish) -> HttpResponse:
    data, me = data_of(wish.typed), signed_in(request)
    if "confirm" in request.POST:
        made = adopt(data, wish.note, by=me, now=datetime.now(UTC), base=wish.base)
        messages.success(request, f"Version {made.number} is in force.", extra_tags="good")
        return redirect("policy")
    wanted = check(data, wish.note, last, by=me, base=wish.base)
    context = {
        "changed": changed_between(parse(last.data), wanted),
        "next": last.number + 1,
        "last": last,
        "note": wish.note.strip(),
        "base": wish.base,
        "carried": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "preview", "base")
        ],
    }
    return render(request, "desk/policy_preview.html", {**chrome(request, "policy"), **context})


def _begin(request: HttpRequest, last: PolicyVersion) -> Wish:
    """The policy in force, or a preset with the articles and words of the house kept."""
    name = request.GET.get("preset", "")
    kept = {key: last.data.get(key, nothing) for key, nothing in KEPT.items()}
    policy = parse({**preset(name), **kept} if name in PRESETS else last.data)
    return Wish(_typed_of(policy), "", last.number)


def _typed_of(policy: Policy) -> Typed:
    return typed_of(to_data(policy), _teams())


def _base(request: HttpRequest, last: PolicyVersion) -> int:
    return number(request.POST.get("base", "")) or last.number


def _teams() -> list[str]:
    return list(Team.objects.order_by("name").values_list("name", flat=True))


def _form(request: HttpRequest, last: PolicyVersion, wish: Wish, error: AmendsError | None = None) -> HttpResponse:
    problem = _problem(error, wish.typed) if error else None
    context = {
        **_labels(),
        "typed": wish.typed,
        "parts": parts_open(wish.typed, _typed_of(parse(last.data)), problem[0] if problem else ""),
        "note": wish.note,
        "base": last.number,
        "last": last,
        "presets": PRESETS,
        "chosen": request.GET.get("preset", ""),
        "teams": ["", *_teams()],
        "errors": [problem] if problem else [],
        "meanwhile": _meanwhile(wish.base, last) if isinstance(error, AlreadyDone) else [],
    }
    status = status_of(error) if error else 200
    return render(request, "desk/policy_change.html", {**chrome(request, "policy"), **context}, status=status)


def _problem(error: AmendsError, typed: Typed) -> tuple[str, str]:
    if isinstance(error, PolicyRefused):
        return problem_of(error, typed)
    return (error.field or "main") if isinstance(error, Incomplete) else "main", str(error)


def _meanwhile(base: int, last: PolicyVersion) -> list[Any]:
    theirs = PolicyVersion.objects.filter(number=base).first()
    return changed_between(parse(theirs.data), parse(last.data)) if theirs else []


def _labels() -> dict[str, Any]:
    remedies = Remedy.objects.filter(retired_at=None).order_by("name")
    kinds = sorted(set(remedies.values_list("kind", flat=True)))
    return {
        "scalars": SCALARS,
        "grids": GRIDS,
        "columns": COLUMNS,
        "hours": HOURS,
        "severities": severities(),
        "roles": [(role, ROLE_WORDS[role]) for role in ROLES],
        "courses": list(COURSES.items()),
        "kinds": [("", "any remedy"), *((kind, kind) for kind in kinds)],
        "measures": [(measure, MEASURE_WORDS[measure]) for measure in MEASURES],
        "remedies": [{"value": one.key, "label": one.name} for one in remedies],
    }
