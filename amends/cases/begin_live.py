"""Practice before live work: who may answer customers, asked by every path; a lead may let somebody begin earlier."""

from collections.abc import Collection
from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.cases.message import Message
from amends.team.begun import Begun, asked_since, practised_enough
from amends.team.models import User
from amends.team.permissions import Right, Role
from amends.team.policy import current

LONGEST_REASON = 300


def check_begun(person: User, now: datetime, *, case: Case | None = None) -> None:
    """Raise NotPossible when a newcomer has not practised as the policy asks before live work (E74; off by itself).

    It never stands before somebody in danger, nor before those who answered customers before it was asked, and it asks
    agents only: leads answer for it. The sentence names no count, which is nobody else's to read.
    """
    policy = current()
    if not policy.asks_before_live or person.role != Role.AGENT:
        return
    if (case is not None and in_danger([case.pk])) or Begun.objects.filter(person=person).exists():
        return
    if not (practised_enough(person) or _answered_before(person)):
        raise NotPossible(
            f"Before you answer customers our policy asks for {policy.immersion_rounds} rounds of practice that "
            f"passed, with {policy.immersion_people} different people. Your learning path shows what is left, under "
            "Practice. A lead can let you begin earlier. Where somebody may be in danger nothing stops you."
        )
    Begun.objects.get_or_create(person=person, defaults={"at": now})


def in_danger(cases: Collection[int]) -> set[int]:
    """Those among these cases in which somebody may be in danger or hurt: read so, or written down so."""
    read = Message.objects.filter(case__in=cases, outgoing=False, reading__safety=True)
    said = Issue.objects.filter(case__in=cases, category="harm_safety", withdrawal=None, merger=None)
    return {*read.values_list("case_id", flat=True), *said.values_list("case_id", flat=True)}


def let_begin(person: User, reason: str, *, by: User, now: datetime) -> Begun:
    """Let somebody of one's team answer customers before they practised as much as the policy asks.

    Raises NotAllowed for another team, Incomplete without a reason, NotPossible for oneself or somebody who is no
    agent, AlreadyDone when a lead did it before. Whether they practised enough changes nothing in what it answers.
    """
    words = " ".join(reason.split())
    if not by.can(Right.MANAGE_TEAM) or (person.team_id != by.team_id and not by.can(Right.SEE_ALL_TEAMS)):
        raise NotAllowed(f"A lead of the {person.team.name} team lets {person.name} begin. Ask one.")
    if person.role != Role.AGENT or not person.is_active:
        raise NotPossible(f"{person.name} is no agent: nothing stands before them.")
    if not words or len(words) > LONGEST_REASON:
        raise Incomplete(f"Say why they begin earlier, in at most {LONGEST_REASON} letters.", "reason")
    with writing():
        if Begun.objects.filter(person=person, by__isnull=False).exists():
            raise AlreadyDone(f"A lead let {person.name} begin before.")
        made, _ = Begun.objects.update_or_create(person=person, defaults={"by": by, "reason": words, "at": now})
        record("begun_early", None, by, now, to=person.pk)
    return made


def _answered_before(person: User) -> bool:
    since = asked_since()
    letters = Message.objects.filter(author=person, outgoing=True, automatic="")
    return since is not None and letters.filter(at__lt=since).exists()
