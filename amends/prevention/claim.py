"""What a change claims, so that it can turn out to be wrong: fixed before anybody looks."""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from amends.cases.errors import Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.prevention.exposure import names_known
from amends.prevention.models import Change
from amends.team.models import User

FEWEST_BASELINE, MOST_BASELINE = 12, 104
MOST_TRIGGER = 26
USUAL_TRIGGER = 4
LATEST = date(2100, 1, 1)


class Action(models.TextChoices):
    """What a change does about its cause."""

    CONTAINMENT = "containment", "Containment: it stops the harm for now"
    CORRECTIVE = "corrective", "Corrective: it removes the cause of what happened"
    PREVENTIVE = "preventive", "Preventive: it keeps it from happening elsewhere"


class Claim(models.Model):
    """For whom, by how much and until when a change lowers complaints, counted in what, against which weeks before.

    The `trigger_weeks` up to the day the change was agreed are left out: they were bad, or nobody would have acted
    (E60). No `exposure` means that nothing is known but the weeks themselves.
    """

    change = models.OneToOneField("amends.Change", on_delete=models.PROTECT, related_name="claim")
    action = models.CharField(max_length=12, choices=Action.choices)
    population = models.CharField(max_length=200)
    exposure = models.CharField(max_length=40, default="", blank=True)
    baseline_weeks = models.PositiveSmallIntegerField()
    trigger_weeks = models.PositiveSmallIntegerField(default=USUAL_TRIGGER)
    drop_percent = models.PositiveSmallIntegerField()
    review_date = models.DateField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(population=""), name="claim_says_for_whom"),
            models.CheckConstraint(condition=Q(action__in=Action.values), name="claim_action_known"),
            models.CheckConstraint(
                condition=Q(baseline_weeks__range=(FEWEST_BASELINE, MOST_BASELINE)), name="claim_baseline_enough"
            ),
            models.CheckConstraint(condition=Q(trigger_weeks__range=(1, MOST_TRIGGER)), name="claim_trigger_left_out"),
            models.CheckConstraint(condition=Q(drop_percent__range=(1, 100)), name="claim_drop_1_to_100"),
            models.CheckConstraint(
                condition=Q(review_date__gt=F("at")) & Q(review_date__lt=LATEST), name="claim_review_to_come"
            ),
        ]

    @property
    def words(self) -> str:
        """The claim in a sentence."""
        counted = f" in all {self.exposure}" if self.exposure else ""
        return (
            f"For {self.population}, at least {self.drop_percent} % fewer such complaints{counted} than in the "
            f"{self.baseline_weeks} weeks before, by {self.review_date:%-d %B %Y}."
        )


def state_claim(change: Change, claim: Claim, *, by: User, now: datetime) -> Claim:
    """Fix what a change claims; `claim` carries the fields, not yet kept.

    Raises Incomplete for what is missing or cannot be, NotPossible for another claim once the change is in place: who
    looked at the figures first could choose what to claim.
    """
    with writing():
        earlier = Claim.objects.filter(change=change).first()
        if earlier is not None and not can_restate(change, earlier):
            raise NotPossible("This change is in place, so its claim stands. Agree another change to claim another.")
        _check(claim, change, now)
        if earlier is not None:
            earlier.delete()
        claim.change, claim.by, claim.at = change, by, now
        claim.save()
        record("claim_stated", None, by, now, change=change.pk, claim=claim.pk)
    return claim


def can_restate(change: Change, claim: Claim) -> bool:
    """Whether another claim may still replace this one: before the change is in place, or when that came too late."""
    return change.made_at is None or change.made_at.date() >= claim.review_date


def effective_on(change: Change, claim: Claim) -> date | None:
    """From which day its weeks count: when it was both in place and claimed; None while it is only agreed."""
    return max(change.made_at, claim.at).date() if change.made_at else None


def trigger_window(change: Change, claim: Claim) -> tuple[date, date]:
    """The first and the last day of the window that made people act, up to the day they agreed the change."""
    last = change.agreed_at.date()
    return last - timedelta(weeks=claim.trigger_weeks) + timedelta(days=1), last


def _check(claim: Claim, change: Change, now: datetime) -> None:
    if claim.action not in Action.values:
        raise Incomplete("Choose whether it contains, corrects or prevents.", "action")
    if not claim.population.strip():
        raise Incomplete("Say for whom: which orders, visits or people the change is for.", "population")
    if claim.exposure and claim.exposure not in names_known():
        raise Incomplete(f"No figures are known for “{claim.exposure}”. Import them first, or choose none.", "exposure")
    for name, value, least, most, what in (
        ("baseline_weeks", claim.baseline_weeks, FEWEST_BASELINE, MOST_BASELINE, "Weeks to compare with"),
        ("trigger_weeks", claim.trigger_weeks, 1, MOST_TRIGGER, "Weeks left out"),
        ("drop_percent", claim.drop_percent, 1, 100, "The drop in per cent"),
    ):
        if not least <= value <= most:
            raise Incomplete(f"{what}: give a whole number from {least} to {most}.", name)
    earliest = max(now.date(), change.due_date if change.made_at is None else now.date())
    if not earliest < claim.review_date < LATEST:
        raise Incomplete(f"Choose a review day after {earliest:%-d %B %Y}, and before the year 2100.", "review_date")
