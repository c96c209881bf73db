"""Where the database holds what a customer said, or what was said of them: every place, and what is left of it.

A test compares this list, and `kept.py` beside it, with every text, JSON and binary column there is: a new column has
to be put into one of the two.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from amends.customers.models import GONE
from amends.privacy.words import unnamed, without_offered_words, without_words


@dataclass(frozen=True, slots=True)
class Place:
    """One table: how its rows lead to their customer, and what becomes of each column.

    `words` become “(erased)” unless they were empty, `blank` a fixed value, `made` what a function makes of the value;
    a place that is `dropped` loses its rows; what colleagues say to each other about their own work stands `apart`: it
    goes too, and is not given out. `name` is what a person calls such a row.
    """

    model: str
    customer: str
    name: str
    words: tuple[str, ...] = ()
    blank: Mapping[str, Any] = field(default_factory=dict)
    made: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    only: Q = field(default_factory=Q)
    dropped: bool = False
    apart: bool = False

    def rows(self, customer: int) -> "QuerySet[Model]":
        """The rows of one customer."""
        model: type[Model] = apps.get_model("amends", self.model)
        rows: QuerySet[Model] = model._default_manager.filter(self.only, **{self.customer: customer}).order_by("pk")
        return rows

    @property
    def columns(self) -> frozenset[str]:
        """The columns whose content goes."""
        return frozenset((*self.words, *self.blank, *self.made))


_CASE = "case__customer"
_ISSUE = "issue__case__customer"
_MESSAGE = "message__case__customer"
_OFFER = "offer__case__customer"
_PROMISE = "promise__case__customer"
_TAKEN_IN: dict[str, Any] = {"external_id": "", "fingerprint": None, "sender_address": GONE}
_LETTER: dict[str, Any] = {"pieces": [], "html": "", "reading": None, "mended": []}

PLACES: tuple[Place, ...] = (
    Place("EventWords", "event__case__customer", "words beside the ledger", words=("words",), dropped=True),
    Place("Attachment", _MESSAGE, "files", words=("name",), dropped=True),
    Place("Case", "customer", "complaints", words=("subject",), blank={"address": GONE}),
    Place(
        "Message",
        _CASE,
        "messages to us",
        words=("subject", "text", "sender_name"),
        blank={**_LETTER, **_TAKEN_IN},
        only=Q(outgoing=False),
    ),
    Place("Message", _CASE, "letters of ours", words=("subject", "text"), blank=_LETTER, only=Q(outgoing=True)),
    Place("OutboxEntry", _MESSAGE, "envelopes of letters", words=("reason",), blank={"envelope": {}}),
    Place("DeliveryAttempt", "entry__message__case__customer", "answers of mail servers", words=("answer",)),
    Place("Coverage", _MESSAGE, "sentences found in letters", words=("words",)),
    Place("Understanding", _CASE, "words on what we understood", words=("words",), made={"corrections": without_words}),
    Place("Note", _CASE, "notes of the team", words=("text",)),
    *(
        Place(model, customer, name, words=words, dropped=True, apart=True)
        for model, customer, name, words in (
            ("LookGiven", "look__case__customer", "what colleagues said of drafts", ("remarks", "wording")),
            ("Look", _CASE, "drafts colleagues looked at", ("draft", "question")),
            ("CommentAnswer", "comment__case__customer", "answers to comments on letters", ("words",)),
            ("Comment", _CASE, "comments on letters", ("words",)),
            ("Hint", _CASE, "hints among colleagues", ("words",)),
            ("Debrief", _CASE, "colleagues' own looking back", ("well", "hard", "change")),
        )
    ),
    Place(
        "Study",
        "source__case__customer",
        "case studies not published yet",
        words=("title", "what_happened", "what_we_did", "outcome", "lesson"),
        dropped=True,
    ),  # a published one has no source any more, and names nobody
    Place("HandOver", _CASE, "notes at the end of a shift", words=("note",)),
    Place("HandOverAnswer", "hand_over__case__customer", "answers to them", words=("words",)),
    Place("PutAside", _CASE, "remarks put aside", words=("words",)),
    Place("Issue", _CASE, "issues", words=("summary", "words", "harm")),  # and `about`, which stays alike
    Place("Withdrawal", _ISSUE, "issues taken off", words=("reason",)),
    Place("IssueReopening", _ISSUE, "issues begun again", words=("words",)),
    Place("Decision", _ISSUE, "decisions", words=("evidence",)),
    Place("DecisionReview", "decision__issue__case__customer", "second looks at decisions", words=("words",)),
    Place("Refusal", _ISSUE, "refusals", words=("reasons", "recourse")),
    Place("Standing", _CASE, "rows of the queue", words=("customer_name", "words", "writing")),
    Place("Snooze", _CASE, "cases put aside", words=("reason",)),
    Place("Boundary", _CASE, "boundaries", words=("words",)),
    Place("BoundaryReview", "boundary__case__customer", "second looks at boundaries", words=("words",)),
    Place("Closure", _CASE, "closures", words=("words",)),
    Place("Exemption", _CASE, "gates passed", words=("reason",)),
    Place("Escalation", _CASE, "requests for somebody higher up", words=("reason",)),
    Place("Offer", _CASE, "offers", words=("can", "cannot", "because", "reason")),
    Place("Option", _OFFER, "options", words=("title", "terms")),
    Place("Acceptance", _OFFER, "agreements", words=("words", "read_back")),
    Place("Decline", _OFFER, "offers declined", words=("reason",)),
    Place("OfferWithdrawal", _OFFER, "offers withdrawn", words=("reason",)),
    Place(
        "ApprovalRequest",
        _CASE,
        "requests for approval",
        words=("reason",),
        blank={"fingerprint": GONE},
        made={"draft": without_offered_words},
    ),
    Place("ApprovalDecision", "request__case__customer", "answers to such requests", words=("words",)),
    Place("Fulfilment", _CASE, "remedies delivered", words=("title", "proof")),
    Place("FailedDelivery", "fulfilment__case__customer", "deliveries that failed", words=("words", "proof")),
    Place("SpotCheck", "fulfilment__case__customer", "spot checks", words=("words",)),
    Place("Promise", _CASE, "promises", words=("words", "proof")),
    Place("Renegotiation", _PROMISE, "promises moved", words=("words",)),
    Place("Release", _PROMISE, "promises let go", words=("words",)),
    Place("FollowUp", _CASE, "follow-ups", words=("words",)),
    Place("SurveyAnswer", "asked__case__customer", "answers to surveys", words=("words",), blank={"reading": None}),
    Place("PollAnswer", "asked__case__customer", "answers to polls"),
    Place("LowScore", _CASE, "low scores answered", words=("words",)),
    Place("LeftOut", "customer", "reasons not to tell them of a change", words=("reason",)),
    Place("Gesture", "customer", "gestures", words=("title", "because")),
    Place("Entry", "gesture__customer", "gestures used", words=("words",), only=~Q(words="")),
    Place("TakenBack", "gesture__customer", "gestures taken back", words=("why",)),
    Place("CustomerNote", "customer", "things to know about them", words=("text",), dropped=True),
    Place("Post", "match__case__customer", "public posts about us", words=("author", "order"), made={"url": unnamed}),
    Place("PersonRequest", "customer", "requests about their data", words=("reason",)),
    Place(
        "OwnVersion",
        "scenario__source__case__customer",
        "practice scenarios made from their complaint",
        words=("title", "words"),
        dropped=True,
    ),
    Place("RuleRun", _CASE, "runs of rules", words=("sentence",)),
    Place("Address", "customer", "addresses"),  # its value: `unname` in erase.py
    Place("Customer", "pk", "name and language", words=("name",), blank={"language": "", "likes": ""}),
)
