"""The first reading of a message, written down: issues proposed in the customer's words, feeling, severity."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.ledger import SYSTEM, record
from amends.cases.message import Message
from amends.cases.standing import Standing, columns
from amends.channels.envelope import Automatic
from amends.language.reading import Reading
from amends.method.facts import Facts, IssueFacts
from amends.method.path import recovery_path

FEELINGS = {0: "", 1: "A little upset", 2: "Upset", 3: "Very upset"}


def understand(message: Message, case: Case, reading: Reading, now: datetime, *, opened: bool) -> None:
    """Propose the issues a reading found, and give a new case its place in the queue; people confirm later."""
    issues = _propose(message, case, reading, now) if message.automatic == Automatic.NO else []
    if opened:
        _take_up(message, case, reading, issues, now)
    elif message.automatic == Automatic.NO and message.known_sender:
        Standing.objects.filter(pk=case.pk).update(words=excerpt(message, issues), feeling=feeling_words(reading))


def feeling_words(reading: Reading) -> str:
    """How upset somebody is, in words: "Very upset", or "" when nothing shows it."""
    return FEELINGS[reading.feeling.strength]


def excerpt(message: Message, issues: list[Issue]) -> str:
    """The customer's own words for the queue, on one line: what went wrong, else how the message begins."""
    if issues:
        return " ".join(issues[0].words.split())[:200]
    start = next((start for kind, start, _ in message.pieces if kind == "new"), 0)
    return " ".join(message.text[start : start + 600].split())[:200] or message.subject[:200]


def _propose(message: Message, case: Case, reading: Reading, now: datetime) -> list[Issue]:
    issues = [
        Issue(
            case=case,
            message=message,
            raised_at=now,
            summary=found.summary[:200],
            words=found.words,
            start=found.start,
            end=found.end,
            category=found.category,
            source="reading",
        )
        for found in reading.issues
    ]
    if issues:
        Issue.objects.bulk_create(issues)
        record("issues_proposed", case.pk, SYSTEM, now, count=len(issues), message=message.pk)
    return issues


def _take_up(message: Message, case: Case, reading: Reading, issues: list[Issue], now: datetime) -> None:
    person = message.automatic == Automatic.NO
    facts = Facts(
        customer=case.customer.first_name,
        now=now,
        opened_at=now,
        issues=tuple(IssueFacts(id=issue.pk, summary=issue.summary) for issue in issues),
        unanswered_since=now if person else None,
    )
    Standing.objects.create(
        case=case,
        team_id=case.team_id,
        customer_name=case.customer.called[:320],
        words=excerpt(message, issues),
        feeling=feeling_words(reading),
        channel=case.channel.kind,
        **columns(case, facts, recovery_path(facts), now),
    )
