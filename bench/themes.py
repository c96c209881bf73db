"""`python -m bench.themes --cfpb DIR`: how soon a new theme is hinted at, and how often one that is none is.

DIR holds complaints of the US Consumer Financial Protection Bureau as CSV (columns Date received, Product, Consumer
complaint narrative). Each is read as a desk would read it. Weeks are drawn from the narratives of one product, in which
nothing is new; into some of them narratives of another product are mixed at a known share. Then the weeks as they came.
"""

import argparse
import csv
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median

from amends.insights.emerging import BEFORE_WEEKS, NOW_WEEKS, emerging, having
from amends.language.reading import read
from amends.language.terms import terms
from bench.language.tables import Table

PAGE = Path(__file__).parents[1] / "docs" / "themes.md"
ORDINARY = "Credit reporting"
NEW = ("Mortgage", "Credit card", "Checking")
WATCHED, MONTH = 26, 365.25 / 12 / 7
VOLUMES, SHARES = (5, 20, 60), (0.03, 0.06, 0.12, 0.25)
COPY = 0.8

Terms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """One narrative: the day it came, its product, and the terms of what went wrong in it."""

    day: date
    product: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Stream:
    """Weeks of complaints: the terms of each, and whether it was mixed in."""

    weeks: tuple[tuple[tuple[Terms, bool], ...], ...]

    def look(self, week: int) -> tuple[set[str], set[str]]:
        """What is hinted at after a week: the themes that are mostly of what was mixed in, and the others."""
        lately = self._some(week - NOW_WEEKS + 1, week + 1)
        earlier = self._some(week - NOW_WEEKS + 1 - BEFORE_WEEKS, week - NOW_WEEKS + 1)
        now = {number: one for number, (one, _) in enumerate(lately)}
        found = emerging(now, {number: one for number, (one, _) in enumerate(earlier)})
        true, false = set(), set()
        for theme in found:
            where = having(theme.term.words, now)
            mixed = sum(lately[number][1] for number in where)
            (true if 2 * mixed > len(where) else false).add(theme.term.words)
        return true, false

    def _some(self, first: int, end: int) -> list[tuple[Terms, bool]]:
        return [one for week in self.weeks[first:end] for one in week]


def narratives(folder: Path) -> list[Told]:
    """Every narrative that is no near-copy of an earlier one, by its day."""
    csv.field_size_limit(10**9)
    found: list[Told] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            found += [one for row in csv.DictReader(file) if (one := _told(row))]
    kept: list[Told] = []
    for one in sorted(found, key=lambda told: (told.day, sorted(told.terms))):
        if not any(_alike(one.terms, other.terms) for other in kept if other.product == one.product):
            kept.append(one)
    return kept


def _told(row: dict[str, str | None]) -> Told | None:
    text = (row.get("Consumer complaint narrative") or "").strip()
    if not text:
        return None
    issues = [one.words for one in read(text).issues]
    return Told(
        date.fromisoformat((row["Date received"] or "")[:10]), row["Product"] or "", terms(" . ".join(issues) or text)
    )


def _alike(one: Terms, other: Terms) -> bool:
    return len(one & other) >= COPY * max(1, len(one | other))


def stream(ordinary: Sequence[Terms], new: Sequence[Terms], volume: int, share: float, dice: Random) -> Stream:
    """Weeks of so many complaints each, drawn anew every time; after those that are compared with, some are new."""
    weeks = []
    for week in range(BEFORE_WEEKS + NOW_WEEKS + WATCHED):
        mixed = [week >= BEFORE_WEEKS + NOW_WEEKS and dice.random() < share for _ in range(volume)]
        weeks.append(tuple((dice.choice(new if one else ordinary), one) for one in mixed))
    return Stream(tuple(weeks))


def false_alarms(ordinary: Sequence[Terms], volume: int, repeats: int) -> tuple[float, float]:
    """Hints a month that come up although nothing is new, and the share of weeks that show any."""
    fresh, showing = 0, 0
    for number in range(repeats):
        one, known = stream(ordinary, ordinary, volume, 0, Random(f"nothing {volume} {number}")), set[str]()
        for week in _watched():
            _, shown = one.look(week)
            fresh, showing, known = fresh + len(shown - known), showing + bool(shown), shown
    return fresh / (repeats * WATCHED) * MONTH, showing / (repeats * WATCHED)


def delays(
    ordinary: Sequence[Terms], pools: Sequence[Sequence[Terms]], volume: int, share: float, repeats: int
) -> list[int]:
    """After how many weeks each of so many new themes was hinted at first; one that never was has none."""
    found = []
    for number in range(repeats):
        dice = Random(f"new {volume} {share} {number}")
        one = stream(ordinary, pools[number % len(pools)], volume, share, dice)
        first = next((week for week in _watched() if one.look(week)[0]), None)
        if first is not None:
            found.append(first - (BEFORE_WEEKS + NOW_WEEKS) + 1)
    return found


