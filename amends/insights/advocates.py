""" "Who comes back and speaks well of us?": people put right who sent somebody, posted well or would recommend us."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F
from django.utils.timezone import localtime

from amends.insights.answer import (
    Answer,
    Bars,
    Cell,
    Found,
    Ground,
    Head,
    Table,
    between,
    counted,
    found_among,
    percent,
    share_bar,
    share_cells,
)
from amends.insights.exposed import exposed, exposure
from amends.insights.leaves import put_right
from amends.insights.market import Closed, veils
from amends.insights.scope import Scope
from amends.loyalty.post import Post
from amends.loyalty.referral import Referral
from amends.measures.figure import Figure, share
from amends.measures.paradox import WARNING
from amends.method.survey import LOW, Kind
from amends.purse.gesture import Gesture
from amends.recovery.survey import SurveyAnswer

FEWEST = 20  # [J]: no source
GOOD, BAD = 4, 2  # stars; four and five of five are satisfied, one and two are not (E51)
PROMOTES = 9  # E50
GROUPS = {
    "right": "Put right, and their case closed",
    "sent": "Sent somebody to us afterwards",
    "posted": "Posted four or five stars afterwards",
    "promotes": "Answered 9 or 10 when asked whether they would recommend us",
    "any": "Any of these: speak well of us",
    "gesture": "Of these, had been given a gesture before",
    "against": "Posted one or two stars, or answered 6 or less, afterwards",
}


@dataclass(frozen=True)
class Spoke:
    """Everybody put right in the period, with their case, who of them did what afterwards, and whether anything that
    could tell so was brought in at all."""

    right: Closed
    sent: frozenset[int]
    posted: frozenset[int]
    promotes: frozenset[int]
    against: frozenset[int]
    given: frozenset[int]
    known: bool

    @cached_property
    def groups(self) -> dict[str, frozenset[int]]:
        """The customers of each group."""
        well = self.sent | self.posted | self.promotes
        said = {"sent": self.sent, "posted": self.posted, "promotes": self.promotes}
        rest = {"any": well, "gesture": well & self.given, "against": self.against}
        return {"right": frozenset(self.right), **said, **rest}

    def figure(self, group: str) -> Figure:
        """Their share of everybody put right."""
        return share(GROUPS[group], len(self.groups[group]), len(self.right), noun="people put right", fewest=FEWEST)


def answer(scope: Scope) -> Answer:
    """How many of those put right speak well of us, by what they did by themselves; too few is said."""
    spoke = look(scope)
    return Answer(_sentence(spoke, scope), lambda: _ground(spoke, scope))


def cases(scope: Scope, of: str) -> Found | None:
    """The cases behind one of the groups, or behind a number of what is said in public."""
    if of not in GROUPS:
        return exposed(scope, of)
    spoke = look(scope)
    return found_among(GROUPS[of], [spoke.right[one][0] for one in spoke.groups[of]])


def look(scope: Scope) -> Spoke:
    """Everybody put right in the period and what they did after that day."""
    right = put_right(scope)
    stars, answers = _stars(right), _answers(right)
    return Spoke(
        right=right,
        sent=_sent(right),
        posted=frozenset(one for one, found in stars.items() if max(found) >= GOOD),
        promotes=frozenset(one for one, value in answers.items() if value >= PROMOTES),
        against=frozenset(one for one, found in stars.items() if min(found) <= BAD)
        | {one for one, value in answers.items() if value <= LOW[Kind.NPS]},
        given=_given(right),
        known=bool(answers) or Post.objects.exists() or Referral.objects.exists(),
    )


def _sent(right: Closed) -> frozenset[int]:
    """Who sent us somebody who came after the day."""
    rows = list(Referral.objects.order_by().values_list("sender", "day"))
    whose = {veil: customer for customer, found in veils().items() for veil in found} if rows else {}
    senders = [(whose[veil], day) for veil, day in rows if veil in whose]
    return frozenset(customer for customer, day in senders if customer in right and day > right[customer][1])


def _stars(right: Closed) -> dict[int, list[int]]:
    """The stars each of them gave after the day: of new posts as they are now, of older ones as they were changed."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Post.objects.exclude(match=None).prefetch_related("changes")
    for post in rows.annotate(customer=F("match__case__customer")):
        customer: int = post.customer
        if customer in right and (now := _since(post, right[customer][1])) is not None:
            found[customer].append(now)
    return found


def _since(post: Post, on: date) -> int | None:
    """The stars of a post that its writer gave, or changed, after a day; None when they did neither."""
    changed = [one for one in post.changes.all() if localtime(one.at).date() > on]
    return post.stars_now if changed or post.day > on else None


def _answers(right: Closed) -> dict[int, int]:
    """The last answer of each after the day to the question whether they would recommend us."""
    rows = SurveyAnswer.objects.filter(kind=Kind.NPS.value).order_by("at", "pk")
    found = rows.values_list("asked__case__customer", "value", "at")
    return {
        customer: value
        for customer, value, at in found
        if value is not None and customer in right and localtime(at).date() >= right[customer][1]
    }


def _given(right: Iterable[int]) -> frozenset[int]:
    rows = Gesture.objects.filter(taken_back=None).order_by().values_list("customer", flat=True)
    return frozenset(rows) & frozenset(right)


def _sentence(spoke: Spoke, scope: Scope) -> str:
    figure = spoke.figure("any")
    if not figure.n:
        return f"Nobody was put right {scope.period.words} whose case is closed."
    if not figure.can_tell:
        return f"Too few to tell: {counted(figure.n, 'person', 'people')} put right, at least {FEWEST} are needed."
    if not spoke.known:
        return "Nobody knows: no post, no referral and no answer about recommending us was brought in."
    told = f"{percent(figure.value)} ({between(figure)}) of {figure.n:,} people put right speak well of us since"
    against = spoke.figure("against")
    return f"{told}, and {percent(against.value)} ({between(against)}) speak badly of us."


def _ground(spoke: Spoke, scope: Scope) -> Ground:
    figures = [(GROUPS[key], spoke.figure(key)) for key in ("sent", "posted", "promotes", "any", "against")]
    says = "The share of everybody put right, each with its 95 % interval."
    bars = tuple(share_bar(name, figure) for name, figure in figures)
    tables, notes = exposure(scope)
    return Ground(
        charts=(Bars("What they did afterwards", says, bars, whole=True),)
        if spoke.known and figures[0][1].can_tell
        else (),
        tables=(_groups(spoke), *tables),
        notes=(*_notes(), *notes),
    )


def _groups(spoke: Spoke) -> Table:
    heads = (Head("People", num=False), Head("Count"), Head("Of those put right"), Head("Between"))
    return Table("people", "What they did afterwards", heads, tuple(_row(spoke, key) for key in GROUPS))


def _row(spoke: Spoke, key: str) -> tuple[Cell, ...]:
    many = len(spoke.groups[key])
    first = Cell(GROUPS[key]), Cell(f"{many:,}", key if many else "")
    if key in ("right", "gesture") or not spoke.known:
        return *first, Cell("–", faint=True), Cell("–", faint=True)
    return *first, *share_cells(spoke.figure(key))


def _notes() -> tuple[Cell, ...]:
    return (
        Cell(
            "Only what reached us is counted, and silence is no verdict. One person can stand in several lines, "
            "also in one for us and one against us."
        ),
        Cell("Nothing of this is ever asked for in exchange: a gesture that asks for a review is refused."),
        Cell(f"It is no proof that putting right wins friends. {WARNING}"),
    )
