"""No pattern takes more than linear time, whatever text is made to hurt it."""

import re

import pytest

from tests.language.attacks import attacks, every_pattern, only_at_the_start, seconds

PATTERNS = every_pattern()
AT_THE_START = only_at_the_start() | {"PARTICIPLE", "MOVED", "LATER"}
"""The three are tables by language, reached by a key or another name, and put to one word with `match`."""
LONGEST_SEEN = {"quoting.DASHES": 300, "facts.LABEL": 40, "facts.MONTH_BEFORE": 12}
"""Patterns that are only ever given so many characters (the bound stands beside them in the code)."""

SHORT, LONG, LONGEST = 1_000, 10_000, 100_000
NEVER_MIND = 0.02
"""A quadratic pattern takes seconds for 10,000 characters, so what takes less than this is fine whatever the ratio."""


@pytest.mark.parametrize("name", PATTERNS)
def test_ten_times_the_text_takes_about_ten_times_as_long(name):
    pattern, searching = PATTERNS[name], name.split(".")[-1].split("[")[0] not in AT_THE_START
    if name in LONGEST_SEEN:
        assert max(seconds(pattern, text) for text in attacks(pattern, LONGEST_SEEN[name])) < NEVER_MIND
        return
    timed = {number: seconds(pattern, text, searching=searching) for number, text in enumerate(attacks(pattern, LONG))}
    slowest = sorted(timed, key=lambda number: -timed[number])[:2]
    assert [number for number in slowest if _explodes(pattern, number, SHORT, LONG, searching=searching)] == []
    assert [number for number in slowest[:1] if _explodes(pattern, number, LONG, LONGEST, searching=searching)] == []


@pytest.mark.parametrize("bomb", [r"(\w+\s?)+!", r"\s*x", r"a\w*b\w*c"])
def test_a_bomb_is_noticed(bomb):
    """Exponential or quadratic, all of these explode; a text of 3,000 is enough to see it where it grows by squares."""
    pattern = re.compile(bomb)
    length, longer = (10, 20) if "+!" in bomb else (1_000, 8_000)
    numbers = range(len(list(attacks(pattern, length))))
    assert any(_explodes(pattern, number, length, longer, searching=True) for number in numbers)


def _explodes(pattern: re.Pattern[str], number: int, short: int, long: int, *, searching: bool) -> bool:
    """Return whether a longer text of one attack takes over three times as long a character, thrice in a row."""
    few, many = (list(attacks(pattern, length))[number] for length in (short, long))
    for _ in range(3):
        slow = seconds(pattern, many, searching=searching)
        if slow < NEVER_MIND or slow < 3 * (long / short) * seconds(pattern, few, searching=searching):
            return False
    return True
