"""The mails of one customer as they came, and the letters of a trial in the data folder."""

import re
from functools import reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from amends.cases.message import Message
from amends.channels.models import IMPORTED, PAGE, RawMail
from amends.customers.models import GONE, Address

HOW = (IMPORTED, PAGE)
_FOLDED = rb"(?:[^\r\n]|\r?\n[ \t])*?"


class Names:
    """Finds the addresses of one customer in mails; an address that is a part of a longer one is another's."""

    def __init__(self, customer: int) -> None:
        self.addresses = list(Address.objects.filter(customer=customer).values_list("value", flat=True))
        any_of = b"|".join(re.escape(one.encode()) for one in self.addresses) or rb"(?!)"
        whole = rb"(?<![\w.%+-])(?:" + any_of + rb")(?!\.?[\w-])"
        self._anywhere = re.compile(whole, re.IGNORECASE)
        self._in_head = {
            name: re.compile(rb"^" + name + rb":" + _FOLDED + whole, re.IGNORECASE | re.MULTILINE)
            for name in (b"From", b"To")
        }

    def mentioned(self, body: bytes) -> bool:
        """Whether one of them stands anywhere."""
        return self._anywhere.search(body) is not None

    def wrote(self, raw: RawMail) -> bool:
        """Whether a mail is from one of them, or a machine sent it back about one of them."""
        if raw.mail_from == "":
            return self.mentioned(bytes(raw.body))
        if raw.mail_from is None:
            return self._in_head[b"From"].search(bytes(raw.body)) is not None
        return raw.mail_from.lower() in self.addresses

    def reads(self, letter: bytes) -> bool:
        """Whether a letter goes to one of them."""
        return self._in_head[b"To"].search(letter) is not None


def raw_mails(customer: int) -> "QuerySet[RawMail]":
    """Their mails: those of their complaints, and those without a complaint that came from them or about their letters.

    That is a mail sent twice, one that could not be read, and a letter of ours that came back. A mail of somebody
    else's complaint that names them stays with that complaint.
    """
    names = Names(customer)
    alone = RawMail.objects.filter(message=None).order_by("pk")
    found = [raw.pk for raw in alone.iterator(chunk_size=50) if names.wrote(raw)]
    return RawMail.objects.filter(Q(message__case__customer=customer) | Q(pk__in=found)).order_by("pk")


def forget_mails(customer: int) -> None:
    """Empty them: that a mail came, when, and how long it was stays, so that mails in are still mails kept."""
    mails = RawMail.objects.filter(pk__in=list(raw_mails(customer).values_list("pk", flat=True)))
    mails.exclude(peer__in=HOW).update(peer="")
    mails.exclude(reason="").update(reason=GONE)
    mails.update(body=b"", mail_from=None, recipients=[])


def others_name(customer: int) -> int:
    """How many messages of other people's complaints name an address of this customer; they stay."""
    addresses = Names(customer).addresses
    if not addresses:
        return 0
    named = reduce(or_, (Q(text__icontains=one) for one in addresses))
    return Message.objects.exclude(case__customer=customer).filter(named).count()


def trial_letters(customer: int) -> list[Path]:
    """The files of a trial's letters to an address of theirs."""
    names = Names(customer)
    return [path for path in sorted(Path(settings.AMENDS_SINK).glob("*.log")) if names.reads(path.read_bytes())]
