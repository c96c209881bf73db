"""A gesture: something given beside what is owed, with its reason, once for each reason and case or year."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amends.method.money import written

# The kind of remedy a gesture is for the limits of the policy: the row for any kind, unless it has one of its own.
GESTURE = "gesture"


class Reason(models.TextChoices):
    """Why something is given, and nothing is asked for it."""

    STAYED = "stayed", "They stayed with us after something went wrong"
    HARD = "hard", "What they went through was hard"
    HELPED = "helped", "What they told us made us better"
    YEARS = "years", "They have been with us for long"


# These are about one case and come once for it; the others once in a calendar year ([J]: no source).
OF_A_CASE = frozenset({Reason.STAYED, Reason.HARD})


class Gesture(models.Model):
    """What was given, to whom, why, by whom, and until when it can be used.

    `occasion` names customer, reason and case or year, so that nothing is given twice; it is free again once the
    gesture was taken back. A gesture without a value, a card for example, has no entries and does not run out.
    """

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="gestures")
    customer = models.ForeignKey("amends.Customer", on_delete=models.PROTECT, related_name="gestures")
    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="gestures")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    occasion = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - NULL is free, "" would be held once
    title = models.CharField(max_length=120)
    because = models.TextField()
    amount = models.PositiveBigIntegerField()
    unit = models.CharField(max_length=3)
    expires_at = models.DateTimeField(null=True)
    message = models.OneToOneField("amends.Message", on_delete=models.PROTECT, related_name="gesture")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(because=""), name="gesture_has_a_reason"),
            models.CheckConstraint(condition=Q(reason__in=[one.value for one in Reason]), name="gesture_reason_known"),
            models.CheckConstraint(
                condition=Q(amount=0, expires_at=None) | Q(amount__gt=0, expires_at__gt=F("at")),
                name="gesture_of_value_runs_out",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def worth(self) -> str:
        """Its value as people read it; "" for one without."""
        return written(self.amount, self.unit) if self.amount else ""

    @property
    def left(self) -> int:
        """What of it can still be used, in its unit."""
        return sum(one.amount if one.kind == "given" else -one.amount for one in self.entries.all())


class TakenBack(models.Model):
    """A gesture was taken back: by whom, when and why, and whether the customer said they do not want it."""

    gesture = models.OneToOneField(Gesture, on_delete=models.PROTECT, related_name="taken_back")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField()
    declined = models.BooleanField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(why=""), name="taking_back_has_a_reason")]
