"""The first answer, by itself and at once: we have it, we are sorry for the trouble, a person reads it."""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.db.models import Q

from amends.cases.case import Case
from amends.cases.clocks import reply_hours
from amends.cases.ledger import SYSTEM, record
from amends.cases.letters import queue_letter
from amends.cases.links import page_link
from amends.cases.message import Message
from amends.channels.envelope import Automatic
from amends.customers.models import Address
from amends.language.acknowledgement import acknowledge as words
from amends.language.presence import nobody_sentence, on_call_sentence
from amends.language.reading import Reading
from amends.method.calendars import Calendar
from amends.team import policy
from amends.team.calendar import read_calendar
from amends.team.coverage import closed_now

AT_MOST_EVERY = timedelta(hours=1)
_HOURS = {"en": ("hour", "hours"), "de": ("Stunde", "Stunden"), "fr": ("heure", "heures"), "es": ("hora", "horas")}
_WORKING_HOURS = {
    "en": ("working hour", "working hours"),
    "de": ("Arbeitsstunde", "Arbeitsstunden"),
    "fr": ("heure ouvrée", "heures ouvrées"),
    "es": ("hora laborable", "horas laborables"),
}


def acknowledge(case: Case, message: Message, address: Address, reading: Reading, now: datetime) -> Message | None:
    """Queue the acknowledgement of a new case, or None: never to a machine, never twice an hour to one address.

    Automatic mail never answers automatic mail (RFC 3834); nothing of the message is echoed.
    """
    if message.automatic != Automatic.NO or not _first_this_hour(address, now):
        return None
    text = words(
        reading,
        case.customer.first_name if case.customer.name else "",
        answer_within(
            reply_hours(policy.current(), case.channel.kind, case.severity),
            read_calendar(case.team.calendar),
            reading.language,
        ),
        page_link(case.pk),
        str(case.pk),
        _presence(case, reading.language, now),
    )
    letter = queue_letter(case, text, now=now, answers=message)
    record("acknowledgement_queued", case.pk, SYSTEM, now, message=letter.pk)
    return letter


def answer_within(hours: float, calendar: Calendar, language: str) -> str:
    """How soon a person answers, in the language of the letter: "4 hours", "4 Arbeitsstunden"; English when unknown."""
    words = _HOURS if calendar.is_always_open else _WORKING_HOURS
    one, many = words.get(language, words["en"])
    number = f"{hours:g}" if language not in _HOURS or language == "en" else f"{hours:g}".replace(".", ",")
    return f"{number} {one if hours == 1 else many}"


def _presence(case: Case, language: str, now: datetime) -> tuple[str, ...]:
    """That nobody is there and when somebody is, and that who is on call is told: only what is so."""
    closed = closed_now(case.team, now)
    said = (nobody_sentence(closed.back_at, language),) if closed else ()
    return (*said, on_call_sentence(language)) if case.called_out.exists() else said


def _first_this_hour(address: Address, now: datetime) -> bool:
    """Claim this hour's one automatic letter to an address; a conditional update, so that only one claim wins."""
    if not parseaddr(address.value)[1]:
        return False
    quiet = Q(acknowledged_at=None) | Q(acknowledged_at__lte=now - AT_MOST_EVERY)
    return bool(Address.objects.filter(quiet, pk=address.pk).update(acknowledged_at=now))
