"""Filling a database with cases, in bulk, shaped like those that mail opens."""

from datetime import UTC, datetime, timedelta

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import Standing
from amends.channels.models import Channel
from amends.customers.models import Address, Customer

STEP = 2000


def fill(total: int) -> None:
    """Bring the number of cases up to `total`."""
    have = Case.objects.count()
    channel = Channel.objects.order_by("pk").first()
    assert channel is not None
    for first in range(have, total, STEP):
        _some(channel, range(first, min(first + STEP, total)))


def _some(channel: Channel, numbers: range) -> None:
    now = datetime.now(UTC)
    with writing():
        customers = Customer.objects.bulk_create(Customer(name=f"Person {one}", since=now) for one in numbers)
        Address.objects.bulk_create(
            Address(customer=customer, value=f"filled{one}@post.example")
            for one, customer in zip(numbers, customers, strict=True)
        )
        cases = Case.objects.bulk_create(
            Case(
                team_id=channel.team_id,
                channel=channel,
                customer=customer,
                address=f"filled{one}@post.example",
                subject=f"Trouble {one}",
                opened_at=now,
            )
            for one, customer in zip(numbers, customers, strict=True)
        )
        for case in cases:
            record("case_opened", case.pk, "system", now)
        _conversation(cases, now)
        _standings(cases, numbers, now)


def _conversation(cases: list[Case], now: datetime) -> None:
    texts = "The lamp arrived nine days late. You have charged me twice."
    messages = Message.objects.bulk_create(
        Message(
            case=case,
            at=now,
            outgoing=outgoing,
            automatic="acknowledgement" if outgoing else "",
            external_id=f"filled-{case.pk}-{outgoing}@post.example",
            text=texts,
            pieces=[["new", 0, len(texts)]],
        )
        for case in cases
        for outgoing in (False, True)
    )
    OutboxEntry.objects.bulk_create(
        OutboxEntry(message=one, envelope={}, not_before=now, sent_at=now) for one in messages if one.outgoing
    )
    Issue.objects.bulk_create(
        Issue(
            case_id=one.case_id,
            message=one,
            raised_at=now,
            summary="Late",
            words=texts[:31],
            end=31,
            category="delivery",
            source="reading",
        )
        for one in messages
        if not one.outgoing
    )


def _standings(cases: list[Case], numbers: range, now: datetime) -> None:
    Standing.objects.bulk_create(
        Standing(
            case=case,
            team_id=case.team_id,
            attention="to do",
            reason="Wrote",
            next_step="listen",
            order_at=now + timedelta(seconds=one),
            due_at=now + timedelta(seconds=one),
            customer_name=f"Person {one}",
            words="The lamp arrived nine days late. You have charged me twice.",
            channel="email",
        )
        for one, case in zip(numbers, cases, strict=True)
    )


def lengthen(case_id: int, messages: int) -> None:
    """Bring the number of messages of one case up to `messages`, half of them ours."""
    now = datetime.now(UTC)
    have = Message.objects.filter(case_id=case_id).count()
    made = Message.objects.bulk_create(
        Message(
            case_id=case_id,
            at=now + timedelta(seconds=number),
            outgoing=number % 2 == 1,
            external_id=f"long-{case_id}-{number}@post.example",
            text="We are looking into it.\n\nYou will hear from me on Friday, whatever we find until then. " * 2,
        )
        for number in range(have, messages)
    )
    OutboxEntry.objects.bulk_create(
        OutboxEntry(message=one, envelope={}, not_before=now, sent_at=now) for one in made if one.outgoing
    )
