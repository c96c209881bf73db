"""The customer's way back: a signed link to one case, no account, good for ninety days."""

import re
from datetime import timedelta

from django.conf import settings
from django.core import signing

from amends.errors import AmendsError

GOOD_FOR = timedelta(days=90)
_SALT = "amends.page"
_PAGE = re.compile(r"https?://[^\s/]+(?:/[^\s/]+)*/(?:[cq]|figures)/[\w~.-]+/\S*")


class LinkExpired(AmendsError):
    """The link was ours and is too old."""


class LinkErased(LinkExpired):
    """The link was ours, and whom it was for was erased."""

    def __init__(self) -> None:
        super().__init__("What we held about you was erased, so there is nothing here any more.")


class LinkForeign(AmendsError):
    """The link is not one we made, or a part of it is missing."""


def page_link(case_id: int, page: str = "") -> str:
    """The address of the customer's page of a case, signed and dated."""
    return f"{settings.AMENDS_URL}/c/{page_token(case_id)}/{page}"


def without_links(text: str) -> str:
    """A letter of ours as the team reads it: who holds a link acts as the customer, so nobody else is shown one."""
    return _PAGE.sub("(a link to their page)", text)


def page_token(case_id: int) -> str:
    """The signed part of that address."""
    return signing.TimestampSigner(salt=_SALT).sign(str(case_id)).replace(":", "~")


def case_of(token: str) -> int:
    """The case a token opens; raises LinkExpired or LinkForeign with a sentence that offers the way on."""
    try:
        return int(signing.TimestampSigner(salt=_SALT).unsign(token.replace("~", ":"), max_age=GOOD_FOR))
    except signing.SignatureExpired as error:
        raise LinkExpired("This link is more than ninety days old. We can send you a new one.") from error
    except (signing.BadSignature, ValueError) as error:
        raise LinkForeign(
            "This link is not complete. Copy the whole link from our letter, or ask for a new one."
        ) from error
