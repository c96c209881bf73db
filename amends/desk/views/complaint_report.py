"""The open complaint report: what each quarter would say, publishing it, and taking it off the public page."""

from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from amends.cases.errors import Incomplete
from amends.desk.chrome import chrome, signed_in
from amends.desk.form import errors_of, pressed
from amends.errors import AmendsError
from amends.reporting.figures import CauseFigure, counted_choices
from amends.reporting.publish import next_figures, publish_quarter, withdraw_quarter
from amends.reporting.quarter import Quarter, quarter_named, quarter_of
from amends.reporting.shown import Said, shown_of
from amends.reporting.version import ReportVersion, is_withdrawn
from amends.ui.doorkeeper import status_of
from amends.ui.numbers import number

QUARTERS_BACK = 8
UNCOUNTED = ("", "Nothing: show the number alone")


def complaint_report(request: HttpRequest) -> HttpResponse:
    """What a quarter would say; on POST it is published as of now, or taken off the page."""
    quarter = _quarter(request)

    def act() -> str:
        by, now, post = signed_in(request), datetime.now(UTC), request.POST
        if "withdraw" in request.POST:
            withdraw_quarter(quarter, post.get("why", ""), by=by, now=now)
            return f"{quarter.words} is off the public page."
        said, counted_in = _said(request), post.get("counted_in", "")
        made = publish_quarter(quarter, counted_in, said, by=by, now=now, reason=post.get("reason", ""))
        return f"{quarter.words} is on the public page, version {made.number}."

    return pressed(
        request, partial(_show, request, quarter), act, f"{reverse('complaint-report')}?quarter={quarter.key}"
    )


def _show(request: HttpRequest, quarter: Quarter, error: AmendsError | None = None) -> HttpResponse:
    now, choices = datetime.now(UTC), counted_choices(quarter)
    versions = list(ReportVersion.objects.filter(quarter=quarter.start).select_related("by", "withdrawal__by"))
    last = versions[0] if versions else None
    counted_in = _counted_in(request, last, choices)
    figures = next_figures(quarter, counted_in, last, now)
    said = _said(request) or _known(figures.causes, last)
    shown = shown_of(
        figures, quarter, {one.cause: said.get(one.cause, Said(one.name, one.changed)) for one in figures.causes}
    )
    context = {
        **chrome(request, "insights"),
        "quarter": quarter,
        "quarters": [(one.key, one.words) for one in _quarters(now)],
        "tells": shown,
        "causes": list(zip(figures.causes, shown["causes"], strict=True)),
        "counted_choices": [*choices, UNCOUNTED],
        "counted_in": counted_in,
        "versions": versions,
        "on_page": last is not None and not is_withdrawn(last),
        "typed": request.POST,
        "error": str(error) if error else "",
        "error_field": error.field if isinstance(error, Incomplete) else "",
        "errors": errors_of(error),
    }
    return render(request, "desk/complaint_report.html", context, status=status_of(error) if error else 200)


def _quarters(now: datetime) -> list[Quarter]:
    """The quarters that are over, the newest first."""
    running = quarter_of(localdate(now))
    return [running.back(back) for back in range(1, QUARTERS_BACK + 1)]


def _quarter(request: HttpRequest) -> Quarter:
    """The quarter asked about; the last one that is over for what is none of them."""
    asked = quarter_named((request.POST if request.method == "POST" else request.GET).get("quarter", ""))
    known = _quarters(datetime.now(UTC))
    return asked if asked in known else known[0]


def _counted_in(request: HttpRequest, last: ReportVersion | None, choices: list[tuple[str, str]]) -> str:
    """What was chosen, else what the version before was counted in, else the first there is."""
    asked = request.POST.get("counted_in", request.GET.get("counted_in"))
    keys = [key for key, _ in choices]
    if asked is not None:
        return asked if asked in keys else ""
    before = last.counted.counted if last else None
    known = f"{before.name}:each-week" if before and before.each_week else before.name if before else ""
    return known if last and (known in keys or not known) else keys[0] if keys else ""


def _said(request: HttpRequest) -> dict[int, Said]:
    """The words typed for each cause, by its number."""
    found = {}
    for name, words in request.POST.items():
        what, _, which = name.partition("-")
        cause = number(which) if what == "name" else None
        if cause:
            found[cause] = Said(str(words), request.POST.get(f"changed-{cause}", ""))
    return found


def _known(causes: tuple[CauseFigure, ...], last: ReportVersion | None) -> dict[int, Said]:
    """The words customers read of a cause before stay; what we changed is proposed anew."""
    if last is None:
        return {}
    names = {one.cause: shown["name"] for one, shown in zip(last.counted.causes, last.tells["causes"], strict=True)}
    return {one.cause: Said(names.get(one.cause, one.name), one.changed) for one in causes}
