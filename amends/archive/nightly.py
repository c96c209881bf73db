"""Writing the archive every night, in a process of its own: what it needs is never loaded into the worker."""

import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localtime

from amends.archive.store import NOTE, folder

HOUR_OF_NIGHT = 2  # in the zone of the desk
AGAIN_AFTER = timedelta(hours=1)
BUSY = 75  # EX_TEMPFAIL of sysexits.h: another process writes it
log = logging.getLogger(__name__)


def is_due(now: datetime) -> bool:
    """Whether a desk that keeps an archive (AMENDS_ARCHIVE is set) has not written it since the last night began."""
    if not settings.AMENDS_ARCHIVE:
        return False
    try:
        written_at = datetime.fromtimestamp((folder() / NOTE).stat().st_mtime, UTC)
    except FileNotFoundError:
        return True
    return written_at < _night_before(now)


def _night_before(now: datetime) -> datetime:
    local = localtime(now)
    night = local.replace(hour=HOUR_OF_NIGHT, minute=0, second=0, microsecond=0)
    return night if night <= local else night - timedelta(days=1)


@dataclass
class Night:
    """The process that writes, while it does, and when one was last begun."""

    child: "subprocess.Popen[bytes] | None" = None
    begun_at: datetime | None = None

    def look(self, now: datetime) -> None:
        """Begin to write when it is due, an hour apart at least, and say in the log when it failed."""
        if self.child is not None:
            self._see()
        elif is_due(now) and (self.begun_at is None or now - self.begun_at >= AGAIN_AFTER):
            self.begun_at = now
            self.child = subprocess.Popen(
                [sys.executable, "-m", "amends", "archive", "write"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def _see(self) -> None:
        code = self.child.poll() if self.child else None
        if code is None:
            return
        self.child = None
        if code not in (0, BUSY):
            log.error("The archive could not be written; the line above says why. It is tried again in an hour.")
