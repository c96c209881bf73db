"""Answers kept for programs that ask twice: the same Idempotency-Key does a verb once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from amends.api.errors import KeyReused
from amends.cases.ledger import writing
from amends.team.token import ApiToken

KEPT_FOR = timedelta(days=1)


class KeptAnswer(models.Model):
    """What was answered to one key of one token; a refusal changed nothing and is not kept."""

    token = models.ForeignKey("amends.ApiToken", on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key")]
        indexes: ClassVar = [models.Index(fields=["at"], name="kept_answer_at")]


def once(
    token: ApiToken, key: str, asked: Mapping[str, Any], act: Callable[[], dict[str, Any]], now: datetime
) -> dict[str, Any]:
    """What `act` answers, or answered before under this key; both happen in one transaction.

    Raises KeyReused when the key came with something else to do, and whatever `act` refuses.
    """
    if not key:
        return act()
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
    with writing():
        before = KeptAnswer.objects.filter(token=token, key=key[:200]).first()
        if before is None:
            answer = act()
            KeptAnswer.objects.create(token=token, key=key[:200], asked=digest, answer=answer, at=now)
            return answer
    if before.asked != digest:
        raise KeyReused("This Idempotency-Key was used for something else. Use a new key for a new request.")
    return dict(before.answer)


def forget(now: datetime) -> None:
    """Drop the answers that are a day old."""
    KeptAnswer.objects.filter(at__lt=now - KEPT_FOR).delete()
