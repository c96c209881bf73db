"""What the customer says next: a line of their own bank, no line twice in a round, its places filled."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from amends.rehearsal.answering import STINGS, answers_to
from amends.rehearsal.bank import BANDS, Line, band_of, lines_of
from amends.rehearsal.moves import Move
from amends.rehearsal.rules import OWNED
from amends.rehearsal.scenario import Trouble
from amends.rehearsal.scene import Scene
from amends.rehearsal.state import State, Turn

if TYPE_CHECKING:
    from amends.rehearsal.round import Round

INSTEAD = {
    "asked": ("more",),
    "asked_again": ("cold",),
    "blamed": ("cold", "excused"),
    "boundary": ("cold",),
    "cold": ("unheard",),
    "doubt": ("unprevented",),
    "excused": ("cold", "hollow"),
    "hollow": ("unowned", "cold"),
    "idle": ("unremedied", "unheard"),
    "misheard": ("unheard",),
    "mismatch": ("unremedied",),
    "more": ("unheard",),
    "options": ("offered",),
    "too_early": ("unheard",),
    "vague": ("unremedied",),
}
NEEDS_ISSUE = ("opening", "next_issue")
NEXT = ("There is something else: {issue}.", "One more thing: {issue}.", "And then: {issue}.", "Also, {issue}.")
NODS = ("Right.", "All right. Go on.", "I see.", "Okay. And then?", "Noted.", "Yes.")
WAVER = 0.15
WAITING = "(They wait for your answer.)"
LEAVING = "(They have left.)"
PLACE = re.compile(r"\{(detail|fact|firm|agent|issue)\}")
START_OF_SENTENCE = re.compile(r"(?:^|[.!?]\s+)$")


@dataclass(frozen=True, slots=True)
class Talk:
    """What the customer has said up to a moment of a round; `when` is what their last words answered to."""

    said: str
    when: str
    raised: tuple[str, ...]
    asked: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    earlier: tuple[str, ...] = ()

    def to_come(self, state: State) -> tuple[str, ...]:
        """Return the issues not brought up yet."""
        return tuple(issue for issue in state.customer.issues if issue not in self.raised)

    def settled(self, state: State) -> bool:
        """Return whether they were asked, agree, and have nothing else to bring up."""
        return state.agrees and state.asked_agreement and not self.to_come(state)


def talks(played: "Round") -> tuple[Talk, ...]:
    """Return what the customer said at the start and after each turn; the same round gives the same words."""
    course = played.states
    found = [_opening(played, course[0])]
    for at, turn in enumerate(played.turns):
        found.append(_answer(played, found[-1], course[at], course[at + 1], turn))
    return tuple(found)


def scene(played: "Round") -> Scene:
    """Return what is on the table for the trainee's next turn."""
    last = played.talks[-1]
    return Scene(
        scenario=played.scenario,
        said=last.said,
        told=last.earlier,
        raised=last.raised,
        to_come=last.to_come(played.states[-1]),
    )


def _opening(played: "Round", state: State) -> Talk:
    first = state.customer.issues[0]
    speaking = _Speaking(played, Talk("", "opening", (first,)), state)
    line = speaking.line(("opening",)) or Line("opening", "upset", NEXT[-1])
    return speaking.talk_with(line, first)


def _answer(played: "Round", talk: Talk, before: State, now: State, turn: Turn) -> Talk:
    to_come = talk.to_come(now)
    speaking = _Speaking(played, replace(talk, earlier=(*talk.earlier, talk.said)), now)
    line = speaking.line(tuple(answers_to(before, now, turn, to_come)))
    if line is None:
        return speaking.without_words()
    if line.when == "next_issue":
        return speaking.talk_with(line, to_come[0])
    answered = speaking.talk_with(line, _spoken_of(now, talk, line.when))
    if to_come and line.when not in STINGS and _ready_for_more(now, talk):
        return _and_another(speaking, answered, to_come[0])
    return answered


def _and_another(speaking: "_Speaking", answered: Talk, issue: str) -> Talk:
    """Whoever was heard on one issue brings up the next in the same breath."""
    more = replace(speaking, talk=replace(answered, said=""))
    line = more.line(("next_issue",))
    if line is None or line.when != "next_issue":
        return answered
    further = more.talk_with(line, issue)
    return replace(further, said=f"{answered.said} {further.said}", when=answered.when)


