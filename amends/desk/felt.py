"""Whether to ask somebody how a conversation was: only who switched care on, only just after they answered."""

from datetime import datetime, timedelta

from amends.care.consent import is_on
from amends.cases.case import Case
from amends.method.exposure import Felt
from amends.team.models import User

JUST_NOW = timedelta(minutes=30)
FELT = [(one.value, one.value.capitalize()) for one in Felt]


def felt_here(case: Case, me: User, now: datetime) -> list[tuple[str, str]]:
    """The answers to offer below the conversation, none for who did not switch care on or answered long ago."""
    mine = case.messages.filter(outgoing=True, author=me, at__gt=now - JUST_NOW)
    return FELT if is_on(me) and mine.exists() else []
