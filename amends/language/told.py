"""Readings and findings as plain data, and back: what a terminal, an API and another help desk exchange."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from amends.errors import AmendsError
from amends.language.brief import Brief, Finding, IssueBrief
from amends.language.reading import Reading, read
from amends.language.reply_check import check

if TYPE_CHECKING:
    from amends.language.trained.weights import Trained

LONGEST = 200_000
CHANNELS = ("email", "chat", "phone", "letter", "form", "review", "social")


class NotSaid(AmendsError):
    """What was handed over cannot be read: which part, and what to hand over instead."""


class Told(TypedDict):
    """A finding as data; `start` and `end` are places in the reply, equal where something is missing from it."""

    id: str
    name: str
    level: str
    start: int
    end: int
    text: str
    issue: str | None
    advice: str
    better: str
    evidence: list[str]


def told_reading(reading: Reading) -> dict[str, Any]:
    """A reading as data; `complaint.is` is null where the product is not sure, places are those of the whole text."""
    return {
        "language": reading.language,
        "complaint": {"is": reading.complaint.is_, "probability": reading.complaint.probability},
        "issues": [
            {
                "span": one.words,
                "start": one.start,
                "end": one.end,
                "category": one.category,
                "subcategory": one.subcategory,
            }
            for one in reading.issues
        ],
        "feeling": {
            "kind": reading.feeling.kind,
            "intensity": reading.feeling.strength,
            "words": list(reading.feeling.words),
        },
        "severity": reading.severity,
        "severity_signals": list(reading.severity_signals),
        "asks": list(reading.asks) or ["nothing_stated"],
        "threats": list(reading.threats),
        "vulnerable": reading.vulnerable,
        "safety": reading.safety,
        "repeat_failure": reading.repeat_failure,
        "facts": [{"kind": one.kind, "text": one.words, "start": one.start, "end": one.end} for one in reading.facts],
        "missing": list(reading.missing),
        "questions": list(reading.questions),
    }


def told_findings(findings: Iterable[Finding], brief: Brief) -> list[Told]:
    """Findings as data; `issue` is the customer's words of the issue a finding is about."""
    words = {issue.id: issue.words for issue in brief.issues}
    return [
        Told(
            id=one.id,
            name=one.name,
            level=one.level,
            start=one.start,
            end=one.end,
            text=one.words,
            issue=words.get(one.issue) if one.issue is not None else None,
            advice=one.advice,
            better=one.better,
            evidence=list(one.evidence),
        )
        for one in findings
    ]


def read_told(given: Mapping[str, Any], trained: "Trained | None" = None) -> dict[str, Any]:
    """The reading of `text`, as data, with what was learned (None: what ships); raises NotSaid when there is none."""
    return told_reading(read(_text(given, "text"), trained))


def check_told(given: Mapping[str, Any], trained: "Trained | None" = None) -> list[Told]:
    """The findings on `reply` to `complaint`, as data; raises NotSaid for what cannot be used.

    `issues` are the customer's words of each issue (or objects with "span" and "category"); without them they are
    read from the complaint. `our_fault` is true unless it says otherwise; `channel` "social" is public.
    """
    brief = brief_of(given, trained)
    return told_findings(check(_text(given, "reply"), brief), brief)


def brief_of(given: Mapping[str, Any], trained: "Trained | None" = None) -> Brief:
    """What a reply is checked against, from data; raises NotSaid."""
    complaint = _text(given, "complaint")
    channel = given.get("channel") or "email"
    if channel not in CHANNELS:
        raise NotSaid(f"“channel” has to be one of {', '.join(CHANNELS)}.")
    our_fault = given.get("our_fault", True)
    if not isinstance(our_fault, bool):
        raise NotSaid("“our_fault” has to be true or false.")
    issues = given.get("issues")
    return Brief(
        issues=_read_issues(complaint, trained) if issues is None else _given_issues(issues),
        customer_text=complaint,
        our_fault=our_fault,
        public=channel == "social",
        channel=channel,
    )


def _read_issues(complaint: str, trained: "Trained | None") -> tuple[IssueBrief, ...]:
    found = enumerate(read(complaint, trained).issues, 1)
    return tuple(IssueBrief(number, one.words, one.summary, one.category) for number, one in found)


def _given_issues(issues: Any) -> tuple[IssueBrief, ...]:
    if not isinstance(issues, list):
        raise NotSaid("“issues” has to be a list: of the customer's words, or of objects with “span”.")
    return tuple(_given_issue(number, one) for number, one in enumerate(issues, 1))


def _given_issue(number: int, given: Any) -> IssueBrief:
    issue = {"span": given} if isinstance(given, str) else given
    if not isinstance(issue, Mapping):
        raise NotSaid(f"Issue {number} has to be the customer's words, or an object with “span”.")
    words, category = _text(issue, "span", f"Issue {number}: "), issue.get("category") or ""
    if not isinstance(category, str):
        raise NotSaid(f"Issue {number}: “category” has to be a text.")
    return IssueBrief(number, words, "", category)


def _text(given: Mapping[str, Any], name: str, before: str = "") -> str:
    words = given.get(name)
    if not isinstance(words, str):
        raise NotSaid(f"{before}“{name}” is missing: it has to be a text.")
    if len(words) > LONGEST:
        raise NotSaid(f"{before}“{name}” has {len(words):,} characters; at most {LONGEST:,} are read at once.")
    return words
