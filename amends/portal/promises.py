"""What we promise everybody, beside what really happened: a page without a login."""

from datetime import UTC, datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from amends.channels.models import Channel
from amends.recovery.published import Record, track_record
from amends.reporting.version import is_withdrawn, latest_versions
from amends.team.policy import current_version

SECONDS = 600


@require_GET
def promises(request: HttpRequest) -> HttpResponse:
    """Each promise, its target, the waits of ninety days and of seven months; computed at most every ten minutes."""
    version = current_version()
    key = f"promises-{version.number}"
    records: list[Record] | None = cache.get(key)
    if records is None:
        records = track_record(datetime.now(UTC))
        cache.set(key, records, SECONDS)
    company = Channel.objects.order_by("pk").values_list("name", flat=True).first()
    context = {
        "records": records,
        "version": version,
        "company": company or "Our promises",
        "reports": not all(is_withdrawn(one) for one in latest_versions()),
    }
    return render(request, "portal/promises.html", context)
