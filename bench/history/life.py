"""The rest of a complaint's life: offers and what becomes of them, refusals, closing, and being asked again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from amends.cases.closure import Closure
from amends.cases.decide import decide
from amends.cases.decision import Fault, Outcome
from amends.method.survey import Kind
from amends.recovery.agree import accept, decline, open_offers
from amends.recovery.agreed_words import read_back
from amends.recovery.answer_survey import Given, answer_survey
from amends.recovery.approve import ask_approval, decide_approval
from amends.recovery.deliver import deliver_entitlement, deliver_option, refuse
from amends.recovery.draft import Draft, Proposal
from amends.recovery.escalate import Escalation, escalate
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page
from amends.recovery.low_score import answer_low_score
from amends.recovery.make_offer import make_offer
from amends.recovery.offer import Offer, Option, Via
from amends.recovery.remedy import Remedy
from amends.recovery.survey import LowScore, SurveyAsked
from bench.history.clock import DAY, HOUR, at_work
from bench.history.person import Listening

REFUSED, DECIDED, DECLINES, BY_PHONE, LATE, ABOVE, OWED = 0.05, 0.3, 0.11, 0.2, 0.06, 0.03, 0.7
TELLS_HOW_IT_WAS, ANSWERS_AGAIN, IS_RIGHT, GOES_HIGHER = 0.42, 0.55, 0.9, 0.25
ROUNDS = 4


class Lived(Listening):
    """Everything from the first letter to the last question."""

    def lived(self) -> Iterator[datetime]:
        """Let it be lived through; each moment yielded is when it goes on."""
        yield from self.treat_the_person()
        if self.chance(REFUSED):
            yield from self._refuse()
        else:
            self._decide()
            yield from self._put_right()
        yield from self.prevent_and_close()
        yield from self._asked_afterwards()

    def _owed(self) -> list[int]:
        return [one.id for one in self.facts.issues if one.remedied_at is None]

    def _decide(self) -> None:
        issue = self.case.open_issues().exclude(hearing=None).first()
        if issue is not None and self.chance(DECIDED):
            looked = "The order, the scans of the warehouse and what the colleague remembers."
            self.attempt("decides", lambda: decide(issue, Fault.OURS, Outcome.UPHELD, looked, **self.by))

    def _refuse(self) -> Iterator[datetime]:
        yield self.desk(14)
        looked, why = "The photographs and the order.", "The order names exactly what was delivered, on the day agreed."
        recourse = "If you see it otherwise, the consumer board at ARN looks at it free of charge."
        for issue in self.case.open_issues().exclude(hearing=None):
            self.attempt("decides", lambda one=issue: decide(one, Fault.NONE, Outcome.NOT_UPHELD, looked, **self.by))
            self.attempt("refuses", lambda one=issue: refuse(one, why, recourse, **self.by))

    def _put_right(self) -> Iterator[datetime]:
        """Offer, agree and deliver until nothing is owed; a promise broken meanwhile is one thing more."""
        for _ in range(ROUNDS):
            yield self.desk(3)
            self.listen()
            self.person_letter()
            self.link_causes()
            if not self._owed():
                return
            self._deliver_what_is_owed()
            yield from self._offered()
            yield from self._delivered()

    def _deliver_what_is_owed(self) -> None:
        """A sum taken too much is paid back without anybody being asked."""
        key, first = self.complaint.trouble.owed, self._owed()[:1]
        if key and self.chance(OWED) and not self.case.fulfilments.exists():
            remedy, cents = Remedy.objects.get(key=key), 100 * int(self.complaint.details["amount"])
            cents = min(cents, 9500)
            issues = frozenset(first)
            self.attempt(
                "pays back",
                lambda: deliver_entitlement(self.case, remedy, issues, cents, "Booked back, 4711", **self.by),
            )

    def _offered(self) -> Iterator[datetime]:
        """An offer, and another when it is declined or nobody answers; some go higher."""
        for number in range(3):
            owed = self._owed()
            if not owed:
                return
            self._offer(owed, more=number)
            yield self.home(15)
            if not open_offers(self.case, self.now):
                yield self.desk(5)
                continue
            if number == 0 and self.chance(DECLINES):
                self._decline()
                yield self.desk(4)
                continue
            self._accept()
            return

    def _offer(self, owed: list[int], more: int) -> None:
        draft = self._draft(owed, more)
        if self.chance(ABOVE) or not self.attempt("offers", lambda: make_offer(self.case, draft, **self.by)):
            self._ask_for_more(owed)

    def _ask_for_more(self, owed: list[int]) -> None:
        draft, why = self._draft(owed, 5), "They lost two days, and it is the second time."
        lead = self.world.people["ada" if self.agent.username == "ines" else "ines"]
        self.attempt("asks for more", lambda: ask_approval(self.case, draft, reason=why, **self.by))
        asked = self.case.approval_requests.filter(decision=None).last()
        if asked is not None:
            yes = {"granted": True, "words": "Right.", "now": self.now}
            self.attempt("approves", lambda: decide_approval(asked, by=asked.to or lead, **yes))

    def _draft(self, owed: list[int], more: int) -> Draft:
        trouble = self.complaint.trouble
        least, most = trouble.cents
        remedies = [Remedy.objects.get(key=key) for key in self.dice.sample(trouble.remedies, 2)]
        due = (self.now + min(self.dice.choice([3, 4, 5, 6]) * DAY, self._room())).date()
        cents = self.dice.randrange(least, most, 500) * (1 + more)
        options = [Proposal(one, one.name, one.terms, cents if one.asks_amount else 0, due) for one in remedies]
        return Draft(
            issues=frozenset(owed),
            opening="",
            can="We can do one of these for you. You choose.",
            cannot="",
            because="",
            options=options,
            reason="What it cost them is more than usual, and it was ours.",
        )

    def _room(self) -> timedelta:
        """Until the Friday of the last week."""
        return max(self.world.ends - 2 * DAY - 8 * HOUR - self.now, timedelta())

    def _decline(self) -> None:
        words = self.words("declines")
        for offer in open_offers(self.case, self.now):
            self.attempt("declines", lambda one=offer: decline(one, words, via=Via.PAGE, now=self.now))
        if self.chance(GOES_HIGHER) and not Escalation.objects.filter(case=self.number).exists():
            self.attempt("goes higher", lambda: escalate(self.case, self.words("higher"), self.now))
            if self.case.team_id == self.world.people["ines"].team_id:
                self.agent = self.world.people["ines"]

    def _accept(self) -> None:
        for offer in open_offers(self.case, self.now):
            option = self.dice.choice(list(offer.options.all()))
            if self.chance(BY_PHONE) and at_work(self.now, self.dice) == self.now:
                self.attempt("accepts", lambda one=option: self._by_phone(one))
            else:
                self.attempt("accepts", lambda one=option: accept(one, via=Via.PAGE, now=self.now))

    def _by_phone(self, option: Option) -> object:
        assert read_back(option)
        words = self.words("confirmations")
        return accept(option, via=Via.PHONE, now=self.now, words=words, noted_by=self.agent, was_read_back=True)

    def _delivered(self) -> Iterator[datetime]:
        """Carried out before its day, or a few of them after it."""
        offer = Offer.objects.filter(case=self.number, acceptance__isnull=False, acceptance__fulfilment=None).last()
        if offer is None:
            return
        due = offer.acceptance.promise.due_at
        left = max(due - self.now - HOUR, timedelta())
        late = self.chance(LATE) and self.world.ends - due > 5 * DAY
        yield at_work(due + 28 * HOUR, self.dice) if late else self.now + left * self.dice.betavariate(2, 2)
        option, proof = offer.acceptance.option, f"Booking {self.dice.randint(10000, 99999)}"
        self.attempt("delivers", lambda: deliver_option(option, proof, **self.by))

    def _asked_afterwards(self) -> Iterator[datetime]:
        """How it was, and whether it is still right; whoever says no begins again."""
        yield self.home(80)
        yield from self._how_it_was()
        yield self.home(130)
        for _ in range(2):
            yield from self._still_right()
            yield self.home(24 * 22)

    def _how_it_was(self) -> Iterator[datetime]:
        asked = SurveyAsked.objects.filter(case=self.number, answers=None).first()
        if asked is None or not self.chance(TELLS_HOW_IT_WAS):
            return
        hard = 1.2 if Escalation.objects.filter(case=self.number).exists() or self._broke_a_promise() else 0.0
        value = min(5, max(1, round(self.dice.gauss(4.1 - hard, 1.0))))
        given = [
            Given(Kind.CSAT, value),
            Given(Kind.CES, min(7, max(1, round(self.dice.gauss(value + 1, 1.2))))),
            Given(Kind.SETTLED, int(value > 2 or self.chance(0.2))),
        ]
        words = self.words("pleased" if value > 3 else "displeased")
        self.attempt("tells how it was", lambda: answer_survey(asked, given, words, self.now))
        if LowScore.objects.filter(case=self.number, done_at=None).exists():
            yield self.desk(6)
            heard = "Rang them: they wanted to be told earlier. I said sorry for that."
            self.attempt("hears a low score", lambda: answer_low_score(self.case, heard, **self.by))

    def _broke_a_promise(self) -> bool:
        return self.case.promises.exclude(broken=None).exists()

    def _still_right(self) -> Iterator[datetime]:
        asked = FollowUp.objects.filter(case=self.number, done_at=None, silent_at=None).exclude(letter=None).first()
        if asked is None or not self.chance(ANSWERS_AGAIN):
            return
        if self.chance(IS_RIGHT) or self.world.ends - self.now < 12 * DAY:
            words = self.words("still_right")
            self.attempt("says it is right", lambda: answer_on_page(asked, Answer.RIGHT, words, self.now))
            return
        words, put_right = self.words("not_right"), frozenset(self.case.open_issues().values_list("pk", flat=True)[:1])
        self.attempt("says it is not", lambda: answer_on_page(asked, Answer.LEFT, words, self.now, issues=put_right))
        yield from self._put_right()
        if not Closure.objects.filter(case=self.number).exists():
            yield from self.prevent_and_close()
