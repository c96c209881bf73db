"""Check a draft reply against the case it answers: positions, plain advice, one better wording, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amends.language.brief import LEVELS, Brief, Finding, IssueBrief, Level, Parts, Rung
from amends.language.catalogue import NOT_CHECKED, catalogue
from amends.language.checks import CHECKS
from amends.language.checks.case import Case, Remark
from amends.language.checks.heard import with_hearing
from amends.language.draft import Draft, take_apart
from amends.language.ear import Ears, deaf
from amends.language.reply_parts import Matching
from amends.language.tongues import language_of
from amends.language.words import Span, words_of

__all__ = ["Brief", "Finding", "IssueBrief", "Looked", "Parts", "Span", "check", "looked_through", "parts", "shown"]

MOST_SHOWN = 3
FEW_WORDS = 12
LONGEST_NAMED = 60
OWN_LEVELS: Mapping[str, Rung] = {}


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft looked through once: the remarks on it, and where it does each part for each issue."""

    findings: list[Finding]
    parts: dict[int, Parts]


def check(draft: str, brief: Brief, ears: Ears | None = None) -> list[Finding]:
    """Return every remark on a draft in reading order; missing things, which have no place, come first.

    What the draft quotes is not the agent's speaking. English is checked for all of C01 to C31; German, Spanish and
    French for ten of them; a draft in another language gets one hint that says it was not checked. How often each
    check is right is measured by `bench.language.score_check` (docs/language/checks.md). `ears` are those that ship, or
    others that were learned.
    """
    return looked_through(draft, brief, ears=ears).findings


def parts(draft: str, brief: Brief) -> dict[int, Parts]:
    """Return, for each issue, where the draft does each of the five parts; nothing found outside English."""
    language = _language(draft, brief)
    if language != "en":
        return _nothing_said(brief)
    return _case(take_apart(draft, language, deaf()), brief).parts


def looked_through(
    draft: str, brief: Brief, levels: Mapping[str, Rung] = OWN_LEVELS, ears: Ears | None = None
) -> Looked:
    """Return the remarks on a draft and its parts in one go, for those who show both.

    `levels` are those of the checks that are not at their own any more; one that is "quiet" says nothing.
    """
    language = _language(draft, brief)
    if language not in CHECKS:
        return Looked(_findings([Remark(NOT_CHECKED)], draft, levels), _nothing_said(brief))
    case = _case(take_apart(draft, language, ears), brief)
    remarks = with_hearing(case, (remark for one in CHECKS[language] for remark in one(case)))
    found = sorted(_findings(remarks, draft, levels), key=lambda one: (one.start, one.end, one.id))
    return Looked(found, case.parts)


def shown(findings: list[Finding]) -> list[Finding]:
    """Return the at most three findings to show at once: stop before warn before hint."""
    return sorted(findings, key=lambda found: LEVELS.index(found.level))[:MOST_SHOWN]


def _case(draft: Draft, brief: Brief) -> Case:
    matching = Matching(draft, brief)
    is_english = draft.language == "en"
    found = {one.id: matching.parts(one) for one in brief.issues} if is_english else _nothing_said(brief)
    return Case(draft, brief, matching, found)


def _nothing_said(brief: Brief) -> dict[int, Parts]:
    """Outside English nobody looks for the parts."""
    return {issue.id: Parts() for issue in brief.issues}


def _language(draft: str, brief: Brief) -> str:
    """The language by its words; of a short line in which they do not tell, that of the complaint, or English."""
    words = words_of(draft)
    language = language_of(words)
    if language or len(words.normal) >= FEW_WORDS:
        return language
    return language_of(words_of(brief.customer_text)) or "en"


def _findings(remarks: Iterable[Remark], draft: str, levels: Mapping[str, Rung]) -> list[Finding]:
    made = []
    for remark in remarks:
        level = levels.get(remark.check, catalogue()[remark.check].level)
        if level != "quiet":
            made.append(_finding(remark, draft, level))
    return made


def _finding(remark: Remark, draft: str, level: Level) -> Finding:
    entry = catalogue()[remark.check]
    start, end = remark.place
    fill = {"words": draft[start:end], **remark.fill}
    return Finding(
        id=remark.check,
        name=entry.name,
        level=level,
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
