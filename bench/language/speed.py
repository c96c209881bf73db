"""`python -m bench.language.speed`: how fast a core reads and checks (P7, P8), one JSON line a figure.

Processor time, the product's code alone. The texts are whole messages of the training part strung together and cut to
30 or 200 words, the drafts whole ones of the development part cut to 200; no text comes twice. The first call, which
loads the word lists and the models, is a figure of its own.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from amends.language.brief import Brief
from amends.language.reading import read
from amends.language.reply_check import check
from bench.language.complaints import messages
from bench.language.nasty import BRIEF
from bench.language.replies import drafts
from bench.language.tables import Table

DRAFT_WORDS = 200
FIRST = """
import time
from amends.language.reading import read
began = time.process_time()
read("The lamp came broken and nobody answered.")
print(time.process_time() - began)
"""
WORDS = {
    "first_reading": "the first reading, which loads the word lists and models",
    "read_30_words": "a message of 30 words read",
    "read_200_words": "a message of 200 words read",
    "check_200_words_3_issues": "a draft of 200 words checked against three issues",
}


def main() -> None:
    """Print every figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--most", type=int, default=400, help="how many texts of each length at most")
    for line in figures(asked.parse_args().most):
        print(json.dumps(line), flush=True)


def measured() -> Table:
    """Return the figures as a table."""
    lines = list(figures(400))
    rows = tuple((WORDS[line["figure"]], f"{line['value']} {line['unit']}", line["to_reach"]) for line in lines)
    load = max(line["load"] for line in lines)
    return Table(("what", "measured", "to reach"), rows, (f"{lines[0]['machine']}; load average at most {load:.1f}.",))


def figures(most: int) -> Iterator[dict[str, Any]]:
    """Yield every figure, measured over so many texts of each length at most."""
    english = [one.text for one in messages("train") if one.language == "en"]
    yield figure("first_reading", 1000 * _first(), "CPU-ms", "at most 150", texts=1)
    for words, goal in ((30, "at least 1500"), (200, "at least 450")):
        texts = list(islice(_cut(english, words), most))
        yield figure(
            f"read_{words}_words", len(texts) / sum(_each(read, texts)), "texts/s/core", goal, texts=len(texts)
        )
    written = [one.text for one in drafts("dev") if one.to.language == "en"]
    letters = list(islice(_cut(written, DRAFT_WORDS), most))
    _each(_checked(BRIEF), letters[:1])
    spent = sorted(1000 * one for one in _each(_checked(BRIEF), letters))
    more = {"texts": len(letters), "p95": round(spent[int(0.95 * len(spent))], 2)}
    yield figure("check_200_words_3_issues", sum(spent) / len(spent), "CPU-ms", "at most 15", **more)


def figure(name: str, value: float, unit: str, goal: str, **more: object) -> dict[str, Any]:
    """Return one figure with the machine it was measured on."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    line = {"figure": name, "value": round(value, 2), "unit": unit, "to_reach": goal, **more}
    return {**line, "load": round(os.getloadavg()[0], 2), "machine": machine}


def _first() -> float:
    command = [sys.executable, "-c", FIRST]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _checked(brief: Brief) -> Callable[[str], object]:
    return lambda text: check(text, brief)


def _cut(texts: list[str], length: int) -> Iterator[str]:
    words: list[str] = []
    for text in texts:
        words += text.split(" ")
        while len(words) >= length:
            yield " ".join(words[:length])
            words = words[length:]


def _each(act: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    spent = []
    for text in texts:
        began = time.process_time()
        act(text)
        spent.append(time.process_time() - began)
    return spent


if __name__ == "__main__":
    main()
