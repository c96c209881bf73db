"""The life of one simulated complaint: what its people do, when, and the shortcuts they try on the way.

A life is a generator: it does one thing, then says how long it rests. The shares are our judgement, not measured.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amends.cases.closure import close, reopen
from amends.cases.customer_writes import customer_writes
from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.cases.hear import Heard, confirm_understanding, correct_understanding, hear
from amends.cases.ledger import writing
from amends.cases.note import add_note
from amends.cases.reply import Covered, reply
from amends.errors import AmendsError
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.agree import accept, decline, open_offers
from amends.recovery.approve import ask_approval, decide_approval
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.draft import Draft, Proposal
from amends.recovery.escalate import escalate
from amends.recovery.follow_up import follow_up
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Option, Via
from amends.recovery.remedy import Remedy
from amends.team.models import User
from bench.living import Living

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
ABOVE_LIMIT = 0.06
CORRECTS, CONFIRMS, DECLINES, GOES_HIGHER, COMES_BACK, IS_LATE = 0.15, 0.5, 0.12, 0.04, 0.08, 0.07
REFUSED, ENTITLED, OVERRIDDEN, CHATTY, WRONG_AT_FOLLOW_UP, TRIES_A_SHORTCUT = 0.05, 0.1, 0.01, 0.1, 0.08, 0.5


@dataclass
class World:
    """What all lives share: the people, the catalogue, the time, and what was tried and refused."""

    agents: list[User]
    leads: list[User]
    remedies: list[Remedy]
    causes: list[Cause]
    now: datetime
    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def attempt(self, name: str, act: Callable[[], object]) -> bool:
        """Try one thing; a refusal is counted and leaves nothing behind, anything else stops the simulation."""
        try:
            with writing():
                act()
        except AmendsError:
            self.refused[name] = self.refused.get(name, 0) + 1
            return False
        self.done[name] = self.done.get(name, 0) + 1
        return True


@dataclass
class Life(Living):
    """One complaint, its agent and its lead, and the dice of its customer."""

    world: World

    def __post_init__(self) -> None:
        """Choose who works on it."""
        self.agent = self.dice.choice(self.world.agents)
        self.lead = self.dice.choice(self.world.leads)

    def lived(self) -> Iterator[timedelta]:
        """Everything from the first letter to the last question, with the rests between."""
        yield from self._treat_the_person()
        if self.chance(GOES_HIGHER):
            self._try("goes higher", lambda: escalate(self.case, "Somebody else, please", self.now))
            yield HOUR
        if self.chance(REFUSED):
            yield from self._refuse()
        else:
            yield from self._put_right()
        yield from self._prevent_and_close()
        yield from self._afterwards()

    def _treat_the_person(self) -> Iterator[timedelta]:
        yield self.dice.random() * 4 * HOUR
        self._shortcut()
        self._listen()
        yield 5 * MINUTE
        self._shortcut()
        self._say(PERSON)
        yield self.dice.random() * DAY
        if self.chance(CORRECTS):
            missing = "The box was wet, too." if self.chance(0.5) else ""
            wordings = {one.pk: f"{one.summary}, again"[:200] for one in self.case.open_issues()}
            self._try("corrects", lambda: correct_understanding(self.case, wordings, missing, self.now))
            yield HOUR
            self._shortcut()
            self._listen()
            self._say(PERSON)
            yield HOUR
        elif self.chance(CONFIRMS):
            self._try("confirms", lambda: confirm_understanding(self.case, self.now))

    def _put_right(self) -> Iterator[timedelta]:
        if self.chance(ENTITLED):
            self._owed()
        self._offer()
        yield self.dice.random() * 2 * DAY
        self._shortcut()
        if self.chance(DECLINES):
            self._answer(lambda offer: decline(offer, "Not enough", via=Via.PAGE, now=self.now), "declines")
            yield HOUR
            self._offer()
            yield self.dice.random() * DAY
        self._answer(lambda offer: accept(self.dice.choice(offer.options.all()), via=Via.PAGE, now=self.now), "accepts")
        yield self.dice.random() * 2 * DAY
        if self.chance(IS_LATE):
            yield 12 * DAY
        self._shortcut()
        self._deliver()

    def _refuse(self) -> Iterator[timedelta]:
        issue = self.case.open_issues().last()
        looked = "The delivery note says otherwise."
        self._try("decides", lambda: decide(issue, Fault.NONE, Outcome.NOT_UPHELD, looked, **self.by))
        self._try("refuses", lambda: refuse(issue, "It worked when it left us.", "The ombudsman", **self.by))
        yield HOUR
        if self.case.open_issues().count() > 1:
            yield from self._put_right()

    def _prevent_and_close(self) -> Iterator[timedelta]:
        yield self.dice.random() * DAY
        self._shortcut()
        yield SECOND
        for issue in self.case.open_issues().filter(attribution=None):
            self._try(
                "links the cause", lambda one=issue: attribute(one, self.dice.choice(self.world.causes), **self.by)
            )
        self._say((Step.PREVENT,))
        yield HOUR
        reason = "She said on the phone that all is well." if self.chance(OVERRIDDEN) else ""
        self._try("closes", lambda: close(self.case, by=self.lead, now=self.now, exception=reason))

    def _afterwards(self) -> Iterator[timedelta]:
        if self.chance(COMES_BACK):
            yield 4 * DAY
            self._try("comes back", lambda: customer_writes(self.case, "It is broken again.", self.now))
            yield from self._again()
        yield 8 * DAY
        right = not self.chance(WRONG_AT_FOLLOW_UP)
        words = "All is well." if right else "It came late again."
        self._try("asks again", lambda: follow_up(self.case, still_right=right, words=words, **self.by))
        if not right:
            yield HOUR
            yield from self._again()

    def _again(self) -> Iterator[timedelta]:
        yield HOUR
        self._shortcut()
        self._listen()
        self._say(PERSON)
        yield HOUR
        yield from self._put_right()
        yield from self._prevent_and_close()

    def _try(self, name: str, act: Callable[[], object]) -> bool:
        return self.world.attempt(name, act)

    def _listen(self) -> None:
        lines = [Heard(one.pk, one.summary, one.category or "delivery") for one in self.case.open_issues()]
        lines = lines or [Heard(None, "The order came late", "delivery")]
        self._try("listens", lambda: hear(self.case, lines, **self.by))
        if self.chance(CHATTY):
            self._try("notes", lambda: add_note(self.case, f"for the team alone {self.number} q7x", **self.by))

    def _say(self, steps: tuple[Step, ...]) -> None:
        came_back = self.case.issues.exclude(reopenings=None) or self.case.issues.exclude(recurrence=None)
        steps = (*steps, Step.REMEDY) if came_back and steps is PERSON else steps
        covers = tuple(Covered(one.pk, step) for one in self.case.open_issues() for step in steps)
        self._try("replies", lambda: reply(self.case, "I am sorry. That was our mistake.", covers, **self.by))

    def _offer(self, by: User | None = None) -> None:
        if self.chance(ABOVE_LIMIT):
            self._ask_for_more()
            return
        draft = self._draft(self.dice.randrange(500, 4000, 100))
        self._try("offers", lambda: make_offer(self.case, draft, by=by or self.agent, now=self.now))

    def _ask_for_more(self) -> None:
        draft, why = self._draft(30_000), "She lost a day of work."
        self._try("asks for more", lambda: ask_approval(self.case, draft, reason=why, **self.by))
        asked = self.case.approval_requests.filter(decision=None).last()
        if asked is None:
            return
        yes = {"granted": True, "words": "Right.", "now": self.now}
        self._try("shortcut: approves oneself", lambda: decide_approval(asked, by=self.agent, **yes))
        self._try("approves", lambda: decide_approval(asked, by=asked.to or self.lead, **yes))

    def _draft(self, cents: int) -> Draft:
        owed = list(self.case.open_issues().filter(fulfilments=None, refusal=None)) or list(self.case.open_issues())
        due = self.now.date() + 5 * DAY
        options = [Proposal(one, one.name, "", cents, due) for one in self.dice.sample(self.world.remedies, 2)]
        issues = frozenset(one.pk for one in owed)
        return Draft(issues=issues, opening="", can="One of these.", cannot="", because="", options=options)

    def _answer(self, act: Callable[..., object], name: str) -> None:
        for offer in open_offers(self.case, self.now):
            self._try(name, lambda one=offer: act(one))

    def _deliver(self) -> None:
        agreed = Option.objects.filter(offer__case_id=self.number, acceptances__fulfilment=None).exclude(
            acceptances=None
        )
        for option in agreed.select_related("offer", "remedy"):
            self._try("delivers", lambda one=option: deliver_option(one, "Parcel 12", by=self.lead, now=self.now))

    def _owed(self) -> None:
        remedy = next(one for one in self.world.remedies if one.entitlement)
        issues = frozenset(self.case.open_issues().values_list("pk", flat=True)[:1])
        self._try(
            "delivers what is owed", lambda: deliver_entitlement(self.case, remedy, issues, 900, "Booked", **self.by)
        )

    def _shortcut(self) -> None:
        """Try one thing that may be forbidden now."""
        if not self.chance(TRIES_A_SHORTCUT):
            return
        name, act = self.dice.choice(list(_SHORTCUTS.items()))
        self._try(f"shortcut: {name}", lambda: act(self))


def _deliver_as_owed(life: Life) -> object:
    issues = frozenset(life.case.open_issues().values_list("pk", flat=True))
    return deliver_entitlement(life.case, life.world.remedies[0], issues, 900, "Booked", **life.by)


def _deliver_unasked(life: Life) -> object:
    option = Option.objects.filter(offer__case_id=life.number).order_by("pk").last()
    return deliver_option(option, "Sent already", **life.by) if option else None


def _tell_of_change(life: Life) -> object:
    covers = tuple(Covered(one.pk, Step.PREVENT) for one in life.case.open_issues())
    return reply(life.case, "It will not happen again.", covers, **life.by)


_SHORTCUTS: dict[str, Callable[[Life], object]] = {
    "offers at once": lambda life: make_offer(life.case, life._draft(900), **life.by),
    "offers far too much": lambda life: make_offer(life.case, life._draft(10**7), **life.by),
    "delivers unasked": _deliver_unasked,
    "delivers as owed": _deliver_as_owed,
    "closes at once": lambda life: close(life.case, **life.by),
    "closes with a reason": lambda life: close(life.case, **life.by, exception="It is late"),
    "tells of a change": _tell_of_change,
    "reopens": lambda life: reopen(life.case, reason="To look busy", **life.by),
}
