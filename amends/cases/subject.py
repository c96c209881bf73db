"""The person of the team a complaint is about, who must not handle it."""

from typing import ClassVar

from django.db import models


class Subject(models.Model):
    """This complaint is about that colleague: who said so, and when."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person"], name="one_subject_a_case")]
