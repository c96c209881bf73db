"""What customers said when they were asked and it was right: thanks belong to everybody who sees the case (E45)."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.recovery.follow_up import FollowUp
from amends.team.models import User

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Thanks:
    """One customer's words, with the case they are about."""

    words: str
    first_name: str
    case: int
    at: datetime


def thanks_for(person: User, most: int = SHOWN) -> list[Thanks]:
    """The latest words with which customers said on their own page that it is right, in cases this person may see.

    What a colleague wrote down from a call is no quotation of theirs, and is left out.
    """
    rows = FollowUp.objects.filter(still_right=True, by=None, case__in=Case.objects.visible_to(person))
    said = rows.exclude(words="").select_related("case__customer").order_by("-done_at", "-pk")[:most]
    return [Thanks(one.words, one.case.customer.first_name, one.case_id, one.done_at) for one in said if one.done_at]
