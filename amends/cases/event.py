"""The ledger: what happened, in order, append-only, each row sealed with the hash of the row before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import models

GENESIS = "0" * 64


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
