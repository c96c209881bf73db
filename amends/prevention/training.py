"""Training as a change: what a group practises so that a cause stops hurting people."""

from datetime import date, datetime

from amends.cases.errors import Incomplete
from amends.cases.ledger import writing
from amends.prevention.models import Cause, Change, ChangeKind
from amends.prevention.verbs import agree_change
from amends.team.models import User
from amends.team.training import Asked, ask


def agree_training(
    cause: Cause, what: str, practice: Asked, *, owner: User, due: date, by: User, now: datetime
) -> Change:
    """Agree a training against a cause, with what a group practises for it, by whom and by when.

    The practice was checked where it is known (`practice/asked.py`). Raises Incomplete for what is missing, or a day of
    practice that does not come before the change is in place.
    """
    with writing():
        change = agree_change(cause, what, ChangeKind.TRAINING, owner=owner, due=due, by=by, now=now)
        if not now.date() < practice.day < due:
            raise Incomplete(
                "Choose a day to come, before the day on which the change is in place: people practise first.",
                "practice_day",
            )
        change.training = ask(practice, f"“{cause.name}”: {change.what}", by=by, now=now)
        change.save(update_fields=["training"])
    return change
