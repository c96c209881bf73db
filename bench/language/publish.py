"""`python -m bench.language.publish [NAME …]`: measures, keeps the figures in docs/language, writes them into the page.

Without a name everything is measured but `embeddings`, which needs a model that does not ship; `--page` only writes the
page anew from the figures kept. No figure comes into the page in another way, and a test holds the page to the files.
"""

import argparse
import json
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.language import __main__ as corpora
from bench.language import adversarial, learning, nasty, reliability, score_check, score_reading, score_sense, speed
from bench.language.tables import Table

FOLDER = Path(__file__).parents[2] / "docs" / "language"
PAGE = FOLDER / "index.md"
PICTURE = FOLDER / "reliability.svg"
SLOWEST = 12
MARKED = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- /figures -->)", re.DOTALL)


def _reliability() -> Table:
    bins = reliability.binned(reliability.predictions("held_out"))
    PICTURE.write_text(reliability.picture(bins))
    return reliability.measured(bins)


SCRIPTS: dict[str, tuple[str, Callable[[], Table]]] = {
    "complaints": ("python -m bench.language", corpora.of_complaints),
    "replies": ("python -m bench.language", corpora.of_replies),
    "labels": ("python -m bench.language", corpora.of_labels),
    "checks": ("python -m bench.language.publish checks", score_check.of_checks),
    "held_out_checks": (
        "python -m bench.language.score_check --part held_out",
        lambda: score_check.measured("held_out", score_check.LANGUAGES),
    ),
    "dev_checks": (
        "python -m bench.language.score_check --part dev",
        lambda: score_check.measured("dev", score_check.LANGUAGES),
    ),
    "reading": (
        "python -m bench.language.score_reading held_out",
        lambda: score_reading.measured(score_reading.reads("held_out", None)),
    ),
    "learning": ("python -m bench.language.learning", learning.measured),
    "reliability": ("python -m bench.language.reliability", _reliability),
    "adversarial": ("python -m bench.language.adversarial", adversarial.measured),
    "nasty": ("python -m bench.language.nasty", lambda: nasty.measured(SLOWEST)),
    "embeddings": ("AMENDS_EMBEDDINGS=… python -m bench.language.score_sense", score_sense.measured),
    "speed": ("python -m bench.language.speed", speed.measured),
}


def keep(name: str) -> None:
    """Measure one thing and keep its figures with the command, the day and the commit."""
    command, measure = SCRIPTS[name]
    table = measure()
    kept = {
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "head": table.head,
        "rows": table.rows,
        "said": table.said,
    }
    (FOLDER / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def shown(kept: dict[str, Any]) -> str:
    """Return kept figures as they stand in the page."""
    table = Table(tuple(kept["head"]), tuple(map(tuple, kept["rows"])), tuple(kept["said"]))
    return f"{table.markdown()}\n\n`{kept['command']}`, {kept['date']}, at {kept['commit']}.\n"


def written(page: str) -> str:
    """Return the page with every table as its figures are kept."""
    return MARKED.sub(lambda found: found[1] + shown(kept_figures(found[2])) + found[3], page)


def kept_figures(name: str) -> dict[str, Any]:
    """Return what was kept under a name."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def main() -> None:
    """Measure what is named and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", nargs="*", choices=[*SCRIPTS, []])
    asked.add_argument("--page", action="store_true", help="measure nothing")
    options = asked.parse_args()
    for name in () if options.page else options.name or [one for one in SCRIPTS if one != "embeddings"]:
        keep(name)
    PAGE.write_text(written(PAGE.read_text()))


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=FOLDER, check=True, capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--", "../../amends", "../../corpora")
    return f"commit {git('rev-parse', '--short=9', 'HEAD')}{' with changes not committed' if changed else ''}"


if __name__ == "__main__":
    main()
