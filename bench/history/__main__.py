"""`python -m bench.history`: let eighteen months happen in a desk of their own, and keep them as a packaged file.

Prints one JSON line with what happened and what was refused.
"""

import argparse
import json
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.history.clock import WEEKS

ENDS = datetime(2026, 11, 15, 23, tzinfo=UTC)  # Monday 16 November 2026, midnight in Stockholm
KEPT = Path(__file__).resolve().parents[2] / "amends" / "demo" / "history.json.gz"


def prepare(home: Path) -> None:
    """A desk of its own in a new folder, with the sample company, whose letters go nowhere."""
    os.environ.update(AMENDS_HOME=str(home), DJANGO_SETTINGS_MODULE="amends.settings")
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from amends.demo.load import load_company

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("migrate", verbosity=0)
    load_company()

    from bench.history.keep import number_cases

    number_cases()


def main() -> None:
    """Make the history and keep it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weeks", type=int, default=WEEKS)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--most", type=int, default=None, help="so many complaints only")
    options.add_argument("--to", type=Path, default=KEPT)
    chosen = options.parse_args()
    began, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="amends-history-") as folder:
        prepare(Path(folder))
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
