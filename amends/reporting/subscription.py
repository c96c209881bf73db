"""Letters of figures: who asked for which question, when the next is due, and what became of each."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q

from amends.cases.errors import Incomplete, NotAllowed, NotThere
from amends.cases.ledger import record, writing
from amends.cases.links import LinkForeign
from amends.channels.models import Channel
from amends.reporting.when import WEEKDAYS, Often, due_after, in_words
from amends.team.models import Team, User
from amends.team.permissions import Right

_SALT = "amends.figures"
HOURS = 24


class Subscription(models.Model):
    """Somebody wants the answer to one question by mail: how often, when in their zone, to which address.

    `team` is the team they were in: whoever changes teams is not sent another's figures unasked.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="subscriptions")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    question = models.SlugField(max_length=40)
    often = models.CharField(max_length=8)
    weekday = models.PositiveSmallIntegerField()
    hour = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=64)
    reach = models.EmailField()
    at = models.DateTimeField()
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "question"], condition=Q(ended_at=None), name="one_subscription_a_question"
            ),
            models.CheckConstraint(condition=Q(often__in=[one.value for one in Often]), name="subscription_often"),
            models.CheckConstraint(condition=Q(weekday__lt=len(WEEKDAYS), hour__lt=HOURS), name="subscription_when"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="subscription_due", condition=Q(ended_at=None)),
        ]

    @property
    def when(self) -> str:
        """When it comes, in words."""
        return in_words(self.often, self.weekday, self.hour, self.zone)

    @property
    def stop_link(self) -> str:
        """The address behind which it is stopped, without an account."""
        return f"{settings.AMENDS_URL}/figures/{self.token}/"

    @property
    def token(self) -> str:
        """The signed part of that address; it is good as long as there are letters."""
        return signing.Signer(salt=_SALT).sign(str(self.pk)).replace(":", "~")


class FiguresLetter(models.Model):
    """One letter that fell due: its Message-ID at every try, when it left, or why it was not sent.

    `next_try_at` is None once it left or was left out; `digest` tells whether its figures are those of the one before.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="letters")
    due_at = models.DateTimeField()
    message_id = models.CharField(max_length=200, unique=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    not_sent = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        ordering: ClassVar = ["-due_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "due_at"], name="one_letter_a_time"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(not_sent=""), name="figures_sent_or_not"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], name="figures_waiting", condition=Q(next_try_at__isnull=False)),
        ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which question somebody wants to hear of: how often, on which weekday, at which hour of which zone, and where."""

    question: str
    often: str
    weekday: int
    hour: int
    zone: str
    reach: str


def subscribe(person: User, wanted: Wanted, *, now: datetime) -> Subscription:
    """Let somebody have the answer to a question by mail; asked again, the times change.

    Raises NotAllowed for who may not read it, Incomplete for what no letter could follow.
    """
    if not person.can(Right.READ_INSIGHTS):
        raise NotAllowed("Your role does not read what all cases together say, so it is not sent to you either.")
    _check(wanted)
    values = {
        "team": person.team,
        "often": wanted.often,
        "weekday": wanted.weekday,
        "hour": wanted.hour,
        "zone": wanted.zone,
        "reach": wanted.reach,
        "at": now,
        "next_at": due_after(Often(wanted.often), wanted.weekday, wanted.hour, wanted.zone, now),
    }
    with writing():
        made, _ = Subscription.objects.update_or_create(
            person=person, question=wanted.question, ended_at=None, defaults=values
        )
        record("figures_wanted", None, person, now, question=wanted.question, subscription=made.pk)
    return made


def stop(subscription: Subscription, now: datetime) -> bool:
    """Send no more of these letters, nor one that waits to be tried again; returns whether there were any to stop."""
    with writing():
        ended = Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=now)
        if ended:
            waiting = subscription.letters.filter(next_try_at__isnull=False)
            waiting.update(next_try_at=None, not_sent="You had asked for no more of these letters.")
            record("figures_stopped", None, subscription.person, now, subscription=subscription.pk)
    return bool(ended)


def stop_own(person: User, subscription: int, now: datetime) -> None:
    """Stop one of somebody's own; raises NotThere for anybody else's."""
    mine = Subscription.objects.select_related("person").filter(pk=subscription, person=person).first()
    if mine is None:
        raise NotThere("There is no such letter of yours.")
    stop(mine, now)


def subscription_of(token: str) -> Subscription:
    """The subscription a link of a letter is about; raises LinkForeign."""
    try:
        number = int(signing.Signer(salt=_SALT).unsign(token.replace("~", ":")))
    except (signing.BadSignature, ValueError) as error:
        raise LinkForeign("This link is not complete. Copy the whole link from the letter.") from error
    return Subscription.objects.select_related("person").get(pk=number)


def running(person: User) -> "models.QuerySet[Subscription]":
    """Somebody's subscriptions that have not ended."""
    return Subscription.objects.filter(person=person, ended_at=None)


def is_due(now: datetime) -> bool:
    """Whether a letter fell due or is to be tried again."""
    fallen = Subscription.objects.filter(ended_at=None, next_at__lte=now)
    return fallen.exists() or FiguresLetter.objects.filter(next_try_at__lte=now).exists()


def take_up(now: datetime) -> int:
    """Write down each letter that fell due and when the next does, in one transaction each; returns how many.

    Whoever moves the time of the next letter writes this one down, so it is there once.
    """
    taken = 0
    for one in Subscription.objects.filter(ended_at=None, next_at__lte=now).select_related("person__team"):
        with writing():
            following = due_after(Often(one.often), one.weekday, one.hour, one.zone, now)
            moved = Subscription.objects.filter(pk=one.pk, next_at=one.next_at, ended_at=None).update(next_at=following)
            if moved:
                FiguresLetter.objects.create(
                    subscription=one, due_at=one.next_at, message_id=_message_id(one), next_try_at=now
                )
                taken += 1
    return taken


def channel_for(team: Team) -> Channel | None:
    """The mailbox letters to this team leave from; any other where it has none."""
    return Channel.objects.filter(team=team).order_by("pk").first() or Channel.objects.order_by("pk").first()


def _message_id(one: Subscription) -> str:
    channel = channel_for(one.person.team)
    domain = channel.address.partition("@")[2] if channel else "localhost"
    return f"{secrets.token_hex(16)}@{domain}"


def _check(wanted: Wanted) -> None:
    if wanted.often not in set(Often):
        raise Incomplete("Choose how often you want it.", "often")
    if not 0 <= wanted.weekday < len(WEEKDAYS):
        raise Incomplete("Choose a day of the week.", "weekday")
    if not 0 <= wanted.hour < HOURS:
        raise Incomplete("Choose an hour from 0 to 23.", "hour")
    if wanted.zone not in available_timezones():
        raise Incomplete("Name a time zone such as Europe/Stockholm.", "zone")
    try:
        validate_email(wanted.reach)
    except ValidationError as error:
        raise Incomplete("Write the address it should go to.", "reach") from error
