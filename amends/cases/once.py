"""Buttons of a customer's page and of our letters: a signed token is good for one press, ninety days long."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.core import signing
from django.db import models

from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.ledger import writing
from amends.cases.links import GOOD_FOR, LinkExpired

AFRESH = "This page was not fresh any more. It is now: please look it over and press once more."
_SALT = "amends.once"


class Once(models.Model):
    """The token of one button was used: for which case and what, and when."""

    digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed: whose case, to do what, about which record ("" when it is the case), with which token."""

    case: int
    action: str
    subject: str
    token: str

    @property
    def number(self) -> str:
        """The number this press alone has: the nonce of its token."""
        return self.check().rpartition(".")[2]

    @property
    def digest(self) -> str:
        """What is kept of the token: nobody can press with it."""
        return hashlib.sha256(self.token.encode()).hexdigest()

    def check(self) -> str:
        """What the token signs; raises LinkExpired after ninety days, Incomplete for one made for something else."""
        try:
            signed = signing.TimestampSigner(salt=_SALT).unsign(self.token, max_age=GOOD_FOR)
        except signing.SignatureExpired as error:
            raise LinkExpired("This button is more than ninety days old. We can send you a new link.") from error
        except signing.BadSignature as error:
            raise Incomplete(AFRESH) from error
        if signed.rpartition(".")[0] != _named(self.case, self.action, self.subject):
            raise Incomplete(AFRESH)
        return signed


def button(case: int, action: str, subject: object = "") -> str:
    """A fresh token for one button: case, action, subject and a nonce, signed and dated."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{_named(case, action, subject)}.{secrets.token_hex(12)}")


def _named(case: int, action: str, subject: object) -> str:
    return f"{case}.{action}.{subject}"


@contextmanager
def pressed(press: Press, now: datetime) -> Iterator[None]:
    """One transaction that uses the token up with what it does; refused, it stays good for another try.

    Raises AlreadyDone when the same button was pressed before, with the time, so that nobody does it twice.
    """
    press.check()
    with writing():
        earlier = used_at(press)
        if earlier is not None:
            raise AlreadyDone("We have this already: it reached us before. You need not send it again.")
        Once.objects.create(digest=press.digest, case_id=press.case, action=press.action, at=now)
        yield


def used_at(press: Press) -> datetime | None:
    """When this button was pressed, or None."""
    return Once.objects.filter(digest=press.digest).values_list("at", flat=True).first()
