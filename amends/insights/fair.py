""" "Is it fair?": for the same kind of issue, what remedies were worth, by severity and by channel; never by person."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from django.db.models import Count, QuerySet

from amends.cases.case import Case
from amends.insights.answer import (
    TOO_FEW,
    Answer,
    Bar,
    Bars,
    Cell,
    Found,
    Ground,
    Head,
    Table,
    counted,
    is_number,
    listed,
)
from amends.insights.scope import Scope
from amends.insights.weighing import main_currency
from amends.insights.wrong import kind_name
from amends.measures.figure import Figure, mean
from amends.method.money import written
from amends.method.policy_words import SEVERITY_WORDS
from amends.recovery.fulfilment import Fulfilment, worked

FEWEST = 10
CHANNELS = {"email": "e-mail"}
BY = {"severity": "case__severity", "channel": "case__channel__kind"}
COLUMNS = {"severity": "Severity", "channel": "Channel"}


@dataclass(frozen=True, slots=True)
class Group:
    """The remedies of one kind of issue and one severity or channel: what each was worth, in cents, in order."""

    kind: str
    part: str
    cents: tuple[int, ...]

    @property
    def figure(self) -> Figure:
        """The mean with its interval."""
        return mean(self.kind, self.cents, noun="remedies", fewest=FEWEST, ends=(0, inf))

    @property
    def middle_half(self) -> tuple[int, int]:
        """Between which sums the middle half lies (nearest ranks)."""
        last = len(self.cents) - 1
        return self.cents[round(last * 0.25)], self.cents[round(last * 0.75)]


def answer(scope: Scope) -> Answer:
    """What remedies were worth for each kind of issue, by severity and by channel."""
    currency = main_currency(scope)
    groups = {by: _groups(scope, currency, by) for by in BY}
    return Answer(_sentence(groups, scope), lambda: _ground(groups, currency))


def _ground(groups: Mapping[str, Sequence[Group]], currency: str) -> Ground:
    chart = _chart(groups["severity"], currency)
    return Ground(
        charts=(chart,) if chart else (),
        tables=tuple(_table(by, groups[by], currency) for by in BY),
        notes=(
            Cell(f"Remedies delivered with a sum, in {currency}. One for several kinds of issue counts for each."),
            Cell("Nothing about a person is looked at: not who they are, not where they live, not who answered them."),
        ),
    )


def cases(scope: Scope, of: str) -> Found | None:
    """The cases with paid remedies of a kind and a severity ("severity:2:delivery.late") or channel."""
    by, part, kind = [*of.split(":"), "", ""][:3]
    if by not in BY or "." not in kind or not (is_number(part) or by == "channel"):
        return None
    category, _, name = kind.partition(".")
    rows = _paid(scope, main_currency(scope)).filter(
        issues__category=category, issues__kind=name, **{BY[by]: int(part) if by == "severity" else part}
    )
    return Found(f"{kind_name(kind)}, {_part_name(by, part)}", Case.objects.filter(pk__in=rows.values("case")))


def _paid(scope: Scope, currency: str) -> "QuerySet[Fulfilment]":
    return scope.rows(worked().filter(currency=currency, amount_cents__gt=0).order_by(), "at")


def _groups(scope: Scope, currency: str, by: str) -> list[Group]:
    """The groups, those of the most frequent kind first; equal sums come from the database once, with their number."""
    names = ("issues__category", "issues__kind", BY[by], "amount_cents")
    rows = _paid(scope, currency).filter(issues__isnull=False).values_list(*names)
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for category, kind, part, cents, number in rows.annotate(n=Count("pk", distinct=True)):
        sums[f"{category}.{kind}", str(part)] += [cents] * number
    sizes: dict[str, int] = defaultdict(int)
    for (kind, _), cents in sums.items():
        sizes[kind] += len(cents)
    ordered = sorted(sums.items(), key=lambda one: (-sizes[one[0][0]], *one[0]))
    return [Group(kind, part, tuple(sorted(cents))) for (kind, part), cents in ordered]


def _sentence(groups: Mapping[str, Sequence[Group]], scope: Scope) -> str:
    paid = sum(len(one.cents) for one in groups["severity"])
    known = [one for one in groups["channel"] if one.figure.can_tell]
    if not paid:
        return f"No remedy with a sum was delivered {scope.period.words}."
    if not known and not any(one.figure.can_tell for one in groups["severity"]):
        return f"Too few to tell: {counted(paid, 'paid remedy', 'paid remedies')}, {FEWEST} of one kind are needed."
    apart = _apart(groups["channel"])
    if apart:
        return f"The channel makes a difference for {listed(apart)}: look at why."
    if len({one.part for one in known}) < 2:
        return (
            f"{_severity_words(groups['severity'])} All remedies came by one channel, so channels cannot be compared."
        )
    return f"{_severity_words(groups['severity'])} Nothing shows that the channel changes what people get."


def _severity_words(groups: Sequence[Group]) -> str:
    apart = _apart(groups)
    if apart:
        return f"For the same kind of issue, severity changes what people get in {listed(apart)}."
    return "For the same kind of issue, what people get cannot be told apart by severity."


def _apart(groups: Sequence[Group]) -> list[str]:
    """The kinds in which two groups have intervals that do not touch, which is stricter than a test."""
    by_kind: dict[str, list[Figure]] = defaultdict(list)
    for one in groups:
        if one.figure.can_tell:
            by_kind[one.kind].append(one.figure)
    return [kind_name(kind) for kind, figures in by_kind.items() if _some_apart(figures)]


def _some_apart(figures: Sequence[Figure]) -> bool:
    return max(one.low for one in figures) > min(one.high for one in figures)


def _chart(groups: Sequence[Group], currency: str) -> Bars | None:
    known = [one for one in groups if one.figure.can_tell]
    first = [one for one in known if one.kind == known[0].kind]
    if not first:
        return None
    bars = tuple(_bar(one, currency) for one in first)
    says = "What a remedy was worth in the mean, with its 95 % interval, for the most frequent kind of issue."
    return Bars(f"{kind_name(first[0].kind)}, by severity", says, bars)


def _bar(one: Group, currency: str) -> Bar:
    figure = one.figure
    words = _money(currency)(figure.value)
    return Bar(_part_name("severity", one.part), figure.value, figure.low, figure.high, words)


def _money(currency: str) -> Callable[[float], str]:
    return lambda cents: written(round(cents), currency)


def _table(by: str, groups: Sequence[Group], currency: str) -> Table:
    heads = (
        Head("What went wrong", num=False),
        Head(COLUMNS[by], num=False),
        Head("Remedies"),
        Head("Worth in the mean"),
        Head("Between"),
        Head("Middle half"),
    )
    return Table(by, f"By {by}", heads, tuple(_row(by, one, _money(currency)) for one in groups))


def _row(by: str, one: Group, money: Callable[[float], str]) -> tuple[Cell, ...]:
    first = (Cell(kind_name(one.kind)), Cell(_part_name(by, one.part)))
    number = Cell(f"{len(one.cents):,}", f"{by}:{one.part}:{one.kind}")
    figure = one.figure
    if not figure.can_tell:
        return (*first, number, Cell(TOO_FEW, faint=True), Cell("–", faint=True), Cell("–", faint=True))
    low, high = one.middle_half
    spread = Cell(f"{money(figure.low)} to {money(figure.high)}"), Cell(f"{money(low)} to {money(high)}")
    return (*first, number, Cell(money(figure.value)), *spread)


def _part_name(by: str, part: str) -> str:
    if by == "severity":
        return f"{part}, {SEVERITY_WORDS.get(int(part), part).lower()}"
    return CHANNELS.get(part, part)
