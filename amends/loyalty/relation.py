"""The line of a relationship: since when, earlier cases and how they ended, what was given, what to know."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from amends.cases.case import Case, CaseQuerySet
from amends.customers.models import Customer
from amends.loyalty.notes import CustomerNote
from amends.purse.gesture import Gesture
from amends.purse.told import became
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import worked
from amends.team.models import User


@dataclass(frozen=True, slots=True)
class Earlier:
    """One complaint of a customer: what it was about, what was done, whether it was right, in words."""

    case: Case
    ended: str
    done: Sequence[str]
    right: str


@dataclass(frozen=True, slots=True)
class Received:
    """One gesture and what became of it, in words."""

    gesture: Gesture
    became: str
    left: int


@dataclass(frozen=True, slots=True)
class Relation:
    """All of it, as far as the reader may see: cases of other teams are only counted."""

    customer: Customer
    earlier: Sequence[Earlier]
    elsewhere: int
    received: Sequence[Received]
    notes: Sequence[CustomerNote]


def relation_of(case: Case, reader: User, now: datetime) -> Relation:
    """The relationship with the customer of a case, for somebody who opens that case; the newest case first."""
    customer = case.customer
    seen = Case.objects.visible_to(reader).filter(customer=customer)
    return Relation(
        customer=customer,
        earlier=_earlier(list(_ended(seen))),
        elsewhere=customer.cases.count() - seen.count(),
        received=[Received(one, became(one, now), 0 if _is_back(one) else one.left) for one in _gestures(customer)],
        notes=list(customer.notes.select_related("by")),
    )


def remembered(case: Case) -> str:
    """One sentence of their history for whoever writes to them now; "" for somebody who writes for the first time."""
    earlier = Case.objects.filter(customer=case.customer_id, opened_at__lt=case.opened_at, team=case.team_id)
    last = earlier.select_related("closure").order_by("-opened_at", "-pk").first()
    if last is None:
        return ""
    who, about = case.customer.first_name, f"{localtime(last.opened_at):%B %Y} about “{last.subject}”"
    if not hasattr(last, "closure"):
        return f"{who} wrote in {about}, and that is not finished either."
    said = _last_said([last]).get(last.pk)
    if said is None:
        return f"{who} wrote in {about}. We never heard whether it was right in the end."
    return f"{who} wrote in {about}, and told us that it was {'right' if said else 'not right'} in the end."


def _last_said(cases: Sequence[Case]) -> dict[int, bool | None]:
    """Whether the customer said last that it is still right, by case; those in which they never did are left out."""
    said = FollowUp.objects.filter(case__in=cases).exclude(done_at=None).order_by("done_at", "pk")
    return dict(said.values_list("case_id", "still_right"))


def _ended(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related("closure", "team").order_by("-opened_at", "-pk")


def _earlier(cases: Sequence[Case]) -> Sequence[Earlier]:
    said, done = _last_said(cases), defaultdict[int, list[str]](list)
    for case, title in worked().filter(case__in=cases).order_by("at", "pk").values_list("case_id", "title"):
        done[case].append(title)
    right = {None: "", True: "They said it is right.", False: "They said it is not right."}
    return [Earlier(one, _ended_on(one), done[one.pk], right[said.get(one.pk)]) for one in cases]


def _ended_on(case: Case) -> str:
    return f"Closed on {case.closure.at:%-d %B %Y}" if hasattr(case, "closure") else "Open"


def _is_back(gesture: Gesture) -> bool:
    return hasattr(gesture, "taken_back")


def _gestures(customer: Customer) -> Sequence[Gesture]:
    rows = customer.gestures.select_related("by", "taken_back", "team").prefetch_related("entries")
    return list(rows.order_by("-at", "-pk"))
