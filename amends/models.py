"""The table of contents of the database: every room's records."""

from amends.api.kept import KeptAnswer
from amends.care.models import Break, CareConsent, Given, HardMoment, PassedOn, WeekTold, Wishes
from amends.cases.assignment import Assignment, Snooze
from amends.cases.boundary import Boundary, BoundaryReview
from amends.cases.call_out import CallOut
from amends.cases.case import Case
from amends.cases.closure import Closure, Exemption
from amends.cases.decision import Decision, DecisionReview
from amends.cases.event import Event, EventWords
from amends.cases.issue import Hearing, Issue, Merger, Split, Withdrawal
from amends.cases.message import Answered, Attachment, Coverage, Message, Understanding
from amends.cases.note import Note
from amends.cases.once import Once
from amends.cases.outbox import DeliveryAttempt, OutboxEntry
from amends.cases.phrase import Phrase
from amends.cases.remark import CheckRestoration, PutAside, Showing
from amends.cases.reopening import IssueReopening
from amends.cases.standing import Standing
from amends.cases.subject import Subject
from amends.channels.models import Channel, Heartbeat, RawMail
from amends.coaching.models import Comment, CommentAnswer, Debrief, DebriefShared, Hint, Look, LookClosed, LookGiven
from amends.customers.models import Address, Customer, NoNews
from amends.library.models import Publication, Study, StudyReturn, StudySource
from amends.loyalty.no_linking import NoLinking
from amends.loyalty.notes import CustomerNote
from amends.loyalty.post import Post, PostChange, PostMatch
from amends.loyalty.purchase import Purchase
from amends.loyalty.referral import Referral
from amends.loyalty.score import OutsideScore
from amends.ourselves.models import Ballot, StaffAnswered, StaffCounted, StaffRound, StaffSaid, StaffWords
from amends.practice.models import LessonRead, Passed, Played, Shared
from amends.practice.own.models import OwnCounting, OwnReading, OwnRetirement, OwnScenario, OwnSource, OwnVersion
from amends.practice.taking_part import TakesPart, YearCompared
from amends.prevention.claim import Claim
from amends.prevention.coding import SecondCoding
from amends.prevention.exposure import Exposure
from amends.prevention.exposure_nightly import ExposureRead
from amends.prevention.models import Attribution, Cause, Change, Retirement, Tended
from amends.prevention.telling import LeftOut, News, Telling
from amends.prevention.themes import ThemeDecision
from amends.prevention.verdict import Proof, Regression, Verdict
from amends.privacy.models import Erasure, LegalHold
from amends.privacy.request import PersonRequest
from amends.privacy.retention import RetentionConfirmed, RetentionNight
from amends.purse.account import Account
from amends.purse.entry import Entry
from amends.purse.gesture import Gesture, TakenBack
from amends.recovery.approval import ApprovalDecision, ApprovalRequest, ApprovalWithdrawal
from amends.recovery.escalate import Escalation
from amends.recovery.failed_delivery import FailedDelivery
from amends.recovery.follow_up import FollowUp
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.hand_over import HandOver, HandOverAnswer
from amends.recovery.holding_letter import HoldingLetter
from amends.recovery.offer import Acceptance, Decline, Offer, OfferWithdrawal, Option
from amends.recovery.poll import Poll, PollAnswer, PollAsked, PollStopped
from amends.recovery.promise import BrokenPromise, Promise, Release, Renegotiation
from amends.recovery.recurrence import Ineffective, Recurrence
from amends.recovery.remedy import Remedy
from amends.recovery.sample import SpotCheck
from amends.recovery.survey import LowScore, SurveyAnswer, SurveyAsked, SurveyLeftOut, SurveyOptOut
from amends.reporting.subscription import FiguresLetter, Subscription
from amends.reporting.version import ReportVersion, ReportWithdrawal
from amends.team.begun import Begun, Practised
from amends.team.certificate import ShownCertificate
from amends.team.models import Team, User
from amends.team.policy import PolicyVersion
from amends.team.shift import Shift, Swap, SwapAnswer
from amends.team.token import ApiToken
from amends.team.training import Training, TrainingTold
from amends.verbs.rule import Rule, RuleRun, RuleWait

__all__ = [
    "Acceptance",
    "Account",
    "Address",
    "Answered",
    "ApiToken",
    "ApprovalDecision",
    "ApprovalRequest",
    "ApprovalWithdrawal",
    "Assignment",
    "Attachment",
    "Attribution",
    "Ballot",
    "Begun",
    "Boundary",
    "BoundaryReview",
    "Break",
    "BrokenPromise",
    "CallOut",
    "CareConsent",
    "Case",
    "Cause",
    "Change",
    "Channel",
    "CheckRestoration",
    "Claim",
    "Closure",
    "Comment",
    "CommentAnswer",
    "Coverage",
    "Customer",
    "CustomerNote",
    "Debrief",
    "DebriefShared",
    "Decision",
    "DecisionReview",
    "Decline",
    "DeliveryAttempt",
    "Entry",
    "Erasure",
    "Escalation",
    "Event",
    "EventWords",
    "Exemption",
    "Exposure",
    "ExposureRead",
    "FailedDelivery",
    "FiguresLetter",
    "FollowUp",
    "Fulfilment",
    "Gesture",
    "Given",
    "HandOver",
    "HandOverAnswer",
    "HardMoment",
    "Hearing",
    "Heartbeat",
    "Hint",
    "HoldingLetter",
    "Ineffective",
    "Issue",
    "IssueReopening",
    "KeptAnswer",
    "LeftOut",
    "LegalHold",
    "LessonRead",
    "Look",
    "LookClosed",
    "LookGiven",
    "LowScore",
    "Merger",
    "Message",
    "News",
    "NoLinking",
    "NoNews",
    "Note",
    "Offer",
    "OfferWithdrawal",
    "Once",
    "Option",
    "OutboxEntry",
    "OutsideScore",
    "OwnCounting",
    "OwnReading",
    "OwnRetirement",
    "OwnScenario",
    "OwnSource",
    "OwnVersion",
    "Passed",
    "PassedOn",
    "PersonRequest",
    "Phrase",
    "Played",
    "PolicyVersion",
    "Poll",
    "PollAnswer",
    "PollAsked",
    "PollStopped",
    "Post",
    "PostChange",
    "PostMatch",
    "Practised",
    "Promise",
    "Proof",
    "Publication",
    "Purchase",
    "PutAside",
    "RawMail",
    "Recurrence",
    "Referral",
    "Refusal",
    "Regression",
    "Release",
    "Remedy",
    "Renegotiation",
    "ReportVersion",
    "ReportWithdrawal",
    "RetentionConfirmed",
    "RetentionNight",
    "Retirement",
    "Rule",
    "RuleRun",
    "RuleWait",
    "SecondCoding",
    "Shared",
    "Shift",
    "Showing",
    "ShownCertificate",
    "Snooze",
    "Split",
    "SpotCheck",
    "StaffAnswered",
    "StaffCounted",
    "StaffRound",
    "StaffSaid",
    "StaffWords",
    "Standing",
    "Study",
    "StudyReturn",
    "StudySource",
    "Subject",
    "Subscription",
    "SurveyAnswer",
    "SurveyAsked",
    "SurveyLeftOut",
    "SurveyOptOut",
    "Swap",
    "SwapAnswer",
    "TakenBack",
    "TakesPart",
    "Team",
    "Telling",
    "Tended",
    "ThemeDecision",
    "Training",
    "TrainingTold",
    "Understanding",
    "User",
    "Verdict",
    "WeekTold",
    "Wishes",
    "Withdrawal",
    "YearCompared",
]
