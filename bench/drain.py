"""One process that reads waiting mails into cases, and prints what that cost."""

import json
import os
import sys
import time
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, reset_queries

from amends.channels.email.parse import parse
from amends.channels.models import RawMail
from amends.jobs import read_mail
from amends.language.reading import read
from bench.corpus import corpus


def store(mails: int, seed: int) -> list[bytes]:
    """Put raw mails where the intake puts them."""
    now = datetime.now(UTC)
    letters = corpus(mails, seed=seed)
    RawMail.objects.bulk_create(
        RawMail(received_at=now, mail_from=sender, recipients=["complaints@lindqvist.example"], size=len(raw), body=raw)
        for sender, raw in letters
    )
    return [raw for _, raw in letters]


def drain() -> int:
    """Read until nothing waits; returns how many."""
    count = 0
    while done := read_mail(datetime.now(UTC)):
        count += done
    return count


def main() -> None:
    """Drain, measure, print."""
    mails, seed = int(sys.argv[1]), int(sys.argv[2])
    drain()
    store(20, seed + 1)
    settings.DEBUG = True
    reset_queries()
    drain()
    statements = len(connection.queries) / 20
    settings.DEBUG = False
    raws = store(mails, seed)
    began = time.process_time()
    count = drain()
    spent = time.process_time() - began
    texts = [parse(raw).text for raw in raws]
    began = time.process_time()
    for text in texts:
        read(text)
    reading = time.process_time() - began
    print(
        json.dumps(
            {"cpu_ms": spent / count * 1000, "reading_ms": round(reading / count * 1000, 3), "statements": statements}
        )
    )


if __name__ == "__main__":
    main()
