"""Check a draft reply against the case it answers: positions, plain advice, one better wording, and why."""

from dataclasses import dataclass
from functools import cache

from amends.language.brief import LEVELS, Brief, Finding, IssueBrief, Level, Parts
from amends.language.checks import CHECKS
from amends.language.checks.case import Case, Remark
from amends.language.draft import Draft, take_apart
from amends.language.lexicon import package_text
from amends.language.reply_parts import Matching
from amends.language.tongues import language_of
from amends.language.words import Span, words_of

__all__ = ["Brief", "Finding", "IssueBrief", "Parts", "Span", "check", "parts", "shown"]

MOST_SHOWN = 3
FEW_WORDS = 12
LONGEST_NAMED = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    level: Level
    advice: str
    better: str
    evidence: tuple[str, ...]


def check(draft: str, brief: Brief) -> list[Finding]:
    """Return every remark on a draft in reading order; missing things, which have no place, come first.

    English only: a draft in another language gets one hint that says it was not checked. What the draft
    quotes is not the agent's speaking. The rules of evidence part 2, measured so far in our own tests only.
    """
    if not _is_english(draft):
        return [_finding(Remark("C00"), draft)]
    case = _case(take_apart(draft), brief)
    remarks = [remark for one in CHECKS for remark in one(case)]
    return sorted((_finding(remark, draft) for remark in remarks), key=lambda found: (found.start, found.end, found.id))


def parts(draft: str, brief: Brief) -> dict[int, Parts]:
    """Return, for each issue, where the draft does each of the five parts; nothing found outside English."""
    if not _is_english(draft):
        return {issue.id: Parts() for issue in brief.issues}
    return _case(take_apart(draft), brief).parts


def shown(findings: list[Finding]) -> list[Finding]:
    """Return the at most three findings to show at once: stop before warn before hint."""
    return sorted(findings, key=lambda found: LEVELS.index(found.level))[:MOST_SHOWN]


def _case(draft: Draft, brief: Brief) -> Case:
    matching = Matching(draft, brief)
    return Case(draft, brief, matching, {issue.id: matching.parts(issue) for issue in brief.issues})


def _is_english(draft: str) -> bool:
    words = words_of(draft)
    language = language_of(words)
    return language == "en" or (not language and len(words.normal) < FEW_WORDS)


def _finding(remark: Remark, draft: str) -> Finding:
    entry = _catalogue()[remark.check]
    start, end = remark.place
    fill = {"words": draft[start:end], **remark.fill}
    return Finding(
        id=remark.check,
        name=entry.name,
        level=entry.level,
        start=start,
        end=end,
        words=draft[start:end],
        advice=_filled(entry.advice, fill),
        better=_filled(entry.better, fill),
        evidence=entry.evidence,
        issue=remark.issue,
    )


def _filled(template: str, fill: dict[str, str]) -> str:
    for name, value in fill.items():
        short = value if len(value) <= LONGEST_NAMED else value[: LONGEST_NAMED - 1].rsplit(" ", 1)[0] + "…"
        template = template.replace("{" + name + "}", " ".join(short.split()))
    return template


@cache
def _catalogue() -> dict[str, _Entry]:
    import tomllib  # here, because only a finding needs it

    source = package_text("checks", "catalogue.toml")
    return {
        number: _Entry(one["name"], one["level"], one["advice"], one["better"], tuple(one["evidence"]))
        for number, one in tomllib.loads(source).items()
    }
