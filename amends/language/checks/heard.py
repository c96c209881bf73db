"""What was learned beside the rules: it finds a move in words no list knows, and quiets a rule that misheard."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from amends.language.checks import abroad, apology, offers, tone
from amends.language.checks.case import Case, Remark
from amends.language.words import Span

LISTED_ONLY = frozenset({"C27"})


def with_hearing(case: Case, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Return the remarks of the rules without those that were misheard, and what else is heard in the draft.

    A remark on what is missing, which has no place, stays as it is. Outside English too few sentences were learned from
    to overrule a rule.
    """
    listened = _Listened(case)
    said: set[tuple[str, int]] = set()
    for remark in remarks:
        at = listened.sentence_of(remark.place)
        if at is None or not listened.misheard(remark.check, at):
            yield remark
            said.add((remark.check, -1 if at is None else at))
    yield from (Remark(check, place) for check, at, place in listened.heard() if (check, at) not in said)


class _Listened:
    """A case with the beginnings of its sentences, and what makes a move harmless wherever it stands, asked once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.starts = [one.start for one in case.draft.sentences]
        said = frozenset[str]().union(*(one.heard.says for one in case.draft.sentences))
        self.harmless = {check for check, unless in UNLESS_ANYWHERE.items() if check in said and unless(case)}

    def sentence_of(self, place: Span) -> int | None:
        """Return the number of the sentence in which a place begins, None for a remark without a place."""
        at = bisect_right(self.starts, place.start) - 1
        within = at >= 0 and place.start < self.case.draft.sentences[at].end
        return at if within and place.start < place.end else None

    def misheard(self, check: str, at: int) -> bool:
        """Return whether a sentence surely does not do what a rule says of it."""
        return self.case.draft.language == "en" and check in self.case.draft.sentences[at].heard.denies

    def heard(self) -> Iterator[tuple[str, int, Span]]:
        """Return each move heard, where it stands and whether nothing beside it speaks against it."""
        for at, one in enumerate(self.case.draft.sentences):
            for check in sorted(one.heard.says - apology.GOOD_MOVES - LISTED_ONLY - self.harmless):
                if self._is_made(check, at):
                    yield check, at, Span(one.start, one.end)

    def _is_made(self, check: str, at: int) -> bool:
        if self.case.draft.language != "en":
            return check in abroad.CHECKS
        return check not in UNLESS_BESIDE or not UNLESS_BESIDE[check](self.case, at)


def _linked(case: Case) -> bool:
    return bool(case.brief.prevention_linked)


def _reflected(case: Case) -> bool:
    return bool(case.parts) and all(parts.reflect for parts in case.parts.values())


# What makes a move harmless: in its sentence or beside it, or anywhere in the draft.
UNLESS_BESIDE: dict[str, Callable[[Case, int], bool]] = {
    "C01": apology.names_our_doing,
    "C08": tone.is_confirmed,
    "C09": tone.is_granted,
    "C10": tone.can_do_something,
    "C31": offers.asks_nothing_back,
}
UNLESS_ANYWHERE: dict[str, Callable[[Case], bool]] = {
    "C12": _reflected,
    "C19": tone.names_a_time,
    "C22": _linked,
    "C26": offers.is_softened,
}
