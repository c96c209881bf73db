"""The first reading of a message, written down: issues proposed in the customer's words, feeling, severity."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.learned import reading_with
from amends.cases.ledger import SYSTEM, record
from amends.cases.message import Message
from amends.cases.standing import Standing, columns
from amends.cases.turns import account_messages, hearing_out, turns_of
from amends.channels.envelope import Automatic
from amends.language.account import read_account, says_again
from amends.language.issues import FoundIssue
from amends.language.reading import Reading
from amends.method.facts import Facts, IssueFacts
from amends.method.path import recovery_path

FEELINGS = {0: "", 1: "A little upset", 2: "Upset", 3: "Very upset"}


def understand(message: Message, case: Case, reading: Reading, now: datetime) -> None:
    """Propose the issues of the message that opened a case, and give it its place in the queue; people confirm."""
    found = [(message, one) for one in reading.issues] if message.automatic == Automatic.NO else []
    _take_up(message, case, reading, _propose(found, message, now), now)


def understand_more(message: Message, case: Case, reading: Reading, now: datetime) -> Reading:
    """Propose what a later message adds, and return the reading that counts.

    While nobody has answered, that is the reading of all the customer wrote without a longer pause: one account, in
    which nothing is proposed twice (F4).
    """
    if message.automatic != Automatic.NO:
        return reading
    told = account_messages(case) if message.known_sender else []
    if len(told) < 2:
        issues = _propose([(message, one) for one in reading.issues], message, now)
    else:
        reading, issues = _propose_more(told, message, now)
    if message.known_sender:
        _say_in_queue(message, issues, reading, first=len(told) < 2)
    return reading


def _propose_more(told: list[Message], message: Message, now: datetime) -> tuple[Reading, list[Issue]]:
    """Read an account whole and propose what is new: not in the words of an issue there is, nor telling it again."""
    reading, found = read_account([one.text for one in told], reading_with())
    known = list(Issue.objects.filter(case=message.case_id, message__in=told))
    earlier = [f"{one.words} {one.summary}" for one in known]
    new: list[tuple[Message, FoundIssue]] = []
    for one in found:
        where, issue = told[one.message], one.issue
        if not _stands(where, issue, known) and not says_again(issue.words, earlier, reading.language):
            new.append((where, issue))
            earlier.append(issue.words)
    return reading, _propose(new, message, now)


def _stands(where: Message, found: FoundIssue, known: list[Issue]) -> bool:
    return any(one.message_id == where.pk and one.start < found.end and found.start < one.end for one in known)


def _say_in_queue(message: Message, issues: list[Issue], reading: Reading, *, first: bool) -> None:
    """The row's words follow the newest message; inside one account they stay with what went wrong first."""
    standing = Standing.objects.filter(pk=message.case_id)
    standing.update(feeling=feeling_words(reading))
    if first or (issues and not Issue.objects.filter(case=message.case_id, pk__lt=issues[0].pk).exists()):
        standing.update(words=excerpt(message, issues))


def feeling_words(reading: Reading) -> str:
    """How upset somebody is, in words: "Very upset", or "" when nothing shows it."""
    return FEELINGS[reading.feeling.strength]


def excerpt(message: Message, issues: list[Issue]) -> str:
    """The customer's own words for the queue, on one line: what went wrong, else how the message begins."""
    if issues:
        return " ".join(issues[0].words.split())[:200]
    start = next((start for kind, start, _ in message.pieces if kind == "new"), 0)
    return " ".join(message.text[start : start + 600].split())[:200] or message.subject[:200]


def _propose(found: list[tuple[Message, FoundIssue]], read: Message, now: datetime) -> list[Issue]:
    """The issues found in messages, written down as proposals of reading this message."""
    issues = [
        Issue(
            case_id=read.case_id,
            message=where,
            raised_at=now,
            summary=one.summary[:200],
            words=one.words,
            start=one.start,
            end=one.end,
            category=one.category,
            kind=one.subcategory,
            source="reading",
        )
        for where, one in found
    ]
    if issues:
        Issue.objects.bulk_create(issues)
        record("issues_proposed", read.case_id, SYSTEM, now, count=len(issues), message=read.pk)
    return issues


def _take_up(message: Message, case: Case, reading: Reading, issues: list[Issue], now: datetime) -> None:
    person = message.automatic == Automatic.NO
    heard = hearing_out(turns_of(case)) if person else None
    facts = Facts(
        customer=case.customer.first_name,
        now=now,
        opened_at=now,
        issues=tuple(IssueFacts(id=issue.pk, summary=issue.summary) for issue in issues),
        unanswered_since=now if person else None,
        account=heard.account if heard else None,
        quiet_at=heard.quiet_at if heard else None,
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
