"""Figures out of a database of the company: one view with fixed columns, only read, its password never told."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from amends.errors import AmendsError

COLUMNS = ("day", "kind", "count")
MARKET = "market"
MOST_ROWS = 500_000
SECONDS = 60
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?", re.ASCII)


class SourceUnreadable(AmendsError):
    """The view could not be read; the sentence holds nothing of its address."""


def read_view(url: str, view: str) -> list[Sequence[Any]]:
    """The rows of a view: day, kind, count, and market where it has one; raises SourceUnreadable.

    The name is the only thing that goes into the query, after it was found to be a plain one. Nothing can be written:
    SQLite opens the file for reading, PostgreSQL reads in a transaction that allows no more, for a minute at most.
    """
    if not _NAME.fullmatch(view):
        raise SourceUnreadable("AMENDS_EXPOSURE_VIEW is not the plain name of a table or view, such as orders_by_day.")
    quoted = ".".join(f'"{part}"' for part in view.split("."))
    try:
        with _cursor(url) as cursor:
            cursor.execute(f"SELECT * FROM {quoted} LIMIT 0")  # noqa: S608 - a plain name, quoted
            known = [column[0] for column in cursor.description]
            missing = [one for one in COLUMNS if one not in known]
            if missing:
                raise SourceUnreadable(f"The view has no column {' and no column '.join(missing)}.")
            wanted = ", ".join(f'"{one}"' for one in (*COLUMNS, *([MARKET] if MARKET in known else [])))
            cursor.execute(f"SELECT {wanted} FROM {quoted} ORDER BY 1, 2")  # noqa: S608 - plain names, quoted
            rows: list[Sequence[Any]] = cursor.fetchmany(MOST_ROWS + 1)
    except AmendsError:
        raise
    except Exception as error:  # noqa: BLE001 - a driver's own words may hold the address
        raise SourceUnreadable(f"The database with the figures could not be read ({type(error).__name__}).") from None
    if len(rows) > MOST_ROWS:
        raise SourceUnreadable(f"The view has more than {MOST_ROWS:,} rows. Let it hold days, not single orders.")
    return rows


@contextmanager
def _cursor(url: str) -> Iterator[Any]:
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        path = unquote(urlsplit(url).path.removeprefix("/"))
        with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, timeout=SECONDS)) as opened:
            yield opened.cursor()
        return
    if scheme not in ("postgres", "postgresql"):
        raise SourceUnreadable("AMENDS_EXPOSURE_URL begins with sqlite:// or postgresql://.")
    import psycopg

    options = f"-c default_transaction_read_only=on -c statement_timeout={SECONDS * 1000}"
    with psycopg.connect(url, options=options, connect_timeout=10) as reached, reached.cursor() as cursor:
        yield cursor
