"""Making and stopping rules."""

from collections.abc import Mapping
from datetime import datetime

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed
from amends.cases.event import Event
from amends.cases.kinds import KINDS
from amends.cases.ledger import record, writing
from amends.team.models import User
from amends.verbs.conditions import check_conditions
from amends.verbs.parse import check_names
from amends.verbs.rule import Rule
from amends.verbs.table import VERBS

# What can begin a rule: events of one case that a person or the customer caused.
BEGINNINGS = (
    "case_opened",
    "message_received",
    "issues_confirmed",
    "understanding_confirmed",
    "understanding_corrected",
    "offer_accepted",
    "offer_declined",
    "remedy_delivered",
    "letter_failed",
    "bounce_received",
    "escalated",
    "follow_up_done",
    "case_closed",
    "case_reopened",
)


def keep_rule(
    name: str,
    when: str,
    conditions: Mapping[str, object],
    verb: str,
    fields: Mapping[str, object],
    *,
    by: User,
    now: datetime,
) -> Rule:
    """A new rule of its owner's team, from the next event on: what happened before is left alone.

    Raises Incomplete naming what is missing or unknown, NotAllowed for a verb its owner may not do.
    """
    words = " ".join(name.split())[:80]
    _check(words, when, verb)
    if not by.can(VERBS[verb].right):
        raise NotAllowed(f"A rule may do what you may, and you may not do this: {VERBS[verb].right.value}.")
    check_conditions(conditions)
    check_names(VERBS[verb].fields, fields, f"“{verb}”")
    with writing():
        if Rule.objects.filter(name__iexact=words, stopped_at=None).exists():
            raise AlreadyDone(f"There is a rule “{words}” already. Choose another name.")
        rule = Rule.objects.create(
            name=words,
            team=by.team,
            when=when,
            conditions=dict(conditions),
            verb=verb,
            fields=dict(fields),
            owner=by,
            made_at=now,
            seen=newest(),
        )
        record("rule_made", None, by, now, rule=rule.name)
    return rule


def stop_rule(rule: Rule, *, by: User, now: datetime) -> None:
    """End a rule for good; what it did stays. Raises AlreadyDone the second time."""
    with writing():
        if not Rule.objects.filter(pk=rule.pk, stopped_at=None).update(stopped_at=now):
            raise AlreadyDone(f"“{rule.name}” is stopped already.")
        record("rule_stopped", None, by, now, rule=rule.name)


def newest() -> int:
    """The number of the last row of the ledger, 0 for an empty one."""
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _check(words: str, when: str, verb: str) -> None:
    if not words:
        raise Incomplete("Name the rule, so that its runs can be told apart.", "name")
    if when not in BEGINNINGS or when not in KINDS:
        raise Incomplete("Choose what the rule waits for.", "when")
    if verb not in VERBS or not VERBS[verb].on_case:
        raise Incomplete("Choose what the rule does.", "verb")
