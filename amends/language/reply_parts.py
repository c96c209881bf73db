"""Where a draft does each of the five parts, issue by issue."""

from collections import Counter
from collections.abc import Callable

from amends.language.brief import Brief, IssueBrief, Parts
from amends.language.deeds import acts, prevents
from amends.language.draft import Draft, Sentence, details, widened
from amends.language.excuses import excuses
from amends.language.pattern import Pattern
from amends.language.sorry import APOLOGY, apologises, is_non_apology, owns
from amends.language.words import Span, sentences

HAPPENED = Pattern(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|never|has|have|hasn't|haven't|came|got|took|went|broke|left|kept"
    r"|lost|sent|told"
    r"|said|wrote|gave|found|paid|ran|fell|felt|stood|bought|sold|made|put|cut|let|rang|sat|ate|drove|flew|shut"
    r"|tore|blew|froze"
    r"|stuck|spent|forgot|meant|built|tied|lay|hung|bit|burst|stole|read|saw|knew|thought|become|became|turned"
    r"|being|not|is|are)\b"
    r"|(?<!the )(?<!a )(?<!an )(?<!your )(?<!our )(?<!of )(?<!for )(?<!that )(?<!this )(?<!with )\b\w{3,}ed\b"
)
ALL_OF_IT = Pattern(
    r"\b(?:both|all (?:of (?:it|this|that|them|these)|three|four|this|that)|everything|each of|for each|neither"
    r"|either mistake|the whole (?:thing|of it|lot)|the lot|(?:twice|three times) over)\b"
)
FOR = Pattern(r"\bfor (?:the|that|this|those|our|my|what|how)\b")
FEWEST_DETAILS = 2
BEFORE, AFTER = 1, 3
TELLING = 3
BARE = 2
RICH = 3
COMMON = details("one two three four five six seven eight nine ten once twice times minutes hours days weeks months")
ACTION_FITS = {
    "price_billing": Pattern(r"\b(?:refund|credit|charge|invoice|payment|fee|amount)"),
    "product_quality": Pattern(r"\b(?:replac|repair|exchange|new (?:one|unit)|fix)"),
    "delivery": Pattern(r"\b(?:resen|re-sen|ship|dispatch|deliver|courier|on its way|express)"),
    "service_received": Pattern(r"\b(?:spoke|trained|coach|call you|your contact)"),
    "access": Pattern(r"\b(?:unlock|restor|reset|reopen)"),
    "privacy": Pattern(r"\b(?:delet|remov|restrict)"),
}
Test = Callable[[Sentence], bool]


