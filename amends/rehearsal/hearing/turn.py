"""A trainee's turn taken apart: its sentences, what the checks say of them, and which issues they name."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from amends.language.draft import Sentence, details, take_apart
from amends.language.reply_check import Brief, Finding, IssueBrief, check
from amends.language.words import Span
from amends.rehearsal.hearing.heard import Heard
from amends.rehearsal.hearing.issue_words import ALL_OF_IT, Known, Stems, known, with_figures
from amends.rehearsal.hearing.spelling import as_spelt
from amends.rehearsal.moves import Move
from amends.rehearsal.scene import Scene

BACK = 3
ENOUGH = 2
EVERYWHERE = details("today tomorrow day week arrive arrived send sent come put back new customer firm week hour")
PARTS = {
    Move.OFFER_ONE: "remedy",
    Move.OFFER_OPTIONS: "remedy",
    Move.OFFER_MISMATCH: "mismatch",
    Move.COMMIT: "remedy",
    Move.EXPLAIN: "cause",
    Move.PREVENT: "change",
}


@dataclass(frozen=True)
class Turn:
    """The words of a trainee in a scene."""

    text: str
    scene: Scene

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in the trainee's own voice."""
        return tuple(replace(one, low=as_spelt(one.low)) for one in take_apart(self.text).sentences)

    @cached_property
    def issues(self) -> tuple[Known, ...]:
        """The issues of this round, also those that were not brought up yet."""
        scene = self.scene
        return known(tuple(scene.scenario.issue(name) for name in (*scene.raised, *scene.to_come)))

    @cached_property
    def named(self) -> tuple[frozenset[str], ...]:
        """For each sentence the issues it names."""
        return tuple(self._named(one) for one in self.sentences)

    @cached_property
    def file(self) -> str:
        """All that the trainee can know: the file and what the customer wrote."""
        scene = self.scene
        said = (one.said for one in scene.issues)
        return " ".join((scene.scenario.setting, *scene.facts_on_file, *scene.told, scene.said, *said))

    @cached_property
    def told(self) -> Stems:
        """The words of what can be known, numbers also as figures."""
        return with_figures(details(self.file))

    @cached_property
    def remarks(self) -> dict[tuple[str, int], Span]:
        """Where the checks of a reply remark on it, by their number and the start of the sentence."""
        starts = [one.start for one in self.sentences]
        found: dict[tuple[str, int], Span] = {}
        for one in self._found:
            at = bisect_right(starts, one.start) - 1
            if one.start < one.end and at >= 0:
                found.setdefault((one.id, starts[at]), Span(one.start, one.end))
        return found

    @property
    def _found(self) -> list[Finding]:
        briefs = tuple(
            IssueBrief(at, self.scene.scenario.issue(one.id).said, " ".join(sorted(one.own)))
            for at, one in enumerate(self.issues, 1)
        )
        return check(self.text, Brief(briefs, self.file))

    def remarked(self, by: str, one: Sentence) -> Span | None:
        """Return where a check remarks on a sentence."""
        return self.remarks.get((by, one.start))

    def about(self, at: int) -> tuple[str | None, ...]:
        """Return the issues a sentence is about: those it names, else those named last before it, else the only one."""
        if self.means_all(at):
            return self.scene.raised
        for here in range(at, max(-1, at - 1 - BACK), -1):
            if self.named[here]:
                return tuple(one.id for one in self.issues if one.id in self.named[here])
        return (self.only,)

    def means_all(self, at: int) -> bool:
        """Return whether a sentence speaks of all that was brought up."""
        return bool(self.scene.raised) and any(word in self.sentences[at].low for word in ALL_OF_IT)

    @property
    def only(self) -> str | None:
        """The one issue there is, or None where there are several."""
        return self.issues[0].id if len(self.issues) == 1 else None

    def fits(self, at: int, part: str) -> str | None:
        """Return the issue whose remedy, mismatch, cause or change a sentence tells, by the words they share."""
        shared = {one.id: self.shared(at, one.id, part) for one in self.issues if one.id in self.scene.raised}
        best = max(shared, key=lambda name: shared[name], default=None)
        return best if best is not None and shared[best] >= ENOUGH else None

    def shared(self, at: int, issue: str, part: str) -> int:
        """Return how many words of an issue's remedy, mismatch, cause or change a sentence has."""
        told = details(getattr(self.scene.scenario.issue(issue), part)) - EVERYWHERE
        return len(told & self.sentences[at].stems)

    def heard(self, move: Move, at: int) -> tuple[Heard, ...]:
        """Return a move of a sentence for each issue it is about."""
        one, fitting = self.sentences[at], self.fits(at, PARTS[move]) if move in PARTS else None
        issues = (fitting,) if fitting else self.about(at)
        return tuple(Heard(move, issue, one.start, one.end) for issue in issues)

    def plain(self, move: Move, at: int) -> Heard:
        """Return a move of a sentence that is about no issue in particular."""
        return Heard(move, None, self.sentences[at].start, self.sentences[at].end)

    def overlap(self, stems: Stems) -> int:
        """Return how many of these words are words of what can be known."""
        return len(with_figures(stems) & self.told)

    def _named(self, one: Sentence) -> frozenset[str]:
        return frozenset(issue.id for issue in self.issues if issue.own & one.stems)
