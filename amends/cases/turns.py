"""Who spoke when in a case, and what the customer wrote since that nobody has answered: one account (F4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from amends.cases.case import Case
from amends.cases.message import Message
from amends.cases.questions import TURNS
from amends.channels.models import IMPORTED
from amends.method.listening import Account, account_of, quiet_at
from amends.team.policy import current


class Turn(NamedTuple):
    """One message of a person: when, whether it is ours, whether it needs no answer, whose, and how it came in."""

    at: datetime
    ours: bool
    answered: int | None
    known_sender: bool
    peer: str | None

    @property
    def is_theirs(self) -> bool:
        """Whether the customer sent it and it came in at this time; an imported one was written some day before."""
        return not self.ours and self.known_sender and self.peer != IMPORTED


@dataclass(frozen=True, slots=True)
class HearingOut:
    """What the customer wrote last without a longer pause, unanswered, and until when they may write more."""

    account: Account
    quiet_at: datetime


def turns_of(case: Case) -> list[Turn]:
    """The messages of a case that people wrote, oldest first, without letters that never left."""
    return [Turn(*columns) for columns in TURNS.rows(case.pk)]


def hearing_out(turns: Iterable[Turn]) -> HearingOut | None:
    """What nobody has answered yet of what the customer wrote, None when all is."""
    times: list[datetime] = []
    for one in turns:
        if one.ours or one.answered:
            times = []
        elif one.is_theirs:
            times.append(one.at)
    window = quiet_window() if times else timedelta(0)
    account = account_of(times, window)
    return HearingOut(account, quiet_at(account, window)) if account else None


def account_messages(case: Case) -> list[Message]:
    """What the customer wrote last without a longer pause, unanswered, oldest first."""
    heard = hearing_out(turns_of(case))
    if heard is None:
        return []
    theirs = case.messages.filter(outgoing=False, automatic="", known_sender=True, at__gte=heard.account.first_at)
    return list(theirs.order_by("at", "pk"))


def quiet_window() -> timedelta:
    """How long after a message its customer may still be writing, by the policy in force."""
    return timedelta(minutes=current().listen_minutes)
