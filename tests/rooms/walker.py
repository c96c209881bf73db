"""Random people doing random things to a few complaints, often the next right thing and often the wrong one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from amends.cases.assignment import assign, snooze, unassign
from amends.cases.case import Case
from amends.cases.closure import close, reopen
from amends.cases.customer_writes import customer_writes
from amends.cases.decide import decide, review_decision
from amends.cases.decision import Decision, Fault, Outcome
from amends.cases.hear import Heard, confirm_understanding, correct_understanding, hear
from amends.cases.issue import CATEGORIES, Issue, Wish
from amends.cases.merge import merge, unmerge
from amends.cases.message import Message
from amends.cases.name_subject import clear_subject, name_subject
from amends.cases.new_link import send_new_link
from amends.cases.note import add_note
from amends.cases.outbox import OutboxEntry, claim_letters, deliver, fail
from amends.cases.reply import Covered, mark_answered, reply, undo
from amends.cases.split import Part, split
from amends.cases.withdraw import put_back
from amends.cases.withdraw import withdraw as take_off
from amends.channels.email.tokens import Kind, marked
from amends.channels.models import RawMail
from amends.jobs import sweep
from amends.method.steps import SPOKEN_STEPS, Step
from amends.method.survey import SCALES
from amends.method.survey import Kind as Kinds
from amends.prevention.models import Cause, Change, ChangeKind
from amends.prevention.verbs import agree_change, attribute, make_change
from amends.recovery.agree import accept, decline, open_offers
from amends.recovery.answer_survey import Given, answer_survey, opt_in, opt_out
from amends.recovery.approval import ApprovalRequest
from amends.recovery.approve import ask_approval, decide_approval, send_approved
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.draft import Draft, Proposal
from amends.recovery.escalate import escalate
from amends.recovery.failed_delivery import delivery_failed
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page, follow_up
from amends.recovery.fulfilment import Fulfilment
from amends.recovery.keep import keep_promise, release, renegotiate
from amends.recovery.low_score import answer_low_score
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer, Option, Via
from amends.recovery.promise import Promise
from amends.recovery.remedy import Remedy
from amends.recovery.survey import LowScore, SurveyAsked
from amends.recovery.withdraw import withdraw
from tests.conftest import Cast, mail

OFFICE = "complaints@lindqvist.example"
MOST_CASES = 3
WORDS = ["", " ", "It is still broken.", "Nobody called me back, and the parcel is late.", "Yes, please.", "Ωμέγα\n\n!"]
SECONDS = [1, 5, 5, 20, 20, 90, 90, 600, 3600, 20 * 3600, 4 * 86400]


@dataclass
class Walk:
    """The desk at one moment of a walk: its people, the time, and the dice of this step."""

    cast: Cast
    dice: Random
    swept: datetime
    mails: int = 0
    notes: int = 0
    done: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """This moment, in UTC like every door tells it."""
        return self.cast.clock.now

    def somebody(self, *names: str):
        """A person of the desk; now and then one who should not."""
        likely = names or ("tom", "tom", "ines")
        return getattr(self.cast, self.dice.choice([*likely, *likely, *self.cast.people]))

    def words(self, text: str = "A courier lost it.") -> str:
        """Words for a field: mostly these, else something odd or nothing."""
        return text if self.dice.random() < 0.8 else self.dice.choice(WORDS)

    def one(self, rows):
        """One of some rows, the newest more often; None when there is none."""
        found = list(rows.order_by("-pk")[:8])
        return found[min(int(self.dice.expovariate(0.7)), len(found) - 1)] if found else None

    def case(self) -> Case:
        """A case, the older one more often."""
        return self.one(Case.objects.select_related("customer", "team", "channel"))

    def some(self, rows: list) -> list:
        """Some of these, often all."""
        return rows if self.dice.random() < 0.7 else self.dice.sample(rows, self.dice.randint(0, len(rows)))

    def issues(self, case: Case) -> list[int]:
        """Open issues of a case, now and then with one of anywhere."""
        numbers = list(case.open_issues().values_list("pk", flat=True))
        return self.some(numbers) + ([self.dice.randint(1, 9)] if self.dice.random() < 0.05 else [])

    def day(self) -> datetime:
        """A moment around now, rarely before."""
        return self.cast.clock.now + timedelta(days=self.dice.choice([-1, 0, 1, 1, 3, 5, 30]))

    def exception(self) -> str:
        """A reason for passing a gate, seldom given."""
        return self.dice.choice(["", "", "", "", "", "She asked on the phone"])

    def address(self) -> str:
        """Who writes: mostly the customer, else somebody else."""
        return self.dice.choice(["maria@post.example"] * 4 + ["MARIA@post.example", "eve@else.example"])


Move = Callable[[Walk], object]
MOVES: dict[str, Move] = {}


def move(act: Move) -> Move:
    """Enter something people do into the list of what a walk may do."""
    MOVES[act.__name__] = act
    return act


@move
def mails_anew(walk: Walk) -> object:
    return _mail(walk, walk.address()) if Case.objects.count() < MOST_CASES else None


@move
def mails_again(walk: Walk) -> object:
    case, address = walk.case(), walk.address()
    letter = walk.one(Message.objects.filter(case=case))
    to = walk.dice.choice(
        [OFFICE, marked(OFFICE, Kind.CASE, case.pk), "complaints+c1-aaaaaaaaaaaaaaaa@lindqvist.example"]
    )
    return _mail(walk, address, to=to, references=f"<{letter.external_id}>" if letter else "")


@move
def machine_mails(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=True))
    return _mail(walk, walk.address(), references=f"<{letter.external_id}>", Auto_Submitted="auto-replied")


@move
def mail_bounces(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=True))
    raw = mail("Undeliverable", sender="MAILER-DAEMON@mx.example", to=OFFICE, message_id=_id(walk), Return_Path="<>")
    return walk.cast.write(raw, mail_from="", recipients=[marked(OFFICE, Kind.LETTER, letter.pk)])


@move
def a_mail_comes_twice(walk: Walk) -> object:
    raw = walk.one(RawMail.objects.exclude(mail_from="").exclude(message=None))
    return walk.cast.write(bytes(raw.body), mail_from=raw.mail_from, recipients=raw.recipients) if raw else None


def _id(walk: Walk) -> str:
    walk.mails += 1
    return f"<walk-{walk.mails}@post.example>"


def _mail(walk: Walk, sender: str, *, to: str = OFFICE, references: str = "", **headers: str) -> object:
    text = walk.dice.choice(
        ["The lamp arrived broken. You charged me €20 twice.", "Thank you, that is fine.", "It came late again.", ""]
    )
    more = {**headers, **({"References": references} if references else {})}
    raw = mail(text, sender=f"Maria Oduya <{sender}>", to=to, message_id=_id(walk), **more)
    return walk.cast.write(raw, mail_from=sender, recipients=[to])


@move
def customer_types(walk: Walk) -> object:
    return customer_writes(walk.case(), walk.words("It happened again, the lamp is broken."), walk.now)


@move
def customer_confirms(walk: Walk) -> object:
    return confirm_understanding(walk.case(), walk.now)


@move
def customer_corrects(walk: Walk) -> object:
    case = walk.case()
    wordings = {one: walk.words("Ten days late, not nine") for one in walk.issues(case)}
    return correct_understanding(case, wordings, walk.dice.choice(["", "", "The box was wet, too"]), walk.now)


@move
def customer_goes_higher(walk: Walk) -> object:
    return escalate(walk.case(), walk.words("Somebody else, please"), walk.now)


@move
def customer_asks_for_a_link(walk: Walk) -> object:
    return send_new_link(walk.address(), str(walk.case().pk), walk.now)


@move
def hears(walk: Walk) -> object:
    case = walk.case()
    lines = [_line(walk, one) for one in walk.some(list(case.open_issues()))]
    if not lines or walk.dice.random() < 0.2:
        lines.append(Heard(None, walk.words("The order came late"), "delivery", words=walk.words()))
    return hear(case, lines, by=walk.somebody(), now=walk.now)


def _line(walk: Walk, issue: Issue) -> Heard:
    off = walk.dice.random() < 0.1
    category = issue.category or walk.dice.choice([*CATEGORIES, "weather"])
    return Heard(issue.pk, walk.words(issue.summary), category, off=off, reason=walk.words("A double") if off else "")


@move
def replies(walk: Walk) -> object:
    case = walk.case()
    steps = walk.some(list(SPOKEN_STEPS[: walk.dice.choice([3, 3, 5])])) + walk.dice.choice(
        [[], [], [], [Step.DELIVER]]
    )
    covers = tuple(Covered(issue, step) for issue in walk.issues(case) for step in steps)
    seen = walk.dice.choice([None, None, walk.dice.randint(1, 30)])
    return reply(case, walk.words("A letter."), covers, by=walk.somebody(), now=walk.now, seen=seen)


@move
def tells_what_changes(walk: Walk) -> object:
    case = walk.case()
    covers = tuple(Covered(one, Step.PREVENT) for one in walk.issues(case))
    return reply(case, "From Monday on it is checked twice.", covers, by=walk.somebody(), now=walk.now)


@move
def takes_a_letter_back(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=True).exclude(author=None))
    return undo(letter, by=letter.author, now=walk.now) if letter else None


@move
def writes_a_note(walk: Walk) -> object:
    walk.notes += 1
    return add_note(walk.case(), walk.words(f"for the team alone {walk.notes} q7x"), by=walk.somebody(), now=walk.now)


@move
def marks_answered(walk: Walk) -> object:
    letter = walk.one(Message.objects.filter(outgoing=False).select_related("case__customer"))
    return mark_answered(letter, by=walk.somebody(), now=walk.now) if letter else None


@move
def offers(walk: Walk) -> object:
    case, remedies = walk.case(), list(Remedy.objects.all())
    draft = Draft(
        issues=frozenset(walk.issues(case)),
        opening="",
        can=walk.words("We can do one of these."),
        cannot=walk.dice.choice(["", "", "More"]),
        because=walk.words(),
        options=[_proposal(walk, walk.dice.choice(remedies)) for _ in range(walk.dice.choice([0, 1, 2, 2, 2, 3]))],
    )
    return make_offer(case, draft, by=walk.somebody(), now=walk.now, exception=walk.exception())


def _proposal(walk: Walk, remedy: Remedy) -> Proposal:
    cents = walk.dice.choice([0, 900, 900, 3000, 9900, 10_000, 10_001, 45_000, 60_000, 10**9])
    return Proposal(remedy, walk.words(remedy.name), "", cents, walk.day().date())


@move
def offers_at_once(walk: Walk) -> object:
    """A good offer, whatever the person is still owed."""
    return _offer_two(walk, walk.case())


@move
def asks_for_more(walk: Walk) -> object:
    case, due = walk.case(), walk.now.date() + timedelta(days=3)
    kinds = walk.dice.sample(list(Remedy.objects.filter(asks_amount=True)), 2)
    options = [Proposal(one, one.name, "", walk.dice.choice([3000, 20_000, 90_000]), due) for one in kinds]
    draft = Draft(
        issues=frozenset(walk.issues(case)), opening="", can="One.", cannot="", because="", options=options, reason="x"
    )
    return ask_approval(case, draft, reason=walk.words(), by=walk.somebody(), now=walk.now)


@move
def decides_about_more(walk: Walk) -> object:
    asked, granted = walk.one(ApprovalRequest.objects.all()), walk.dice.random() < 0.7
    by = walk.somebody("ines", "ada", "tom")
    return decide_approval(asked, granted=granted, words=walk.words(), by=by, now=walk.now) if asked else None


@move
def sends_what_was_approved(walk: Walk) -> object:
    asked = walk.one(ApprovalRequest.objects.all())
    by = walk.dice.choice([walk.somebody(), asked.requester]) if asked else None
    return send_approved(asked, by=by, now=walk.now) if asked else None


@move
def keeps_a_promise(walk: Walk) -> object:
    promise = walk.one(Promise.objects.all())
    return keep_promise(promise, walk.words("Rang at noon"), by=walk.somebody(), now=walk.now) if promise else None


@move
def moves_a_promise(walk: Walk) -> object:
    promise, words = walk.one(Promise.objects.all()), walk.words("Friday is fine")
    if promise is None:
        return None
    return renegotiate(promise, walk.day(), words, Via.PHONE, by=walk.somebody(), now=walk.now)


@move
def is_let_off_a_promise(walk: Walk) -> object:
    promise = walk.one(Promise.objects.all())
    return release(promise, walk.words("Never mind"), Via.PHONE, by=walk.somebody(), now=walk.now) if promise else None


@move
def withdraws(walk: Walk) -> object:
    made = walk.one(Offer.objects.all())
    return withdraw(made, walk.words("A mistake"), by=walk.somebody(), now=walk.now) if made else None


@move
def accepts(walk: Walk) -> object:
    option, via = walk.one(Option.objects.all()), walk.dice.choice(list(Via))
    if option is None:
        return None
    by = None if via is Via.PAGE else walk.dice.choice([None, walk.somebody()])
    words, read_back = walk.words("Yes, please."), walk.dice.random() < 0.6
    return accept(option, via=via, now=walk.now, words=words, noted_by=by, was_read_back=read_back)


@move
def declines(walk: Walk) -> object:
    made = walk.one(Offer.objects.all())
    return decline(made, walk.words("Too little"), via=Via.PAGE, now=walk.now) if made else None


@move
def delivers(walk: Walk) -> object:
    option = walk.one(Option.objects.select_related("offer", "remedy"))
    return deliver_option(option, walk.words("Booking 4711"), by=walk.somebody(), now=walk.now) if option else None


@move
def delivers_what_was_agreed(walk: Walk) -> object:
    option = walk.one(Option.objects.filter(acceptances__fulfilment=None).exclude(acceptances=None))
    return deliver_option(option, "Parcel 12", by=walk.somebody(), now=walk.now) if option else None


@move
def delivers_what_is_owed(walk: Walk) -> object:
    case, cents = walk.case(), walk.dice.choice([0, 900, 9000, 45_000, 90_000])
    remedy = walk.dice.choice([*Remedy.objects.all(), Remedy.objects.get(key="overcharge")])
    issues = frozenset(walk.issues(case))
    return deliver_entitlement(case, remedy, issues, cents, walk.words("Booked"), by=walk.somebody(), now=walk.now)


@move
def refuses(walk: Walk) -> object:
    issue = walk.one(Issue.objects.filter(withdrawal=None))
    words = walk.words("The lamp worked when it left us"), walk.words("The ombudsman")
    return refuse(issue, *words, by=walk.somebody(), now=walk.now, exception=walk.exception()) if issue else None


@move
def refuses_what_was_looked_at(walk: Walk) -> object:
    issue = walk.one(Issue.objects.filter(withdrawal=None))
    decide(issue, Fault.NONE, Outcome.NOT_UPHELD, "The log", by=walk.cast.tom, now=walk.now)
    return refuse(issue, "It worked", "The ombudsman", by=walk.somebody(), now=walk.now)


@move
def decides(walk: Walk) -> object:
    issue, fault = walk.one(Issue.objects.all()), walk.dice.choice(list(Fault))
    outcome = walk.dice.choice(list(Outcome))
    return decide(issue, fault, outcome, walk.words("The photo"), by=walk.somebody(), now=walk.now) if issue else None


@move
def looks_again(walk: Walk) -> object:
    made, agreed = walk.one(Decision.objects.all()), walk.dice.random() < 0.7
    return review_decision(made, walk.words(), agreed=agreed, by=walk.somebody(), now=walk.now) if made else None


@move
def splits(walk: Walk) -> object:
    issue = walk.one(Issue.objects.all())
    words = [issue.words, walk.dice.choice([issue.words[:12], issue.words, "Never said"])] if issue else []
    parts = [Part(walk.words(f"Part {number}"), "delivery", one) for number, one in enumerate(words)]
    return split(issue, parts, by=walk.somebody(), now=walk.now) if issue else None


@move
def merges(walk: Walk) -> object:
    one, other = walk.one(Issue.objects.all()), walk.one(Issue.objects.all())
    return merge(one, other, by=walk.somebody(), now=walk.now) if one and other else None


@move
def unmerges(walk: Walk) -> object:
    issue = walk.one(Issue.objects.exclude(merger=None))
    return unmerge(issue, by=walk.somebody(), now=walk.now) if issue else None


@move
def takes_an_issue_off(walk: Walk) -> object:
    issue, wish = walk.one(Issue.objects.all()), walk.dice.choice(list(Wish))
    return take_off(issue, walk.words(), wish=wish, by=walk.somebody(), now=walk.now) if issue else None


@move
def puts_an_issue_back(walk: Walk) -> object:
    issue = walk.one(Issue.objects.exclude(withdrawal=None))
    return put_back(issue, by=walk.somebody(), now=walk.now) if issue else None


@move
def is_about_somebody(walk: Walk) -> object:
    if walk.dice.random() < 0.7:
        return None
    return name_subject(walk.case(), walk.somebody(), by=walk.somebody("ines", "sam"), now=walk.now)


@move
def is_about_nobody(walk: Walk) -> object:
    return clear_subject(walk.case(), walk.somebody(), by=walk.somebody("ines", "sam"), now=walk.now)


@move
def a_delivery_fails(walk: Walk) -> object:
    done = walk.one(Fulfilment.objects.all())
    return delivery_failed(done, walk.words("It came back"), by=walk.somebody(), now=walk.now) if done else None


@move
def customer_says_how_it_is(walk: Walk) -> object:
    asked, answer = walk.one(FollowUp.objects.exclude(letter=None)), walk.dice.choice(list(Answer))
    issues = frozenset(walk.issues(asked.case)) if asked else frozenset()
    return answer_on_page(asked, answer, walk.words(), walk.now, issues=issues) if asked else None


@move
def customer_says_how_it_was(walk: Walk) -> object:
    asked = walk.one(SurveyAsked.objects.select_related("case__customer"))
    given = [_given(walk, asked, kind) for kind in walk.some(list(SCALES))] if asked else []
    return answer_survey(asked, given, walk.words(), walk.now) if asked else None


def _given(walk: Walk, asked: SurveyAsked, kind: Kinds) -> Given:
    issue = walk.one(asked.case.issues.all()) if kind is Kinds.SETTLED else None
    return Given(kind, walk.dice.choice(SCALES[kind]), issue.pk if issue else None)


@move
def customer_does_not_want_to_be_asked(walk: Walk) -> object:
    asked = walk.one(SurveyAsked.objects.select_related("case__customer"))
    return walk.dice.choice([opt_out, opt_in])(asked, walk.now) if asked else None


@move
def answers_a_low_score(walk: Walk) -> object:
    low = walk.one(LowScore.objects.select_related("case__customer"))
    return answer_low_score(low.case, walk.words(), by=walk.somebody(), now=walk.now) if low else None


@move
def links_the_cause(walk: Walk) -> object:
    issue = walk.one(Issue.objects.filter(attribution=None))
    return attribute(issue, walk.one(Cause.objects.all()), by=walk.somebody(), now=walk.now) if issue else None


@move
def agrees_a_change(walk: Walk) -> object:
    cause, by, kind = walk.one(Cause.objects.all()), walk.somebody("ines"), walk.dice.choice(list(ChangeKind))
    return agree_change(cause, walk.words(), kind, owner=by, due=walk.day().date(), by=by, now=walk.now)


@move
def makes_a_change(walk: Walk) -> object:
    return make_change(walk.one(Change.objects.select_related("cause")), by=walk.somebody("ines"), now=walk.now)


@move
def closes(walk: Walk) -> object:
    words = walk.dice.choice(["", "All said"])
    return close(walk.case(), by=walk.somebody(), now=walk.now, words=words, exception=walk.exception())


@move
def reopens(walk: Walk) -> object:
    return reopen(walk.case(), by=walk.somebody(), now=walk.now, reason=walk.words())


@move
def assigns(walk: Walk) -> object:
    return assign(walk.case(), to=walk.somebody(), by=walk.somebody(), now=walk.now)


@move
def unassigns(walk: Walk) -> object:
    return unassign(walk.case(), by=walk.somebody(), now=walk.now)


@move
def puts_aside(walk: Walk) -> object:
    return snooze(walk.case(), until=walk.day(), reason=walk.words("The courier"), by=walk.somebody(), now=walk.now)


@move
def asks_again(walk: Walk) -> object:
    right = walk.dice.random() < 0.5
    return follow_up(walk.case(), still_right=right, words=walk.words("Fine"), by=walk.somebody(), now=walk.now)


@move
def letters_leave(walk: Walk) -> object:
    entries = claim_letters(walk.now, 20)
    for entry in entries:
        deliver(entry, walk.now)
    return entries


@move
def a_letter_fails(walk: Walk) -> object:
    entry = walk.one(OutboxEntry.objects.waiting().select_related("message__case__customer"))
    return fail(entry, "No such mailbox", walk.now) if entry else None


@move
def time_passes(walk: Walk) -> object:
    walk.cast.clock.forward(days=walk.dice.choice([1, 3, 8, 16, 40]))
    return None


@move
def the_clock_is_asked(walk: Walk) -> object:
    walk.swept = walk.cast.clock.now
    return sweep(walk.now)


@move
def the_next_right_thing(walk: Walk) -> object:
    """What a good colleague, or a customer in good faith, does next in a case."""
    case = walk.case()
    if hasattr(case, "closure") and walk.dice.random() < 0.5:
        return customer_writes(case, "It happened again, the lamp is broken.", walk.now)
    return _NEXT.get(case.standing.next_step, _follow_the_offer)(walk, case)


def _treat_the_person(walk: Walk, case: Case) -> object:
    lines = [Heard(one.pk, one.summary, one.category or "delivery") for one in case.open_issues()]
    hear(case, lines or [Heard(None, "The order came late", "delivery")], by=walk.cast.tom, now=walk.now)
    steps = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
    again = case.issues.exclude(reopenings=None) or case.issues.exclude(recurrence=None)
    return _say(walk, case, (*steps, Step.REMEDY) if again else steps)


def _say(walk: Walk, case: Case, steps: tuple[Step, ...]) -> object:
    covers = tuple(Covered(one.pk, step) for one in case.open_issues() for step in steps)
    return reply(case, "I am sorry. It was our mistake.", covers, by=walk.cast.tom, now=walk.now)


def _offer_two(walk: Walk, case: Case) -> object:
    owed = case.open_issues().filter(fulfilments=None) or case.open_issues()
    issues = frozenset(one.pk for one in owed)
    kinds, due = walk.dice.sample(list(Remedy.objects.all()), 2), walk.now.date() + timedelta(days=3)
    options = [Proposal(one, one.name, "", walk.dice.choice([900, 3000]), due) for one in kinds]
    draft = Draft(issues=issues, opening="", can="One of these.", cannot="", because="", options=options)
    return make_offer(case, draft, by=walk.somebody("tom", "ines"), now=walk.now)


def _prevent(walk: Walk, case: Case) -> object:
    for issue in case.open_issues().filter(attribution=None):
        attribute(issue, walk.one(Cause.objects.all()), by=walk.cast.tom, now=walk.now)
    return _say(walk, case, (Step.PREVENT,))


def _deliver(walk: Walk, case: Case) -> object:
    option = walk.one(Option.objects.filter(offer__case=case, acceptances__fulfilment=None).exclude(acceptances=None))
    return deliver_option(option, "Parcel 12", by=walk.somebody("tom", "ines"), now=walk.now) if option else None


def _ask_again(walk: Walk, case: Case) -> object:
    right = walk.dice.random() < 0.6
    return follow_up(case, still_right=right, words="I asked her", by=walk.cast.tom, now=walk.now)


def _follow_the_offer(walk: Walk, case: Case) -> object:
    """Nothing is left to do for us: the customer chooses, or somebody closes."""
    offered = open_offers(case, walk.now)
    if offered:
        return accept(walk.dice.choice(offered[-1].options.all()), via=Via.PAGE, now=walk.now)
    if case.standing.due_at:
        return reply(case, "Thank you for telling us.", (), by=walk.cast.tom, now=walk.now)
    return close(case, by=walk.cast.tom, now=walk.now)


_NEXT: dict[str, Callable[[Walk, Case], object]] = {
    Step.LISTEN: _treat_the_person,
    Step.APOLOGISE: _treat_the_person,
    Step.REFLECT: _treat_the_person,
    Step.ACKNOWLEDGE: _treat_the_person,
    Step.REMEDY: _offer_two,
    Step.PREVENT: _prevent,
    Step.DELIVER: _deliver,
    Step.FOLLOW_UP: _ask_again,
}
