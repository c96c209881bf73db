"""One line of the purse: an amount that leaves one account and comes into another, so that every line balances."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amends.errors import AmendsError
from amends.method.money import written
from amends.purse.account import Account, Side
from amends.purse.gesture import Gesture
from amends.team.models import User


class Kind(models.TextChoices):
    """What an entry does."""

    SET = "set", "Budget set"
    CUT = "cut", "Budget made smaller"
    GIVEN = "given", "Given"
    USED = "used", "Used"
    LAPSED = "lapsed", "Ran out"
    BACK = "back", "Taken back"


# From which side to which each kind may go; the database holds to the same (migration 0022).
WAYS: dict[Kind, tuple[Side, Side]] = {
    Kind.SET: (Side.HOUSE, Side.BUDGET),
    Kind.CUT: (Side.BUDGET, Side.HOUSE),
    Kind.GIVEN: (Side.BUDGET, Side.PROMISED),
    Kind.USED: (Side.PROMISED, Side.USED),
    Kind.LAPSED: (Side.PROMISED, Side.LAPSED),
    Kind.BACK: (Side.PROMISED, Side.BUDGET),
}
_OF_A_BUDGET = Q(kind__in=[Kind.SET.value, Kind.CUT.value])


class Overdrawn(AmendsError):
    """There is less in the account than is to be taken from it; `left` says how much, in its unit."""

    def __init__(self, sentence: str, left: int) -> None:
        super().__init__(sentence)
        self.left = left


class Entry(models.Model):
    """So much went from one account to another: never changed, never removed, never more than there was.

    `words` are the proof of what was used: they alone go, when the customer is erased (migration 0024).
    """

    kind = models.CharField(max_length=6, choices=Kind.choices)
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="went_out")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="came_in")
    amount = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=3)
    gesture = models.ForeignKey(Gesture, null=True, on_delete=models.PROTECT, related_name="entries")
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_moves_something"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="entry_has_two_sides"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="entry_kind_known"),
            models.CheckConstraint(
                condition=(_OF_A_BUDGET & Q(gesture=None)) | (~_OF_A_BUDGET & Q(gesture__isnull=False)),
                name="entry_is_about_a_gesture_or_a_budget",
            ),
            models.UniqueConstraint(
                fields=["gesture", "kind"],
                condition=Q(kind__in=[Kind.GIVEN.value, Kind.LAPSED.value, Kind.BACK.value]),
                name="given_lapsed_and_taken_back_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {written(self.amount, self.unit)}"


def post(
    kind: Kind,
    accounts: tuple[Account, Account],
    amount: int,
    *,
    gesture: Gesture | None = None,
    by: User | None,
    now: datetime,
    words: str = "",
) -> Entry:
    """Move an amount from the first account to the second, inside a change; raises Overdrawn above what is there."""
    source, target = accounts
    left = gesture.left if gesture and source.side == Side.PROMISED else source.balance
    if source.side != Side.HOUSE and amount > left:
        raise Overdrawn(f"There is {written(left, source.unit)} left, less than {written(amount, source.unit)}.", left)
    return Entry.objects.create(
        kind=kind,
        source=source,
        target=target,
        amount=amount,
        unit=source.unit,
        gesture=gesture,
        by=by,
        at=now,
        words=words,
    )
