"""One complaint lived through by its people: what each does and when, told as a generator of the moments between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from amends.cases.closure import close
from amends.cases.facts import facts_of
from amends.cases.hear import Heard, confirm_understanding, hear
from amends.cases.ledger import writing
from amends.cases.note import add_note
from amends.cases.reply import Covered, reply
from amends.errors import AmendsError
from amends.method.facts import Facts, IssueFacts
from amends.method.gates import offer_gate
from amends.method.steps import Step
from amends.prevention.models import Cause
from amends.prevention.proposals import proposals
from amends.prevention.verbs import attribute
from amends.recovery.answer import Promised, answer
from amends.recovery.keep import keep_promise, release, renegotiate
from amends.recovery.offer import Via
from amends.recovery.promise import Promise
from amends.team.models import User
from bench.history.clock import DAY, HOUR, MINUTE, at_work, in_the_day, span
from bench.history.plan import Complaint
from bench.history.script import CALL_BACK, Script, Trouble
from bench.living import Living

PERSON = (Step.APOLOGISE, Step.REFLECT, Step.ACKNOWLEDGE)
CONFIRMS, NOTES, CALLS = 0.45, 0.2, 0.28
PROMISE_ENDS = ("kept", "late", "moved", "released")
PROMISE_WEIGHTS = (0.83, 0.08, 0.06, 0.03)
LAST_DAYS = timedelta(days=14)


@dataclass
class World:
    """What all lives share: the script, the people, the time and its end, and what was tried and refused."""

    script: Script
    people: dict[str, User]
    ends: datetime
    now: datetime
    refused: dict[str, int] = field(default_factory=dict)

    def attempt(self, name: str, act: Callable[[], object]) -> bool:
        """Try one thing; a refusal is counted with its sentence and leaves nothing behind."""
        try:
            with writing():
                act()
        except AmendsError as reason:
            told = f"{name}: {reason}"
            self.refused[told] = self.refused.get(told, 0) + 1
            return False
        return True


@dataclass
class Life(Living):
    """One case, who works on it, and the dice of everybody in it; what is common to every part of it."""

    world: World
    complaint: Complaint

    def __post_init__(self) -> None:
        """Choose who works on it: mostly the agent of the team it came to."""
        lead = "ines" if self.chance(0.15) else "tom"
        self.agent = self.world.people["priya" if self.complaint.trouble.team == "office" else lead]

    @property
    def facts(self) -> Facts:
        """What is known of it now."""
        return facts_of(self.case, self.now)

    def attempt(self, name: str, act: Callable[[], object]) -> bool:
        """Try one thing."""
        return self.world.attempt(name, act)

    def words(self, key: str) -> str:
        """One of the shared words."""
        return self.world.script.one(key, self.dice)

    def filled(self, words: str) -> str:
        """Words with what this complaint is about."""
        return words.format_map(self.complaint.details)

    def desk(self, hours: float) -> datetime:
        """When the team comes to it: after about so many hours, in its working time."""
        return at_work(self.now + self._hurried(span(self.dice, hours)), self.dice)

    def home(self, hours: float) -> datetime:
        """When the customer comes to it."""
        return in_the_day(self.now + self._hurried(span(self.dice, hours)), self.dice)

    def _hurried(self, rest: timedelta) -> timedelta:
        """In the last days everybody sees to it that little is left over."""
        left = self.world.ends - 2 * DAY - self.now
        return min(rest, max(left / 6, 20 * MINUTE)) if left < LAST_DAYS else rest

    def trouble_of(self, issue: IssueFacts) -> Trouble:
        """Which trouble an issue is: the second thing they wrote of and a broken promise are about calling back."""
        if issue.summary in self._main_summaries():
            return self.complaint.trouble
        return self.world.script.trouble(CALL_BACK)

    def _main_summaries(self) -> set[str]:
        return {self.filled(one) for one in self.complaint.trouble.summaries}


class Listening(Life):
    """From the first look at a mail to the letter that says it back, and the call that was promised in it."""

    def treat_the_person(self) -> Iterator[datetime]:
        """Listen, say sorry, say it back, and keep what was promised."""
        yield self.desk(2.2)
        self.listen()
        promise = self._first_letter()
        if self.chance(CONFIRMS):
            yield self.home(9)
            self.attempt("confirms", lambda: confirm_understanding(self.case, self.now))
        if promise is not None:
            yield from self._promise(promise)

    def listen(self) -> None:
        """Confirm what went wrong, in the team's words; what Amends proposed twice is taken off."""
        proposed = [one for one in self.case.open_issues() if not hasattr(one, "hearing")]
        lines = []
        wanted = self._wanted()
        for one in proposed:
            if one.source == "promise":
                lines.append(Heard(one.pk, one.summary, "expectation_promise", kind="broken_promise"))
            elif wanted:
                lines.append(wanted.pop(0)(one.pk))
            else:
                lines.append(Heard(one.pk, one.summary, one.category, off=True, reason="The same, said once more."))
        lines += [one(None) for one in wanted]
        if lines:
            self.attempt("listens", lambda: hear(self.case, lines, **self.by))
        if self.chance(NOTES):
            self.attempt("notes", lambda: add_note(self.case, self.words("notes"), **self.by))

    def _wanted(self) -> list[Callable[[int | None], Heard]]:
        """What the case should hold and does not hold yet."""
        if self.case.open_issues().exclude(hearing=None).exists():
            return []
        main, details = self.complaint.trouble, self.complaint.details
        summary = self.filled(self.dice.choice(main.summaries))
        wanted = [lambda pk: Heard(pk, summary, main.category, kind=main.kind, about=details["order"])]
        if self.complaint.second is not None:
            second = self.complaint.second
            also = self.filled(self.dice.choice(second.summaries))
            wanted.append(lambda pk: Heard(pk, also, second.category, kind=second.kind))
        return wanted

    def _first_letter(self) -> Promise | None:
        """The letter that puts the person first; now and then with a promise to call."""
        open_issues = list(self.case.open_issues())
        stated = [(one.pk, step) for one in open_issues for step in PERSON]
        if not self.chance(CALLS) or self.world.ends - self.now < 3 * DAY:
            covers = tuple(Covered(*one) for one in stated)
            self.attempt("replies", lambda: reply(self.case, self._letter(""), covers, **self.by))
            return None
        due = at_work(self.now + self.dice.choice([20, 26, 44]) * HOUR, self.dice)
        sentence = f"I will call you on {due:%A} with what the warehouse says."
        promised = Promised("A call with what the warehouse says", due, self.agent, sentence)
        text = self._letter(sentence)
        self.attempt("promises", lambda: answer(self.case, text, stated, [promised], **self.by))
        return Promise.objects.filter(case=self.number, acceptance=None).last()

    def _letter(self, more: str) -> str:
        first, trouble = self.case.customer.first_name, self.complaint.trouble
        parts = [
            f"Dear {first},",
            f"I am sorry that {self.filled(trouble.sorry)}. That was our mistake, and you had the trouble of it.",
            more or "I am looking at how it happened and what we can do about it.",
            self.agent.first_name,
        ]
        return "\n\n".join(parts)

    def person_letter(self) -> None:
        """Whoever is still owed it, hears that we are sorry; where it came back, also what we do now (E16)."""
        facts = self.facts
        owed = {one.issue for one in offer_gate(facts)}
        if not owed:
            return
        steps = {one.id: (*PERSON, Step.REMEDY) if one.came_back else PERSON for one in facts.issues if one.id in owed}
        covers = tuple(Covered(issue, step) for issue, known in steps.items() for step in known)
        text = self._letter("I put it right first, and then I find out why it happened again.")
        self.attempt("replies", lambda: reply(self.case, text, covers, **self.by))

    def link_causes(self) -> None:
        """Say why each issue happened."""
        for issue in self.case.open_issues().filter(attribution=None).exclude(hearing=None):
            facts = next(one for one in self.facts.issues if one.id == issue.pk)
            cause = Cause.objects.get(name=self.trouble_of(facts).name)
            guess = proposals([issue], self.by["by"]).get(issue.pk)
            shown = guess.cause if guess else None
            self.attempt("links", lambda one=issue, of=cause, was=shown: attribute(one, of, **self.by, proposed=was))

    def _promise(self, promise: Promise) -> Iterator[datetime]:
        """Keep it in time, or late, or move it, or be let off."""
        end = self.dice.choices(PROMISE_ENDS, PROMISE_WEIGHTS)[0]
        if end == "late":
            yield at_work(promise.due_at + 20 * HOUR, self.dice)
            return
        before = promise.due_at - self.dice.uniform(0.5, 4) * HOUR
        yield max(before, self.now + 10 * MINUTE)
        words = "Monday is better for me, I am away."
        if end == "moved":
            later = at_work(promise.due_at + 2 * DAY, self.dice)
            self.attempt("moves", lambda: renegotiate(promise, later, words, Via.PHONE, **self.by))
            yield later - 30 * MINUTE
        if end == "released":
            said = "No need to call, your letter says it all."
            self.attempt("is let off", lambda: release(promise, said, Via.PHONE, **self.by))
            return
        self.attempt("keeps", lambda: keep_promise(promise, self.words("kept"), **self.by))

    def prevent_and_close(self) -> Iterator[datetime]:
        """Tell what changes, and close what is put right."""
        yield self.desk(5)
        untold = [one for one in self.facts.issues if one.prevention_told_at is None and one.refused_at is None]
        if untold:
            covers = tuple(Covered(one.id, Step.PREVENT) for one in untold)
            told = {self.trouble_of(one).prevent: one for one in untold}
            text = "\n\n".join([f"Dear {self.case.customer.first_name},", *told, self.agent.first_name])
            self.attempt("tells", lambda: reply(self.case, text, covers, **self.by))
        yield self.now + 30 * MINUTE
        self.attempt("closes", lambda: close(self.case, **self.by))
