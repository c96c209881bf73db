"""What a customer's page did once: a token of one button is good for one press."""

from typing import ClassVar

from django.db import models


class Once(models.Model):
    """The token of one button was used: for which case and what, and when."""

    digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
