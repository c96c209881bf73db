"""Adopting a new version of the policy: read whole, refused whole, never changed afterwards."""

from datetime import datetime
from typing import Any

from amends.cases.errors import Incomplete
from amends.cases.ledger import record, writing
from amends.method.policy import PolicyRefused, parse, to_data
from amends.team.models import User
from amends.team.policy import PolicyVersion


def adopt(data: Any, note: str, *, by: User | None, now: datetime) -> PolicyVersion:
    """Put a policy in force as the next version; raises Incomplete with the key that is not right.

    `by` is empty for what is set from the terminal. Decisions made before keep the version of their day (F34).
    """
    try:
        policy = parse(data)
    except PolicyRefused as error:
        raise Incomplete(str(error), "policy") from error
    with writing():
        last = PolicyVersion.objects.latest("number").number
        made = PolicyVersion.objects.create(
            number=last + 1, at=now, by=by, preset=policy.preset, data=to_data(policy), note=note.strip()
        )
        record("policy_adopted", None, by or "system", now, policy=made.number, preset=policy.preset)
    return made
