"""Adopting a new version of the policy: read whole, refused whole, never changed afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.method.checked import NO_LIMIT
from amends.method.policy import Policy, named, parse, to_data
from amends.method.policy_words import ROLE_WORDS, differences
from amends.method.raised import not_theirs, raised
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import PolicyVersion, current, current_version


def adopt(
    data: Mapping[str, Any], note: str, *, by: User | None, now: datetime, base: int | None = None
) -> PolicyVersion:
    """Put a policy in force as the next version; decisions made before keep the version of their day (F34).

    `by` is empty for what is set from the terminal; `base` is the version it was written against. Raises PolicyRefused
    with the key that is not right, Incomplete without a change or words on why, NotAllowed for a limit that is not
    its maker's to raise, AlreadyDone after somebody else.
    """
    with writing():
        last = current_version()
        policy = check(data, note, last, by=by, base=base)
        made = PolicyVersion.objects.create(
            number=last.number + 1, at=now, by=by, preset=policy.preset, data=to_data(policy), note=note.strip()
        )
        record("policy_adopted", None, by or "system", now, policy=made.number, preset=policy.preset)
    return made


def check(
    data: Mapping[str, Any], note: str, last: PolicyVersion, *, by: User | None, base: int | None = None
) -> Policy:
    """The policy this data describes when `by` may put it in force after `last`; raises what `adopt` raises.

    Its preset is found, not told: data that differs from every preset is the desk's own.
    """
    if base is not None and base != last.number:
        raise AlreadyDone(_meanwhile(last))
    own = {**data, "preset": "own"}
    policy, before = parse({**own, "preset": named(own)}), parse(last.data)
    if by is not None:
        check_hand(before, policy, by)
    if not differences(before, policy):
        raise Incomplete("Nothing is different from the policy in force. Change something, or leave it.", "policy")
    if not note.strip():
        raise Incomplete("Say why the policy changes: it stands beside the version for everybody who asks.", "note")
    return policy


def check_hand(before: Policy, after: Policy, by: User) -> None:
    """Raise NotAllowed without the right, or for a limit that is not this person's to change so."""
    if not by.can(Right.MANAGE_POLICY):
        raise NotAllowed("Only a lead or an admin can change the policy. Ask one.")
    beyond = not_theirs(by.role, before, after)
    if not beyond:
        return
    whose = " and ".join(f"{ROLE_WORDS[role].lower()}s" for role in sorted(beyond))
    own = " Nobody raises their own limit." if by.role in beyond else ""
    by_hand = "admin" in beyond & raised(before, after)
    asked = "That is done at the terminal: amends policy." if by_hand else "Ask an admin, who may."
    raise NotAllowed(f"This changes what {whose} may grant.{own} {asked}")


def _meanwhile(last: PolicyVersion) -> str:
    who = last.by.name if last.by else "The terminal"
    return (
        f"{who} put version {last.number} in force while you were writing. Your answers are kept below: "
        "look at what changed, then preview again."
    )


def adopt_limit(role: str, per_case_cents: int, currency: str, now: datetime) -> PolicyVersion:
    """Put a policy in force in which this role may grant this much in one case, of any kind of remedy."""
    data = to_data(current())
    subject = {"role": role, "kind": "", "currency": currency}
    fresh = subject | {"per_case_cents": per_case_cents, "per_customer_cents": NO_LIMIT, "period_days": 365}
    earlier = [row for row in data["limits"] if subject.items() <= row.items()]
    others = [row for row in data["limits"] if row not in earlier]
    row = {**earlier[0], "per_case_cents": per_case_cents} if earlier else fresh
    return adopt({**data, "limits": [*others, row]}, f"The limit of every {role}.", by=None, now=now)
