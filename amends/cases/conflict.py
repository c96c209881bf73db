"""Who must keep their hands off a case, and whose hands were on it."""

from django.db.models import Q, QuerySet

from amends.cases.case import Case
from amends.cases.errors import ConflictOfInterest, NotPossible
from amends.cases.second_stage import barred_at_second_stage
from amends.cases.shape import Shape
from amends.cases.subject import Subject
from amends.customers.models import GONE
from amends.team.models import User
from amends.team.permissions import RIGHTS, Right, Role

_HANDS = Shape(lambda case: Case.objects.filter(pk=case).values_list("address", "subjects__person_id"))
MAY_STILL = frozenset({"note_added", "subject_named", "unassigned"})
# What can be done with the case of somebody who was erased: none of it adds a word about them.
AFTER_ERASURE = frozenset({"person_exported", "assigned", "unassigned", "news_left_out"})


def check_hands(case: "Case | int", by: "User | str | None", kind: str = "") -> None:
    """Raise ConflictOfInterest when the complaint is about this person (F26); customers and machines pass.

    Raise NotPossible when its customer was erased, because nobody could erase what is written now. The ledger asks this
    of every event somebody causes, by its kind, so a verb that forgets to ask is refused all the same.
    """
    if not isinstance(by, User):
        return
    number = case if isinstance(case, int) else case.pk
    for address, person in _HANDS.rows(number):
        if address == GONE and kind not in AFTER_ERASURE:
            raise NotPossible(
                "This customer was erased: no letter can reach them, and nothing more is written about them."
            )
        if person == by.pk and kind not in MAY_STILL:
            raise ConflictOfInterest(f"This complaint is about you. {_who_has(number)}")


def _who_has(case: int) -> str:
    named = Subject.objects.filter(case_id=case).values("person_id")
    holder = User.objects.filter(assignments__case=case).exclude(pk__in=named).first()
    return f"{holder.first_name} has it." if holder else "Ask a lead whom it is not about to take it."


def who_sees(case: Case) -> QuerySet[User]:
    """The people here who may see a case, as `visible_to` has it, and whom it is not about."""
    everywhere = [role.value for role, rights in RIGHTS.items() if Right.SEE_ALL_TEAMS in rights]
    people = User.objects.filter(Q(team=case.team_id) | Q(role__in=everywhere), is_active=True)
    return people.exclude(pk__in=case.subjects.values("person"))


def subjects_of(case: Case) -> frozenset[int]:
    """The people of the team this complaint is about, by number."""
    return frozenset(case.subjects.values_list("person_id", flat=True))


def somebody_else(case: Case) -> User | None:
    """Who takes a case over from somebody it is about: a lead of its team, else an administrator, else nobody.

    At a second stage somebody who had no hand in the first, where the rule book asks so.
    """
    barred = subjects_of(case) | barred_at_second_stage(case)
    free = User.objects.filter(is_active=True).exclude(pk__in=barred).order_by("pk")
    lead = free.filter(team_id=case.team_id, role=Role.LEAD).first()
    return lead or free.filter(role=Role.ADMIN).first()


def handlers(case: Case) -> frozenset[int]:
    """Everybody who wrote, offered, granted, decided, refused or delivered in this case, by number (invariant 10).

    The rooms above are read through their reverse relations.
    """
    columns = (
        "messages__author",
        "offers__made_by",
        "approval_requests__decision__by",
        "issues__decisions__by",
        "issues__refusal__by",
        "fulfilments__by",
    )
    seen = {pk for column in columns for pk in Case.objects.filter(pk=case.pk).values_list(column, flat=True)}
    return frozenset(pk for pk in seen if pk is not None)
