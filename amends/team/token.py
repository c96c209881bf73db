"""API tokens: a key for a program that acts as one person, shown once and kept as its digest."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from amends.team.models import User

MARK = "amends_"
NOTED_EVERY = timedelta(hours=1)


class ApiToken(models.Model):
    """Whoever shows the token behind this digest acts as this person, with their rights and no more."""

    user = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


def make_token(user: User, name: str, now: datetime) -> str:
    """A new token of this person, as they must keep it: nobody can read it again."""
    plain = f"{MARK}{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(user=user, name=name, digest=digest_of(plain), made_at=now)
    return plain


def revoke_tokens(user: User, name: str, now: datetime) -> int:
    """End the tokens of this name; returns how many ended."""
    return ApiToken.objects.filter(user=user, name=name, revoked_at=None).update(revoked_at=now)


def token_of(plain: str, now: datetime) -> ApiToken | None:
    """The token somebody showed with its person, None when it is unknown, revoked, or its person has left.

    When it was last used is kept to the hour.
    """
    rows = ApiToken.objects.select_related("user").filter(revoked_at=None, user__is_active=True)
    token = rows.filter(digest=digest_of(plain)).first()
    if token is not None and (token.used_at is None or token.used_at < now - NOTED_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token


def digest_of(plain: str) -> str:
    """The SHA-256 of a token: it is long and random, so a fast hash keeps it as safe as a slow one would."""
    return hashlib.sha256(plain.encode()).hexdigest()
