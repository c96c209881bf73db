""" "Who leaves?": whether people whose complaint was put right buy again and stay as people like them do."""

from dataclasses import dataclass

from amends.cases.case import Case
from amends.insights import watched
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
    found_among,
    share_bar,
)
from amends.insights.harmed import after_failure
from amends.insights.market import Closed, Market, first_closed, market, veils
from amends.insights.scope import Scope
from amends.loyalty.purchase import usual_currency
from amends.measures.paradox import WARNING
from amends.measures.repurchase import QUIET, Again, PutRight, Twins, bought_again, lives, twins
from amends.measures.retention import FEWEST_PAIRS, Gap, retention
from amends.recovery.fulfilment import worked

GROUPS = {
    "right": "Put right, and their case closed",
    "buyers": "Of these, their purchases are known",
    "pairs": "Of these, with somebody alike who never complained",
    "again": "Bought again within 180 days",
    "quiet": "Did not buy within 180 days",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: all purchases, the case of each customer put right, the pairs, and who bought again."""

    market: Market
    right: Closed
    known: frozenset[int]
    found: Twins
    again: Again

    def groups(self) -> dict[str, list[int]]:
        """The cases of each group."""
        paired = [one for one, _ in self.found.pairs]
        long = [one for one in paired if one.on + QUIET <= self.market.until]
        bought = {one.buyer.id for one in long if one.buyer.bought_between(one.on, one.on + QUIET)}
        people: dict[str, set[str]] = {
            "right": {str(one) for one in self.right},
            "buyers": {str(one) for one in self.known},
            "pairs": {one.buyer.id for one in paired},
            "again": bought,
            "quiet": {one.buyer.id for one in long} - bought,
        }
        return {
            key: [case for customer, (case, _) in self.right.items() if str(customer) in theirs]
            for key, theirs in people.items()
        }


def answer(scope: Scope) -> Answer:
    """Buying again within 180 days and staying, of people put right beside their twins; too few is said."""
    usual = usual_currency()
    if usual is None:
        return Answer(
            "Nobody knows: no purchases were brought in.", lambda: Ground(tables=_watched(scope), notes=_notes())
        )
    right = put_right(scope)
    if not any(on + QUIET <= usual[1] for _, on in right.values()):
        return Answer(_too_few("nobody"), lambda: _ground(look(scope), scope))
    looked = look(scope)
    return Answer(_sentence(looked.again) if looked else _too_few("nobody"), lambda: _ground(looked, scope))


def _ground(looked: Looked | None, scope: Scope) -> Ground:
    if looked is None:
        return Ground(tables=_watched(scope), notes=_notes())
    gaps = retention(lives(looked.found, until=looked.market.until)).gaps if looked.again.can_tell else ()
    harmed, told = after_failure(scope, looked.market, looked.right, looked.again, looked.found)
    return Ground(
        charts=_chart(looked.again) if looked.again.can_tell else (),
        tables=(_people(looked), *((_staying(gaps),) if gaps else ()), *harmed, *_watched(scope, looked.market.veils)),
        notes=(*told, *_notes()),
    )


def _watched(scope: Scope, known: dict[int, list[str]] | None = None) -> tuple[Table, ...]:
    return (watched.table(watched.watch(scope, known or {})),)


def cases(scope: Scope, of: str) -> Found | None:
    """The cases behind one of the groups."""
    if of in watched.GROUPS:
        return found_among(watched.GROUPS[of], watched.watch(scope, veils()).groups[of])
    looked = look(scope) if of in GROUPS else None
    return found_among(GROUPS[of], looked.groups()[of]) if looked else None


def look(scope: Scope) -> Looked | None:
    """Everybody put right in the period, their purchases and their twins; None where no purchase is known."""
    all_bought = market()
    if all_bought is None:
        return None
    right = put_right(scope)
    mine = {one: all_bought.of(one) for one in right}
    people = [PutRight(one, right[pk][1]) for pk, one in mine.items() if one is not None]
    found = twins([one for one in people if one.on <= all_bought.until], all_bought.others)
    known = frozenset(pk for pk, one in mine.items() if one is not None)
    return Looked(all_bought, right, known, found, bought_again(found, until=all_bought.until))


def put_right(scope: Scope) -> Closed:
    """For each customer their first case of the period that was put right and closed, and the day it was closed."""
    return first_closed(scope, Case.objects.filter(pk__in=worked().values("case")))


def _too_few(who: str) -> str:
    return (
        f"Too few to tell: {who} put right could be followed for half a year beside somebody like them, "
        f"{FEWEST_PAIRS} are needed."
    )


def _sentence(again: Again) -> str:
    if not again.can_tell:
        pairs = again.put_right.n
        return _too_few(counted(pairs, "person", "people") if pairs else "nobody")
    if again.high < 0:
        return f"People we put right leave more often. Bought again within 180 days: {again.words}."
    if again.low > 0:
        return f"People we put right buy again more often. Within 180 days: {again.words}."
    return f"Bought again within 180 days: {again.words}."


def _chart(again: Again) -> tuple[Bars, ...]:
    says = "The share that bought again within 180 days, each with its 95 % interval."
    bars: tuple[Bar, ...] = (share_bar("Put right", again.put_right), share_bar("People like them", again.twin))
    return (Bars("Bought again", says, bars, whole=True),)


def _people(looked: Looked) -> Table:
    heads = (Head("People", num=False), Head("Count"))
    rows = [
        (Cell(GROUPS[key]), Cell(f"{len(found):,}", key if found else "")) for key, found in looked.groups().items()
    ]
    return Table("people", "Whom this rests on", heads, tuple(rows))


def _staying(gaps: tuple[Gap, ...]) -> Table:
    heads = (Head("After", num=False), Head("Put right"), Head("People like them"), Head("Difference"))
    return Table("staying", "Still customers", heads, tuple(_gap(one) for one in gaps))


def _gap(gap: Gap) -> tuple[Cell, ...]:
    if not gap.can_tell:
        return (Cell(f"{gap.days} days"), *(Cell(TOO_FEW, faint=True) for _ in range(3)))
    points = f"{100 * gap.value:+.0f} points ({100 * gap.low:+.0f} to {100 * gap.high:+.0f})"
    shares = (f"{100 * one.value:.0f} %" for one in (gap.recovered, gap.control))
    return (Cell(f"{gap.days} days"), *(Cell(one) for one in shares), Cell(points))


def _notes() -> tuple[Cell, ...]:
    return (
        Cell(
            "Each is held beside one person who never complained and was alike on the day the case was closed: as long "
            "a customer, bought as lately, spent about as much. It shows what went together, not why."
        ),
        Cell("Who buys nothing for 180 days counts as gone. Where people buy more rarely, that says too much."),
        Cell(
            "Satisfaction is compared with people who had answered the same before, in one survey of everybody. Sums "
            "are in the currency most purchases are in; others are never added to it."
        ),
        Cell(
            "A second failure soon after a first is dangerous, and that fades (Knox & van Oest 2014), so we watch as "
            "long as the policy says; the length itself is a choice. Who could not be followed so long counts as far "
            "as they were."
        ),
        Cell(f"The paradox would be to be happier after a failure than without one. {WARNING}"),
    )
