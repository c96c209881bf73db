"""The yardstick that ships: short messages that a desk should still read after it has learned its own ways."""

import re
from functools import cache

from amends.language.learning.example import Example, Marked
from amends.language.lexicon import package_text

MARK = re.compile(r"\{([a-z_]+)\.([a-z_]+): ([^{}]*)\}")


@cache
def yardstick() -> tuple[Example, ...]:
    """Return the messages of the yardstick, each as a case of its own; nothing was trained on them."""
    lines = package_text("learning", "yardstick.txt").splitlines()
    messages = [line for line in lines if line.strip() and not line.startswith("#")]
    return tuple(_example(number, line) for number, line in enumerate(messages, 1))


def _example(number: int, line: str) -> Example:
    text, last, told = "", 0, []
    for mark in MARK.finditer(line):
        text += line[last : mark.start()]
        told.append(Marked(len(text), len(text) + len(mark[3]), mark[1], mark[2]))
        text, last = text + mark[3], mark.end()
    return Example(number, text + line[last:], complaint=bool(told), told=tuple(told))
