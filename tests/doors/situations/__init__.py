"""Every gate failure of the matrix: how a case comes into it, which verb is tried, what must not come to be."""

from amends.cases.closure import Closure
from amends.cases.message import Coverage
from amends.cases.subject import Subject
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.offer import Acceptance, Decline, Offer
from tests.doors.situations.agreement import AGREEMENTS, fit_to_accept, fit_to_decline
from tests.doors.situations.approvals import (
    APPROVALS,
    APPROVED,
    TAKEN_BACK,
    asked,
    fit_to_send,
    not_decided_yet,
)
from tests.doors.situations.closing import CLOSINGS, fit_to_close, fit_to_follow_up
from tests.doors.situations.delivery import DELIVERIES, fit_to_deliver, fit_to_give_what_is_owed
from tests.doors.situations.letters import LETTERS, fit_to_reply
from tests.doors.situations.offers import OFFERS, fit_to_offer
from tests.doors.situations.refusals import REFUSALS, fit_to_refuse
from tests.doors.situations.situation import OWN_CHOICE, Arrange, Situation
from tests.doors.situations.told import TOLD, TOLD_BY_LETTERS, fit_to_be_told


def about(arrange: Arrange, who: str = "tom") -> Arrange:
    """The same case, where the complaint turns out to be about the person who tries."""

    def arranged(one):
        fields = arrange(one)
        Subject.objects.create(case=one.case, person=one.cast.people[who], by=one.cast.ada, at=one.now)
        return fields

    return arranged


SITUATIONS = [
    *OFFERS,
    *REFUSALS,
    *AGREEMENTS,
    *DELIVERIES,
    *CLOSINGS,
    *LETTERS,
    *TOLD_BY_LETTERS,
    *APPROVALS,
    *(
        Situation(f"about oneself: {verb}", verb, about(fit, who), "about you", made, who, not_on=OWN_CHOICE)
        for verb, fit, made, who in (
            ("offer", fit_to_offer, (Offer,), "tom"),
            ("refuse", fit_to_refuse, (Refusal,), "tom"),
            ("deliver_option", fit_to_deliver, (Fulfilment,), "tom"),
            ("deliver_entitlement", fit_to_give_what_is_owed, (Fulfilment,), "tom"),
            ("accept", fit_to_accept, (Acceptance,), "tom"),
            ("decline", fit_to_decline, (Decline,), "tom"),
            ("close", fit_to_close, (Closure,), "ines"),
            ("follow_up", fit_to_follow_up, (FollowUp,), "tom"),
            ("reply", fit_to_reply, (Coverage,), "tom"),
            ("decide_approval", asked, APPROVED, "ines"),
            ("send_approved", fit_to_send, (Offer,), "tom"),
            ("take_back_request", not_decided_yet, TAKEN_BACK, "tom"),
            ("mark_told", fit_to_be_told, TOLD, "tom"),
        )
    ),
]

# Verbs no gate stands before: what they refuse is a field, which their own tests try.
WITHOUT_GATE = {
    "hear": "listening is the first step, nothing comes before it",
    "send_phrase": "a letter like any other: tried as the path “phrase” of the verb reply",
    "undo": "takes back; its refusals are in tests/rooms/test_outbox.py",
    "mark_answered": "says nothing about an issue",
    "note": "stays inside the team",
    "assign": "opens no gate; who can work on the case is asked by the verb",
    "unassign": "opens no gate",
    "pass_on": "opens no gate: puts the case back, as unassign does",
    "take_next": "opens no gate: gives a case as assign does",
    "snooze": "opens no gate",
    "reopen": "opens the case, not a gate",
    "withdraw": "takes back",
    "attribute": "opens no gate: a change behind the cause is asked by the verb reply",
    **dict.fromkeys(
        ("decide", "split", "merge", "unmerge", "withdraw_issue", "put_back"),
        "their refusals are tried in tests/rooms, each in its own file",
    ),
    **dict.fromkeys(
        ("review_decision", "set_boundary", "limit_contact", "review_boundary", "name_subject", "clear_subject"),
        "two people and conflicts of interest are tried in tests/rooms",
    ),
    **dict.fromkeys(("keep_promise", "renegotiate", "release"), "their refusals are in tests/rooms/test_promises.py"),
    "ask_approval": "asks, and grants nothing",
    "answer_low_score": "comes after the fact; tests/rooms/test_surveys.py",
    "look_at": "comes after the fact; tests/rooms/test_spot_check.py",
    "delivery_failed": "takes a delivery back, opens no gate",
    "name_cause": "no case",
    **dict.fromkeys(
        ("tend_cause", "merge_cause", "retire_cause", "put_back_cause"),
        "no case; their refusals are in tests/rooms/test_causes.py",
    ),
    "code_again": "an opinion that changes nothing; its refusals are in tests/rooms/test_causes.py",
    **dict.fromkeys(("name_theme", "dismiss_theme"), "no case; their refusals are in tests/rooms/test_themes.py"),
    "agree_change": "no case",
    "let_begin": "no case; its refusals are in tests/rooms/test_begin_live.py",
    "agree_training": "no case; its refusals are in tests/rooms/test_training.py",
    "make_change": "no case",
    "tell": "many cases at once; its refusals are in tests/rooms/test_tell.py",
    "owe_again": "puts back; tests/rooms/test_tell.py",
    "state_claim": "no case; its refusals are in tests/rooms/test_claim.py",
    "prove": "no case; what earns it is in tests/rooms/test_judge.py",
    "import_exposure": "no case; its refusals are in tests/rooms/test_exposure.py",
}
