"""Asks an archive of made-up facts every question, on DuckDB and on Spark, and says how long each took.

`python -m bench.archive --run 1000000 'duckdb://,pyspark://local[2]' --publish`; an engine is asked in a process of its
own, from its start on. The answers of engines have to be the same, or it ends with 1.
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from amends.archive.engine import answer_rows, engine, facts_in
from amends.archive.questions import QUESTIONS

SEED = 2026
PAGE = Path(__file__).resolve().parents[1] / "docs" / "running" / "archive.md"
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
MEGA = 1024 * 1024


def asked(address: str, folder: Path) -> dict[str, object]:
    """Ask one engine everything; returns the seconds until it was ready, those of each question, and a hash of all."""
    began, seconds, answers = time.perf_counter(), {}, {}
    with engine(address) as made:
        facts = facts_in(made, folder)
        ready = time.perf_counter() - began
        for key, question in QUESTIONS.items():
            start = time.perf_counter()
            answers[key] = answer_rows(question, facts)
            seconds[key] = time.perf_counter() - start
    said = hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"engine": address, "ready": ready, "seconds": seconds, "answers": said, "megabytes": memory}


def in_a_process(address: str, folder: Path) -> dict[str, object]:
    """The same, asked by a process that has loaded nothing yet."""
    words = [sys.executable, "-m", "bench.archive", "--ask", address, str(folder)]
    run = subprocess.run(words, check=True, capture_output=True, text=True)
    return json.loads(run.stdout.splitlines()[-1])


def measured(rows: int, engines: list[str]) -> list[dict[str, object]]:
    """Make so many rows up, and ask each engine; ends with 1 where two do not say the same."""
    from bench.archive_facts import write_facts

    with TemporaryDirectory() as name:
        folder = Path(name)
        count = write_facts(folder, rows, seed=SEED)
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / MEGA
        found = [in_a_process(address, folder) for address in engines]
    if len({one["answers"] for one in found}) > 1:
        raise SystemExit(f"At {rows:,} rows the engines do not say the same.")
    return [{**one, "rows": count, "disk": size} for one in found]


def table(runs: list[dict[str, object]]) -> str:
    """The runs as a Markdown table, a column a run."""
    heads = [f"{one['rows'] / 1e6:.0f} M rows, `{one['engine']}`" for one in runs]
    lines = [["Seconds"], ["---"], ["from the start until the first question"]]
    lines += [[f"`{key}`: {question.title}"] for key, question in QUESTIONS.items()]
    lines += [["all of it"], ["Parquet on disk, MB"], ["most memory of the Python process, MB"]]
    for head, one in zip(heads, runs, strict=True):
        seconds = list(one["seconds"].values())
        cells = [head, "---:", *(f"{value:.1f}" for value in [one["ready"], *seconds, one["ready"] + sum(seconds)])]
        cells += [f"{one['disk']:.0f}", str(one["megabytes"])]
        for line, cell in zip(lines, cells, strict=True):
            line.append(cell)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def circumstances() -> str:
    """When, of what and where this was measured."""
    commit, code = (
        subprocess.check_output(["git", "rev-parse", "--short", what], text=True).strip()
        for what in ("HEAD", "HEAD:amends/archive")
    )
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y} at commit `{commit}` (`amends/archive` is tree `{code}`) by "
        f"`python -m bench.archive`, seed {SEED}: {os.cpu_count()} cores, Python {platform.python_version()}; the load "
        f"average was {os.getloadavg()[0]:.1f} at the end. All engines gave the same answers."
    )


def publish(words: str) -> None:
    """Put the table into its page, between the two marks."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    PAGE.write_text(f"{head}{BEGIN}\n{words}\n{END}{tail}", encoding="utf-8")


def main() -> None:
    """Measure what the command line asks for, print the table, and put it into the page when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--run", action="append", nargs=2, metavar=("ROWS", "ENGINES"), help="rows, engines with commas"
    )
    parser.add_argument("--publish", action="store_true", help="write the table into docs/running/archive.md")
    parser.add_argument("--ask", nargs=2, metavar=("ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask:
        print(json.dumps(asked(given.ask[0], Path(given.ask[1]))))
        return
    runs = []
    for rows, engines in given.run or [("1000000", "duckdb://,pyspark://local[2]")]:
        runs += measured(int(rows), engines.split(","))
        print(runs[-1], file=sys.stderr)
    words = f"{circumstances()}\n\n{table(runs)}"
    print(words)
    if given.publish:
        publish(words)


if __name__ == "__main__":
    main()
