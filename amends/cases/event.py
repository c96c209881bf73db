"""The ledger: what happened, in order, append-only, each row sealed with the hash of the row before.

Words people wrote stand beside it, so that they can be destroyed without breaking it (decision 19).
"""

import hashlib
import hmac
import json
import secrets
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import models

GENESIS = "0" * 64
SEALED = "sealed"


class Event(models.Model):
    """One thing that happened; `seq` has no gaps and follows the order of commits."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    case = models.ForeignKey("amends.Case", null=True, on_delete=models.PROTECT, related_name="events")
    actor = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "seq"], name="event_case")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    def sealed(self) -> str:
        """The SHA-256 of this row's content and the hash before it, in hexadecimal."""
        return seal(self.seq, self.at, self.kind, self.case_id, self.actor, self.data, self.previous)


def seal(seq: int, at: datetime, kind: str, case: int | None, actor: str, data: dict[str, Any], previous: str) -> str:
    """The hash of one ledger row: SHA-256 over its canonical JSON, chained to the hash before."""
    content = json.dumps(
        [seq, at.astimezone(UTC).isoformat(timespec="microseconds"), kind, case, actor, data, previous],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.sha256(content.encode()).hexdigest()


class EventWords(models.Model):
    """Words that belong to an event, and the salt of their hash, which is all the ledger holds of them."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="words")
    name = models.CharField(max_length=20)
    words = models.TextField()
    salt = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "name"], name="event_words_once")]

    @property
    def fit(self) -> bool:
        """Whether these are the words that were sealed in the ledger."""
        return bool(self.event.data.get(self.name) == {SEALED: salted(self.salt, self.words)})


def put_beside(event: Event, name: str) -> EventWords:
    """Take words out of an event that is not yet sealed; their hash under a salt of its own stays in their place."""
    words, salt = str(event.data[name]), secrets.token_hex(32)
    event.data[name] = {SEALED: salted(salt, words)}
    return EventWords(event=event, name=name, words=words, salt=salt)


def salted(salt: str, words: str) -> str:
    """HMAC-SHA-256 (RFC 2104) in hexadecimal: without the salt nobody can try out which words it stands for."""
    return hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()
