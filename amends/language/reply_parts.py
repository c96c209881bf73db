"""Where a draft does each of the five parts, issue by issue."""

from collections import Counter
from collections.abc import Callable

from amends.language.brief import Brief, IssueBrief, Parts
from amends.language.draft import Draft, Sentence, details, widened
from amends.language.moves import NON_APOLOGY, acts, apologises, excuses, owns, prevents
from amends.language.pattern import Pattern
from amends.language.words import Span

HAPPENED = Pattern(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|never|has|have|hasn't|haven't|came|got|took|went|broke|left|kept|lost"
    r"|sent|told|said|wrote|gave|found|paid|ran|fell|felt|stood|arrived|waited|charged|delivered|cancelled|missed|failed"
    r"|stopped|ignored|promised|called|emailed|asked|ordered|happened|crashed|answered|replied|received)\b"
)
RETOLD = Pattern(r"\byou(?:'ve| have)? (?:told|wrote|said|ordered|waited|called|paid|asked|were|had|received|got)\b")
FEWEST_DETAILS = 2
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
        self.details = {issue.id: details(issue.words) or known[issue.id] for issue in brief.issues}
        self._wide = {number: widened(words) for number, words in self.known.items()}
        self._named = [frozenset(n for n in known if self._wide[n] & one.stems) for one in draft.sentences]

    def parts(self, issue: IssueBrief) -> Parts:
        """Return where the draft does each part for one issue."""
        return Parts(
            apologise=None if self.apology_cancelled(issue.id) else self._first(issue.id, _apology),
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
            (NON_APOLOGY.search(one.low) or excuses(one)) and self._about(at, issue, back=1)
            for at, one in enumerate(self.draft.sentences)
        )

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
            if test(one) and self._about(at, issue, back) and self._specific(at, issue, test):
                return Span(one.start, one.end)
        return None

    def _specific(self, at: int, issue: int, test: Test) -> bool:
        """An apology must name the issue; only where there is one issue may the sentence beside it do so."""
        if test is not _apology or issue in self._named[at]:
            return True
        beside = self._named[max(0, at - 1) : at + 2]
        return len(self.brief.issues) == 1 and any(issue in named for named in beside)

    def _reflect(self, issue: int) -> Span | None:
        wanted = self.details[issue]
        needed = min(FEWEST_DETAILS, max(1, len(wanted)))
        before: Sentence | None = None
        for one in self.draft.sentences:
            if not _states(one):
                before = None
                continue
            if len(wanted & one.stems) >= needed:
                return Span(one.start, one.end)
            if before and wanted & one.stems and len(wanted & (one.stems | before.stems)) >= needed:
                return Span(before.start, one.end)
            before = one
        return None

    def _remedy(self, issue: IssueBrief) -> Span | None:
        offer = self.brief.stage == "offer"
        for at, one in enumerate(self.draft.sentences):
            if acts(one.low, offer) and (self._about(at, issue.id, back=2) or self._fits(at, issue)):
                return Span(one.start, one.end)
        return None

    def _fits(self, at: int, issue: IssueBrief) -> bool:
        pattern = ACTION_FITS.get(issue.category)
        return bool(pattern and not self._named[at] - {issue.id} and pattern.search(self.draft.sentences[at].low))


def _apology(one: Sentence) -> bool:
    return apologises(one.low)


def _states(one: Sentence) -> bool:
    if acts(one.low, offer=True) and not (apologises(one.low) or RETOLD.search(one.low)):
        return False
    if one.low.endswith("?") or NON_APOLOGY.search(one.low) or not HAPPENED.search(one.low):
        return False
    return " if " not in f" {one.low}"
