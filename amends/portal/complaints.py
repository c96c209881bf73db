"""The open complaint report: what customers complained about each quarter, and what we changed; without a login."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from amends.channels.models import Channel
from amends.insights.answer import Week, Weeks
from amends.reporting.quarter import quarter_named
from amends.reporting.shown import EIGHT, SOON
from amends.reporting.small import PER
from amends.reporting.version import ReportVersion, is_withdrawn, latest_versions
from amends.team.policy import current
from amends.ui.table_file import table_file

QUARTERS_SHOWN = 8
HEADS = ["Quarter", "Version", "Published", "Figure", "About", "Value"]


@require_GET
def published_complaints(request: HttpRequest) -> HttpResponse:
    """The newest quarter in full, those before it as a table and a picture; not there until one is published."""
    known = latest_versions()[:QUARTERS_SHOWN]
    on_page = [one for one in known if not is_withdrawn(one)]
    if not on_page:
        raise Http404("No complaint report is published.")
    return render(request, "portal/complaints.html", _context(on_page[0], known, _chart(on_page)))


@require_GET
def published_complaints_version(request: HttpRequest, quarter: str, number: int) -> HttpResponse:
    """One version of one quarter as it was published, also one that was corrected since."""
    of = quarter_named(quarter)
    found = ReportVersion.objects.filter(quarter=of.start, number=number).first() if of else None
    latest = next((one for one in latest_versions() if found and one.of == found.of), None)
    if found is None or latest is None or is_withdrawn(latest):
        raise Http404("There is no such report.")
    return render(request, "portal/complaints.html", _context(found, [], None) | {"latest": latest})


@require_GET
def published_complaints_file(request: HttpRequest) -> StreamingHttpResponse:
    """Every quarter that is published as a table for a spreadsheet."""
    on_page = [one for one in latest_versions() if not is_withdrawn(one)]
    if not on_page:
        raise Http404("No complaint report is published.")
    return table_file("complaints.csv", HEADS, (line for one in on_page for line in _lines(one)))


def _context(report: ReportVersion, known: Sequence[ReportVersion], chart: Weeks | None) -> dict[str, Any]:
    company = Channel.objects.order_by("pk").values_list("name", flat=True).first()
    earlier = ReportVersion.objects.filter(quarter=report.quarter, number__lt=report.number)
    return {
        "report": report,
        "tells": report.tells,
        "known": [(one, is_withdrawn(one)) for one in known],
        "chart": chart,
        "earlier": list(earlier),
        "company": company or "Complaints",
        "publishes": bool(current().published),
    }


def _chart(on_page: Sequence[ReportVersion]) -> Weeks | None:
    """The quarters side by side as rates where each is one of the same thing, else as numbers; oldest first."""
    kinds = {
        (one.counted.counted.name, one.counted.counted.each_week) if one.counted.counted else None for one in on_page
    }
    rates = len(kinds) == 1 and None not in kinds and all(one.tells["rate"] for one in on_page)
    values = [_value(one, rates) for one in reversed(on_page)]
    if len(values) < 2 or not all(values):
        return None
    counted = on_page[0].counted.counted
    title = f"Complaints per {PER:,} {counted.name}" if rates and counted else "Complaints received"
    columns = tuple(Week(_short(one), (value,)) for one, value in zip(reversed(on_page), values, strict=True))
    return Weeks("columns", title, "Each column is one quarter.", ("Complaints",), columns)


def _value(one: ReportVersion, rates: bool) -> float:
    return float(one.tells["rate"].replace(",", "")) if rates else float(one.tells["received"] or 0)


def _short(one: ReportVersion) -> str:
    return f"{one.of.start:%b %Y}"


def _lines(one: ReportVersion) -> Iterator[list[Any]]:
    tells, about = one.tells, [one.of.words, one.number, f"{one.at:%Y-%m-%d}"]
    yield [*about, "Complaints received", "", tells["received_words"]]
    if tells["counted"]:
        yield [*about, "Complaints " + tells["counted"], "", tells["rate_words"]]
    yield [*about, SOON, "", tells["soon"]]
    yield [*about, EIGHT, "", tells["eight"]]
    yield [*about, "A cause is named for", "", tells["named"]]
    for cause in tells["causes"]:
        yield [*about, "Complaints with this cause", cause["name"], cause["complaints"]]
        yield [*about, "What we changed", cause["name"], cause["changed"] or "nothing yet"]
        yield [*about, "Whether it worked", cause["name"], cause["verdict"] or "–"]
        yield [*about, "People told of it", cause["name"], cause["told"]]
