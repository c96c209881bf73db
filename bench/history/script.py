"""What goes wrong, how often, and in which words: read from `script.toml`, and drawn from by dice."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

CALL_BACK = "Call-back promised but not booked"  # the cause of every broken promise
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One cause as the script tells it; `weekly` and `since` are complaints in a week of 1,000 orders.

    `owed` is the key of a remedy that needs no agreement, "" for none; `cents` the least and the most of a sum;
    `products` what it happens to, none for anything; `lately` is what is told of it in the last weeks, `mistaken` the
    cause that a second person may take it for.
    """

    name: str
    weekly: float
    since: float
    category: str
    kind: str
    remedies: tuple[str, ...]
    cents: tuple[int, int]
    subjects: tuple[str, ...]
    facts: tuple[str, ...]
    hurts: tuple[str, ...]
    summaries: tuple[str, ...]
    sorry: str
    first_change: str
    prevent: str
    lately: tuple[str, ...] = ()
    mistaken: str = ""
    products: tuple[str, ...] = ()
    owed: str = ""
    team: str = "home"


@dataclass(frozen=True, slots=True)
class Script:
    """The troubles, and the words everybody shares by their key."""

    troubles: tuple[Trouble, ...]
    words: dict[str, list[str]]

    def one(self, key: str, dice: Random) -> str:
        """One of the shared words."""
        return dice.choice(self.words[key])

    def trouble(self, name: str) -> Trouble:
        """The trouble with the name of a cause."""
        return next(one for one in self.troubles if one.name == name)

    def details(self, trouble: Trouble, dice: Random) -> dict[str, str]:
        """What one complaint is about: its article, its order, sums and days."""
        return {
            "product": dice.choice(trouble.products or tuple(self.words["products"])),
            "order": f"LH-{dice.randint(21000, 49999)}",
            "amount": str(dice.randint(19, 390)),
            "days": str(dice.randint(3, 16)),
            "weekday": dice.choice(WEEKDAYS),
        }


@cache
def script() -> Script:
    """The script, read once."""
    data = tomllib.loads((Path(__file__).parent / "script.toml").read_text("utf-8"))
    troubles = tuple(Trouble(**{key: _frozen(value) for key, value in row.items()}) for row in data.pop("causes"))
    return Script(troubles, data)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
