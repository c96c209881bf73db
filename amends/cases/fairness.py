"""How a team has decided: its own base rate of fault; of teams, never of people."""

from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from amends.cases.decision import Decision, Fault
from amends.cases.issue import CATEGORIES, Issue
from amends.method.rates import Rate, base_rate_words
from amends.team.models import Team

LOOK_BACK = timedelta(days=365)


def counting_decisions(team: Team, since: datetime, until: datetime) -> "QuerySet[Decision]":
    """The newest decision of each issue of a team, made in this time; about conduct only when another agreed."""
    newest = Decision.objects.filter(issue__case__team=team, at__lte=until).values("issue").annotate(last=Max("pk"))
    standing = ~Q(fault=Fault.CONDUCT) | Q(review__agreed=True)
    return Decision.objects.filter(standing, pk__in=newest.values("last"), at__gt=since)


def base_rate(issue: Issue, now: datetime) -> Rate:
    """How often this team found the fault with us, wholly or partly, in a year's other issues of this kind (F26)."""
    made = counting_decisions(issue.case.team, now - LOOK_BACK, now).exclude(issue=issue)
    alike = made.filter(issue__category=issue.category)
    return Rate(alike.filter(fault__in=[Fault.OURS, Fault.PARTLY]).count(), alike.count())


def honesty_nudge(issue: Issue, now: datetime) -> str:
    """The base rate as a sentence for somebody who is about to find the fault elsewhere (S4.2)."""
    about = CATEGORIES.get(issue.category, "issues of no kind yet").lower()
    return base_rate_words(base_rate(issue, now), about)
