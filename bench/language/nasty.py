"""`python -m bench.language.nasty`: what 100 kB of every nasty kind of text take to read and to check.

Prints a Markdown table: milliseconds of processor time (the better of two), and how many times as long eight times the
text took (8 is linear).
"""

import time
from collections.abc import Callable

from amends.language.brief import Brief, IssueBrief
from amends.language.reading import read
from amends.language.reply_check import check
from bench.language.tables import Table

LENGTH = 100_000
EIGHTH = LENGTH // 8
ASKED_MS = 50
RUNS = {
    "letters": "a",
    "capitals": "A",
    "spaces": " ",
    "tabs": "\t",
    "hard spaces": "\u00a0",
    "empty lines": "\n",
    "lines of a letter": "x\n",
    "lines of a space": " \n",
    "Windows lines": "\r\n",
    "NUL": "\0",
    "control characters": "".join(map(chr, range(32))),
    "digits": "1",
    "single digits": "1 ",
    "dots": ".",
    "exclamation marks": "!",
    "question marks": "?",
    "commas": ",",
    "semicolons": "; ",
    "slashes": "/",
    "closing brackets": ")",
    "quotation marks": '"',
    "opening quotation marks": "“ a ",
    "guillemets": "«a",
    "marks of quoting": "> ",
    "quoted lines": "> a\n",
    "dashes": "-",
    "lines of dashes": "--\n",
    "rules": "________\n",
    "who wrote": "On Monday wrote:\n",
    "labels": "a:\n",
    "headers": "From: a\n",
    "half headers": "From: a\nTo: b\nFoo bar\n",
    "addresses": "a@",
    "apostrophes": "a'",
    "closings": "Best regards\nTom\n\n",
    "amounts": "$1.00",
    "amounts with thousands": "€ 9,99.99,",
    "codes": "A1-",
    "words before codes": "order number no ",
    "dates": "1st of may ",
    "half dates": "2024-01-",
    "slashed dates": "1/1/",
    "sorry": "sorry ",
    "sorry if": "sorry if ",
    "not": "not ",
    "broken": "broken ",
    "short complaints": "It is broken. ",
    "complaints in one sentence": "it is broken and ",
    "promises": "we will refund you within two working days and ",
    "conjunctions": ", and ",
    "we": "we ",
    "you were": "you were ",
    "shouting": "WORST SERVICE EVER ",
    "emoji": "😡",
    "joined emoji": "👩\u200d👩\u200d👧",
    "zero-width": "b\u200br\u200bo",
    "full-width letters": "ｌａｍｐ　",
    "look-alikes": "Тhе lаmр ",
    "right to left": "هذا المنتج سيئ ",
    "turned direction": "\u202eabc \u202c",
    "combining marks": "\u0301",
    "many marks on a letter": "a\u0300\u0301\u0302\u0303",
    "Chinese": "这个产品坏了",
    "half characters": "\ud800",
    "a letter that grows in lower case": "İ",
    "mixed languages": "Ich bin sehr sorry que le colis está broken and kaputt. ",
    "ordinary words": (
        "Hello, I ordered a lamp on 3 May (order A-1234) and it came nine days late with a broken foot. I wrote twice"
        " and nobody answered. Please refund the £49.90, or I will leave.\n\nBest wishes\nMaria\n\n"
    ),
}
BRIEF = Brief(
    issues=(
        IssueBrief(1, "it came nine days late", category="delivery"),
        IssueBrief(2, "a broken foot", category="product_quality"),
        IssueBrief(3, "nobody answered", category="service_received"),
    ),
    customer_text=RUNS["ordinary words"],
    customer_name="Maria",
)


def of_length(kind: str, length: int) -> str:
    """Return so many characters of one kind."""
    return (RUNS[kind] * (length // len(RUNS[kind]) + 1))[:length]


def milliseconds(act: Callable[[str], object], text: str, *, runs: int = 2) -> float:
    """Return the processor time of one call, the best of some."""
    return 1000 * min(_once(act, text) for _ in range(runs))


def checked(text: str) -> object:
    """Return the findings on a draft to a complaint of three issues."""
    return check(text, BRIEF)


def measured(most: int = len(RUNS)) -> Table:
    """Return what each kind takes, the slowest first, so many of them at most."""
    rows = []
    for kind in RUNS:
        few, many = of_length(kind, EIGHTH), of_length(kind, LENGTH)
        timed = [(milliseconds(act, few), milliseconds(act, many)) for act in (read, checked)]
        rows.append((kind, *(figure for short, long in timed for figure in (long, long / short))))
    slow = [sum(row[at] > ASKED_MS for row in rows) for at in (1, 3)]
    ordered = sorted(rows, key=lambda row: -max(row[1], row[3]))
    return Table(
        ("100 kB of", "read() ms", "growth", "check() ms", "growth"),
        tuple((kind, *(f"{one:.{at % 2}f}" for at, one in enumerate(figures))) for kind, *figures in ordered[:most]),
        (f"Above {ASKED_MS} ms: read() {slow[0]}, check() {slow[1]} of {len(rows)} kinds.",),
    )


def _once(act: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    act(text)
    return time.process_time() - began


if __name__ == "__main__":
    print(measured().markdown())
