"""What we write to a customer about their request: that we have it and by when, that the copy is there, or why not."""

from datetime import datetime

from amends.cases.links import page_link
from amends.privacy.request import Asks, PersonRequest
from amends.team.calendar import zone_of

PAGE = "about-me/"
WISHES = {
    Asks.COPY: "send you a copy of everything we hold about you",
    Asks.ERASURE: "erase everything we hold about you",
}


def received(asked: PersonRequest) -> str:
    """The letter that says what was asked, by which day it is answered, and how to take it back (GDPR 12(3))."""
    parts = [
        f"On {_day(asked, asked.at)} you asked us on your page to {WISHES[Asks(asked.kind)]}. A person looks at it.",
        f"You have our answer by {asked.due_on:%-d %B %Y} at the latest: that is the month that Article 12(3) of the "
        "GDPR gives us.",
        _AFTER if asked.kind == Asks.ERASURE else "",
        f"If it was not you, or you have thought again, take it back here:\n{page_link(asked.case_id, PAGE)}",
    ]
    return _letter(asked, parts)


def copy_ready(asked: PersonRequest) -> str:
    """The letter that says where the copy is, and until when."""
    until = _day(asked, asked.copy_until) if asked.copy_until else ""
    parts = [
        f"You asked us on {_day(asked, asked.at)} for a copy of everything we hold about you. It is ready.",
        f"You can save it on your page until {until}:\n{page_link(asked.case_id, PAGE)}",
        "It holds every letter and every note. Whoever has this link can save it too, so keep it to yourself.",
    ]
    return _letter(asked, parts)


def refused(asked: PersonRequest) -> str:
    """The letter that says why not, and where somebody who does not agree can go (GDPR 12(4))."""
    parts = [
        f"On {_day(asked, asked.at)} you asked us to {WISHES[Asks(asked.kind)]}. We cannot do that now.",
        f"The reason: {asked.reason}",
        "If you do not agree, answer this letter. You can also complain to the data protection authority where you "
        "live, or go to court.",
    ]
    return _letter(asked, parts)


_AFTER = (
    "Erasing takes your complaint with it, and nobody can bring it back. Afterwards we have no address left to write "
    "to: the page behind your link then says that it was done. If a law makes us keep something, we write to you and "
    "say why."
)


def _letter(asked: PersonRequest, parts: list[str]) -> str:
    whole = [f"Dear {asked.customer.first_name},", *parts, asked.case.team.signature or asked.case.channel.name]
    return "\n\n".join(part for part in whole if part)


def _day(asked: PersonRequest, at: datetime) -> str:
    return f"{at.astimezone(zone_of(asked.case.team)):%-d %B %Y}"
