"""How often customers had to come back: whether the first answer settled it, and contacts beyond the first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Subquery

from amends.cases.case import Case
from amends.cases.message import Message
from amends.insights.answer import TOO_FEW, Cell, Found, Head, Table, found_among, share_cells
from amends.insights.firsts import first, letters
from amends.insights.scope import Scope
from amends.measures.contacts import Settled, first_contact, repeats, was_settled
from amends.measures.figure import Unit, shown
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment
from amends.team.policy import current

NOTES = (
    Cell(
        "Settled at the first answer: they did not write again within 7 days of it, 14 where something was delivered, "
        "and did not say no when asked. An answer to a question or an offer of ours counts as writing again."
    ),
    Cell("Mails that follow each other while somebody is still telling are one contact."),
)
TITLES = {
    "settled": "Settled at the first answer",
    "again": "Not settled at the first answer",
    "young": "Answered lately, too young to count",
    "repeated": "Wrote more than once",
    "said": "Said that it is settled",
}


@dataclass(frozen=True, slots=True)
class Contacts:
    """One case: what the first answer settled (None: no answer yet), and how many contacts there were."""

    pk: int
    matter: Settled | None
    contacts: int


def table(scope: Scope) -> Table:
    """The shares that were settled, said to be settled, and came back, and the contacts beyond the first."""
    known = list(_contacts(scope))
    matters = [one.matter for one in known if one.matter]
    settled = first_contact(matters, scope.now)
    heads = (Head("How often they came back", num=False), Head("Of cases"), Head("Share"), Head("Between"))
    waiting = Cell(f"{settled.waiting:,}", "contacts:young" if settled.waiting else "")
    rows = [
        (Cell(TITLES["settled"]), Cell(f"{settled.seen.n:,}"), *share_cells(settled.seen, "contacts:settled")),
        (Cell(TITLES["young"]), waiting, Cell(""), Cell("")),
        (Cell(TITLES["said"]), Cell(f"{settled.said.n:,}"), *share_cells(settled.said, "contacts:said")),
    ]
    if known:
        beyond, share = repeats([one.contacts for one in known])
        rows.append((Cell(TITLES["repeated"]), Cell(f"{share.n:,}"), *share_cells(share, "contacts:repeated")))
        most = (
            (Cell(shown(beyond.value, Unit.MEAN)), Cell(beyond.range))
            if beyond.can_tell
            else (Cell(TOO_FEW, faint=True), Cell("–", faint=True))
        )
        rows.append((Cell("Contacts beyond the first, a case"), Cell(f"{beyond.n:,}"), *most))
    return Table("contacts", "Whether the first answer was enough", heads, tuple(rows) if known else ())


def cases(scope: Scope, of: str) -> Found | None:
    """The cases settled at the first answer, those that were not, too young to tell, said to be, written to again."""
    if of not in TITLES:
        return None
    chosen = [one.pk for one in _contacts(scope) if _is(one, of, scope.now)]
    return found_among(TITLES[of], chosen)


def _is(one: Contacts, of: str, now: datetime) -> bool:
    if of == "repeated":
        return one.contacts > 1
    if one.matter is None:
        return False
    if of == "said":
        return one.matter.said_settled is True
    return was_settled(one.matter, now) is {"settled": True, "again": False, "young": None}[of]


def _contacts(scope: Scope) -> Iterator[Contacts]:
    rows = scope.rows(Case.objects.order_by(), "opened_at", "pk")
    answered = rows.annotate(
        answered=Subquery(first(letters(), "message__case", "sent_at")),
        delivered=Subquery(first(Fulfilment.objects.all(), "case", "at")),
    ).values_list("pk", "answered", "delivered")
    said = FollowUp.objects.filter(case__in=rows, still_right__isnull=False).order_by("done_at", "pk")
    settled = dict(said.values_list("case", "still_right"))
    written = _written(Message.objects.filter(case__in=rows, outgoing=False, automatic="").values_list("case", "at"))
    for pk, at, delivered in answered:
        moments = written.get(pk, [])
        again = next((one for one in moments if at is not None and one > at), None)
        matter = (
            Settled(settled_at=at, again_at=again, said_settled=settled.get(pk), is_delivery=delivered is not None)
            if at
            else None
        )
        yield Contacts(pk, matter, max(1, len(moments)))


def _written(rows: Iterable[tuple[int, datetime]]) -> dict[int, list[datetime]]:
    """When each contact of each case began: what follows sooner than the pause of the policy is the same one."""
    pause = timedelta(minutes=current().listen_minutes)
    found: dict[int, list[datetime]] = defaultdict(list)
    latest: dict[int, datetime] = {}
    for case, at in sorted(rows):
        if case not in latest or at - latest[case] > pause:
            found[case].append(at)
        latest[case] = at
    return found