def _watched() -> range:
    return range(BEFORE_WEEKS + NOW_WEEKS, BEFORE_WEEKS + NOW_WEEKS + WATCHED)


def of_false_alarms(ordinary: Sequence[Terms], repeats: int) -> Table:
    """How often something is hinted at when nothing is new."""
    rows = []
    for volume in VOLUMES:
        monthly, showing = false_alarms(ordinary, volume, repeats)
        rows.append((f"{volume}", f"{monthly:.2f}", f"{100 * showing:.0f} %"))
    return Table(("complaints a week in the category", "false hints a month", "weeks that show one"), tuple(rows))


def of_delays(ordinary: Sequence[Terms], pools: Sequence[Sequence[Terms]], repeats: int) -> Table:
    """How soon what is new is hinted at, by its share."""
    rows = []
    for volume in VOLUMES:
        for share in SHARES:
            found = delays(ordinary, pools, volume, share, repeats)
            soon = f"{median(found):.0f} weeks" if found else "–"
            rows.append((f"{volume}", f"{100 * share:.0f} %", f"{len(found)} of {repeats}", soon))
    head = ("complaints a week", "share that is new", f"hinted at within {WATCHED} weeks", "median delay of these")
    return Table(head, tuple(rows))


def of_the_days(told: Sequence[Told]) -> Table:
    """What is hinted at in the complaints in the order they came: each calendar month against all before it."""
    mine = [one for one in told if one.product.startswith(ORDINARY)]
    months = Counter(f"{one.day:%Y-%m}" for one in mine)
    rows = []
    for month, count in sorted(months.items()):
        now = {number: one.terms for number, one in enumerate(mine) if f"{one.day:%Y-%m}" == month}
        before = {number: one.terms for number, one in enumerate(mine) if f"{one.day:%Y-%m}" < month}
        found = [theme.term.words for theme in emerging(now, before)]
        told_ = ", ".join(found[:5]) or ("too few to tell" if min(len(now), len(before)) < 20 else "none")
        rows.append((month, f"{count}", f"{len(before)}", f"{len(found)}", told_))
    return Table(("month", "complaints", "before it", "hints", "the first of them"), tuple(rows))


def page(told: Sequence[Told], tables: Sequence[tuple[str, Table]], commit: str) -> str:
    """The page, with its date and the commit that the measuring began with."""
    ordinary = sum(one.product.startswith(ORDINARY) for one in told)
    return "\n\n".join(
        [
            "# How soon something new is hinted at",
            f"<!-- Written by `python -m bench.themes`, {datetime.now(UTC):%-d %B %Y}, {commit}: run it again. -->",
            f"Measured on {datetime.now(UTC):%-d %B %Y} at {commit} by `python -m bench.themes --cfpb DIR`, with "
            f"public complaints to the US Consumer Financial Protection Bureau: {len(told)} narratives that are no "
            f"near-copies of each other, {ordinary} of them about credit reporting. “What is new?” compares the last "
            f"{NOW_WEEKS} weeks with the {BEFORE_WEEKS} before.",
            *(f"## {title}\n\n{table.markdown()}" for title, table in tables),
            "## What this does not show\n\nThe weeks of the first two tables are drawn from a few hundred narratives, "
            "again and again, so that it is known that nothing is new in them; real weeks lean on each other, and a "
            "letter that many copy looks like a theme. What is mixed in is another product, whose words are further "
            "away than those of a new trouble within one would be. The third table has too few narratives in most "
            "months, and its last column is what came up, not what was true.",
        ]
    )


def _commit() -> str:
    words = ["git", "rev-parse", "--short=9", "HEAD"]
    here = subprocess.run(words, cwd=PAGE.parent, check=True, capture_output=True, text=True).stdout.strip()
    return f"commit {here}"


def main() -> None:
    """Measure, print, and write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cfpb", type=Path, required=True)
    options.add_argument("--repeats", type=int, default=18)
    options.add_argument("--to", type=Path, default=PAGE)
    chosen = options.parse_args()
    commit, told = _commit(), narratives(chosen.cfpb)
    ordinary = [one.terms for one in told if one.product.startswith(ORDINARY)]
    pools = [[one.terms for one in told if one.product.startswith(name)] for name in NEW]
    tables = list(_tables(told, ordinary, pools, chosen.repeats))
    chosen.to.write_text(page(told, tables, commit) + "\n")


def _tables(
    told: Sequence[Told], ordinary: Sequence[Terms], pools: Sequence[Sequence[Terms]], repeats: int
) -> Iterator[tuple[str, Table]]:
    measured = [
        ("Where nothing is new", lambda: of_false_alarms(ordinary, repeats)),
        ("Where something is", lambda: of_delays(ordinary, pools, repeats)),
        ("In the order they came", lambda: of_the_days(told)),
    ]
    for title, made in measured:
        table = made()
        print(f"{title}\n{table.markdown()}\n", flush=True)
        yield title, table


if __name__ == "__main__":
    main()
