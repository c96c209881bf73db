"""What was decided against a rule, with its reason: read by who looks after quality, counted by rule and month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from amends.cases.case import Case
from amends.cases.closure import Exemption
from amends.cases.issue import Issue, Withdrawal
from amends.method.gates import Gate
from amends.method.steps import Step
from amends.recovery.offer import Offer
from amends.team.models import User

RULES = {
    Gate.OFFER.value: "Offered, or said what we do, before the person",
    Gate.DELIVERY.value: "Delivered before agreement",
    Gate.CLOSING.value: "Closed before all three parts",
    "issue": "An issue taken off though owed for",
    "reason": "An offer that needed a reason",
}


@dataclass(frozen=True, slots=True)
class Override:
    """One thing done although a rule said no or not yet: who, when, what was missing, why."""

    rule: str
    pk: int
    case: int
    customer: str
    at: datetime
    who: str
    missing: str
    reason: str

    @property
    def title(self) -> str:
        """The rule in words."""
        return RULES[self.rule]

    @property
    def place(self) -> str:
        """Where it stands in the report, for the page after it."""
        return f"{self.at.isoformat()}_{self.rule}_{self.pk}"


@dataclass(frozen=True, slots=True)
class Month:
    """How often each rule was not followed in one month."""

    at: datetime
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which overrides: those of the cases somebody may see, of one team or rule, or of all (nothing)."""

    user: User
    team: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The last override of a page: when, which rule, which row."""

    at: datetime
    rule: str
    pk: int


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the overrides of one rule are kept, and how its rows name the time and the person."""

    rows: QuerySet[Any]
    at: str = "at"
    who: str = "by"


def place_of(words: str) -> Place | None:
    """The place an address names; None when it names none."""
    stamp, _, rest = words.partition("_")
    rule, _, pk = rest.partition("_")
    try:
        return Place(datetime.fromisoformat(stamp), rule, int(pk))
    except ValueError:
        return None


def overrides(asked: Asked, after: Place | None = None, most: int = 50) -> list[Override]:
    """The newest first, at most so many, from the place where a page left off: what a page costs does not grow."""
    found = [
        (getattr(row, source.at), rule, row)
        for rule, source in _sources(asked).items()
        for row in _newest(source, rule, after)[:most]
    ]
    found.sort(key=lambda one: (-one[0].timestamp(), one[1], one[2].pk))
    names = _issue_names(row for _, _, row in found[:most])
    return [_override(rule, row, names) for _, rule, row in found[:most]]


def every_override(asked: Asked) -> Iterator[Override]:
    """All of them, newest first, read page by page."""
    after: Place | None = None
    while page := overrides(asked, after, 500):
        yield from page
        after = Place(page[-1].at, page[-1].rule, page[-1].pk)


def by_month(asked: Asked, most: int = 12) -> list[Month]:
    """How often, by rule and month, the newest month first; never by person."""
    counts: dict[datetime, dict[str, int]] = {}
    for rule, source in _sources(asked).items():
        months = source.rows.order_by().annotate(month=TruncMonth(source.at)).values("month")
        for row in months.annotate(count=Count("pk")):
            counts.setdefault(row["month"], {})[rule] = row["count"]
    return [Month(at, counts[at]) for at in sorted(counts, reverse=True)[:most]]


def _sources(asked: Asked) -> dict[str, _Source]:
    """The rows of each rule that was asked for, only of cases this person may see.

    An issue taken off although something was owed for it is a gate passed at the moment of its withdrawal.
    """
    cases = Case.objects.visible_to(asked.user)
    if asked.team is not None:
        cases = cases.filter(team_id=asked.team)
    passed = Exemption.objects.filter(case__in=cases)
    taken_off = Exists(Withdrawal.objects.filter(issue__case=OuterRef("case"), at=OuterRef("at"), by=OuterRef("by")))
    reasoned = Offer.objects.exclude(reason="").filter(case__in=cases)
    found = {
        **{gate.value: _Source(passed.filter(~taken_off, gate=gate.value)) for gate in Gate},
        "issue": _Source(passed.filter(taken_off)),
        "reason": _Source(reasoned, "made_at", "made_by"),
    }
    return {rule: source for rule, source in found.items() if asked.rule in ("", rule)}


def _newest(source: _Source, rule: str, after: Place | None) -> QuerySet[Any]:
    rows = source.rows.select_related(source.who, "case__customer").order_by(f"-{source.at}", "pk")
    if after is None:
        return rows
    earlier = Q(**{f"{source.at}__lt": after.at})
    same = Q(**{source.at: after.at})
    if rule == after.rule:
        return rows.filter(earlier | same & Q(pk__gt=after.pk))
    return rows.filter(earlier | same) if rule > after.rule else rows.filter(earlier)


def _issue_names(rows: Iterable[Any]) -> dict[int, str]:
    owed = {one["issue"] for row in rows if isinstance(row, Exemption) for one in row.missing}
    return dict(Issue.objects.filter(pk__in=owed).values_list("pk", "summary"))


def _override(rule: str, row: Any, names: dict[int, str]) -> Override:
    by, at = (row.made_by, row.made_at) if isinstance(row, Offer) else (row.by, row.at)
    return Override(rule, row.pk, row.case_id, row.case.customer.called, at, by.name, _missing(row, names), row.reason)


def _missing(row: Exemption | Offer, names: dict[int, str]) -> str:
    """What stood in the way, in words."""
    if isinstance(row, Offer):
        return f"Offer {row.version} is one the policy advises against"
    return "; ".join(_owed(step, row.missing, names) for step in dict.fromkeys(one["step"] for one in row.missing))


def _owed(step: str, missing: list[dict[str, Any]], names: dict[int, str]) -> str:
    issues = [f"“{names.get(one['issue'], 'an issue')}”" for one in missing if one["step"] == step]
    return f"{Step(step).heading}: {', '.join(issues)}"
