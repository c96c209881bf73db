"""The second stage of a complaint: looked at by somebody who had no hand in the first, where the rule book asks so."""

from amends.cases.case import Case
from amends.cases.errors import NotAllowed
from amends.method.profile import profile_of
from amends.team.models import User
from amends.team.permissions import Right

NO_HAND = frozenset({"note_added", "assigned", "unassigned", "snoozed"})


class SameReviewer(NotAllowed):
    """Somebody of the first stage was to have a hand in the second."""


def check_second_stage(case: Case, person: User) -> None:
    """Raise SameReviewer when the case is at a second stage that this person may not work on (STD-O12)."""
    if person.pk in barred_at_second_stage(case):
        raise SameReviewer(
            f"{person.name} worked on the first stage of this complaint, so somebody else looks at the second. "
            f"{_who_could(case)}"
        )


def barred_at_second_stage(case: Case) -> frozenset[int]:
    """Who may not look at the second stage of this case; nobody while it is at its first, or where any may."""
    at_second = wants_another_reviewer(case) and hasattr(case, "escalation")
    return first_stage_people(case) if at_second else frozenset()


def wants_another_reviewer(case: Case) -> bool:
    """Whether the rule book of the case's team asks for another person at the second stage."""
    return profile_of(case.team.profile).different_reviewer


def first_stage_people(case: Case) -> frozenset[int]:
    """Everybody the ledger names for more than a note or handing over, up to the customer's wish to go higher."""
    rows = case.events.order_by("seq").values_list("kind", "actor")
    hands: set[int] = set()
    for kind, actor in rows:
        if kind == "escalated":
            break
        who, _, number = actor.partition(":")
        if who == "user" and kind not in NO_HAND:
            hands.add(int(number))
    return frozenset(hands)


def fresh_people(case: Case) -> list[User]:
    """Who can see and work on the case and had no hand in its first stage, by name."""
    people = User.objects.filter(is_active=True).exclude(pk__in=first_stage_people(case)).order_by("name", "pk")
    return [
        one
        for one in people
        if one.can(Right.WORK_CASES) and (one.team_id == case.team_id or one.can(Right.SEE_ALL_TEAMS))
    ]


def _who_could(case: Case) -> str:
    free = fresh_people(case)
    return f"{free[0].name} could." if free else "Nobody else can see it: ask an administrator for somebody who can."
