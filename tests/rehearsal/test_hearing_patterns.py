"""No pattern that hears a move takes more than linear time, whatever text is made to hurt it."""

import importlib
import pkgutil
import re

import pytest

import amends.rehearsal.hearing
from amends.language.pattern import Pattern
from tests.language.attacks import attacks, seconds

SHORT, LONG = 1_000, 10_000
NEVER_MIND = 0.02
"""A quadratic pattern takes seconds for 10,000 characters, so what takes less than this is fine whatever the ratio."""


def every_pattern() -> dict[str, re.Pattern[str]]:
    """Return each pattern by its module and name."""
    found = {}
    for info in pkgutil.iter_modules(amends.rehearsal.hearing.__path__, "amends.rehearsal.hearing."):
        for name, value in vars(importlib.import_module(info.name)).items():
            members = value.items() if isinstance(value, dict) else [("", value)]
            for key, one in members:
                if isinstance(one, Pattern | re.Pattern):
                    ready = (one._ready or one._compiled()) if isinstance(one, Pattern) else one
                    found[f"{info.name.rpartition('.')[2]}.{name}{key}"] = ready
    unique = {one.pattern: name for name, one in reversed(found.items())}
    return {name: found[name] for name in sorted(unique.values())}


PATTERNS = every_pattern()


@pytest.mark.parametrize("name", PATTERNS)
def test_ten_times_the_text_takes_about_ten_times_as_long(name):
    pattern = PATTERNS[name]
    timed = {number: seconds(pattern, text) for number, text in enumerate(attacks(pattern, LONG))}
    slowest = sorted(timed, key=lambda number: -timed[number])[:2]
    assert [number for number in slowest if _explodes(pattern, number)] == []


def _explodes(pattern: re.Pattern[str], number: int) -> bool:
    few, many = (list(attacks(pattern, length))[number] for length in (SHORT, LONG))
    for _ in range(3):
        slow = seconds(pattern, many)
        if slow < NEVER_MIND or slow < 3 * (LONG / SHORT) * seconds(pattern, few):
            return False
    return True
