"""How well the checks of a reply do on the reply corpus: `python -m bench.language.score_check --part dev`."""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.language.brief import Brief, Finding, IssueBrief
from amends.language.catalogue import NOT_CHECKED, catalogue
from amends.language.checks import abroad
from amends.language.ear import Ears
from amends.language.reply_check import check
from bench.language.replies import Complained, Draft, drafts
from bench.language.tables import Table

CHECKS = tuple(number for number in catalogue() if number != NOT_CHECKED)
LANGUAGES = ("en", "de", "es", "fr")
LOUD = ("stop", "warn")
RESAMPLES = 400
SEED = 20261122
HEAD = ("check", "name", "+", "-", "precision", "(95 %)", "recall", "(95 %)", "alarms on good", "place hit")


@dataclass(slots=True)
class Tally:
    """What a check did in the drafts to one complaint."""

    hit: int = 0
    missed: int = 0
    alarm: int = 0
    silent: int = 0
    placed: int = 0
    marked: int = 0


@dataclass(slots=True)
class Scores:
    """Tallies by check and complaint, and for each check the good drafts it speaks loudly in."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    good: int = 0
    alarms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    alarmed: int = 0


def scored(part: str, language: str = "", ears: Ears | None = None) -> Scores:
    """Every draft of a part checked and counted; with a language only the drafts to complaints in it."""
    scores = Scores()
    for draft in drafts(part):
        if not language or draft.to.language == language:
            _count(scores, draft, check(draft.text, brief_of(draft.to), ears))
    return scores


def brief_of(to: Complained) -> Brief:
    """What a desk would know of this complaint."""
    issues = tuple(IssueBrief(at, words, category=category) for at, (category, words) in enumerate(to.issues, 1))
    return Brief(
        issues=issues,
        customer_text=to.text,
        customer_name=to.name,
        our_fault=to.our_fault,
        severity=to.severity,
        stage="offer" if to.stage == "offer" else "reply",
        public=to.public,
        prevention_linked=frozenset(one.id for one in issues) if to.linked else frozenset(),
        channel=to.channel,
        known=to.known,
    )


def _count(scores: Scores, draft: Draft, found: list[Finding]) -> None:
    family = f"{draft.to.file} {draft.to.number}"
    for number, issue in draft.fires:
        tally = scores.tallies[number][family]
        mine = _of(found, number, issue)
        tally.hit += bool(mine)
        tally.missed += not mine
        if places := draft.places.get(number):
            tally.marked += bool(mine)
            tally.placed += any(one.start < end and start < one.end for one in mine for start, end in places)
    for number, issue in draft.silent:
        tally = scores.tallies[number][family]
        tally.alarm += bool(_of(found, number, issue))
        tally.silent += not _of(found, number, issue)
    if draft.good:
        _count_good(scores, draft, found, family)


def _count_good(scores: Scores, draft: Draft, found: list[Finding], family: str) -> None:
    """A loud finding in a good reply is a false alarm, labelled or not."""
    loud = {one.id for one in found if one.level in LOUD}
    scores.good += 1
    scores.alarmed += bool(loud)
    labelled = {number for number, _ in draft.silent}
    for number in loud:
        scores.alarms[number] += 1
        scores.tallies[number][family].alarm += number not in labelled


def _of(found: list[Finding], number: str, issue: int) -> list[Finding]:
    return [one for one in found if one.id == number and issue in (0, one.issue)]


def figures(tallies: list[Tally]) -> tuple[float, float]:
    """Precision and recall of some tallies; what has nothing to be reckoned from is 0."""
    hit, missed = sum(one.hit for one in tallies), sum(one.missed for one in tallies)
    alarm = sum(one.alarm for one in tallies)
    return (hit / (hit + alarm) if hit + alarm else 0.0), (hit / (hit + missed) if hit + missed else 0.0)


def interval(tallies: list[Tally]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The 95 % bootstrap intervals of precision and recall, whole complaints drawn, the same seed each time."""
    draw = random.Random(SEED)
    runs = [figures(draw.choices(tallies, k=len(tallies))) for _ in range(RESAMPLES)]
    return _middle([run[0] for run in runs]), _middle([run[1] for run in runs])


def _middle(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]


def rows(scores: Scores) -> Iterator[tuple[str, ...]]:
    """The table, one row a check that has labels."""
    for number in CHECKS:
        tallies = list(scores.tallies[number].values())
        if not tallies:
            continue
        (precision, recall), (around_precision, around_recall) = figures(tallies), interval(tallies)
        marked = sum(one.marked for one in tallies)
        yield (
            number,
            catalogue()[number].name,
            str(sum(one.hit + one.missed for one in tallies)),
            str(sum(one.alarm + one.silent for one in tallies)),
            f"{precision:.2f}",
            "{:.2f}-{:.2f}".format(*around_precision),
            f"{recall:.2f}",
            "{:.2f}-{:.2f}".format(*around_recall),
            f"{100 * scores.alarms[number] / max(1, scores.good):.1f} %",
            f"{sum(one.placed for one in tallies) / marked:.2f}" if marked else "",
        )


def measured(part: str, languages: tuple[str, ...]) -> Table:
    """Return the figures of every check that is made, language by language."""
    found = {language: scored(part, language) for language in languages}
    lines = [
        (language, *row) for language, scores in found.items() for row in rows(scores) if row[0] in checks_of(language)
    ]
    said = tuple(
        f"{language}: {scores.good} good drafts, {scores.alarmed} of them with a stop or a warning"
        f" ({scores.alarmed / max(1, scores.good):.1%})."
        for language, scores in found.items()
    )
    return Table(("language", *HEAD), tuple(lines), said)


def checks_of(language: str) -> tuple[str, ...]:
    """Return the numbers of the checks that are made in a language."""
    return CHECKS if language == "en" else tuple(abroad.CHECKS)


def of_checks() -> Table:
    """Return what each check is called, how loud it is, what it says, and in which languages it is made."""
    lines = [
        (
            number,
            entry.name,
            entry.level,
            " ".join(entry.advice.split()),
            "en, de, es, fr" if number in abroad.CHECKS else "en",
        )
        for number, entry in catalogue().items()
        if number in CHECKS
    ]
    return Table(("check", "name", "level", "says", "languages"), tuple(lines))


def main() -> None:
    """Print the table of one part as Markdown."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--part", choices=("dev", "held_out"), required=True)
    asked.add_argument("--language", choices=LANGUAGES, action="append")
    options = asked.parse_args()
    print(measured(options.part, tuple(options.language or LANGUAGES)).markdown())


if __name__ == "__main__":
    main()
