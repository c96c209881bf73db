"""What was found about a change, with the figures it was found from: a proof when it was earned, and its end."""

from typing import ClassVar

from django.db import models

from amends.measures.change_test import judge
from amends.measures.snapshot import Snapshot
from amends.measures.verdict import Outcome, Why


class Verdict(models.Model):
    """One look at a change: the claim's figures of that day as a snapshot, and what the test said of them.

    `linked` are four counts: issues linked to any cause and all that were heard, before and since. `warning` says since
    when more came than before, "" where nothing does (`measures/early.py`). `review` marks the
    look on the review day, the only one that can prove anything.
    """

    change = models.ForeignKey("amends.Change", on_delete=models.PROTECT, related_name="verdicts")
    at = models.DateTimeField()
    review = models.BooleanField()
    outcome = models.CharField(max_length=12)
    snapshot = models.JSONField()
    found = models.JSONField()
    linked = models.JSONField()
    warning = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=[one.value for one in Outcome]), name="verdict_outcome_known"
            ),
            models.UniqueConstraint(fields=["change"], condition=models.Q(review=True), name="one_review_a_change"),
        ]

    @property
    def words(self) -> str:
        """The verdict in sentences, as it was given."""
        return str(self.found["words"])

    @property
    def fell_short(self) -> bool:
        """Whether these figures leave no room for the fall that was claimed, whatever else they leave open."""
        return bool(self.found["why"] == Why.NOT_AS_CLAIMED.name.lower())

    def again(self) -> dict[str, object]:
        """The verdict made anew from the snapshot kept with it."""
        return judge(Snapshot.from_json(self.snapshot)).as_json()


class Proof(models.Model):
    """The review found that a change worked; `by` is nobody where that was written down by itself."""

    change = models.OneToOneField("amends.Change", on_delete=models.PROTECT, related_name="proof")
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="proof")
    by = models.ForeignKey("amends.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Regression(models.Model):
    """What a change had stopped came back: the weeks since its review, and what they said."""

    change = models.OneToOneField("amends.Change", on_delete=models.PROTECT, related_name="regression")
    at = models.DateTimeField()
    weeks = models.JSONField()
    words = models.TextField()
