"""Whether somebody may grant this, counting all that was granted to the customer before, and who may otherwise."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.conflict import who_sees
from amends.method.authority import Ask, Beyond, Grant, Person, beyond, for_holder, limit_for, nearest
from amends.method.money import written
from amends.method.policy import Limit, Policy
from amends.purse.gesture import GESTURE, Gesture
from amends.recovery.approval import ApprovalRequest
from amends.recovery.errors import BeyondAuthority
from amends.recovery.fulfilment import worked
from amends.recovery.offer import Option
from amends.recovery.remedy import Remedy
from amends.team.certificate import ShownCertificate, counting, courses_of
from amends.team.models import User
from amends.team.permissions import RIGHTS, Right
from amends.team.policy import current


def check_authority(
    case: Case, asks: Sequence[Ask], *, by: User, now: datetime, besides: frozenset[int] = frozenset()
) -> None:
    """Raise BeyondAuthority, naming who may, when one of these sums is above what this person may grant.

    What is on offer in this case for the issues `besides` does not count: a new offer takes its place.
    """
    grants = granted(case, now, besides=besides)
    found = beyond(policy_for(by, now), by.role, asks, grants, now)
    if found is None:
        return
    to = nearest_person(case, asks, grants, requester=by, now=now)
    raise BeyondAuthority(f"{_sentence(found)} {_way_on(to)}", to)


def policy_for(person: User, now: datetime) -> Policy:
    """The policy in force with the limits this person has: their role's, and what certificates they show add."""
    return for_holder(current(), person.role, courses_of(person, now))


@dataclass(frozen=True, slots=True)
class Authority:
    """What one person may grant, and which certificates they show raise it."""

    policy: Policy
    role: str
    shown: tuple[ShownCertificate, ...]

    def limit(self, kind: str, currency: str) -> Limit | None:
        """The limit for a kind of remedy; None: nothing may be granted."""
        return self._with(self.shown, kind, currency)

    def because(self, kind: str, currency: str) -> str:
        """Which certificates raise this limit and until when, as words to put behind it; "" for none."""
        limit = self.limit(kind, currency)
        raising = [one for one in self.shown if self._with(self._without(one), kind, currency) != limit]
        days = self.policy.certificate_days
        named = [f"“{one.title}” until {localtime(one.ends_at(days)):%-d %B %Y}" for one in raising]
        return f"raised by your certificate {' and '.join(named)}" if named else ""

    def _without(self, one: ShownCertificate) -> tuple[ShownCertificate, ...]:
        return tuple(other for other in self.shown if other != one)

    def _with(self, shown: Iterable[ShownCertificate], kind: str, currency: str) -> Limit | None:
        courses = frozenset(one.course for one in shown)
        return limit_for(for_holder(self.policy, self.role, courses), self.role, kind, currency)


def authority_of(person: User, now: datetime) -> Authority:
    """What this person may grant now."""
    return Authority(current(), person.role, counting([person], now).get(person.pk, ()))


def _sentence(found: Beyond) -> str:
    currency = found.ask.currency
    asked, limit = written(found.ask.cents, currency), written(found.limit_cents, currency)
    already = f" with {written(found.granted_cents, currency)} granted before" if found.granted_cents else ""
    where = f"for one customer in {found.period_days} days" if found.per_customer else "in one case"
    return f"{asked}{already} is above your limit of {limit} {where}."


def _way_on(to: User | None) -> str:
    if to is None:
        return "Nobody in the team may grant so much. Offer less, or ask for a higher limit in the policy."
    return f"Ask {to.name}, who may."


def nearest_person(
    case: Case, asks: Sequence[Ask], grants: Sequence[Grant], *, requester: User, now: datetime
) -> User | None:
    """Who to ask first among those who can see the case and are not what it is about; None when nobody may."""
    waiting = Counter(ApprovalRequest.objects.waiting().values_list("to", flat=True))
    able = list(who_decides(case, requester))
    shown = counting(able, now)
    people = {
        Person(one.username, one.role, waiting[one.pk], frozenset(row.course for row in shown.get(one.pk, ()))): one
        for one in able
    }
    found = nearest(people, current(), asks, grants, now)
    return people[found] if found else None


def who_decides(case: Case, requester: User) -> QuerySet[User]:
    """The people who may decide on a request of somebody else in this case."""
    granting = [role.value for role, rights in RIGHTS.items() if Right.GRANT in rights]
    return who_sees(case).filter(role__in=granting).exclude(pk=requester.pk).order_by("username")


def granted(case: Case, now: datetime, *, besides: frozenset[int] = frozenset()) -> list[Grant]:
    """All that was given, agreed, is on offer or approved for this customer, over all their cases."""
    return [*_offered(case, now, besides), *_owed(case), *_approved(case, now, besides), *_gestures(case)]


def _offered(case: Case, now: datetime, besides: frozenset[int]) -> Iterable[Grant]:
    """Options the customer chose, and those they can still choose."""
    replaced = Q(offer__acceptance=None, offer__case=case, offer__issues__in=besides)
    rows = (
        Option.objects.filter(offer__case__customer=case.customer_id, offer__decline=None, offer__withdrawal=None)
        .filter(Q(offer__acceptance__isnull=False) | Q(offer__expires_at__gt=now))
        .exclude(pk__in=Option.objects.filter(replaced))
        .select_related("remedy", "offer__acceptance")
    )
    for option in rows:
        offer = option.offer
        if hasattr(offer, "acceptance") and offer.acceptance.option_id != option.pk:
            continue
        source = f"offer {offer.pk}"
        yield Grant(
            source, option.remedy.kind, option.costs_cents, option.currency, offer.made_at, offer.case_id == case.pk
        )


def _owed(case: Case) -> Iterable[Grant]:
    """What policy owed and was carried out without an offer, as far as it arrived."""
    rows = worked().filter(case__customer=case.customer_id, acceptance=None).select_related("remedy")
    for done in rows:
        cents = done.amount_cents or done.remedy.cost_cents
        yield Grant(f"owed {done.pk}", done.remedy.kind, cents, done.currency, done.at, done.case_id == case.pk)


def _gestures(case: Case) -> Iterable[Grant]:
    """What was given beside what is owed, as far as it was not taken back."""
    rows = Gesture.objects.filter(customer=case.customer_id, amount__gt=0, taken_back=None)
    for one in rows:
        yield Grant(f"gesture {one.pk}", GESTURE, one.amount, one.unit, one.at, one.case_id == case.pk)


def _approved(case: Case, now: datetime, besides: frozenset[int]) -> Iterable[Grant]:
    """What was approved and not sent yet: it counts like an offer, until it lapses."""
    rows = ApprovalRequest.objects.filter(
        case__customer=case.customer_id,
        decision__granted=True,
        decision__offer=None,
        decision__at__gt=now - approval_stands(),
    ).select_related("decision")
    remedies = {remedy.key: remedy for remedy in Remedy.objects.all()} if rows else {}
    for request in rows:
        if request.case_id == case.pk and besides & set(request.draft["issues"]):
            continue
        for row in request.draft["options"]:
            remedy = remedies[row["remedy"]]
            cents = row["amount_cents"] or remedy.cost_cents
            source = f"approval {request.pk}"
            yield Grant(source, remedy.kind, cents, remedy.currency, request.decision.at, request.case_id == case.pk)


def approval_stands() -> timedelta:
    """How long an approval can be used: as long as an offer stays open."""
    return timedelta(days=current().offer_open_days)
