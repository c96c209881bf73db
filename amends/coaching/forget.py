"""Letting go: what is old, and what was between colleagues of whom one has left."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from amends.coaching.models import Comment, Debrief, DebriefShared, Hint, Look, too_old
from amends.team.models import User


def let_coaching_go(now: datetime) -> None:
    """Delete everything older than 90 days, and everything of and to whoever left."""
    left = User.objects.filter(is_active=False).values("pk")
    old = Q(at__lt=too_old(now))
    with transaction.atomic():
        DebriefShared.objects.filter(to__in=left).delete()
        Debrief.objects.filter(old | Q(by__in=left)).delete()
        Look.objects.filter(old | Q(by__in=left) | Q(to__in=left)).delete()
        Comment.objects.filter(old | Q(by__in=left) | Q(to__in=left)).delete()
        Hint.objects.filter(old | Q(by__in=left) | Q(to__in=left)).delete()
