"""Rewriting the files of the database after somebody was erased: a database leaves what it deletes lying about.

SQLite frees pages without emptying them, and its write-ahead log keeps earlier ones; PostgreSQL keeps earlier versions
of rows. Both write their tables anew when asked, outside any transaction.
"""

import logging
from datetime import datetime

from django.apps import apps
from django.db import DatabaseError, connection

from amends.channels.models import RawMail
from amends.privacy.models import Erasure
from amends.privacy.places import PLACES

log = logging.getLogger(__name__)


def rewrite_files(now: datetime) -> bool:
    """Rewrite them where an erasure waits for it; whether that was done. What stood in the way is tried again later."""
    waiting = list(Erasure.objects.filter(rewritten_at=None).values_list("pk", flat=True))
    if not waiting or connection.in_atomic_block:
        return False
    try:
        done = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    except DatabaseError:
        log.warning("The files of the database could not be rewritten after an erasure; it is tried again")
        return False
    if done:
        Erasure.objects.filter(pk__in=waiting).update(rewritten_at=now)
    return done


def _sqlite() -> bool:
    """VACUUM makes the file anew, and the log is emptied into it; False where a reader held the log."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store=FILE")
        try:
            cursor.execute("VACUUM")
        finally:
            cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
    return row is not None and row[0] == 0


def _postgresql() -> bool:
    names = {apps.get_model("amends", place.model)._meta.db_table for place in PLACES} | {RawMail._meta.db_table}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(name)}")
    return True
