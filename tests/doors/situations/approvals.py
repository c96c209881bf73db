"""Gate failures of an approval: asked, decided by somebody else, and used once as it was granted."""

from amends.recovery.approval import ApprovalDecision, ApprovalRequest, ApprovalWithdrawal
from amends.recovery.approve import decide_approval, send_approved, take_back
from amends.recovery.offer import Offer
from tests.doors.situations.situation import Situation

APPROVED = (ApprovalDecision, Offer)
TAKEN_BACK = (ApprovalWithdrawal,)


def asked(one, *, by: str = "tom", cents: int = 20000) -> dict[str, object]:
    """The fields of deciding about an offer that somebody asked for."""
    one.person_first()
    return {"request": one.ask(by=one.cast.people[by], cents=cents).pk, "granted": "yes"}


def lead_asked_of_herself(one):
    return asked(one, by="ines", cents=60000)


def asked_above_the_lead(one):
    return asked(one, cents=60000)


def granted_before_its_time(one, granted: bool = True) -> ApprovalRequest:
    """A request that was decided while the person was owed something, so that it was not sent at once."""
    one.hear()
    request = one.ask(cents=20000)
    now = one.cast.clock.forward(minutes=1)
    decide_approval(request, granted=granted, words="Offer the credit first.", by=one.cast.ines, now=now)
    return request


def edited_after_approval(one):
    request = granted_before_its_time(one)
    one.person_first()
    request.draft["options"][0]["amount_cents"] = 30000
    request.save()
    return {"request": request.pk}


def granted_but_owed(one):
    return {"request": granted_before_its_time(one).pk}


def approval_was_no(one):
    request = granted_before_its_time(one, granted=False)
    one.person_first()
    return {"request": request.pk}


def approval_used(one):
    request = granted_before_its_time(one)
    one.person_first()
    send_approved(request, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {"request": request.pk}


def not_decided_yet(one):
    return {"request": asked(one)["request"]}


def taken_back(one):
    fields = asked(one)
    request = ApprovalRequest.objects.get(pk=fields["request"])
    take_back(request, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return fields


def sent_taken_back(one):
    return {"request": taken_back(one)["request"]}


def fit_to_send(one):
    request = granted_before_its_time(one)
    one.person_first()
    return {"request": request.pk}


APPROVALS = [
    Situation("approved by who asked", "decide_approval", asked, "yourself", APPROVED),
    Situation("approved by the lead who asked", "decide_approval", lead_asked_of_herself, "yourself", APPROVED, "ines"),
    Situation(
        "approved above the limit", "decide_approval", asked_above_the_lead, "above your limit", APPROVED, "ines"
    ),
    Situation("approved though taken back", "decide_approval", taken_back, "took this request back", APPROVED, "ines"),
    Situation("sent though taken back", "send_approved", sent_taken_back, "took this request back", (Offer,)),
    Situation(
        "taken back by who did not ask", "take_back_request", not_decided_yet, "asked for this", TAKEN_BACK, "ines"
    ),
    Situation("taken back twice", "take_back_request", sent_taken_back, "took this request back", TAKEN_BACK),
    Situation("taken back once decided", "take_back_request", granted_but_owed, "decided this before", TAKEN_BACK),
    Situation("sent undecided", "send_approved", not_decided_yet, "has not decided yet", (Offer,)),
    Situation("sent after a no", "send_approved", approval_was_no, "did not approve this", (Offer,)),
    Situation("sent while owed", "send_approved", granted_but_owed, "apologise", (Offer,)),
    Situation("sent as it was not approved", "send_approved", edited_after_approval, "changed since", (Offer,)),
    Situation("approved once, sent twice", "send_approved", approval_used, "for one offer", (Offer,)),
    Situation("sent by who did not ask", "send_approved", fit_to_send, "asked for this", (Offer,), who="ines"),
]
