"""What people decided about a theme that seemed new: it became a cause, or it is nothing, for a reason."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.issue import CATEGORIES
from amends.cases.ledger import record, writing
from amends.prevention.models import Cause
from amends.prevention.tending import one_sentence
from amends.prevention.verbs import add_cause
from amends.team.models import User

RESTS = timedelta(weeks=12)  # [J]: after so long the same words growing again are news again
LONGEST_WORDS, LONGEST_REASON = 120, 300


class ThemeDecision(models.Model):
    """A theme within a category, the cause it became, or why it is nothing; who decided, and when."""

    category = models.CharField(max_length=24, choices=list(CATEGORIES.items()))
    words = models.CharField(max_length=LONGEST_WORDS)
    cause = models.ForeignKey(Cause, null=True, on_delete=models.PROTECT, related_name="themes")
    reason = models.CharField(max_length=LONGEST_REASON, default="", blank=True)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(cause__isnull=False, reason="") | (models.Q(cause=None) & ~models.Q(reason="")),
                name="theme_cause_or_reason",
            ),
            models.CheckConstraint(condition=models.Q(category__in=CATEGORIES), name="theme_category_known"),
        ]


def name_theme(category: str, words: str, name: str, definition: str, *, by: User, now: datetime) -> ThemeDecision:
    """A theme becomes a cause of that name, looked after by who named it; raises Incomplete, AlreadyDone."""
    with writing():
        theme = _free(category, words, now)
        cause = add_cause(name, one_sentence(definition), owner=by, now=now)
        made = ThemeDecision.objects.create(category=category, words=theme, cause=cause, by=by, at=now)
        record("theme_named", None, by, now, theme=made.pk, cause=cause.name)
    return made


def dismiss_theme(category: str, words: str, reason: str, *, by: User, now: datetime) -> ThemeDecision:
    """A theme is nothing to act on, for a reason; it is not shown again for twelve weeks. Raises Incomplete."""
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST_REASON:
        raise Incomplete(f"Say why it is nothing to act on, in at most {LONGEST_REASON} letters.", "reason")
    with writing():
        theme = _free(category, words, now)
        made = ThemeDecision.objects.create(category=category, words=theme, reason=why, by=by, at=now)
        record("theme_dismissed", None, by, now, theme=made.pk)
    return made


def decided(now: datetime) -> "models.QuerySet[ThemeDecision]":
    """What was decided about themes within the last twelve weeks, the newest first."""
    return ThemeDecision.objects.filter(at__gt=now - RESTS, at__lte=now).select_related("cause", "by")


def _free(category: str, words: str, now: datetime) -> str:
    """The words of a theme nobody has decided about lately; raises Incomplete, AlreadyDone."""
    theme = " ".join(words.split())
    if category not in CATEGORIES or not theme or len(theme) > LONGEST_WORDS:
        raise Incomplete("Open the theme again from “What is new?”: its words are missing.", "main")
    earlier = decided(now).filter(category=category, words=theme).first()
    if earlier:
        raise AlreadyDone(f"{earlier.by.name} decided about “{theme}” on {earlier.at:%-d %B %Y}.")
    return theme
