"""Values read from policy data, each refused with a sentence that names its key and says what is allowed."""

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, TypeVar

from amends.errors import AmendsError

SEVERITIES = (1, 2, 3, 4)
NO_LIMIT = "no limit"
_CURRENCY = re.compile(r"[A-Z]{3}")

T = TypeVar("T")
Reader = Callable[[str, Any], T]


class PolicyRefused(AmendsError, ValueError):
    """Policy data that cannot be followed: `key` names the place, `rule` says what is allowed there."""

    def __init__(self, key: str, rule: str) -> None:
        super().__init__(f"“{key}” {rule}")
        self.key, self.rule = key, rule


def only_keys(where: str, data: Any, allowed: frozenset[str]) -> Mapping[str, Any]:
    """The data itself when it is a table with exactly these keys; raises PolicyRefused naming the first that is not."""
    if not isinstance(data, Mapping):
        raise PolicyRefused(where, "has to be a table of keys and values.")
    for key in data:
        if key not in allowed:
            raise PolicyRefused(key, f"is not a key of {where}. Allowed: {', '.join(sorted(allowed))}.")
    for key in sorted(allowed):
        if key not in data:
            raise PolicyRefused(key, f"is missing in {where}. Give it a value; every key is needed.")
    return data


def text(key: str, value: Any) -> str:
    """A text that says something; raises PolicyRefused for anything else."""
    if not isinstance(value, str) or not value.strip():
        raise PolicyRefused(key, "has to be a text that says something.")
    return value


def any_text(key: str, value: Any) -> str:
    """A text, which may be empty; raises PolicyRefused for anything else."""
    if not isinstance(value, str):
        raise PolicyRefused(key, "has to be a text; an empty one is allowed.")
    return value


def one_of(*allowed: str) -> Reader[str]:
    """A reader of one of these words."""

    def read(key: str, value: Any) -> str:
        if value not in allowed:
            raise PolicyRefused(key, f"has to be one of: {', '.join(allowed)}.")
        return str(value)

    return read


def number(least: float, most: float) -> Reader[float]:
    """A reader of a number between these two, both allowed."""

    def read(key: str, value: Any) -> float:
        number_given = isinstance(value, int | float) and not isinstance(value, bool)
        if not number_given or not isfinite(value) or not least <= value <= most:
            raise PolicyRefused(key, f"has to be a number from {least:g} to {most:g}.")
        return float(value)

    return read


def whole(least: int, most: int) -> Reader[int]:
    """A reader of a whole number between these two, both allowed."""

    def read(key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise PolicyRefused(key, f"has to be a whole number from {least} to {most}.")
        return value

    return read


def currency(key: str, value: Any) -> str:
    """A currency by its three letters; raises PolicyRefused for anything else."""
    if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
        raise PolicyRefused(key, "has to be a currency of three capital letters, such as EUR.")
    return value


def sum_or_none(key: str, value: Any) -> int | None:
    """A sum in cents, or None for the words "no limit"; raises PolicyRefused for anything else."""
    if value == NO_LIMIT:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10**12:
        raise PolicyRefused(key, f"has to be a sum in cents, 0 or more, or the words “{NO_LIMIT}”.")
    return value


def rows(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A reader of a list whose every row is read by `read`."""

    def read_rows(key: str, value: Any) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise PolicyRefused(key, "has to be a list.")
        return tuple(read(f"{key}, row {place}", row) for place, row in enumerate(value, start=1))

    return read_rows


def table_of(make: Callable[..., T], readers: Mapping[str, Reader[Any]]) -> Reader[T]:
    """A reader of a table with exactly these keys, each read by its own reader and given to `make` by its name."""

    def read(key: str, value: Any) -> T:
        table = only_keys(key, value, frozenset(readers))
        return make(**{part: one(f"{part} of {key}", table[part]) for part, one in readers.items()})

    return read


def by_severity(read: Reader[T]) -> Reader[dict[int, T]]:
    """A reader of a table with one value for each severity, its keys "1" to "4"."""
    keys = frozenset(str(severity) for severity in SEVERITIES)

    def read_each(key: str, value: Any) -> dict[int, T]:
        table = only_keys(key, value, keys)
        return {severity: read(f"{key}, severity {severity}", table[str(severity)]) for severity in SEVERITIES}

    return read_each
