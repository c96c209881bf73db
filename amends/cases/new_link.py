"""A fresh link for a customer whose old one no longer opens, sent only to the address we know."""

import re
from datetime import datetime, timedelta

from amends.cases.case import Case
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.letters import queue_letter
from amends.cases.links import page_link
from amends.cases.message import Message

AT_MOST_EVERY = timedelta(minutes=10)


def send_new_link(address: str, reference: str, now: datetime) -> bool:
    """Queue a letter with a new link when address and case belong together; answers whether one was queued.

    Nobody is told which of the two was wrong, and a case gets at most one such letter in ten minutes.
    """
    digits = re.sub(r"[^0-9]", "", reference)[:18]
    number = int(digits or 0)
    case = (
        Case.objects.select_related("customer", "channel")
        .filter(pk=number, customer__addresses__value=address.strip().lower())
        .first()
    )
    if case is None:
        return False
    recent = Message.objects.filter(case=case, automatic="link", at__gt=now - AT_MOST_EVERY)
    with writing():
        if recent.exists():
            return False
        text = (
            f"Dear {case.customer.first_name},\n\n"
            f"Here is a new link to your complaint {case.pk}:\n{page_link(case.pk)}\n\n"
            f"If you did not ask for it, you need not do anything.\n\n{case.channel.name}"
        )
        letter = queue_letter(case, text, now=now, automatic="link")
        record("link_sent", case.pk, SYSTEM, now, message=letter.pk)
    return True
