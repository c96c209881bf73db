"""Comparing practice with letters, once a year, over those who take part: no point, no list, no person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from amends.cases.message import Coverage, Message, Understanding
from amends.cases.reopening import IssueReopening
from amends.measures.rank import rank_correlation
from amends.method.crowd import FEWEST
from amends.practice.models import Played
from amends.practice.passing import as_heard
from amends.practice.taking_part import TakesPart, YearCompared, year_to_tell
from amends.rehearsal.personas import personas
from amends.rehearsal.score import score
from amends.rehearsal.shelf import scenarios
from amends.team.models import User

FEWEST_ROUNDS, FEWEST_LETTERS = 3, 10


@dataclass(frozen=True, slots=True)
class Own:
    """One person's year while it is counted, never kept: scores of their rounds, letters, and how many came back."""

    scores: Sequence[float]
    letters: int
    came_back: int

    @property
    def counts(self) -> bool:
        """Whether there is enough of both to say anything ([J])."""
        return len(self.scores) >= FEWEST_ROUNDS and self.letters >= FEWEST_LETTERS

    @property
    def pair(self) -> tuple[float, float]:
        """Their mean score, and the share of letters nothing came back to."""
        return fmean(self.scores), 1 - self.came_back / self.letters


def tell_year(now: datetime) -> YearCompared | None:
    """Tell of the year that is over, once; returns what is told, None where there is nothing to tell of.

    Each year is of its own rounds and letters, counted only from the day somebody took part. What is changed, deleted
    or taken back later changes no figure, and no two figures rest on the same letter.
    """
    year = year_to_tell(now)
    if year is None:
        return None
    told = told_of(
        [own_year(row, year) for row in TakesPart.objects.select_related("person").filter(at__year__lte=year)]
    )
    return YearCompared.objects.get_or_create(year=year, defaults={**told, "at": now})[0]


def told_of(people: Iterable[Own]) -> dict[str, int]:
    """What is told of these people, rounded; nothing below the fewest."""
    pairs = [one.pair for one in people if one.counts]
    found = rank_correlation("Practice and letters nothing came back to", pairs)
    if not found.can_tell:
        return {}
    return {
        "people": len(pairs) // FEWEST * FEWEST,
        "tenths": round(found.value * 10),
        "low_tenths": round(found.low * 10),
        "high_tenths": round(found.high * 10),
    }


def own_year(row: TakesPart, year: int) -> Own:
    """Return what one person's year comes to, to be counted with others and thrown away."""
    begins, ends = max(row.at, datetime(year, 1, 1, tzinfo=UTC)), datetime(year + 1, 1, 1, tzinfo=UTC)
    rounds = Played.objects.of(row.person).filter(ended_at__gte=begins, ended_at__lt=ends)
    known = [one for one in rounds if one.scenario in scenarios() and one.persona in personas()]
    letters = _letters(row.person, begins, ends)
    return Own([_score(one) for one in known], letters.count(), _came_back(letters, ends).count())


def _score(played: Played) -> float:
    """The score of a round by what was read from its words, as a certificate counts it."""
    heard = as_heard(played)
    return score(heard.customer, heard.turns).total


def _letters(person: User, begins: datetime, ends: datetime) -> QuerySet[Message]:
    """The letters of one person that said something of an issue and left, with when the next of ours followed."""
    ours = Message.objects.filter(outgoing=True, automatic="")
    following = ours.filter(case=OuterRef("case"), at__gt=OuterRef("at")).order_by("at").values("at")[:1]
    mine = ours.filter(Exists(Coverage.objects.filter(message=OuterRef("pk"))), author=person)
    left = mine.filter(at__gte=begins, at__lt=ends).exclude(outbox__cancelled_at__isnull=False)
    return left.annotate(until=Coalesce(Subquery(following), Value(ends, output_field=DateTimeField())))


def _came_back(letters: QuerySet[Message], ends: datetime) -> QuerySet[Message]:
    """Those to which the customer said “Not quite”, or of which something began again, before the next letter of ours.

    What the check remarked is not counted: it is kept for a team, and never for a person.
    """
    between = {"at__gt": OuterRef("at"), "at__lte": OuterRef("until"), "at__lt": ends}
    again = IssueReopening.objects.filter(issue__coverage__message=OuterRef("pk"), **between)
    refused = Understanding.objects.filter(case=OuterRef("case"), agreed=False, **between)
    return letters.filter(Exists(again) | Exists(refused))
