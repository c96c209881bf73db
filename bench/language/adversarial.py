"""`python -m bench.language.adversarial`: how reading and checking do on texts made to fool them, by kind.

The set (`tests/language/data/adversarial.jsonl`) is hard by design and small, so the figures say where it hurts and are
no accuracy. No rule may be tuned to it and no floor is set from it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from amends.language.brief import Brief, IssueBrief
from amends.language.reading import Reading, read
from amends.language.reply_check import check
from bench.language.tables import Table

SET = Path(__file__).parents[2] / "tests" / "language" / "data" / "adversarial.jsonl"
Row = dict[str, Any]


def rows() -> list[Row]:
    """Return every item: a `text` to read with what is wanted of it, or a `reply` with checks that fire or must not."""
    return [json.loads(line) for line in SET.read_text().splitlines()]


def brief_of(row: Row) -> Brief:
    """Return what the reply of an item answers."""
    issues = tuple(IssueBrief(at, words, category=category) for at, (category, words) in enumerate(row["issues"], 1))
    return Brief(issues=issues, customer_text=row["complaint"])


def misses(row: Row) -> Iterator[str]:
    """Yield what was wanted of an item and did not come out."""
    if "reply" in row:
        found = {one.id for one in check(row["reply"], brief_of(row))}
        yield from (f"+{one}" for one in row["fires"] if not found & set(one.split("|")))
        yield from (f"-{one}" for one in row["silent"] if one in found)
    else:
        reading = read(row["text"])
        yield from (f"{name} {value}" for name, value in row["want"].items() if not HOLDS[name](reading, value))


def asked(row: Row) -> int:
    """Return how many things are wanted of an item."""
    return len(row["fires"]) + len(row["silent"]) if "reply" in row else len(row["want"])


HOLDS: dict[str, Callable[[Reading, Any], bool]] = {
    "complaint": lambda reading, value: reading.complaint.is_ is value,
    "language": lambda reading, value: reading.language == value,
    "issue": lambda reading, value: any(value in one.words for one in reading.issues),
    "feeling": lambda reading, value: reading.feeling.kind == value,
    "not_feeling": lambda reading, value: reading.feeling.kind != value,
    "not_category": lambda reading, value: all(one.category != value for one in reading.issues),
    "threat": lambda reading, value: value in reading.threats,
    "not_threat": lambda reading, value: value not in reading.threats,
    "not_ask": lambda reading, value: value not in reading.asks,
    "not_theirs": lambda reading, value: not any(value in words for words in own_words(reading)),
}


def own_words(reading: Reading) -> list[str]:
    """Return every run of words that a reading takes for the customer's own."""
    return [
        *(one.words for one in (*reading.issues, *reading.facts)),
        *reading.feeling.words,
        *reading.questions,
    ]


def main() -> None:
    """Print hits per kind, then the number of each item that missed with what it missed."""
    print(measured().markdown(), end="\n\n")
    for number, row in enumerate(rows(), 1):
        if lost := list(misses(row)):
            print(f"- {number} {row['kind']}: {', '.join(lost)}")


def measured() -> Table:
    """Return hits per kind."""
    points: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows():
        hits, by = asked(row) - len(list(misses(row))), "check" if "reply" in row else "read"
        for kind in (row["kind"], "all"):
            points[kind, by][0] += hits
            points[kind, by][1] += asked(row)
    kinds = sorted({kind for kind, _ in points}, key=lambda kind: (kind == "all", kind))
    body = tuple((kind, *(_of(points[kind, by]) for by in ("read", "check"))) for kind in kinds)
    return Table(("kind", "read()", "check()"), body)


def _of(point: list[int]) -> str:
    return f"{point[0]} of {point[1]}" if point[1] else "–"


if __name__ == "__main__":
    main()
