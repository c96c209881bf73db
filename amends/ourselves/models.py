"""A round of asking the team: who has answered and what was answered lie apart, with nothing between the two.

While a round is open an answer is sealed. When it ends, what may be told is counted once and the answers are destroyed.
"""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from amends.method.roughly import Roughly
from amends.team.veil import LENGTH

LONGEST_WORDS = 200
# How long figures of two rounds are held beside each other ([J]): after half a year the others have changed as well.
COMPARED = timedelta(weeks=26)
WORDS_KEPT = timedelta(days=365)


class StaffRound(models.Model):
    """Everybody who works on cases is asked, until a day."""

    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("at")), name="staff_round_ends_after_it_began")
        ]


class StaffAnswered(models.Model):
    """Somebody has answered, under a veiled name and without a time: only so that nobody answers twice."""

    round = models.ForeignKey(StaffRound, on_delete=models.CASCADE, related_name="answered")
    whose = models.CharField(max_length=LENGTH)
    team = models.ForeignKey("amends.Team", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "whose"], name="staff_answered_once")]


class Ballot(models.Model):
    """What somebody answered, sealed: no name, no time, no number in a row, and each as long as the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(StaffRound, on_delete=models.CASCADE, related_name="ballots")
    sealed = models.BinaryField()


class StaffCounted(models.Model):
    """A round was counted: when, and of about how many people; empty where too little came to tell anything."""

    round = models.OneToOneField(StaffRound, on_delete=models.CASCADE, related_name="counted")
    at = models.DateTimeField()
    about = models.PositiveIntegerField(null=True)


class StaffSaid(models.Model):
    """How many gave an answer, in a word: of everybody, or of a team and then only the answer that counts as done."""

    round = models.ForeignKey(StaffRound, on_delete=models.CASCADE, related_name="said")
    team = models.ForeignKey("amends.Team", null=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=20)
    roughly = models.CharField(max_length=8, choices=[(one.value, one.words) for one in Roughly])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "team", "question", "answer"], name="staff_said_once"),
            models.UniqueConstraint(
                fields=["round", "question", "answer"], condition=Q(team=None), name="staff_said_once_of_all"
            ),
        ]


class StaffWords(models.Model):
    """What somebody added to an answer in their own words: among four others or more, in an order drawn by lot."""

    round = models.ForeignKey(StaffRound, on_delete=models.CASCADE, related_name="words")
    question = models.CharField(max_length=20)
    words = models.CharField(max_length=LONGEST_WORDS)
