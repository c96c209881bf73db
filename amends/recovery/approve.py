"""Going above a limit: asking the nearest who may, their answer, and sending exactly what was approved."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.conflict import check_hands, subjects_of
from amends.cases.errors import AlreadyDone, GateClosed, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.method.authority import beyond
from amends.method.gates import Gate, offer_gate
from amends.recovery.approval import ApprovalDecision, ApprovalRequest, ApprovalWithdrawal
from amends.recovery.authority import (
    approval_stands,
    check_authority,
    granted,
    nearest_person,
    policy_for,
    who_decides,
)
from amends.recovery.check_offer import check_draft
from amends.recovery.draft import Draft, fingerprint, from_data, to_data
from amends.recovery.make_offer import send
from amends.recovery.offer import Offer
from amends.recovery.recurrence import look_at_all
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current_version


def ask_approval(case: Case, draft: Draft, *, reason: str, by: User, now: datetime) -> ApprovalRequest:
    """Ask the nearest person who may grant this offer; they get it with the whole file (S1.16).

    Raises NotPossible when it is within the asker's own limit, BeyondAuthority when nobody may grant it,
    AlreadyDone when this very offer was asked for and not decided, Incomplete like an offer.
    """
    if not reason.strip():
        raise Incomplete("Say in a sentence why this is right for them; who decides reads it first.", "ask_reason")
    look_at_all(case, now)
    with writing():
        _may_grant(by)
        check_draft(case, draft, now)
        grants = granted(case, now, besides=draft.issues)
        if beyond(policy_for(by, now), by.role, draft.asks, grants, now) is None:
            raise NotPossible("This is within your own limit. Send it; nobody needs to be asked.")
        to = nearest_person(case, draft.asks, grants, requester=by, now=now)
        if to is None:
            check_authority(case, draft.asks, by=by, now=now, besides=draft.issues)
        return _ask(case, draft, reason, to, by, now)


def _ask(case: Case, draft: Draft, reason: str, to: User | None, by: User, now: datetime) -> ApprovalRequest:
    mark = fingerprint(draft)
    if case.approval_requests.waiting().filter(fingerprint=mark).exists():
        raise AlreadyDone("This very offer was asked for before and is being decided.")
    made = ApprovalRequest.objects.create(
        case=case,
        requester=by,
        to=to,
        draft=to_data(draft),
        fingerprint=mark,
        reason=reason.strip(),
        asked_at=now,
        policy=current_version(),
    )
    record("approval_asked", case.pk, by, now, request=made.pk, to=to.pk if to else None)
    stand(case, now)
    return made


def decide_approval(
    request: ApprovalRequest, *, granted: bool, words: str, by: User, now: datetime
) -> ApprovalDecision:
    """Answer a request; a grant sends the offer at once in the asker's name when nothing else is owed first.

    Raises NotAllowed for the one who asked and for those who cannot decide here, BeyondAuthority above the decider's
    own limit, AlreadyDone the second time, NotPossible once it was taken back, Incomplete for a no without words.
    """
    with writing():
        request = _fresh(request)
        _waits(request)
        _check_decider(request, by)
        if not granted and not words.strip():
            raise Incomplete(f"Say why, and what {request.requester.first_name} can offer instead.", "words")
        draft = _granted(request, by, now) if granted else None
        decision = ApprovalDecision.objects.create(
            request=request, requester=request.requester, by=by, granted=granted, words=words.strip(), at=now
        )
        if draft is None:
            record("approval_refused", request.case_id, by, now, request=request.pk)
        else:
            record("approval_granted", request.case_id, by, now, request=request.pk)
        if draft is not None and not offer_gate(facts_of(request.case, now)):
            send(request.case, draft, by=request.requester, now=now, approval=decision)
        stand(request.case, now)
    return decision


def take_back(request: ApprovalRequest, *, by: User, now: datetime) -> ApprovalWithdrawal:
    """Take one's own request back while nobody has answered it: from then on nobody can grant it.

    Raises NotPossible for anybody but the one who asked and the second time, AlreadyDone once it is decided.
    """
    with writing():
        request = _fresh(request)
        check_hands(request.case, by)
        if by.pk != request.requester_id:
            raise NotPossible(f"{request.requester.name} asked for this, and nobody else takes it back.")
        _waits(request)
        made = ApprovalWithdrawal.objects.create(request=request, by=by, at=now)
        record("approval_taken_back", request.case_id, by, now, request=request.pk)
        stand(request.case, now)
    return made


def _waits(request: ApprovalRequest) -> None:
    """Nothing, where a request still waits for its answer; AlreadyDone or NotPossible otherwise."""
    if hasattr(request, "decision"):
        raise AlreadyDone(f"{request.decision.by.name} decided this before.")
    _not_taken_back(request)


def _not_taken_back(request: ApprovalRequest) -> None:
    if hasattr(request, "withdrawal"):
        raise NotPossible(f"{request.requester.name} took this request back. Ask again for an offer as it is now.")


def send_approved(request: ApprovalRequest, *, by: User, now: datetime) -> Offer:
    """Send the approved offer, exactly as it was approved, once.

    Raises NotPossible for anybody but the one who asked, before it is granted, when it has lapsed or was changed,
    AlreadyDone the second time, GateClosed while the person is owed something.
    """
    with writing():
        request = _fresh(request)
        if by.pk != request.requester_id:
            raise NotPossible(f"{request.requester.name} asked for this and sends it. Make one of your own.")
        _may_grant(by)
        decision = _usable(request, now)
        missing = offer_gate(facts_of(request.case, now))
        if missing:
            raise GateClosed(Gate.OFFER, missing)
        draft = _checked(request, decision.by, now)
        return send(request.case, draft, by=by, now=now, approval=decision)


def _usable(request: ApprovalRequest, now: datetime) -> ApprovalDecision:
    """The grant that can still be used for this request."""
    _not_taken_back(request)
    if not hasattr(request, "decision"):
        raise NotPossible(f"{request.to.name if request.to else 'Nobody'} has not decided yet.")
    decision = request.decision
    if not decision.granted:
        raise NotPossible(f"{decision.by.name} did not approve this: {decision.words}")
    if Offer.objects.filter(approval=decision).exists():
        raise AlreadyDone("This offer was sent before. An approval is for one offer.")
    if now - decision.at >= approval_stands():
        raise NotPossible("This approval has lapsed. Ask again.")
    return decision


def _granted(request: ApprovalRequest, by: User, now: datetime) -> Draft:
    """The draft that is granted; an offer of somebody the complaint is about is not sent in their name."""
    if request.requester_id in subjects_of(request.case):
        raise NotPossible(f"This complaint is about {request.requester.name}. Make an offer of your own instead.")
    return _checked(request, by, now)


def _checked(request: ApprovalRequest, by: User, now: datetime) -> Draft:
    """The draft that was asked for, complete, unchanged, and within this person's authority at this moment."""
    draft = from_data(request.draft)
    if fingerprint(draft) != request.fingerprint:
        raise NotPossible("What was asked for was changed since. Ask again for the offer as it is now.")
    check_draft(request.case, draft, now)
    check_authority(request.case, draft.asks, by=by, now=now, besides=draft.issues)
    return draft


def _check_decider(request: ApprovalRequest, by: User) -> None:
    if by.pk == request.requester_id:
        raise NotAllowed("You asked for this yourself. Somebody else has to decide.")
    check_hands(request.case, by)
    _may_grant(by)
    if by not in who_decides(request.case, request.requester):
        raise NotAllowed("You cannot decide in this case. Somebody of its team who is not part of it has to.")


def _may_grant(by: User) -> None:
    if not by.can(Right.GRANT):
        raise NotAllowed("Your role does not offer remedies. Ask a lead.")


def _fresh(request: ApprovalRequest) -> ApprovalRequest:
    rows = ApprovalRequest.objects.select_related(
        "case__customer", "case__team", "case__channel", "requester", "to", "decision__by", "withdrawal"
    )
    return rows.get(pk=request.pk)
