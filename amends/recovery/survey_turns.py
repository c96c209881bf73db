"""Whose turn it is to be asked how it was: found by rule from what happened, whoever answered the complaint."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.facts import facts_of
from amends.method.policy import Policy
from amends.method.survey import Turn, Why, turn
from amends.recovery.fulfilment import Refusal, worked
from amends.recovery.survey import NotAsked, SurveyAsked, SurveyLeftOut, SurveyOptOut

REACH = timedelta(days=14)  # an outcome older than this is not asked about any more ([J]: no source)
_DECIDED = (SurveyAsked, SurveyLeftOut)


def candidates(rules: Policy, now: datetime) -> list[int]:
    """The cases it could be the turn of: something came to an end, or has not in so many days; decided ones are out."""
    until = now - timedelta(days=rules.survey_after_days)
    ended, begun = (until - REACH, until), now - timedelta(days=rules.survey_open_days)
    delivered = worked().filter(at__range=ended).filter(*(~_since(model, "at") for model in _DECIDED))
    refused = Refusal.objects.filter(at__range=ended, message__outbox__failed_at=None)
    closed = Closure.objects.filter(at__range=ended)
    unended = Case.objects.filter(opened_at__range=(begun - REACH, begun), closure=None, issues__isnull=False)
    asked_open = {"surveys__why": Why.OPEN.value}
    left_open = {"surveys_left_out__why": Why.OPEN.value}
    found = {
        *delivered.values_list("case_id", flat=True),
        *refused.filter(*(~_since(model, "at", "issue__case") for model in _DECIDED)).values_list(
            "issue__case_id", flat=True
        ),
        *closed.filter(*(~_lately(model, rules, now) for model in _DECIDED)).values_list("case_id", flat=True),
        *unended.exclude(**asked_open)
        .exclude(**left_open)
        .filter(*(~_lately(model, rules, now, "pk") for model in _DECIDED))
        .values_list("pk", flat=True),
    }
    return sorted(found)


def _since(model: type[SurveyAsked] | type[SurveyLeftOut], at: str, case: str = "case") -> Exists:
    """Whether the turn after this moment is decided already."""
    return Exists(model._default_manager.filter(case=OuterRef(case), since__gte=OuterRef(at)))


def _lately(model: type[SurveyAsked] | type[SurveyLeftOut], rules: Policy, now: datetime, case: str = "case") -> Exists:
    """Whether this complaint was decided about so lately that it would be left in peace anyway."""
    peace = now - timedelta(days=rules.survey_every_days)
    return Exists(model._default_manager.filter(case=OuterRef(case), at__gte=peace))


def turn_of(case: Case, rules: Policy, now: datetime) -> Turn | None:
    """The turn of a case that is due and not decided yet, or None."""
    facts = facts_of(case, now)
    found = turn(
        [issue.remedied_at for issue in facts.issues],
        [issue.delivered_at for issue in facts.issues],
        facts.closed_at,
        case.opened_at + timedelta(days=rules.survey_open_days),
    )
    if found is None or due_at(found, rules) > now or due_at(found, rules) < now - REACH or _is_decided(case, found):
        return None
    return found


def due_at(found: Turn, rules: Policy) -> datetime:
    """When to ask: some days after an outcome, so that it was lived with; without one at once."""
    return found.since if found.why is Why.OPEN else found.since + timedelta(days=rules.survey_after_days)


def _is_decided(case: Case, found: Turn) -> bool:
    rows = [model._default_manager.filter(case=case) for model in _DECIDED]
    if found.why is Why.OPEN:
        return any(row.filter(why=Why.OPEN.value).exists() for row in rows)
    return any(row.filter(since__gte=found.since).exclude(why=Why.OPEN.value).exists() for row in rows)


def not_asked(case: Case, found: Turn, rules: Policy, now: datetime) -> NotAsked | None:
    """Why this customer is not asked about it, or None when they are: their wish, peace, and the sample decide."""
    if SurveyOptOut.objects.filter(customer=case.customer_id).exists():
        return NotAsked.NO_WISH
    peace = now - timedelta(days=rules.survey_every_days)
    if SurveyAsked.objects.filter(case__customer=case.customer_id, at__gt=peace).exists():
        return NotAsked.LATELY
    return None if drawn(case.pk, found, rules.survey_share) else NotAsked.SAMPLE


def drawn(case: int, found: Turn, share: float) -> bool:
    """Whether this turn falls into a share from 0 to 1: a hash decides, the same way every time, and nobody else."""
    digest = hashlib.sha256(f"survey {case} {found.why} {found.since.isoformat()}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64
