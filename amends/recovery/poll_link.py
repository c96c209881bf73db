"""The links of a poll: one for each of its answers, signed; opening one chooses, and a press answers."""

import re
from dataclasses import dataclass

from django.conf import settings

from amends.cases.links import LinkErased
from amends.recovery.poll import PollAsked
from amends.recovery.survey_link import signed, unsigned

_SALT = "amends.poll"
_SAID = re.compile(r"(\d{1,18})\.(\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Voted:
    """What a link says: who was asked, and which answer is chosen when it opens."""

    asked: PollAsked
    choice: int


def poll_token(asked: int, choice: int) -> str:
    """The signed part of a link."""
    return signed(f"{asked}.{choice}", _SALT)


def poll_link(asked: int, choice: int) -> str:
    """The address behind one answer."""
    return f"{settings.AMENDS_URL}/p/{poll_token(asked, choice)}/"


def voted(token: str) -> Voted:
    """What a link stands for; raises LinkExpired, LinkForeign, or LinkErased once the customer was erased."""
    found = _SAID.fullmatch(unsigned(token, _SALT))
    assert found is not None, "we sign nothing else"
    rows = PollAsked.objects.select_related("poll", "case__customer", "case__channel", "case__team")
    asked = rows.get(pk=found[1])
    if asked.case.is_erased:
        raise LinkErased
    return Voted(asked, int(found[2]))
