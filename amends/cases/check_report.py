"""How each check of replies stands with a team: its level, where it spoke up, how often it was put aside, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count as CountOf

from amends.cases.check_levels import budget, counted, own_levels, restorations, showings
from amends.cases.remark import CheckRestoration, Reason
from amends.language.brief import LADDER, Level, Rung
from amends.language.catalogue import Entry, catalogue
from amends.language.demotion import NEVER, Count, level_now

MOST_WORDS = 200
WORDS_EACH = 5


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One check: what it is, the level it has now, and what was counted at each level since it was last put back.

    `reasons` say how often it was put aside for what; `words` are the newest ones of those who had another reason.
    """

    number: str
    entry: Entry
    level: Rung
    counts: Mapping[Rung, Count]
    reasons: Sequence[tuple[str, int]]
    words: Sequence[str]
    restored: CheckRestoration | None

    @property
    def own(self) -> Level:
        """The level it begins at."""
        return self.entry.level

    @property
    def has_stepped_down(self) -> bool:
        """Whether it was put aside too often."""
        return self.level != self.own

    @property
    def at_levels(self) -> list[tuple[Rung, Count]]:
        """What was counted at each level it has had, the highest first; its own also where nothing was."""
        return [(level, self.counts.get(level, NEVER)) for level in LADDER if level in self.counts or level == self.own]


def check_reports(team: int) -> list[CheckReport]:
    """Every check of a team: those that stepped down first, then by the level they have, then by number."""
    counts, limit = counted(team), budget()
    reasons, words, restored = _reasons(team), _words(team), restorations(team)
    made = [
        CheckReport(
            number,
            catalogue()[number],
            level_now(own, counts.get(number, {}), limit),
            counts.get(number, {}),
            reasons.get(number, []),
            words.get(number, []),
            restored.get(number),
        )
        for number, own in own_levels().items()
    ]
    return sorted(made, key=lambda one: (not one.has_stepped_down, LADDER.index(one.level), one.number))


def _reasons(team: int) -> dict[str, list[tuple[str, int]]]:
    """How often each check was put aside for each reason, the most frequent first."""
    made: dict[str, list[tuple[str, int]]] = {}
    rows = showings(team).exclude(put_aside=None).order_by().values_list("number", "put_aside__reason")
    for number, reason, count in rows.annotate(count=CountOf("pk")).order_by("-count", "put_aside__reason"):
        made.setdefault(number, []).append((Reason(reason).label, count))
    return made


def _words(team: int) -> dict[str, list[str]]:
    """The newest reasons in own words, each once, without who gave them."""
    made: dict[str, list[str]] = {}
    rows = showings(team).filter(put_aside__reason=Reason.OTHER).order_by("-pk")
    for number, words in rows.values_list("number", "put_aside__words")[:MOST_WORDS]:
        if words not in made.setdefault(number, []):
            made[number].append(words)
    return {number: said[:WORDS_EACH] for number, said in made.items()}
