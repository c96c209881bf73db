"""The budget of gestures: what a team may give in a month, set by a lead, never below what was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from amends.cases.errors import Incomplete, NotAllowed
from amends.cases.ledger import record, writing
from amends.method.money import POINTS, written
from amends.purse.account import Account, Side, budget_of, month_of, shared
from amends.purse.entry import Entry, Kind, post
from amends.team.models import Team, User
from amends.team.permissions import Right
from amends.team.policy import current

MOST = 10**11


@dataclass(frozen=True, slots=True)
class Month:
    """What became of a team's budget of one month in one unit."""

    unit: str
    month: date
    budget: int
    given: int
    taken_back: int

    @property
    def left(self) -> int:
        """What can still be given."""
        return self.budget - self.given + self.taken_back


def units() -> tuple[str, ...]:
    """What a budget can be in: the currencies of the policy's limits, and points."""
    return (*sorted({limit.currency for limit in current().limits} - {POINTS}), POINTS)


def set_budget(team: Team, unit: str, amount: int, *, by: User, now: datetime) -> Month:
    """Set what a team may give in the running month; returns the month as it is then.

    Raises NotAllowed without the right or for another team, Incomplete below what was given already.
    """
    if not by.can(Right.KEEP_BUDGET) or (by.team_id != team.pk and not by.can(Right.SEE_ALL_TEAMS)):
        raise NotAllowed("A lead of the team sets its budget of gestures. Ask one.")
    if unit not in units():
        raise Incomplete("Choose a currency of the policy, or points.", "unit")
    if not 0 <= amount <= MOST:
        raise Incomplete(f"A budget lies between nought and {written(MOST, unit)}.", "amount")
    with writing():
        account, house = budget_of(team, unit, month_of(now)), shared(Side.HOUSE, unit)
        before = _of(account)
        spent = before.budget - before.left
        if amount < spent:
            raise Incomplete(f"{written(spent, unit)} was given this month. It cannot be less than that.", "amount")
        if amount > before.budget:
            post(Kind.SET, (house, account), amount - before.budget, by=by, now=now)
        elif amount < before.budget:
            post(Kind.CUT, (account, house), before.budget - amount, by=by, now=now)
        if amount != before.budget:
            record("gesture_budget_set", None, by, now, team=team.name, unit=unit, amount=amount, month=_named(account))
        return _of(account)


def months(team: Team, month: date) -> Sequence[Month]:
    """What became of every budget a team has in a month, one row a unit."""
    return [_of(one) for one in Account.objects.filter(side=Side.BUDGET, team=team, month=month).order_by("unit")]


def _of(account: Account) -> Month:
    came = _sums(account.came_in.all())
    went = _sums(account.went_out.all())
    assert account.month is not None
    return Month(
        unit=account.unit,
        month=account.month,
        budget=came.get(Kind.SET, 0) - went.get(Kind.CUT, 0),
        given=went.get(Kind.GIVEN, 0),
        taken_back=came.get(Kind.BACK, 0),
    )


def _sums(entries: "QuerySet[Entry]") -> dict[str, int]:
    return dict(entries.order_by().values_list("kind").annotate(sum=Sum("amount")))


def _named(account: Account) -> str:
    return f"{account.month:%B %Y}"
