"""Making an offer: through the gate, within authority, as a letter with a link to choose."""

from datetime import datetime, timedelta

from django.db.models import Max

from amends.cases.assignment import take
from amends.cases.case import Case
from amends.cases.closure import pass_gate
from amends.cases.conflict import check_hands
from amends.cases.facts import facts_of
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.cases.message import Coverage, Message
from amends.cases.standing import stand
from amends.method.gates import Gate, offer_gate
from amends.method.steps import Step
from amends.recovery.approval import ApprovalDecision
from amends.recovery.authority import check_authority
from amends.recovery.check_offer import check_draft
from amends.recovery.draft import Draft
from amends.recovery.letter import offer_letter
from amends.recovery.offer import Offer, Option
from amends.recovery.recurrence import look_at_all
from amends.recovery.withdraw import supersede
from amends.team.models import User
from amends.team.policy import current, current_version


def make_offer(case: Case, draft: Draft, *, by: User, now: datetime, exception: str = "") -> Offer:
    """Offer options to the customer and queue the letter that carries them.

    Raises GateClosed while the person is owed something, BeyondAuthority above the maker's limit,
    Incomplete with the field that needs words. An open earlier offer for the same issues is withdrawn.
    """
    look_at_all(case, now)
    with writing():
        check_hands(case, by)
        pass_gate(case, Gate.OFFER, offer_gate(facts_of(case, now)), exception=exception, by=by, now=now)
        check_draft(case, draft, now)
        check_authority(case, draft.asks, by=by, now=now, besides=draft.issues)
        return send(case, draft, by=by, now=now)


def send(case: Case, draft: Draft, *, by: User, now: datetime, approval: ApprovalDecision | None = None) -> Offer:
    """Write the offer and queue its letter, inside a change that has passed the gate and looked at authority."""
    supersede(case, draft.issues, by=by, now=now)
    until = now + timedelta(days=current().offer_open_days)
    letter = _letter(case, draft, until, by, now)
    offer = Offer.objects.create(
        case=case,
        version=(case.offers.aggregate(last=Max("version"))["last"] or 0) + 1,
        message=letter,
        can=draft.can.strip(),
        cannot=draft.cannot.strip(),
        because=draft.because.strip(),
        reason=draft.reason.strip(),
        made_by=by,
        made_at=now,
        expires_at=until,
        approval=approval,
        policy=current_version(),
    )
    offer.issues.set(draft.issues)
    _write_options(offer, draft)
    take(case, by=by, now=now)
    record("offer_made", case.pk, by, now, offer=offer.pk, count=len(draft.options), message=letter.pk)
    stand(case, now)
    return offer


def _letter(case: Case, draft: Draft, until: datetime, by: User, now: datetime) -> Message:
    letter = queue_letter(case, offer_letter(case, draft, by, until), now=now, author=by)
    Coverage.objects.bulk_create(
        Coverage(message=letter, issue_id=issue, step=Step.REMEDY.value, found=True) for issue in sorted(draft.issues)
    )
    return letter


def _write_options(offer: Offer, draft: Draft) -> None:
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
