"""Each night the figures of the company's own database are read: whole, or not at all with the reason."""

import logging
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

from amends.cases.ledger import writing
from amends.method.columns import BrokenRows
from amends.prevention.exposure import keep_weeks
from amends.prevention.exposure_days import weeks_of
from amends.prevention.exposure_sql import SourceUnreadable, read_view

HOUR = 3
TOLD = 20
log = logging.getLogger(__name__)


class ExposureRead(models.Model):
    """One night's reading: how many weeks it kept, or why it kept none, with the rows that cannot be used."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    weeks = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, default="", blank=True)
    broken = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-day"]


def read_exposure(now: datetime) -> int:
    """Read the view once a day, after three at night in the zone of the desk; returns how many weeks were kept."""
    here = localtime(now)
    if not settings.AMENDS_EXPOSURE_URL or here.hour < HOUR or ExposureRead.objects.filter(day=here.date()).exists():
        return 0
    made = ExposureRead(day=here.date(), at=now)
    try:
        rows = read_view(settings.AMENDS_EXPOSURE_URL, settings.AMENDS_EXPOSURE_VIEW)
        weeks, broken = weeks_of(rows, here.date())
        if broken:
            raise BrokenRows(broken)
        with writing():
            made.weeks = keep_weeks(weeks, by=None, now=now) if weeks else 0
            made.save()
    except BrokenRows as error:
        made.broken = [[one.line, one.reason] for one in error.rows[:TOLD]]
        made.problem = f"{len(error.rows)} rows cannot be used, so nothing was kept."
    except SourceUnreadable as error:
        made.problem = str(error)
    if made.problem:
        log.warning("Figures were not read: %s", made.problem)
        made.save()
    return made.weeks


def last_read() -> ExposureRead | None:
    """The last night's reading, None where there was none yet."""
    return ExposureRead.objects.first()
