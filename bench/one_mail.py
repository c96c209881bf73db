"""Sends single mails into a running desk and prints how long each took to become a case, in milliseconds."""

import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.settings")

import django

django.setup()

from amends.cases.message import Message
from bench.corpus import corpus
from bench.stack import deliver


def main() -> None:
    """Fifty mails, one after the other."""
    port, times = int(sys.argv[1]), []
    for number, (sender, raw) in enumerate(corpus(50, seed=900)):
        began = time.perf_counter()
        deliver(port, [(sender, raw)])
        while not Message.objects.filter(external_id=f"bench-900-{number}@post.example").exists():
            time.sleep(0.001)
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
