"""Rules: when something happens to a case, one verb is tried in the name of the rule's owner."""

from typing import ClassVar

from django.db import models


class Rule(models.Model):
    """A rule somebody made and answers for; it may do what its owner may, no more. `seen` is where it has read to."""

    name = models.CharField(max_length=80)
    team = models.ForeignKey("amends.Team", null=True, on_delete=models.PROTECT, related_name="rules")
    when = models.CharField(max_length=40)
    conditions = models.JSONField(default=dict)
    verb = models.CharField(max_length=40)
    fields = models.JSONField(default=dict)
    owner = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="rules")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    seen = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class RuleWait(models.Model):
    """An event a rule has read and not acted on yet: the customer of its case may be writing until then (F4)."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="waits")
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="rule_waits")
    seq = models.BigIntegerField()
    until = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["seq", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "seq"], name="one_wait_a_rule_and_event")]
        indexes: ClassVar = [models.Index(fields=["until"], name="rule_wait_until")]


class RuleRun(models.Model):
    """What a rule did about one event: done, or the sentence that says why not."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="runs")
    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="rule_runs")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    done = models.BooleanField()
    sentence = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "seq"], name="one_run_a_rule_and_event")]