def _ready_for_more(now: State, talk: Talk) -> bool:
    return all(now.did(Move.REFLECT, issue) for issue in talk.raised)


def _spoken_of(state: State, talk: Talk, when: str) -> str:
    """The issue a line is about: the first that lacks what the line asks for, or the one spoken of."""
    lacking = {
        "unowned": lambda issue: state.part(issue).acknowledged < OWNED,
        "unremedied": lambda issue: state.part(issue).remedied < 1,
        "unprevented": lambda issue: state.part(issue).prevented < 1,
        "unheard": lambda issue: not state.did(Move.REFLECT, issue),
        "asked": lambda issue: issue not in talk.asked,
    }.get(when)
    topic = state.topic if state.topic in talk.raised else talk.raised[0]
    if lacking is None or lacking(topic):
        return topic
    return next((issue for issue in talk.raised if lacking(issue)), topic)


@dataclass(frozen=True, slots=True)
class _Speaking:
    """One moment in which the customer looks for words."""

    played: "Round"
    talk: Talk
    state: State

    def line(self, whens: tuple[str, ...]) -> Line | None:
        """Return an unused line for the first of `whens` that has one, in the nearest band; None when all are used."""
        draw = random.Random(f"{self.played.seed}:{self.played.scenario.id}:{self.state.turns}:{whens[0]}")  # noqa: S311
        for when in (*whens, *INSTEAD.get(whens[0], ())):
            for band in self._bands(draw):
                if lines := self._fitting(when, band):
                    return draw.choice(lines)
            if when == "next_issue":
                return Line(when, "upset", draw.choice(NEXT))
        return None

    def talk_with(self, line: Line, issue: str) -> Talk:
        """Return the talk with a line said about an issue, its places filled and what it told written down."""
        trouble = self.played.scenario.issue(issue)
        detail = self._detail(issue) or ""
        words = {"detail": detail, "fact": trouble.held_back, "firm": self.played.scenario.firm}
        said = _filled(line.say, {**words, "agent": self.played.agent, "issue": trouble.said})
        talk = self.talk
        return replace(
            talk,
            said=said,
            when=line.when,
            raised=talk.raised if issue in talk.raised else (*talk.raised, issue),
            asked=(*talk.asked, issue) if line.has("fact") else talk.asked,
            details=(*talk.details, detail) if line.has("detail") else talk.details,
            used=talk.used | {line.say},
        )

    def without_words(self) -> Talk:
        """Return the talk once the bank has nothing left that fits: a nod, or a pause, or an empty chair."""
        if self.state.left:
            return replace(self.talk, said=LEAVING, when="leaves")
        left = [nod for nod in NODS if nod not in self.talk.used]
        said = left[0] if left else WAITING
        return replace(self.talk, said=said, when="nod", used=self.talk.used | {said})

    def _bands(self, draw: random.Random) -> Iterator[str]:
        """The bands, nearest first; people waver, so that near a border it may be the other side of it."""
        own = BANDS.index(band_of(self.state.anger + draw.uniform(-WAVER, WAVER)))
        yield from sorted(BANDS, key=lambda band: (abs(BANDS.index(band) - own), BANDS.index(band)))

    def _fitting(self, when: str, band: str) -> list[Line]:
        lines = [
            one
            for one in lines_of(self.state.customer.persona.id)
            if (one.when, one.band) == (when, band) and one.say not in self.talk.used and self._can_fill(one)
        ]
        if when in NEEDS_ISSUE:
            return [one for one in lines if one.has("issue")]
        return [one for one in lines if one.has("detail")] or lines if when == "more" else lines

    def _can_fill(self, line: Line) -> bool:
        topic = _spoken_of(self.state, self.talk, line.when)
        if line.has("fact") and topic in self.talk.asked:
            return False
        return not line.has("detail") or self._detail(topic) is not None

    def _detail(self, issue: str) -> str | None:
        trouble: Trouble = self.played.scenario.issue(issue)
        return next((one for one in trouble.details if one not in self.talk.details), None)


def _filled(say: str, words: dict[str, str]) -> str:
    """A line with its places filled; what begins a sentence gets its capital, and what is filled in stays as it is."""
    said, at = "", 0
    for place in PLACE.finditer(say):
        said += say[at : place.start()]
        word = words[place[1]]
        said += word[:1].upper() + word[1:] if START_OF_SENTENCE.search(said) else word
        at = place.end()
    return said + say[at:]
