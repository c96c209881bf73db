"""Every gate failure of the matrix: how a case comes into it, which verb is tried, what must not come to be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from amends.cases.closure import Closure
from amends.cases.hear import Heard, correct_understanding, hear
from amends.cases.message import Coverage, Message
from amends.cases.outbox import OutboxEntry
from amends.cases.subject import Subject
from amends.method.steps import Step
from amends.recovery.agree import decline
from amends.recovery.answer import Promised, answer
from amends.recovery.approval import ApprovalDecision, ApprovalRequest, ApprovalWithdrawal
from amends.recovery.approve import decide_approval, send_approved, take_back
from amends.recovery.broken import break_overdue
from amends.recovery.follow_up import FollowUp, follow_up
from amends.recovery.fulfilment import Fulfilment, Refusal
from amends.recovery.holding_letter import HoldingLetter, Told, mark_told
from amends.recovery.offer import Acceptance, Decline, Offer, Via
from amends.recovery.promise import Promise
from amends.recovery.withdraw import withdraw
from amends.team.models import Team
from tests.conftest import mail

PROMISE = "I will call you within two days."
APPROVED = (ApprovalDecision, Offer)
TAKEN_BACK = (ApprovalWithdrawal,)
TOLD = (HoldingLetter,)
PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
Arrange = Callable[[Any], dict[str, object]]


@dataclass(frozen=True)
class Situation:
    """One gate failure: `arrange` brings a case into it and returns the fields of the verb.

    `names` is what a refusal has to name, `on_page` how the desk's own pages say it.
    """

    name: str
    verb: str
    arrange: Arrange
    names: str
    forbidden: tuple[type, ...]
    who: str = "tom"
    on_page: str = ""
    not_on: dict[str, str] = field(default_factory=dict)


def options(one, cents: int = 3000, count: int = 2) -> list[dict[str, object]]:
    due = (one.now.date() + timedelta(days=5)).isoformat()
    names = ["refund", "credit", "overcharge"][:count]
    return [{"remedy": key, "title": key.title(), "amount": f"{cents / 100:.2f}", "deliver_by": due} for key in names]


def offered(one, **more: Any) -> dict[str, object]:
    """The fields of an offer for every issue."""
    cents, count = more.pop("cents", 3000), more.pop("count", 2)
    fields = {"issues": [issue.pk for issue in one.issues], "can": "We can do this.", **more}
    return fields | {"options": options(one, cents, count)}


def unheard(one):
    return offered(one)


def heard_only(one):
    one.hear()
    return offered(one)


def not_reflected(one):
    one.hear()
    one.say(Step.APOLOGISE, Step.ACKNOWLEDGE)
    return offered(one)


def not_apologised(one):
    one.hear()
    one.say(Step.REFLECT, Step.ACKNOWLEDGE)
    return offered(one)


def second_issue_owed(one):
    one.hear()
    one.say(*PERSON, issues=one.issues[:1])
    return offered(one) | {"issues": [one.issues[0].pk]}


def corrected_since(one):
    one.person_first()
    wordings = {issue.pk: "It never came at all" for issue in one.issues[:1]}
    correct_understanding(one.case, wordings, "", one.cast.clock.forward(minutes=1))
    one.hear()
    return offered(one)


def nothing_taken_down(one):
    lines = [Heard(issue.pk, "", "", off=True, reason="Not ours") for issue in one.issues]
    pk = one.issues[0].pk
    hear(one.case, lines, by=one.cast.tom, now=one.now)
    return offered(one) | {"issues": [pk]}


def agent_with_an_excuse(one):
    one.hear()
    return offered(one, exception="It is urgent")


def single_option(one):
    one.person_first()
    return offered(one, count=1)


def beyond_authority(one):
    one.person_first()
    return offered(one, cents=9_000_000)


def cannot_without_because(one):
    one.person_first()
    return offered(one, cannot="We cannot bring it back.")


def unheard_refusal(one):
    return {"issue": one.issues[0].pk, "reasons": "The terms say so.", "recourse": "The ombudsman."}


def without_reasons(one):
    one.person_first()
    return {"issue": one.issues[0].pk, "recourse": "The ombudsman."}


def without_recourse(one):
    one.person_first()
    return {"issue": one.issues[0].pk, "reasons": "The terms say so."}


def open_offer(one) -> Offer:
    one.person_first()
    return one.offer()


def not_agreed(one):
    return {"option": open_offer(one).options.first().pk, "proof": "Booking 4711"}


def declined(one):
    offer = open_offer(one)
    decline(offer, "None is right", via=Via.PAGE, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def other_option(one):
    offer = open_offer(one)
    one.accept(offer)
    return {"option": offer.options.last().pk, "proof": "Booking 4711"}


def without_proof(one):
    offer = open_offer(one)
    one.accept(offer)
    return {"option": offer.options.first().pk}


def delivered_twice(one):
    offer = open_offer(one)
    one.deliver(one.accept(offer))
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def no_entitlement(one):
    one.hear()
    return {"remedy": "refund", "issues": [one.issues[0].pk], "amount": "10", "proof": "Booking 4711"}


def entitled_beyond(one):
    one.hear()
    return {"remedy": "overcharge", "issues": [one.issues[0].pk], "amount": "90000", "proof": "Booking 4711"}


def entitled_for_nothing(one):
    one.hear()
    return {"remedy": "overcharge", "issues": [987654], "amount": "10", "proof": "Booking 4711"}


def said_without_words(one):
    return {"option": open_offer(one).options.first().pk, "via": "email"}


def withdrawn_offer(one):
    offer = open_offer(one)
    withdraw(offer, "A better one comes", by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def declined_before(one):
    offer = open_offer(one)
    decline(offer, "None is right", via=Via.PAGE, now=one.cast.clock.forward(minutes=1))
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def lapsed_offer(one):
    offer = open_offer(one)
    Offer.objects.filter(pk=offer.pk).update(expires_at=one.now)
    return {"option": offer.options.first().pk, "via": "email", "words": "Yes please"}


def declined_in_silence(one):
    return {"offer": open_offer(one).pk, "via": "email"}


def answered(one) -> None:
    """Everything of the person said, so that the customer has an answer."""
    one.person_first()


def part_missing(part: Step) -> Arrange:
    """A case where everything is done but one of the three parts of closing."""

    def arrange(one):
        one.hear()
        one.say(*(step for step in PERSON if step is not part))
        if part is not Step.DELIVER:
            one.deliver(one.accept(one.offer()))
        if part is not Step.PREVENT:
            one.prevent()
        return {}

    return arrange


def nobody_answered(one):
    return {}


def closed_without_words(one):
    nothing_taken_down(one)
    one.say()
    return {}


def closed_with_an_excuse(one):
    answered(one)
    return {"exception": "It is late"}


def closed_twice(one):
    part_missing(Step.FOLLOW_UP)(one)
    from amends.cases.closure import close

    close(one.case, by=one.cast.tom, now=one.cast.clock.forward(minutes=1))
    return {}


def none_planned(one):
    answered(one)
    return {"still_right": "yes", "words": "All is well"}


def covers_unheard(one):
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "apologise"}]}


def prevents_without_cause(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "prevent"}]}


def empty_letter(one):
    one.hear()
    return {"text": "  "}


def plain_close(one):
    answered(one)
    return {}


def apart(one, *texts: str) -> None:
    """The customer writes these mails, an hour apart."""
    for text in texts:
        one.cast.clock.forward(hours=1)
        number = one.case.messages.count()
        one.cast.write(mail(text, message_id=f"<said{number}@post.example>", In_Reply_To="<one@post.example>"))


def agreed_with_a_but(one):
    option = open_offer(one).options.first().pk
    apart(one, "The refund is fine, but I also want the delivery fee back.")
    return {"option": option, "via": "email", "words": "The refund is fine"}


def agreed_in_no_mail(one):
    option = open_offer(one).options.first().pk
    apart(one, "Thank you for looking into it.")
    return {"option": option, "via": "email", "words": "The refund is fine"}


def not_read_back(one):
    return {"option": open_offer(one).options.first().pk, "via": "phone", "words": "Yes", "was_read_back": "no"}


def undecided_refusal(one):
    one.person_first()
    return without_reasons_fields(one) | {"reasons": "The terms say so."}


def without_reasons_fields(one) -> dict[str, object]:
    return {"issue": one.issues[0].pk, "recourse": "The ombudsman."}


def refused_with_a_promise(one):
    return fit_to_refuse(one) | {"reasons": f"The terms say so. {PROMISE}"}


def refused_with_a_promise_for_nobody(one):
    due = (one.now + timedelta(days=3)).isoformat()
    return refused_with_a_promise(one) | {"promises": [{"sentence": PROMISE, "due": due, "owner": "sam"}]}


def conduct_seen_by_nobody(one):
    one.person_first()
    one.decide(one.issues[0], "conduct", "not_upheld")
    return without_reasons_fields(one) | {"reasons": "What was said to us."}


def closed_on_conduct(one):
    part_missing(Step.FOLLOW_UP)(one)
    one.decide(one.issues[0], "conduct", "not_upheld")
    return {}


def closed_on_conduct_by_exception(one):
    return closed_on_conduct(one) | {"exception": "It is late"}


def promised_unconfirmed(one):
    one.hear()
    return {"text": f"Dear Maria, I am sorry that your order arrived late. {PROMISE}"}


def promised_for_nobody(one):
    due = (one.now + timedelta(days=3)).isoformat()
    return {"text": PROMISE, "promises": [{"sentence": PROMISE, "due": due, "owner": "sam"}]}


def not_right_any_more(one) -> None:
    """What was delivered did not hold: the customer said so when we asked."""
    one.person_first()
    one.deliver(one.accept(one.offer()))
    now = one.cast.clock.forward(days=7)
    follow_up(one.case, still_right=False, words="It broke again", by=one.cast.tom, now=now)
    one.hear()


def solution_before_the_person(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": issue.pk, "step": "remedy"} for issue in one.issues]}


def solution_first_with_an_excuse(one):
    return solution_before_the_person(one) | {"exception": "It is urgent"}


def sorry_again(one):
    not_right_any_more(one)
    return {"text": "A letter.", "covers": [{"issue": issue.pk, "step": "apologise"} for issue in one.issues]}


def same_remedy_first_again(one):
    not_right_any_more(one)
    one.say(*PERSON, Step.REMEDY)
    return offered(one, cents=1000)


def promise_broken_since(one):
    part_missing(Step.FOLLOW_UP)(one)
    due = one.now + timedelta(days=1)
    answer(one.case, PROMISE, (), (Promised("call you", due, one.cast.tom, PROMISE),), by=one.cast.tom, now=one.now)
    break_overdue(one.cast.clock.forward(days=2))
    return {}


def asked(one, *, by: str = "tom", cents: int = 20000) -> dict[str, object]:
    """The fields of deciding about an offer that somebody asked for."""
    one.person_first()
    return {"request": one.ask(by=one.cast.people[by], cents=cents).pk, "granted": "yes"}


def asked_of_oneself(one):
    return asked(one)


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


def approved_but_owed(one):
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


def decided_before(one):
    return {"request": granted_before_its_time(one).pk}


def about(arrange: Arrange, who: str = "tom") -> Arrange:
    """The same case, where the complaint turns out to be about the person who tries."""

    def arranged(one):
        fields = arrange(one)
        Subject.objects.create(case=one.case, person=one.cast.people[who], by=one.cast.ada, at=one.now)
        return fields

    return arranged


def fit_to_offer(one):
    one.person_first()
    return offered(one)


def fit_to_refuse(one):
    one.person_first()
    one.decide(one.issues[0])
    return without_reasons_fields(one) | {"reasons": "The terms say so."}


def fit_to_deliver(one):
    offer = open_offer(one)
    one.accept(offer)
    return {"option": offer.options.first().pk, "proof": "Booking 4711"}


def fit_to_give_what_is_owed(one):
    one.hear()
    return {"remedy": "overcharge", "issues": [one.issues[0].pk], "amount": "10", "proof": "Booking 4711"}


def fit_to_accept(one):
    option = open_offer(one).options.first().pk
    apart(one, "The refund is fine.")
    return {"option": option, "via": "email", "words": "The refund is fine."}


def fit_to_decline(one):
    return {"offer": open_offer(one).pk, "via": "email", "reason": "None is right"}


def fit_to_close(one):
    return part_missing(Step.FOLLOW_UP)(one)


def fit_to_follow_up(one):
    part_missing(Step.FOLLOW_UP)(one)
    return {"still_right": "yes", "words": "All is well"}


def fit_to_reply(one):
    one.hear()
    return {"text": "A letter.", "covers": [{"issue": one.issues[0].pk, "step": "reflect"}]}


def fit_to_decide(one):
    return asked(one)


def fit_to_send(one):
    request = granted_before_its_time(one)
    one.person_first()
    return {"request": request.pk}


def told_by(one, letter: Message, *, rule_book: str = "uk_disp") -> dict[str, object]:
    """The fields of writing down what a letter told, for a team under a rule book."""
    Team.objects.filter(pk=one.case.team_id).update(profile=rule_book)
    return {"message": letter.pk, "what": "extension"}


def letter_that_left(one) -> Message:
    one.hear()
    letter = one.say()
    OutboxEntry.objects.filter(message=letter).update(sent_at=one.now)
    return letter


def told_before_it_left(one):
    one.hear()
    letter = one.say()
    OutboxEntry.objects.filter(message=letter).update(not_before=one.now + timedelta(days=1))
    return told_by(one, letter)


def told_by_what_never_arrived(one):
    letter = letter_that_left(one)
    OutboxEntry.objects.filter(message=letter).update(failed_at=one.now)
    return told_by(one, letter)


def told_by_nobody(one):
    OutboxEntry.objects.filter(message__case=one.case).update(sent_at=one.now)
    return told_by(one, one.case.messages.exclude(automatic="").get())


def told_in_another_case(one):
    other = one.cast.case(mail(sender="Jo Hart <jo@post.example>", message_id="<jo@post.example>"))
    letter = other.messages.get(outgoing=True)
    return told_by(one, letter)


def told_where_nothing_counts_it(one):
    return told_by(one, letter_that_left(one), rule_book="us_dot")


def told_twice(one):
    fields = told_by(one, letter_that_left(one))
    mark_told(Message.objects.get(pk=fields["message"]), Told.EXTENSION, by=one.cast.ines, now=one.now)
    return fields


def fit_to_be_told(one):
    return told_by(one, letter_that_left(one))


class Promising:
    """The letters of ours that make the promise, however they came to be."""

    objects = Message.objects.filter(outgoing=True, text__contains=PROMISE)


OWN_CHOICE = {"customer's page": "the choice of the customer themselves, which nobody here is in the way of"}
OWN_PAGE = {"customer's page": "the press on their own page is the evidence, no words are asked"}
OWN_REASON = {"customer's page": "the page asks for the reason itself: the field holds it there"}

SITUATIONS = [
    Situation("nothing heard", "offer", unheard, "listen", (Offer,), on_page="confirm what went wrong"),
    Situation("heard, and no more", "offer", heard_only, "apologise", (Offer,)),
    Situation("not apologised", "offer", not_apologised, "apologise", (Offer,)),
    Situation("not reflected", "offer", not_reflected, "reflect", (Offer,), on_page="say back what happened"),
    Situation("a second issue owed", "offer", second_issue_owed, "apologise", (Offer,)),
    Situation("corrected since", "offer", corrected_since, "reflect", (Offer,), on_page="say back what happened"),
    Situation(
        "nothing taken down",
        "offer",
        nothing_taken_down,
        "take down what went wrong",
        (Offer,),
        on_page="not yet: this comes first",
    ),
    Situation("an agent with an excuse", "offer", agent_with_an_excuse, "Only a lead", (Offer,)),
    Situation("a single option", "offer", single_option, "2 real options", (Offer,)),
    Situation("beyond authority", "offer", beyond_authority, "limit", (Offer,)),
    Situation("cannot without because", "offer", cannot_without_because, "why we cannot", (Offer,)),
    Situation("refused unheard", "refuse", unheard_refusal, "listen", (Refusal,), on_page="confirm what went wrong"),
    Situation("refused without reasons", "refuse", without_reasons, "reasons", (Refusal,)),
    Situation("refused without recourse", "refuse", without_recourse, "where the customer can go", (Refusal,)),
    Situation("delivered unagreed", "deliver_option", not_agreed, "agree", (Fulfilment,)),
    Situation("delivered though declined", "deliver_option", declined, "agree", (Fulfilment,)),
    Situation("delivered another option", "deliver_option", other_option, "chose another", (Fulfilment,)),
    Situation("delivered without proof", "deliver_option", without_proof, "booking number", (Fulfilment,)),
    Situation("delivered twice", "deliver_option", delivered_twice, "carried out before", (Fulfilment,)),
    Situation("entitled to nothing", "deliver_entitlement", no_entitlement, "agreement", (Fulfilment,)),
    Situation("entitled beyond authority", "deliver_entitlement", entitled_beyond, "limit", (Fulfilment,)),
    Situation("entitled for no issue", "deliver_entitlement", entitled_for_nothing, "issue", (Fulfilment,)),
    Situation("agreed without words", "accept", said_without_words, "own words", (Acceptance,), not_on=OWN_PAGE),
    Situation("agreed to what was withdrawn", "accept", withdrawn_offer, "replaced", (Acceptance,)),
    Situation("agreed to what was declined", "accept", declined_before, "declined before", (Acceptance,)),
    Situation("agreed to what has lapsed", "accept", lapsed_offer, "lapsed", (Acceptance,)),
    Situation("declined in silence", "decline", declined_in_silence, "not right", (Decline,)),
    Situation("closed unanswered", "close", nobody_answered, "Answer first", (Closure,)),
    Situation(
        "closed, not acknowledged",
        "close",
        part_missing(Step.ACKNOWLEDGE),
        "acknowledge",
        (Closure,),
        on_page="acknowledge our part",
    ),
    Situation(
        "closed, not delivered",
        "close",
        part_missing(Step.DELIVER),
        "deliver the remedy",
        (Closure,),
        on_page="deliver the remedy",
    ),
    Situation(
        "closed, not prevented",
        "close",
        part_missing(Step.PREVENT),
        "does not happen again",
        (Closure,),
        on_page="tell what stops it happening again",
    ),
    Situation("closed with nothing said", "close", closed_without_words, "Say in a sentence", (Closure,)),
    Situation("closed with an excuse", "close", closed_with_an_excuse, "Only a lead", (Closure,)),
    Situation("closed twice", "close", closed_twice, "closed already", (Closure,)),
    Situation("followed up too early", "follow_up", none_planned, "No follow-up is planned", (FollowUp,)),
    Situation("a letter about the unheard", "reply", covers_unheard, "confirm what went wrong", (Coverage,)),
    Situation("a promise of change", "reply", prevents_without_cause, "cause", (Coverage,)),
    Situation("an empty letter", "reply", empty_letter, "Write the reply", (Coverage,)),
    Situation("a promise nobody confirmed", "reply", promised_unconfirmed, "You promise", (Promising, Promise)),
    Situation("a promise nobody here keeps", "reply", promised_for_nobody, "promise", (Promising, Promise)),
    Situation("a solution before the person", "reply", solution_before_the_person, "apologise", (Coverage,)),
    Situation("a solution first, with an excuse", "reply", solution_first_with_an_excuse, "Only a lead", (Coverage,)),
    Situation("sorry alone for what came back", "reply", sorry_again, "being sorry is not enough", (Coverage,)),
    Situation("told before it left", "mark_told", told_before_it_left, "has not left yet", TOLD),
    Situation("told by what never arrived", "mark_told", told_by_what_never_arrived, "never reached Maria", TOLD),
    Situation("told by nobody", "mark_told", told_by_nobody, "Nobody of us wrote", TOLD),
    Situation(
        "told in another case",
        "mark_told",
        told_in_another_case,
        "a letter of ours in this case",
        TOLD,
        on_page="Choose the letter of ours",
    ),
    Situation("told where nothing counts it", "mark_told", told_where_nothing_counts_it, "counts no letter", TOLD),
    Situation("told twice", "mark_told", told_twice, "wrote down before", TOLD),
    Situation("the same again first", "offer", same_remedy_first_again, "did not hold", (Offer,)),
    Situation("agreed with a but", "accept", agreed_with_a_but, "no plain yes", (Acceptance,), not_on=OWN_CHOICE),
    Situation("agreed in no mail", "accept", agreed_in_no_mail, "stand in no mail", (Acceptance,), not_on=OWN_CHOICE),
    Situation("agreed, not read back", "accept", not_read_back, "Read it to them", (Acceptance,), not_on=OWN_CHOICE),
    Situation("refused undecided", "refuse", undecided_refusal, "First decide about", (Refusal,)),
    Situation("refused with a promise", "refuse", refused_with_a_promise, "You promise", (Refusal, Promise)),
    Situation(
        "refused with a promise nobody here keeps",
        "refuse",
        refused_with_a_promise_for_nobody,
        "promise",
        (Refusal, Promise),
    ),
    Situation("refused for conduct alone", "refuse", conduct_seen_by_nobody, "a second person looks", (Refusal,)),
    Situation("closed for conduct alone", "close", closed_on_conduct, "a second person looks", (Closure,)),
    Situation(
        "closed for conduct by exception",
        "close",
        closed_on_conduct_by_exception,
        "a second person looks",
        (Closure,),
        who="ines",
    ),
    Situation(
        "closed over a broken promise",
        "close",
        promise_broken_since,
        "did not keep it",
        (Closure,),
    ),
    Situation("approved by who asked", "decide_approval", asked_of_oneself, "yourself", APPROVED),
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
    Situation("taken back once decided", "take_back_request", decided_before, "decided this before", TAKEN_BACK),
    Situation("sent undecided", "send_approved", not_decided_yet, "has not decided yet", (Offer,)),
    Situation("sent after a no", "send_approved", approval_was_no, "did not approve this", (Offer,)),
    Situation("sent while owed", "send_approved", approved_but_owed, "apologise", (Offer,)),
    Situation("sent as it was not approved", "send_approved", edited_after_approval, "changed since", (Offer,)),
    Situation("approved once, sent twice", "send_approved", approval_used, "for one offer", (Offer,)),
    Situation("sent by who did not ask", "send_approved", fit_to_send, "asked for this", (Offer,), who="ines"),
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
            ("decide_approval", fit_to_decide, APPROVED, "ines"),
            ("send_approved", fit_to_send, (Offer,), "tom"),
            ("take_back_request", not_decided_yet, TAKEN_BACK, "tom"),
            ("mark_told", fit_to_be_told, TOLD, "tom"),
        )
    ),
    Situation("closed by who may only read", "close", plain_close, "work on cases", (Closure,), who="sam"),
    Situation("offered by another team", "offer", heard_only, "", (Offer,), who="priya"),
    Situation("closed by another team", "close", plain_close, "", (Closure,), who="priya"),
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
    "agree_change": "no case",
    "make_change": "no case",
    "tell": "many cases at once; its refusals are in tests/rooms/test_tell.py",
    "owe_again": "puts back; tests/rooms/test_tell.py",
    "state_claim": "no case; its refusals are in tests/rooms/test_claim.py",
    "prove": "no case; what earns it is in tests/rooms/test_judge.py",
    "import_exposure": "no case; its refusals are in tests/rooms/test_exposure.py",
}
