"""Making an offer: through the gate, within authority, as a letter with a link to choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Sum

from amends.cases.assignment import Assignment
from amends.cases.case import Case
from amends.cases.closure import pass_gate
from amends.cases.conflict import check_hands
from amends.cases.errors import Incomplete
from amends.cases.facts import facts_of
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.cases.message import Coverage
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import stand
from amends.method.authority import Grantor, nearest, within
from amends.method.deadlines import offer_expires
from amends.method.gates import Gate, offer_gate
from amends.method.money import written
from amends.method.steps import Step
from amends.recovery.errors import BeyondAuthority, OfferSettled
from amends.recovery.letter import offer_letter
from amends.recovery.offer import Offer, OfferWithdrawal, Option
from amends.recovery.remedy import Remedy
from amends.team.models import User, colleagues, limit_of
from amends.team.policy import current_version


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole offer before it is made: for which issues, what we can, what we cannot and why, and the options."""

    issues: frozenset[int]
    opening: str
    can: str
    cannot: str
    because: str
    options: Sequence[Proposal]


def make_offer(case: Case, draft: Draft, *, by: User, now: datetime, exception: str = "") -> Offer:
    """Offer options to the customer and queue the letter that carries them.

    Raises GateClosed while the person is owed something, BeyondAuthority above the maker's limit,
    Incomplete with the field that needs words. An open earlier offer for the same issues is withdrawn.
    """
    with writing():
        check_hands(case, by)
        facts = facts_of(case, now)
        pass_gate(case, Gate.OFFER, offer_gate(facts), exception=exception, by=by, now=now)
        _check(case, draft, now)
        for proposal in draft.options:
            check_authority(case, proposal.costs_cents, proposal.remedy.currency, by=by, issues=draft.issues)
        _supersede(case, draft.issues, by, now)
        offer = _write(case, draft, by, now)
        stand(case, now)
    return offer


def _check(case: Case, draft: Draft, now: datetime) -> None:
    known = set(case.open_issues().values_list("pk", flat=True))
    if not draft.issues or not draft.issues <= known:
        raise Incomplete("Choose at least one issue this offer puts right.", "issues")
    if not draft.can.strip():
        raise Incomplete("Say what we can do.", "can")
    if draft.cannot.strip() and not draft.because.strip():
        raise Incomplete("Say why we cannot: the customer is owed the reason.", "because")
    fewest = 1 if case.severity == 1 else 2
    if len(draft.options) < fewest:
        raise Incomplete("Offer at least two real options, so that there is a choice (E14).", "options")
    for proposal in draft.options:
        _check_option(proposal, now)


def _check_option(proposal: Proposal, now: datetime) -> None:
    if not proposal.title.strip():
        raise Incomplete("Name each option.", "options")
    if proposal.deliver_by < now.date():
        raise Incomplete(f"“{proposal.title}” would be due in the past. Choose a later day.", "options")
    if proposal.remedy.asks_amount and proposal.amount_cents == 0:
        raise Incomplete(f"“{proposal.title}” needs an amount.", "options")


def check_authority(case: Case, cents: int, currency: str, *, by: User, issues: frozenset[int]) -> None:
    """Raise BeyondAuthority when this sum, with all granted in the case for other issues, is above the limit."""
    limit = limit_of(by, currency)
    granted = granted_cents(case, currency, besides=issues)
    if within(limit, granted, cents):
        return
    able = nearest((Grantor(one.name, limit_of(one, currency)) for one in colleagues(by)), granted + cents)
    asked = f"Ask {able.name}, who may." if able else "Nobody in the team may grant so much."
    already = f" with {written(granted, currency)} granted before" if granted else ""
    raise BeyondAuthority(
        f"{written(cents, currency)}{already} is above your limit of {written(limit, currency)} in one case. {asked}"
    )


def granted_cents(case: Case, currency: str, besides: frozenset[int]) -> int:
    """What was given, agreed or is on offer in this case for other issues, in cents (an offer: its dearest option)."""
    live = case.offers.filter(decline=None, withdrawal=None).exclude(issues__in=besides)
    options = Option.objects.filter(offer__in=live, currency=currency).select_related("remedy", "offer__acceptance")
    dearest: dict[int, int] = {}
    for option in options:
        chosen = option.offer.acceptance.option_id if hasattr(option.offer, "acceptance") else option.pk
        if chosen == option.pk:
            dearest[option.offer_id] = max(dearest.get(option.offer_id, 0), option.costs_cents)
    entitled = case.fulfilments.filter(acceptance=None, currency=currency).aggregate(sum=Sum("amount_cents"))
    return sum(dearest.values()) + (entitled["sum"] or 0)


def _supersede(case: Case, issues: frozenset[int], by: User, now: datetime) -> None:
    open_ones = case.offers.filter(issues__in=issues, acceptance=None, decline=None, withdrawal=None).distinct()
    for offer in open_ones:
        withdraw(offer, "A new offer took its place.", by=by, now=now)


def withdraw(offer: Offer, reason: str, *, by: User, now: datetime) -> None:
    """Take back an offer nobody has answered; raises Incomplete without a reason, OfferSettled once it is answered."""
    if not reason.strip():
        raise Incomplete("Say why the offer is withdrawn.", "reason")
    with writing():
        offer = Offer.objects.select_related("acceptance", "decline", "withdrawal", "case__customer").get(pk=offer.pk)
        if offer.accepted_at or offer.declined_at or offer.withdrawn_at:
            raise OfferSettled("This offer was answered or taken back before. Load the page to see it.")
        OfferWithdrawal.objects.create(offer=offer, by=by, at=now, reason=reason.strip())
        _stop_letter(offer, now)
        record("offer_withdrawn", offer.case_id, by, now, offer=offer.pk)
        stand(offer.case, now)


def _stop_letter(offer: Offer, now: datetime) -> None:
    """Keep the letter of a withdrawn offer from leaving, when it has not left yet."""
    OutboxEntry.objects.waiting().filter(message=offer.message_id, leased_by="", attempts=0).update(cancelled_at=now)


def _write(case: Case, draft: Draft, by: User, now: datetime) -> Offer:
    letter = queue_letter(case, offer_letter(case, draft, by), now=now, author=by)
    Coverage.objects.bulk_create(
        Coverage(message=letter, issue_id=issue, step=Step.REMEDY.value, found=True) for issue in sorted(draft.issues)
    )
    offer = Offer.objects.create(
        case=case,
        version=(case.offers.aggregate(last=Max("version"))["last"] or 0) + 1,
        message=letter,
        can=draft.can.strip(),
        cannot=draft.cannot.strip(),
        because=draft.because.strip(),
        made_by=by,
        made_at=now,
        expires_at=offer_expires(now),
        policy=current_version(),
    )
    offer.issues.set(draft.issues)
    Option.objects.bulk_create(
        Option(
            offer=offer,
            remedy=one.remedy,
            position=number,
            title=one.title.strip(),
            terms=one.terms.strip(),
            amount_cents=one.amount_cents,
            currency=one.remedy.currency,
            deliver_by=one.deliver_by,
        )
        for number, one in enumerate(draft.options, start=1)
    )
    Assignment.objects.get_or_create(case=case, defaults={"to": by, "by": by, "at": now})
    record("offer_made", case.pk, by, now, offer=offer.pk, count=len(draft.options), message=letter.pk)
    return offer
