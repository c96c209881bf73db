"""Everyone a cause hurt, and what each of them was told of a change against it: nobody counts twice, nobody is lost."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from amends.cases.automatic import may_write_by_itself
from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.issue import Issue
from amends.cases.message import Coverage
from amends.customers.models import NoNews
from amends.method.path import Attention
from amends.method.steps import Step
from amends.prevention.models import Change
from amends.prevention.telling import ALIVE, LeftOut, News
from amends.recovery.ask_again import came_back
from amends.recovery.letter import case_language
from amends.team.models import User


@dataclass(frozen=True, slots=True)
class Harmed:
    """One person a cause hurt: the newest of the cases in which it did, and what they said went wrong there."""

    case: Case
    summary: str
    language: str

    @property
    def customer(self) -> int:
        """The number of the customer."""
        return self.case.customer_id


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Everyone harmed, each in exactly one place: told, left out with a reason, or still owed the news.

    `elsewhere` is how many more people only cases of other teams know.
    """

    owed: tuple[Harmed, ...]
    told: tuple[News, ...]
    left_out: tuple[LeftOut, ...]
    affected: int
    elsewhere: int

    @property
    def adds_up(self) -> bool:
        """Whether told and left out and still owed together are everyone it hurt."""
        return len(self.owed) + len(self.told) + len(self.left_out) == self.affected


def reckoning(change: Change, by: User) -> Reckoning:
    """Everyone this change is news for among the cases a person may see, by where they stand.

    A letter that came back told nobody: its reader is owed the news again.
    """
    cases = _newest_cases(change, by)
    letters = News.objects.filter(ALIVE, change=change).select_related("customer", "message", "telling__by")
    told = {one.customer_id: one for one in letters if one.customer_id in cases}
    reasons = LeftOut.objects.filter(change=change).select_related("customer", "by")
    left_out = {one.customer_id: one for one in reasons if one.customer_id in cases and one.customer_id not in told}
    owed = [case for customer, case in cases.items() if customer not in told and customer not in left_out]
    return Reckoning(
        owed=_harmed(owed, change),
        told=tuple(told.values()),
        left_out=tuple(left_out.values()),
        affected=len(cases),
        elsewhere=_hurt(change).values("customer").distinct().count() - len(cases),
    )


def hurt_in(change: Change, customer: int, by: User) -> Case | None:
    """The newest case in which the cause of a change hurt this customer, of those a person may see."""
    rows = _hurt(change).filter(customer=customer, pk__in=Case.objects.visible_to(by))
    return rows.order_by("-opened_at", "-pk").first()


def hindrance(case: Case, now: datetime) -> str:
    """Why no news may leave for the customer of a case, as a sentence; "" when it may."""
    refused = NoNews.objects.filter(customer=case.customer_id).first()
    if refused:
        return f"Asked for no such news on {refused.at:%-d %B %Y}."
    if came_back(case):
        return f"The last letter to {case.address} came back."
    try:
        may_write_by_itself(case, now)
    except NotPossible as reason:
        return str(reason)
    return ""


def known_of(change: Change, harmed: tuple[Harmed, ...]) -> dict[int, str]:
    """What a reviewer should know of some of these people before they are told, by customer, as a sentence."""
    cases = [one.case.pk for one in harmed]
    known = {
        one.case.customer_id: f"Somebody works on case {one.case.pk}."
        for one in harmed
        if one.case.standing.attention == Attention.TO_DO.value
    }
    return known | told_by_hand(change, cases)


def told_by_hand(change: Change, cases: list[int]) -> dict[int, str]:
    """Who was told what changes in a letter written to them alone since the change was made, by customer."""
    rows = Coverage.objects.filter(
        ALIVE,
        message__case__in=cases,
        message__at__gte=change.made_at,
        step=Step.PREVENT.value,
        issue__attribution__cause=change.cause_id,
    ).order_by("message__at")
    columns = rows.values_list("message__case__customer", "message__sender_name", "message__at")
    return {customer: f"{who} told them on {at:%-d %B}." for customer, who, at in columns}


def _hurt(change: Change) -> "QuerySet[Case]":
    issues = Issue.objects.filter(attribution__cause=change.cause_id, withdrawal=None)
    return Case.objects.filter(issues__in=issues)


def _newest_cases(change: Change, by: User) -> dict[int, Case]:
    """The newest case in which the cause hurt each customer, of those the person may see, the longest ago first."""
    rows = _hurt(change).filter(pk__in=Case.objects.visible_to(by)).distinct()
    related = rows.select_related("customer", "channel", "team", "standing")
    return {case.customer_id: case for case in related.order_by("opened_at", "pk")}


def _harmed(cases: list[Case], change: Change) -> tuple[Harmed, ...]:
    """Each person with what was said back to them; a summary nobody confirmed is not repeated."""
    heard = Issue.objects.filter(case__in=cases, attribution__cause=change.cause_id, withdrawal=None, merger=None)
    summaries = dict(heard.exclude(hearing=None).order_by("-pk").values_list("case_id", "summary"))
    return tuple(Harmed(case, summaries.get(case.pk, ""), case_language(case)) for case in cases)
