"""The links of a letter that asks how it was: one for each answer there is, signed, good for ninety days."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from amends.cases.links import GOOD_FOR, LinkErased, LinkExpired, LinkForeign
from amends.method.survey import SCALES, Kind
from amends.recovery.survey import SurveyAsked

_SALT = "amends.survey"
_SAID = re.compile(r"(\d{1,18})\.([a-z]{3,7})\.(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a link says: which survey, which question, which answer; nothing is answered by opening it."""

    asked: SurveyAsked
    kind: Kind
    value: int


def survey_token(asked: int, kind: Kind, value: int) -> str:
    """The signed part of a link: it opens this survey with this answer chosen, and nothing else of the customer's."""
    return signed(f"{asked}.{kind}.{value}", _SALT)


def survey_link(asked: int, kind: Kind, value: int, page: str = "") -> str:
    """The address behind one answer of the letter."""
    return f"{settings.AMENDS_URL}/q/{survey_token(asked, kind, value)}/{page}"


def tapped(token: str) -> Tapped:
    """What a link stands for; raises LinkExpired or LinkForeign with a sentence that offers the way on."""
    found = _SAID.fullmatch(unsigned(token, _SALT))
    assert found is not None, "we sign nothing else"
    asked = SurveyAsked.objects.select_related("case__customer", "case__channel", "case__team").get(pk=found[1])
    if asked.case.is_erased:
        raise LinkErased
    kind, value = Kind(found[2]), int(found[3])
    assert value in SCALES[kind], "we sign answers that there are"
    return Tapped(asked, kind, value)


def signed(said: str, salt: str) -> str:
    """Words as the part of an address that nobody else can make."""
    return signing.TimestampSigner(salt=salt).sign(said).replace(":", "~")


def unsigned(token: str, salt: str) -> str:
    """The words of such a part; raises LinkExpired after ninety days, LinkForeign for what we did not make."""
    try:
        return signing.TimestampSigner(salt=salt).unsign(token.replace("~", ":"), max_age=GOOD_FOR)
    except signing.SignatureExpired as error:
        raise LinkExpired("This link is more than ninety days old. You can still write to us.") from error
    except signing.BadSignature as error:
        raise LinkForeign("This link is not complete. Copy the whole link from our letter, or answer it.") from error
