"""Measures the reading of messages on our own small corpus: one JSON line per figure.

Run with `python -m tests.language.measure_reading`. The same hand wrote the rules and the texts. "dev" was looked at
while tuning. "test" was not, but its author wrote the word lists after it, so its figures flatter. "fresh" was
written after the rules. None of them is a claim about other people's mail.
"""

import json
import sys
import time
from pathlib import Path

from amends.language.reading import Reading, read

CORPUS = Path(__file__).parent / "data" / "messages.jsonl"
SPEED_WORDS = 100
SPEED_SECONDS = 1.0


def messages(split: str) -> list[dict]:
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    return [row for row in rows if row["split"] == split]


def figures(split: str) -> dict[str, float]:
    """Return the shares for one half of the corpus, each between 0 and 1."""
    read_rows = [(row, read(row["text"])) for row in messages(split)]
    expected = sum(len(row["issues"]) for row, _ in read_rows)
    found = sum(len(reading.issues) for _, reading in read_rows)
    pairs = [pair for row, reading in read_rows for pair in matches(row, reading)]
    sure = [(row, reading) for row, reading in read_rows if reading.complaint.is_ is not None]
    felt = [(row, reading) for row, reading in read_rows if row["feeling"] != "none"]
    return {
        "issue_recall": _share(len(pairs), expected),
        "issue_precision": _share(len(pairs), found),
        "category_accuracy_of_matched": _share(sum(one == other for one, other in pairs), len(pairs)),
        "complaint_accuracy_where_sure": _share(
            sum(reading.complaint.is_ == row["complaint"] for row, reading in sure), len(sure)
        ),
        "complaint_not_sure": 1 - _share(len(sure), len(read_rows)),
        "feeling_accuracy": _share(
            sum(reading.feeling.kind == row["feeling"] for row, reading in read_rows), len(read_rows)
        ),
        "feeling_accuracy_where_shown": _share(
            sum(reading.feeling.kind == row["feeling"] for row, reading in felt), len(felt)
        ),
    }


def matches(row: dict, reading: Reading) -> list[tuple[str, str]]:
    """Return (expected, found) categories of the issues that pair up, each used once, largest overlap first."""
    overlaps = []
    for n, wanted in enumerate(row["issues"]):
        start = row["text"].index(wanted["words"])
        end = start + len(wanted["words"])
        for m, found in enumerate(reading.issues):
            shared = min(end, found.end) - max(start, found.start)
            if 2 * shared >= min(end - start, found.end - found.start):
                overlaps.append((-shared, n, m))
    pairs: list[tuple[int, int]] = []
    for _, n, m in sorted(overlaps):
        if all(n != one and m != other for one, other in pairs):
            pairs.append((n, m))
    return [(row["issues"][n]["category"], reading.issues[m].category) for n, m in pairs]


def texts_per_second() -> float:
    """Return how many texts of about 100 words are read in a second of processor time."""
    words = " ".join(row["text"] for row in messages("dev") if row["language"] == "en").split(" ")
    texts = [" ".join(words[at : at + SPEED_WORDS]) for at in range(0, len(words) - SPEED_WORDS, SPEED_WORDS)]
    for text in texts:
        read(text)
    count, started = 0, time.process_time()
    while time.process_time() - started < SPEED_SECONDS:
        for text in texts:
            read(text)
        count += len(texts)
    return count / (time.process_time() - started)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    for split in ("dev", "test", "fresh"):
        for name, value in figures(split).items():
            sys.stdout.write(json.dumps({"figure": name, "split": split, "value": round(value, 3)}) + "\n")
    speed = {"figure": "texts_per_second", "words": SPEED_WORDS, "value": round(texts_per_second())}
    sys.stdout.write(json.dumps(speed) + "\n")


if __name__ == "__main__":
    main()
