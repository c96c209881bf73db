"""What colleagues say to each other about their work: read by the two it is between, and gone after 90 days.

Nothing here is counted, exported or told by the API; it goes with the customer and with whoever leaves.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from amends.cases.message import Message
from amends.team.models import User
from amends.team.permissions import Right

# Long enough to come back to ([J]), short enough that nobody's beginnings follow them.
KEPT_FOR = timedelta(days=90)
CHECK_LENGTH = 8
LONGEST_HINT = 300


def visible_cases(user: User) -> Q:
    """What stands on a case that this person may see and that is not about them: the rule of every table here."""
    seen = Q() if user.can(Right.SEE_ALL_TEAMS) else Q(case__team=user.team_id)
    return seen & ~Q(case__subjects__person=user.pk)


def _asked(user: User) -> Q:
    return (Q(to=user.pk) | Q(to=None, case__team=user.team_id)) & Q(given=None) & ~Q(by=user.pk)


class Looks(models.QuerySet["Look"]):
    """Finding what colleagues were asked to look at."""

    def seen_by(self, user: User) -> Self:
        """Those this person may open: what they asked, what they were asked, and what waits for whoever is free."""
        return self.filter(Q(by=user.pk) | Q(to=user.pk) | Q(to=None)).filter(visible_cases(user))

    def unsettled(self) -> Self:
        """Those that still matter: not taken back or read, and no letter of whoever asked has left since."""
        written = Message.objects.filter(
            case=OuterRef("case"),
            author=OuterRef("by"),
            outgoing=True,
            at__gt=OuterRef("at"),
            outbox__cancelled_at=None,
        )
        return self.filter(closed=None).exclude(Exists(written))

    def to_give(self, user: User) -> Self:
        """Those that wait for this person to look, or for anybody of their team."""
        return self.seen_by(user).unsettled().filter(_asked(user))

    def for_me(self, user: User) -> Self:
        """Those that wait for this person: to look, or to read what was said of a draft of theirs."""
        return self.seen_by(user).unsettled().filter(_asked(user) | Q(by=user.pk, given__isnull=False))


class Look(models.Model):
    """Somebody asked a colleague to look at a draft before it leaves; without `to` whoever is free takes it on."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="looks_asked")
    to = models.ForeignKey("amends.User", null=True, on_delete=models.CASCADE, related_name="looks_to_give")
    at = models.DateTimeField()
    draft = models.TextField()
    question = models.TextField(default="", blank=True)

    objects = Looks.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(draft=""), name="look_has_a_draft")]


class LookGiven(models.Model):
    """A colleague looked: what they remark, and the wording they propose instead."""

    look = models.OneToOneField(Look, on_delete=models.CASCADE, related_name="given")
    at = models.DateTimeField()
    remarks = models.TextField(default="", blank=True)
    wording = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(remarks="", wording=""), name="look_given_says_something")
        ]


class LookClosed(models.Model):
    """Whoever asked needs the look no more: taken back before it came, or read when it had."""

    look = models.OneToOneField(Look, on_delete=models.CASCADE, related_name="closed")
    at = models.DateTimeField()


class Kind(models.TextChoices):
    """What a lead says of a letter that left."""

    COMMENT = "comment", "Comment"
    KUDOS = "kudos", "Kudos"


class Reply(models.TextChoices):
    """What its writer says to that."""

    THANKS = "thanks", "Thank you"
    OTHERWISE = "otherwise", "I see it otherwise"


class Comments(models.QuerySet["Comment"]):
    """Finding comments."""

    def between(self, user: User) -> Self:
        """Those this person gave or got, on cases they may see: the only way to look for a comment."""
        return self.filter(visible_cases(user)).filter(Q(by=user.pk) | Q(to=user.pk))

    def to_answer(self, user: User) -> Self:
        """Those this person got and did not answer."""
        return self.between(user).filter(to=user.pk, answer=None)


class Comment(models.Model):
    """What somebody who leads a team said to the writer of one letter, about one check or about the whole."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey("amends.Message", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="comments_got")
    at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    check_number = models.CharField(max_length=CHECK_LENGTH, default="", blank=True)
    words = models.TextField()

    objects = Comments.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="comment_kind"),
            models.CheckConstraint(condition=~Q(words=""), name="comment_says_something"),
            models.CheckConstraint(condition=~Q(by=models.F("to")), name="comment_is_for_somebody_else"),
        ]


class CommentAnswer(models.Model):
    """What the writer answered: thank you, or that they see it otherwise."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="answer")
    at = models.DateTimeField()
    reply = models.CharField(max_length=10, choices=Reply.choices)
    words = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(reply__in=Reply.values), name="comment_reply")]


class Hint(models.Model):
    """A short word for the one who writes a case, shown to the two alone; put aside, the row is gone."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="hints")
    by = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=LONGEST_HINT)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(by=models.F("to")), name="hint_is_for_another")]


class Debrief(models.Model):
    """Somebody looked back on a case: what went well, what was hard, what should change. Theirs, unless shared."""

    case = models.ForeignKey("amends.Case", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    well = models.TextField(default="", blank=True)
    hard = models.TextField(default="", blank=True)
    change = models.TextField(default="", blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "by"], name="one_debrief_each"),
            models.CheckConstraint(condition=~Q(well="", hard="", change=""), name="debrief_says_something"),
        ]


class DebriefShared(models.Model):
    """Its writer showed a debrief to a colleague: to whom and when; taking it back deletes the row."""

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="shares")
    to = models.ForeignKey("amends.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["debrief", "to"], name="debrief_shared_once_with")]


def too_old(now: datetime) -> datetime:
    """Before when everything here goes."""
    return now - KEPT_FOR
