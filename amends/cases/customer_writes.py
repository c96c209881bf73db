"""The customer writes on their own page: a message like any other."""

from dataclasses import asdict
from datetime import datetime

from amends.cases.case import Case
from amends.cases.closure import open_again
from amends.cases.errors import Incomplete
from amends.cases.ledger import record, writing
from amends.cases.message import Message
from amends.cases.standing import stand
from amends.cases.understand import understand
from amends.language.reading import read


def customer_writes(case: Case, text: str, now: datetime) -> Message:
    """A message from the customer's page in their case; raises Incomplete for an empty one."""
    words = text.replace("\x00", "").strip()
    if not words:
        raise Incomplete("Write your message first.", "text")
    with writing():
        reading = read(words)
        message = Message.objects.create(
            case=case,
            at=now,
            outgoing=False,
            sender_name=case.customer.called,
            text=words,
            pieces=[["new", 0, len(words)]],
            reading=asdict(reading),
        )
        understand(message, case, reading, now, opened=False)
        open_again(case, f"customer:{case.customer_id}", now)
        record("message_received", case.pk, f"customer:{case.customer_id}", now, message=message.pk, known=True)
        stand(case, now)
    return message
