"""The scenarios of the practice room: the house's own beside those that come with Amends, and what is done to one."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from amends.cases.errors import NotThere
from amends.desk.chrome import chrome, signed_in
from amends.desk.views.practice_scenario_form import behind_of
from amends.errors import AmendsError
from amends.practice.own.begins import begins
from amends.practice.own.draft import draft_of
from amends.practice.own.find import Kept, find_kept, kept
from amends.practice.own.from_case import marks
from amends.practice.own.write import let_count, let_count_no_more, read_scenario_through, retire_scenario
from amends.practice.shown import by_sector
from amends.practice.words import SECTORS
from amends.rehearsal.filed import as_file
from amends.rehearsal.personas import who_suits
from amends.rehearsal.scenario import Scenario
from amends.rehearsal.shelf import scenarios
from amends.team.permissions import Right
from amends.ui.numbers import number


@require_GET
def practice_scenarios(request: HttpRequest) -> HttpResponse:
    """Every scenario there is, the house's own first."""
    me = signed_in(request)
    context = {
        **chrome(request, "practice"),
        "own": kept(me),
        "packaged": by_sector(),
        "sectors": SECTORS,
        "may_write": me.can(Right.WRITE_SCENARIOS),
    }
    return render(request, "desk/practice_scenarios.html", context)


@require_GET
def practice_scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """One scenario of the house: how it begins, what it holds, its versions, and what can be done to it."""
    me = signed_in(request)
    found = find_kept(pk, me)
    what = found.last.read()
    behind = behind_of(found.case) if found.case else None
    context = {
        **chrome(request, "practice"),
        "kept": found,
        "what": what,
        "begins": begins(what),
        "marks": marks(draft_of(what), behind) if behind else [],
        "suits": [one.name for one in who_suits(what)],
        "everybody": not what.suits,
        "may_write": me.can(Right.WRITE_SCENARIOS),
        "may_decide": me.can(Right.MANAGE_TEAM),
        "may_read": me.can(Right.WRITE_SCENARIOS) and found.last.by_id != me.pk,
        "wrote_it": found.last.by_id == me.pk,
    }
    return render(request, "desk/practice_scenario.html", context)


@require_GET
def practice_scenario_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version of one of the house's scenarios as its file."""
    found = find_kept(pk, signed_in(request))
    return _file(found.last.read(), f"{found.own.key}-version-{found.last.number}")


@require_GET
def practice_packaged(request: HttpRequest, key: str) -> HttpResponse:
    """One of the scenarios that come with Amends as its file, to learn from."""
    found = scenarios().get(key)
    if found is None:
        raise NotThere("No scenario of this name comes with Amends.")
    return _file(found, found.id)


def _file(what: Scenario, name: str) -> HttpResponse:
    response = HttpResponse(as_file(what), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response


@require_POST
def practice_scenario_retirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a scenario out of use."""
    me = signed_in(request)
    found = find_kept(pk, me)
    retire_scenario(found, by=me, now=datetime.now(UTC))
    return _done(request, found, "Retired. Nobody begins it any more; rounds that were begun stay as they are.")


@require_POST
def practice_scenario_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person read it: others may play it now."""
    me = signed_in(request)
    found = find_kept(pk, me)
    known = behind_of(found.case).known if found.case else None
    version = number(request.POST.get("version", ""))
    try:
        read_scenario_through(found, version, by=me, now=datetime.now(UTC), known=known)
    except AmendsError as error:
        messages.warning(request, str(error), extra_tags="warn")
        return redirect("practice-scenario", pk)
    return _done(request, found, "Thank you. Everybody can play it now.")


@require_POST
def practice_scenario_counting(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether its rounds count as practice before live work."""
    me = signed_in(request)
    found = find_kept(pk, me)
    if "back" in request.POST:
        let_count_no_more(found, by=me)
        return _done(request, found, "From now on its rounds count no more. What has passed stays passed.")
    let_count(found, by=me, now=datetime.now(UTC))
    return _done(request, found, "From now on a passed round of it counts as practice before live work.")


def _done(request: HttpRequest, found: Kept, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="good")
    return redirect("practice-scenario", found.own.pk)
