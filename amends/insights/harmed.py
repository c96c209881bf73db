"""After something went wrong, put right or not: buying again, satisfaction and value beside people without one."""

from datetime import date

from amends.cases.case import Case
from amends.insights.answer import TOO_FEW, Cell, Head, Table, percent
from amends.insights.market import Closed, Market, first_closed
from amends.insights.scope import Scope
from amends.loyalty.score import scores_by_veil
from amends.measures.happier import Compared, Failed, Rated, happier
from amends.measures.paradox import Paradox
from amends.measures.repurchase import Again, PutRight, Twins, bought_again, twins
from amends.measures.retention import FEWEST_PAIRS
from amends.measures.spent import Middle, Spent, Value, value_around
from amends.method.money import written
from amends.recovery.fulfilment import worked

Told = tuple[tuple[Table, ...], tuple[Cell, ...]]
RIGHT, WRONG = "Put right", "Not put right"


def not_right(scope: Scope) -> Closed:
    """For each customer their first case closed in the period, of those for whom no delivery ever worked."""
    helped = Case.objects.filter(pk__in=worked().values("case")).values("customer")
    return first_closed(scope, Case.objects.exclude(customer__in=helped))


def after_failure(scope: Scope, market: Market, right: Closed, again: Again, found: Twins) -> Told:
    """Buying again, satisfaction and value, of those put right and those not, each beside people like them.

    And what can be said of the satisfaction of those put right, as far as it can be told.
    """
    wrong = not_right(scope)
    left = twins(_people(market, wrong), market.others)
    rows = ((RIGHT, again), (WRONG, bought_again(left, until=market.until)))
    compared = _compared(market, ((RIGHT, right), (WRONG, wrong)))
    value = _value(value_around(found, until=market.until), market.currency)
    told = [f"How satisfied. {one.gap.words}" for name, one in compared if name == RIGHT and one.gap.can_tell]
    return (_bought(rows), _satisfied(compared), value), tuple(Cell(one) for one in told)


def _people(market: Market, closed: Closed) -> list[PutRight]:
    known = [(market.of(customer), on) for customer, (_, on) in closed.items() if on <= market.until]
    return [PutRight(buyer, on) for buyer, on in known if buyer is not None]


def _bought(rows: tuple[tuple[str, Again], ...]) -> Table:
    columns = ("Pairs", "Bought again", "People like them", "Difference")
    heads = (Head("Something went wrong", num=False), *(Head(one) for one in columns))
    return Table("again", "Bought again within 180 days", heads, tuple(_again(name, one) for name, one in rows))


def _again(name: str, one: Again) -> tuple[Cell, ...]:
    first = Cell(name), Cell(f"{one.put_right.n:,}")
    if not one.can_tell:
        return *first, Cell(TOO_FEW, faint=True), _none(), _none()
    points = f"{100 * one.value:+.0f} points ({100 * one.low:+.0f} to {100 * one.high:+.0f})"
    return *first, Cell(percent(one.put_right.value)), Cell(percent(one.twin.value)), Cell(points)


def _compared(market: Market, groups: tuple[tuple[str, Closed], ...]) -> list[tuple[str, Compared]]:
    """How much more or less satisfied each group is; nothing where no survey of everybody was brought in."""
    answers = scores_by_veil()
    others = [Rated(one, answers[one.id]) for one in market.others if one.id in answers]
    return [(name, happier(_failed(market, closed, answers), others)) for name, closed in groups] if answers else []


def _satisfied(compared: list[tuple[str, Compared]]) -> Table:
    columns = ("Answered before and after", "Pairs", "Beside people like them", "Between")
    heads = (Head("Something went wrong", num=False), *(Head(one) for one in columns))
    rows = tuple(_gap(name, one) for name, one in compared)
    empty = "No answers of a survey of everybody were brought in."
    return Table("satisfied", "How satisfied, from 1 to 5", heads, rows, empty)


def _failed(market: Market, closed: Closed, answers: dict[str, list[tuple[date, int]]]) -> list[Failed]:
    found = []
    for customer, (_, on) in closed.items():
        buyer = market.of(customer)
        said = sorted(one for veil in market.veils.get(customer, ()) for one in answers.get(veil, ()))
        if buyer is not None and said and on <= market.until:
            found.append(Failed(Rated(buyer, said), on))
    return found


def _gap(name: str, one: Compared) -> tuple[Cell, ...]:
    gap: Paradox = one.gap
    first = Cell(name), Cell(f"{one.answered:,}"), Cell(f"{gap.pairs:,}")
    if not gap.can_tell:
        return *first, Cell(TOO_FEW, faint=True), _none()
    return *first, Cell(f"{gap.value:+.2f}"), Cell(f"{gap.low:+.2f} to {gap.high:+.2f}")


def _value(found: Value, currency: str) -> Table:
    heads = (Head("Half spent at most", num=False), Head("The year before"), Head("The year after"), Head("Change"))
    caption = f"What they bought, in {currency}"
    if found.put_right is None or found.twin is None or found.gap is None:
        need = f"Too few to tell: {found.pairs:,} of the {FEWEST_PAIRS} pairs needed could be followed for a year."
        return Table("value", caption, heads, (), need)
    rows = [_spent(name, one, currency) for name, one in ((RIGHT, found.put_right), ("People like them", found.twin))]
    gap = Cell("Difference of the changes"), _none(), _none(), _sum(found.gap, currency)
    return Table("value", f"{caption}, {found.pairs:,} pairs", heads, (*rows, gap))


def _spent(name: str, one: Spent, currency: str) -> tuple[Cell, ...]:
    return Cell(name), *(_sum(middle, currency) for middle in (one.before, one.after, one.change))


def _sum(one: Middle, currency: str) -> Cell:
    value, low, high = (_money(cents, currency) for cents in (one.value, one.low, one.high))
    return Cell(f"{value} ({low} to {high})")


def _money(cents: float, currency: str) -> str:
    return f"{'-' if cents < 0 else ''}{written(abs(round(cents)), currency)}"


def _none() -> Cell:
    return Cell("–", faint=True)
