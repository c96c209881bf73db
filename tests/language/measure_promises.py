"""Measures the finding of promises and the reading of answers on our own small corpora: one JSON line per figure.

Run with `python -m tests.language.measure_promises`. The same author wrote the rules and all the texts, so none of it
is a claim about other people's letters. "heldout" was written after the rules. Of its answers 3 that contradict and 3
that decide nothing were read as a yes at first (yes_precision 0.857, yes_recall 0.667); one rule was changed because
of that, so for answers it is spent, and "second" was written after the change and not tuned on. For promises "dev" and
"dev2" were worked on; "heldout" was not read while the rules were rewritten, only measured, once before and once after.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from amends.language.answer import Answer, read_answer
from amends.language.promises import find_promises

DATA = Path(__file__).parent / "data"
Outcome = tuple[dict, set[str], set[str]]


def rows(name: str) -> tuple[dict, list[dict]]:
    """Return the head of a corpus and its texts."""
    head, *texts = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return head, texts


def promises_read(split: str) -> list[Outcome]:
    """Return each letter with the times expected and the times found; a “?” says that it is not sure."""
    head, texts = rows(f"promises_{split}")
    zone = ZoneInfo(head["zone"])
    written = datetime.fromisoformat(head["written_at"]).replace(tzinfo=zone).astimezone(UTC)
    outcomes = []
    for row in texts:
        found = find_promises(row["text"], written_at=written, calendar=None, zone=head["zone"])
        said = {f"{'' if one.sure else '?'}{one.due_at.astimezone(zone):%Y-%m-%dT%H:%M}" for one in found}
        outcomes.append((row, set(row["due"]), said))
    return outcomes


def promise_figures(split: str) -> dict[str, float]:
    """Return the shares for one corpus of letters, each between 0 and 1."""
    outcomes = promises_read(split)
    bare = [({one.lstrip("?") for one in want}, {one.lstrip("?") for one in got}) for _, want, got in outcomes]
    hits = sum(len(want & got) for want, got in bare)
    sure = [
        ({one for one in want if one[0] != "?"}, {one for one in got if one[0] != "?"}) for _, want, got in outcomes
    ]
    without = [got for _, want, got in outcomes if not want]
    with_some = [(want, got) for want, got in bare if want]
    return {
        "promise_recall": _share(hits, sum(len(want) for want, _ in bare)),
        "promise_precision": _share(hits, sum(len(got) for _, got in bare)),
        "sure_promise_precision": _share(sum(len(w & g) for w, g in sure), sum(len(g) for _, g in sure)),
        "letters_with_a_promise_noticed": _share(sum(bool(got) for _, got in with_some), len(with_some)),
        "letters_without_a_promise_left_alone": _share(sum(not got for got in without), len(without)),
    }


def answers_read(split: str) -> list[tuple[dict, Answer]]:
    """Return each answer with what was read in it."""
    head, texts = rows(f"answers_{split}")
    return [(row, read_answer(row["text"], row.get("options") or head["options"][row["language"]])) for row in texts]


def answer_figures(split: str) -> dict[str, float]:
    """Return the shares for one corpus of answers; what matters is that a yes that is read is one."""
    outcomes = answers_read(split)
    read_yes = [(row, got) for row, got in outcomes if got.kind == "yes"]
    said_yes = [(row, got) for row, got in outcomes if row["kind"] == "yes"]
    return {
        "yes_precision": _share(sum(row["kind"] == "yes" for row, _ in read_yes), len(read_yes)),
        "option_right_of_yes_read": _share(sum(row["option"] == got.option for row, got in read_yes), len(read_yes)),
        "yes_recall": _share(sum(got.kind == "yes" for _, got in said_yes), len(said_yes)),
        "kind_accuracy": _share(sum(row["kind"] == got.kind for row, got in outcomes), len(outcomes)),
        "contradicting_read_as_yes": sum(row["kind"] in ("both", "no") for row, _ in read_yes),
        "undecided_read_as_yes": sum(row["kind"] == "unclear" for row, _ in read_yes),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main() -> None:
    parts = [(split, promise_figures) for split in ("dev", "dev2", "heldout")]
    parts += [("dev", answer_figures), ("heldout", answer_figures), ("second", answer_figures)]
    for split, figures in parts:
        for name, value in figures(split).items():
            sys.stdout.write(json.dumps({"figure": name, "split": split, "value": round(value, 3)}) + "\n")


if __name__ == "__main__":
    main()
