"""What somebody said of us in public: where, when, with how many stars, then and after; and about which case."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

STARS = range(1, 6)
LONGEST_URL = 500
LONGEST_NAME = 120
LONGEST_ORDER = 60
_IN_STARS = Q(stars__range=(STARS[0], STARS[-1]))


class Post(models.Model):
    """A public post about us. Its writer's name and order stand here only until somebody decided whose it is."""

    site = models.CharField(max_length=LONGEST_NAME)
    url = models.CharField(max_length=LONGEST_URL, unique=True)
    day = models.DateField()
    stars = models.PositiveSmallIntegerField(null=True)
    author = models.CharField(max_length=LONGEST_NAME, default="", blank=True)
    order = models.CharField(max_length=LONGEST_ORDER, default="", blank=True)
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(stars=None) | _IN_STARS, name="post_in_stars"),
            models.CheckConstraint(condition=~Q(site="") & ~Q(url=""), name="post_is_somewhere"),
        ]

    @property
    def stars_now(self) -> int | None:
        """The stars as they were seen last; None for a post without."""
        changes = sorted(self.changes.all(), key=lambda one: one.pk)
        return changes[-1].stars if changes else self.stars


class PostChange(models.Model):
    """Somebody saw that the writer of a post had changed its stars."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="changes")
    stars = models.PositiveSmallIntegerField()
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=_IN_STARS, name="post_change_in_stars")]


class PostMatch(models.Model):
    """Somebody decided which case a post is about; without a case: about none of ours, or none we may link."""

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="match")
    case = models.ForeignKey("amends.Case", null=True, on_delete=models.PROTECT, related_name="posts")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
