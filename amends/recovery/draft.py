"""An offer before it is made: its options and its words, as data that can be kept and told apart."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from amends.cases.errors import NotPossible
from amends.method.authority import Ask
from amends.method.money import written
from amends.recovery.remedy import Remedy, in_use


@dataclass(frozen=True, slots=True)
class Proposal:
    """One option as its maker wrote it."""

    remedy: Remedy
    title: str
    terms: str
    amount_cents: int
    deliver_by: date

    @property
    def costs_cents(self) -> int:
        """What counts against its maker's limit: the sum offered, or what the remedy costs us."""
        return self.amount_cents or self.remedy.cost_cents

    @property
    def costs(self) -> str:
        """What it costs as people read it; "" when it is free."""
        return written(self.costs_cents, self.remedy.currency) if self.costs_cents else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole offer before it is made: for which issues, what we can, what we cannot and why, and the options.

    `reason` is for us: why the same remedy comes first again, or why this sum differs from what others were given.
    """

    issues: frozenset[int]
    opening: str
    can: str
    cannot: str
    because: str
    options: Sequence[Proposal]
    reason: str = ""

    @property
    def asks(self) -> list[Ask]:
        """What has to be within somebody's authority for this offer to be made."""
        return [Ask(one.remedy.kind, one.costs_cents, one.remedy.currency) for one in self.options]


def to_data(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it, such that `from_data` gives it back."""
    words = {name: getattr(draft, name) for name in ("opening", "can", "cannot", "because", "reason")}
    return {"issues": sorted(draft.issues), **words, "options": [_option_data(one) for one in draft.options]}


def _option_data(one: Proposal) -> dict[str, Any]:
    return {
        "remedy": one.remedy.key,
        "title": one.title,
        "terms": one.terms,
        "amount_cents": one.amount_cents,
        "deliver_by": one.deliver_by.isoformat(),
    }


def from_data(data: Mapping[str, Any]) -> Draft:
    """The draft that was kept; raises NotPossible when one of its remedies is not in use any more."""
    keys = {row["remedy"] for row in data["options"]}
    gone = sorted(keys - set(in_use().filter(key__in=keys).values_list("key", flat=True)))
    if gone:
        raise NotPossible(f"“{gone[0]}” is no longer in the catalogue. Make the offer anew without it.")
    words = {name: data[name] for name in ("opening", "can", "cannot", "because", "reason")}
    return Draft(issues=frozenset(data["issues"]), options=options_in(data), **words)


def options_in(data: Mapping[str, Any]) -> list[Proposal]:
    """The options of a draft that was kept, whether or not their remedies are still in use."""
    known = {one.key: one for one in Remedy.objects.filter(key__in=[row["remedy"] for row in data["options"]])}
    return [
        Proposal(
            known[row["remedy"]], row["title"], row["terms"], row["amount_cents"], date.fromisoformat(row["deliver_by"])
        )
        for row in data["options"]
    ]


def fingerprint(draft: Draft) -> str:
    """What tells this very draft from any other, the kind, currency and cost of its remedies included."""
    costs = [[one.remedy.kind, one.remedy.currency, one.costs_cents] for one in draft.options]
    whole = json.dumps([to_data(draft), costs], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
