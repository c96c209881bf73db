"""`python -m bench.measures [NAME …]`: measures and prints; `--page` keeps the figures and writes docs/measures.md.

Everything is exact or seeded, so the same code gives the same tables on every machine. A test holds the page to the
figures kept.
"""

import argparse
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from bench.language.tables import Table
from bench.measures import changes, charts, people, scores

DOCS = Path(__file__).parents[2] / "docs"
PAGE, KEPT = DOCS / "measures.md", DOCS / "measures.json"
MARKED = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- /figures -->)", re.DOTALL)
TABLES: dict[str, Callable[[], Table]] = {
    "nps": scores.of_nps,
    "csat": scores.of_csat,
    "ces": scores.of_ces,
    "times": scores.of_times,
    "agreement": scores.of_agreement,
    "iceberg": scores.of_iceberg,
    "limits": charts.of_limits,
    "scattered_limits": charts.of_scattered_limits,
    "rare": charts.of_rare,
    "warnings": charts.of_warnings,
    "known_warnings": charts.of_known_warnings,
    "triggers": changes.of_triggers,
    "no_effect": changes.of_no_effect,
    "moves_anyway": changes.of_what_moves_anyway,
    "power": changes.of_power,
    "worked": changes.of_worked,
    "retention": people.of_retention,
    "paradox": people.of_paradox,
    "themes": people.of_themes,
}


def main() -> None:
    """Measure what is named, or everything, and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", nargs="*", choices=[*TABLES, []])
    asked.add_argument("--page", action="store_true", help="keep the figures and write the page")
    options = asked.parse_args()
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for name in options.name or TABLES:
        began = time.process_time()
        table = TABLES[name]()
        print(f"\n## {name} ({time.process_time() - began:.1f} CPU-s)\n\n{table.markdown()}", flush=True)
        kept[name] = {"head": table.head, "rows": table.rows, "said": table.said}
    if options.page:
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
        PAGE.write_text(written(PAGE.read_text(), json.loads(KEPT.read_text())))


def written(page: str, kept: dict[str, dict[str, list[list[str]]]]) -> str:
    """Return the page with every table as its figures are kept."""
    return MARKED.sub(lambda found: found[1] + shown(kept[found[2]]) + "\n" + found[3], page)


def shown(kept: dict[str, list[list[str]]]) -> str:
    """Return kept figures as they stand in the page."""
    return Table(tuple(kept["head"]), tuple(map(tuple, kept["rows"])), tuple(kept["said"])).markdown()


if __name__ == "__main__":
    main()
