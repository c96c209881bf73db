"""Which cases a public post may be about: proposed to a person, who decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.loyalty.no_linking import NoLinking
from amends.loyalty.post import Post
from amends.method.same_writer import SHORTEST_NAME, WEEK, Complained, Likely, Said, Why, likely
from amends.team.models import User

MOST = 3
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Proposed:
    """A case a post may be about, and why."""

    case: Case
    why: Why


def proposals(post: Post, reader: User) -> Sequence[Proposed]:
    """At most three cases the reader sees that a post may be about; never of somebody who wants nothing linked."""
    seen = Case.objects.visible_to(reader).exclude(customer__in=NoLinking.objects.values("customer"))
    rows = seen.filter(_may_fit(post)).select_related("customer", "closure").order_by("-opened_at", "-pk")
    cases = {case.pk: case for case in rows.distinct()[:LOOKED_AT]}
    orders = _orders(cases)
    said = Said(post.author, post.order, post.day)
    found: Sequence[Likely] = likely(said, [_complained(case, orders[case.pk]) for case in cases.values()])
    return [Proposed(cases[one.case], one.why) for one in found[:MOST]]


def _may_fit(post: Post) -> Q:
    """A wide net for the rule: the same order, or a word of the name and a week that is not out of the question."""
    wanted = Q(pk=None)
    if post.order:
        wanted |= Q(issues__about__iexact=post.order)
    words = [word for word in post.author.split() if len(word) >= SHORTEST_NAME]
    if words:
        names = Q()
        for word in words:
            names |= Q(customer__name__icontains=word)
        in_time = Q(closure=None) | Q(closure__at__date__gte=post.day - WEEK)
        wanted |= names & Q(opened_at__date__lte=post.day + WEEK) & in_time
    return wanted


def _orders(cases: dict[int, Case]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {pk: set() for pk in cases}
    for case, order in Issue.objects.filter(case__in=cases).exclude(about="").values_list("case_id", "about"):
        found[case].add(order)
    return {pk: frozenset(orders) for pk, orders in found.items()}


def _complained(case: Case, orders: frozenset[str]) -> Complained:
    closed = localtime(case.closure.at).date() if hasattr(case, "closure") else None
    return Complained(case.pk, case.customer.name, orders, localtime(case.opened_at).date(), closed)
