"""What stands where a person's words stood."""

import secrets
from typing import Any

from amends.customers.models import GONE
from amends.method.recurrence import named_alike


def without_words(value: Any) -> Any:
    """The same shape with every string replaced; numbers, lists and names of fields stay."""
    if isinstance(value, dict):
        return {key: without_words(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_words(one) for one in value]
    return GONE if isinstance(value, str) and value else value


def without_offered_words(value: Any) -> Any:
    """An offer that was asked for, with its remedies, sums and days, and without a word of it."""
    free = {"opening", "can", "cannot", "because", "reason", "title", "terms"}
    if isinstance(value, dict):
        return {key: without_words(one) if key in free else without_offered_words(one) for key, one in value.items()}
    return [without_offered_words(one) for one in value] if isinstance(value, list) else value


def unnamed(_value: Any) -> str:
    """Something that stands for one thing and tells nothing of it: made at random, another one each time."""
    return f"{GONE} {secrets.token_hex(16)}"


class Numbered:
    """Order and article numbers by their turn: two issues about one order still are about one order (F12)."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, about: str) -> str:
        """What stands for this number: the same for numbers that compare as one, "" for none."""
        alike = named_alike(about)
        if not alike:
            return GONE if about else ""
        return self._known.setdefault(alike, f"(erased {len(self._known) + 1})")
