"""The table of contents of the database: every room's records."""

from amends.cases.assignment import Assignment, Snooze
from amends.cases.case import Case
from amends.cases.closure import Closure, Exemption
from amends.cases.event import Event
from amends.cases.issue import Hearing, Issue, Withdrawal
from amends.cases.message import Answered, Attachment, Coverage, Message, Understanding
from amends.cases.note import Note
from amends.cases.outbox import DeliveryAttempt, OutboxEntry
from amends.cases.standing import Standing
from amends.channels.models import Channel, Heartbeat, RawMail
from amends.customers.models import Address, Customer
from amends.prevention.models import Attribution, Cause, Change
from amends.recovery.escalate import Escalation
from amends.recovery.fulfilment import FollowUp, Fulfilment, Promise, Refusal
from amends.recovery.offer import Acceptance, Decline, Offer, OfferWithdrawal, Option
from amends.recovery.remedy import Remedy
from amends.team.models import AuthorityLimit, Team, User

__all__ = [
    "Acceptance",
    "Address",
    "Answered",
    "Assignment",
    "Attachment",
    "Attribution",
    "AuthorityLimit",
    "Case",
    "Cause",
    "Change",
    "Channel",
    "Closure",
    "Coverage",
    "Customer",
    "Decline",
    "DeliveryAttempt",
    "Escalation",
    "Event",
    "Exemption",
    "FollowUp",
    "Fulfilment",
    "Hearing",
    "Heartbeat",
    "Issue",
    "Message",
    "Note",
    "Offer",
    "OfferWithdrawal",
    "Option",
    "OutboxEntry",
    "Promise",
    "RawMail",
    "Refusal",
    "Remedy",
    "Snooze",
    "Standing",
    "Team",
    "Understanding",
    "User",
    "Withdrawal",
]
