"""`python -m bench.history`: let eighteen months happen in a desk of their own, and keep them as a packaged file.

Prints as JSON what happened and what was refused.
"""

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from amends.demo.kept import HISTORY
from bench.history.clock import WEEKS
from bench.simulate import prepare

ENDS = datetime(2026, 11, 15, 23, tzinfo=UTC)  # Monday 16 November 2026, midnight in Stockholm


def in_silence(home: Path) -> None:
    """A desk of its own in a new folder, whose letters go nowhere and whose cases have numbers of their own."""
    prepare(home)
    from django.conf import settings

    from bench.history.keep import number_cases

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    number_cases()


def main() -> None:
    """Make the history and keep it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weeks", type=int, default=WEEKS)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--most", type=int, default=None, help="so many complaints only")
    options.add_argument("--to", type=Path, default=HISTORY)
    chosen = options.parse_args()
    began, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="amends-history-") as folder:
        in_silence(Path(folder))
        from bench.history.keep import keep
        from bench.history.run import run

        world = run(ENDS, chosen.weeks, chosen.seed, chosen.most)
        figures = keep(chosen.to, ENDS)
        figures["refused"] = world.refused
    figures["seconds"] = round(time.monotonic() - began, 1)
    figures["cpu_seconds"] = round(time.process_time() - cpu, 1)
    print(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
