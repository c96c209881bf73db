"""What is new inside a category: terms whose share has grown, by how much, and how likely that is chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from amends.measures.distributions import log_choose, normal_quantile
from amends.measures.errors import ImpossibleCount
from amends.measures.figure import Figure, share

FALSE_SHARE = 0.05
FEWEST_EXAMPLES = 5
FEWEST_TEXTS = 20


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase: in how many complaints of the category it stands now and before, and ids of some of them."""

    words: str
    now: int
    before: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A term that has grown: its shares, the log-odds with its interval, and q, the share of false ones up to it."""

    term: Term
    now: Figure
    before: Figure
    log_odds: float
    low: float
    high: float
    q: float

    @property
    def words(self) -> str:
        """The hint in a sentence, marked as one."""
        return (
            f"A hint: “{self.term.words}” stands in {self.term.now:,} of {self.now.n:,} complaints "
            f"({100 * self.now.value:.0f} %), before in {self.term.before:,} of {self.before.n:,} "
            f"({100 * self.before.value:.0f} %): its odds are {exp(self.log_odds):.1f} times as high "
            f"({exp(self.low):.1f} to {exp(self.high):.1f})."
        )


def themes(terms: Sequence[Term], *, now: int, before: int) -> tuple[Theme, ...]:
    """The terms whose share of a category's complaints grew, strongest first; `now` and `before` are all complaints.

    Fisher's exact test to the side of growth (mid-p), with all terms looked at corrected for together (Benjamini and
    Hochberg 1995): of those shown about 5 % are false. Shown are terms in five complaints or more; below twenty
    complaints in either window there is nothing to show. Being terms of one text they are hints, never findings.
    """
    if any(not (0 <= one.now <= now and 0 <= one.before <= before) for one in terms):
        raise ImpossibleCount("A term stands in more complaints than there are. Count each complaint once for a term.")
    if min(now, before) < FEWEST_TEXTS:
        return ()
    chances = adjusted([grown(one.now, now, one.before, before) for one in terms])
    found = [
        _theme(one, now, before, q)
        for one, q in zip(terms, chances, strict=True)
        if q <= FALSE_SHARE and one.now >= FEWEST_EXAMPLES
    ]
    return tuple(sorted(found, key=lambda one: (-one.low, one.term.words)))


def adjusted(chances: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's q for each probability, in the order given."""
    order = sorted(range(len(chances)), key=lambda one: chances[one], reverse=True)
    found, least = [0.0] * len(chances), 1.0
    for place, one in enumerate(order):
        least = min(least, chances[one] * len(chances) / (len(chances) - place))
        found[one] = least
    return found


def grown(now: int, of_now: int, before: int, of_before: int) -> float:
    """The probability of as many or more now, given how many there are in all (hypergeometric, mid-p)."""
    every, whole = now + before, of_now + of_before
    if not every:
        return 1.0
    base = log_choose(whole, every)
    chances = [
        exp(log_choose(of_now, one) + log_choose(of_before, every - one) - base)
        for one in range(now, min(every, of_now) + 1)
    ]
    return min(1.0, sum(chances) - chances[0] / 2)


def _theme(term: Term, now: int, before: int, q: float) -> Theme:
    cells = [one + 0.5 for one in (term.now, now - term.now, term.before, before - term.before)]
    odds = log(cells[0] / cells[1]) - log(cells[2] / cells[3])
    reach = normal_quantile(0.975) * sqrt(sum(1 / one for one in cells))
    return Theme(
        term=term,
        now=share(term.words, term.now, now, noun="complaints", fewest=FEWEST_TEXTS),
        before=share(term.words, term.before, before, noun="complaints", fewest=FEWEST_TEXTS),
        log_odds=odds,
        low=odds - reach,
        high=odds + reach,
        q=q,
    )
