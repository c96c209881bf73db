"""Remarks of the live check: what was put aside, in which letters a check spoke up, and who put it back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.language.brief import LADDER

LONGEST = 200


class Reason(models.TextChoices):
    """Why a remark does not fit."""

    SAID = "said", "It does say it"
    UNFIT = "unfit", "It does not fit this case"
    QUOTED = "quoted", "The customer's own words"
    OTHER = "other", "Something else"


class PutAside(models.Model):
    """A remark on a draft that was put aside: which check, by whom, why; of the draft only a keyed hash.

    `message` is the letter it was put aside in, once that is written. Until then, and without `back_at`, it can be
    shown again as if nothing had been.
    """

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="put_aside")
    number = models.CharField(max_length=8)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    words = models.CharField(max_length=LONGEST, default="", blank=True)
    mark = models.CharField(max_length=32)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    message = models.ForeignKey("amends.Message", null=True, on_delete=models.PROTECT, related_name="put_aside")
    back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="put_aside_reason"),
            models.CheckConstraint(condition=~Q(reason=Reason.OTHER) | ~Q(words=""), name="put_aside_says_why"),
            models.UniqueConstraint(
                fields=["case", "mark"], condition=Q(message=None, back_at=None), name="put_aside_once"
            ),
        ]


class Showing(models.Model):
    """One check that spoke up in one letter, at which level, and whether it was put aside there.

    A showing is one check in one letter that was written to its end, however often the check ran meanwhile: who types
    on would otherwise outvote who puts it aside. A remark about words counts though they were changed before the
    letter left, because then it was heeded, and a check that is heeded must not look like one nobody wants. What a
    draft lacks counts only if the finished letter lacked it, or somebody put it aside: an unfinished draft lacks
    everything. Counted for a team, never for a person.
    """

    message = models.ForeignKey("amends.Message", on_delete=models.PROTECT, related_name="showings")
    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=8)
    level = models.CharField(max_length=8)
    at = models.DateTimeField()
    put_aside = models.ForeignKey(PutAside, null=True, on_delete=models.PROTECT, related_name="showings")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["team", "number", "level", "at", "put_aside"], name="showing_counted"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "number"], name="one_showing_a_letter"),
            models.CheckConstraint(condition=Q(level__in=LADDER[:-1]), name="showing_level"),
        ]


class CheckRestoration(models.Model):
    """A check put back to its own level for a team: by whom, when, why; counting begins anew from then on."""

    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=8)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="check_restoration_says_why")]
