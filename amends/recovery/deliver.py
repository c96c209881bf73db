"""Carrying out what was agreed, or refusing with reasons; then planning to ask whether it is still right."""

from collections.abc import Sequence
from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import pass_gate
from amends.cases.conflict import check_hands
from amends.cases.decide import check_decided
from amends.cases.errors import AlreadyDone, GateClosed, Incomplete, NotPossible
from amends.cases.facts import facts_of
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.cases.questions import ALIVE
from amends.cases.second_stage import check_second_stage
from amends.cases.standing import stand
from amends.method.authority import Ask
from amends.method.gates import Gate, delivery_gate, offer_gate
from amends.recovery.answer import Promised, check_promises, make_promises
from amends.recovery.authority import check_authority
from amends.recovery.failed_delivery import has_failed
from amends.recovery.follow_up import plan
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.keep import kept_by_delivery
from amends.recovery.letter import refusal_letter
from amends.recovery.offer import Acceptance, Option
from amends.recovery.remedy import Remedy
from amends.recovery.spot_check import pick
from amends.team.models import User


def deliver_option(option: Option, proof: str, *, by: User, now: datetime) -> Fulfilment:
    """Write down that an agreed option was carried out, with its proof.

    Authority was looked at when the offer was made or approved; carrying it out needs none of one's own. Nor is it a
    new decision: somebody of the first stage may do it at the second (STD-O12), as the customer agreed to it.
    Raises GateClosed before the customer agreed, Incomplete without proof, AlreadyDone the second time.
    """
    _needs_proof(proof)
    with writing():
        case = Case.objects.select_related("customer").get(pk=option.offer.case_id)
        check_hands(case, by)
        issues = frozenset(option.offer.issues.values_list("pk", flat=True))
        acceptance = Acceptance.objects.filter(option=option).first()
        if acceptance is None:
            missing = delivery_gate(facts_of(case, now), issues, entitlement=False)
            if missing:
                raise GateClosed(Gate.DELIVERY, missing)
            raise NotPossible(f"{case.customer.first_name} chose another option than “{option.title}”.")
        before = Fulfilment.objects.filter(acceptance=acceptance).first()
        if before is not None and not has_failed(before):
            raise AlreadyDone(f"“{option.title}” was carried out before.")
        what = {"title": option.title, "amount_cents": option.amount_cents, "currency": option.currency}
        done, _ = Fulfilment.objects.update_or_create(  # one that failed is carried out again
            acceptance=acceptance,
            defaults={"case": case, "remedy": option.remedy, **what, "proof": proof.strip(), "by": by, "at": now},
        )
        _settle(done, issues, by, now)
    return done


def deliver_entitlement(
    case: Case,
    remedy: Remedy,
    issues: frozenset[int],
    amount_cents: int,
    proof: str,
    *,
    by: User,
    now: datetime,
) -> Fulfilment:
    """Carry out a remedy the policy owes without asking (a refund of an overcharge), with its proof.

    Raises NotPossible when the remedy is no entitlement, BeyondAuthority above the limit, SameReviewer for somebody
    of the first stage at the second, because that it is owed is decided here; Incomplete otherwise.
    """
    _needs_proof(proof)
    if not remedy.entitlement:
        raise NotPossible(f"“{remedy.name}” needs the customer's agreement. Offer it first.")
    if remedy.asks_amount and amount_cents == 0:
        raise Incomplete(f"“{remedy.name}” needs an amount.", "amount")
    with writing():
        if not issues or not issues <= set(case.open_issues().values_list("pk", flat=True)):
            raise Incomplete("Choose the issue this puts right.", "issues")
        check_second_stage(case, by)
        cents = amount_cents or remedy.cost_cents
        check_authority(case, [Ask(remedy.kind, cents, remedy.currency)], by=by, now=now)
        done = Fulfilment.objects.create(
            case=case,
            entitlement=True,
            remedy=remedy,
            title=remedy.name,
            amount_cents=amount_cents,
            currency=remedy.currency,
            proof=proof.strip(),
            by=by,
            at=now,
        )
        _settle(done, issues, by, now)
    return done


def _needs_proof(proof: str) -> None:
    if not proof.strip():
        raise Incomplete("Write down the proof: a booking number, a parcel number, who confirmed it.", "proof")


def _settle(done: Fulfilment, issues: frozenset[int], by: User, now: datetime) -> None:
    """What follows from a delivery: its issues, the promise kept, a follow-up planned, the case's standing."""
    done.issues.set(issues)
    record("remedy_delivered", done.case_id, by, now, fulfilment=done.pk, title=done.title)
    if done.acceptance_id is not None:
        kept_by_delivery(done.acceptance_id, by=by, now=now)
    pick(done, now)
    plan(done.case, now)
    stand(done.case, now)


def refuse(
    issue: Issue,
    reasons: str,
    recourse: str,
    promises: Sequence[Promised] = (),
    *,
    by: User,
    now: datetime,
    exception: str = "",
) -> Refusal:
    """Refuse a remedy for one issue in a letter that gives the reasons and where the customer can go next.

    The person comes first here too: raises GateClosed like an offer, Incomplete without reasons or recourse, or for a
    promise in them that nobody confirmed, SameReviewer for somebody of the first stage at the second, and NotPossible
    before somebody decided about the issue, or when what was decided is that we owe something.
    """
    if not reasons.strip():
        raise Incomplete("Give the reasons, in words the customer can check.", "reasons")
    if not recourse.strip():
        raise Incomplete("Say where the customer can go if they do not agree.", "recourse")
    with writing():
        case = Case.objects.select_related("customer", "team", "channel").get(pk=issue.case_id)
        check_hands(case, by)
        check_second_stage(case, by)
        pass_gate(case, Gate.OFFER, offer_gate(facts_of(case, now)), exception=exception, by=by, now=now)
        check_decided(issue)
        earlier = Refusal.objects.filter(issue=issue)
        if earlier.filter(ALIVE).exists():
            raise AlreadyDone("A remedy for this issue was refused before.")
        check_promises(case, f"{reasons}\n\n{recourse}", promises, now)
        earlier.delete()  # its letter never reached the customer
        letter = queue_letter(case, refusal_letter(case, reasons, recourse, by), now=now, author=by)
        made = Refusal.objects.create(
            issue=issue, by=by, at=now, reasons=reasons.strip(), recourse=recourse.strip(), message=letter
        )
        record("remedy_refused", case.pk, by, now, issue=issue.pk, message=letter.pk)
        make_promises(letter, promises, by, now)
        stand(case, now)
    return made