class Matching:
    """A draft held against the issues of a case."""

    def __init__(self, draft: Draft, brief: Brief) -> None:
        """Work out the words by which each issue is known."""
        self.draft = draft
        self.brief = brief
        known = {issue.id: details(f"{issue.words} {issue.summary}") for issue in brief.issues}
        counts = Counter(word for words in known.values() for word in words)
        self.known = {
            number: frozenset(word for word in words - COMMON if counts[word] == 1) or words
            for number, words in known.items()
        }
        told = _told(brief, known)
        self.told = details(brief.customer_text)
        self.details = {number: (words | told[number]) or known[number] for number, words in self.known.items()}
        self._wide = {number: widened(words) for number, words in self.known.items()}
        if len(known) == 1:
            self._wide = {number: words | (told[number] - COMMON) for number, words in self._wide.items()}
        self._named = [frozenset(n for n in known if self._wide[n] & one.named) for one in draft.sentences]

    def parts(self, issue: IssueBrief) -> Parts:
        """Return where the draft does each part for one issue."""
        return Parts(
            apologise=None if self.apology_cancelled(issue.id) else self.apology(issue.id),
            reflect=self._reflect(issue.id),
            acknowledge=self._first(issue.id, lambda one: owns(one.low), back=2),
            remedy=self._remedy(issue),
            prevent=self._first(issue.id, lambda one: prevents(one.low), back=len(self.draft.sentences)),
        )

    def names(self, number: int) -> frozenset[int]:
        """Return the issues that a sentence names."""
        return self._named[number]

    def apology_cancelled(self, issue: int) -> bool:
        """Return whether a non-apology or an excuse about this issue takes its apology back."""
        return any(
            (is_non_apology(one) or excuses(self.draft.sentences, at)) and self._about(at, issue, back=1)
            for at, one in enumerate(self.draft.sentences)
        )

    def apology(self, issue: int) -> Span | None:
        """An apology names the issue; one that names nothing is for what is told beside it, or for all it says."""
        said = sorted(self._saying(), key=lambda at: not apologises(self.draft.sentences[at].low))
        for at in said:
            one = self.draft.sentences[at]
            if issue in self._named[at] or ALL_OF_IT.search(one.low):
                return Span(one.start, one.end)
            if not self._named[at] and not one.of("reply_generic") and self._beside(at, issue):
                return Span(one.start, one.end)
            if apologises(one.low) and len(one.stems) <= BARE and self._retold() and not one.of("reply_generic"):
                return Span(one.start, one.end)
        return self._in_turn(issue)

    def _saying(self) -> list[int]:
        sentences = self.draft.sentences
        return [at for at, one in enumerate(sentences) if apologises(one.low) or owns(one.low)]

    def _in_turn(self, issue: int) -> Span | None:
        """Apologies for something in words that we cannot match are taken, in order, for the issues still open."""
        loose = [
            one
            for at, one in enumerate(self.draft.sentences)
            if apologises(one.low) and not one.of("reply_generic")
            for _ in range(self._unmatched(at))
        ]
        named = frozenset[int]().union(*(self._named[at] for at in self._saying()))
        open_issues = [one.id for one in self.brief.issues if one.id not in named]
        at = open_issues.index(issue) if issue in open_issues else len(loose)
        return Span(loose[at].start, loose[at].end) if at < len(loose) else None

    def _unmatched(self, at: int) -> int:
        """How many things an apology is for ("for the letter and for the call") beyond the issues that it names."""
        one, named = self.draft.sentences[at], len(self._named[at])
        things = max(sum(1 for _ in said.finditer(one.low)) for said in (APOLOGY, FOR))
        return max(0, things - named) if named or things > 1 else int(len(one.stems) >= TELLING)

    def _beside(self, at: int, issue: int) -> bool:
        return any(issue in named for named in self._named[max(0, at - BEFORE) : at + AFTER + 1])

    def _about(self, at: int, issue: int, back: int) -> bool:
        """Return whether a sentence is about an issue: names it, or names none and follows one that does."""
        if self._named[at]:
            return issue in self._named[at]
        if len(self.brief.issues) == 1:
            return True
        for before in range(at - 1, max(-1, at - 1 - back), -1):
            if self._named[before]:
                return issue in self._named[before]
        return False

    def _first(self, issue: int, test: Test, back: int = 1) -> Span | None:
        for at, one in enumerate(self.draft.sentences):
            if test(one) and self._about(at, issue, back):
                return Span(one.start, one.end)
        return None

    def _reflect(self, issue: int) -> Span | None:
        """Two details of their account, one of them of this issue, in one sentence or in two that stand together."""
        own, needed = self._wide[issue], min(FEWEST_DETAILS, max(1, len(self.details[issue])))
        before: Sentence | None = None
        for one in self.draft.sentences:
            if not _states(one):
                before = None
                continue
            if own & one.stems and len((self.told | own) & one.stems) >= needed + _is_bare(one):
                return Span(one.start, one.end)
            near = one.stems | before.stems if before else one.stems
            if before and own & near and len((self.told | own) & near) >= needed:
                return Span(before.start, one.end)
            before = one
        return self._retold()

    def _retold(self) -> Span | None:
        """Where so much of their account is told again that words of one issue alone prove nothing."""
        said = [one for one in self.draft.sentences if _states(one)]
        retold = frozenset[str]().union(*(one.stems & self.told for one in said))
        first = next((one for one in said if one.stems & self.told), None)
        return Span(first.start, first.end) if first and len(retold) >= RICH * len(self.brief.issues) else None

    def _remedy(self, issue: IssueBrief) -> Span | None:
        offer = self.brief.stage == "offer"
        for at, one in enumerate(self.draft.sentences):
            if acts(one.low, offer) and (self._about(at, issue.id, back=2) or self._fits(at, issue)):
                return Span(one.start, one.end)
        return None

    def _fits(self, at: int, issue: IssueBrief) -> bool:
        pattern = ACTION_FITS.get(issue.category)
        return bool(pattern and not self._named[at] - {issue.id} and pattern.search(self.draft.sentences[at].low))


def _told(brief: Brief, known: dict[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """The words of the customer's own account: all of it for one issue, of several the sentences that name each."""
    told = [details(brief.customer_text[span.start : span.end]) for span in sentences(brief.customer_text)]
    if len(known) == 1:
        return {number: frozenset[str]().union(*told) for number in known}
    return {
        number: frozenset[str]().union(*(one for one in told if len(one & words) * 2 >= len(words)))
        for number, words in known.items()
    }


def _states(one: Sentence) -> bool:
    """Return whether a sentence can say something back: it asks nothing, excuses nothing, and names no mere feeling."""
    return not (one.low.endswith("?") or is_non_apology(one) or one.of("reply_excuse"))


def _is_bare(one: Sentence) -> bool:
    """Return whether a sentence is sorry for a thing and does not tell what happened to it: that says little back."""
    return apologises(one.low) and not HAPPENED.search(one.low)
