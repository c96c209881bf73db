"""The worker's part of rules: each event is read once by each rule, and what came of it is written down with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.event import Event
from amends.cases.ledger import SYSTEM, by_rule, record, writing
from amends.errors import AmendsError
from amends.verbs.conditions import all_hold
from amends.verbs.perform import perform
from amends.verbs.rule import Rule, RuleRun, RuleWait
from amends.verbs.rules import newest
from amends.verbs.table import VERBS
from amends.verbs.waiting import let_wait, over, still_writing_until

EVENTS_AT_ONCE = 200
MOST_A_DAY = 5
DAY = timedelta(days=1)


def run_rules(now: datetime) -> int:
    """Let every rule act on what happened since it last looked; returns how many runs there were.

    While a customer is still writing, rules wait with their case and act once the account is over (F4). What a rule
    causes begins no rule, and a rule acts on one case at most five times a day ([J]: no source).
    """
    waiting = Rule.objects.filter(stopped_at=None, seen__lt=newest()).select_related("owner__team")
    return sum(_read_on(rule, now) for rule in waiting) + sum(_act_on_waiting(pk, now) for pk in over(now))


def _read_on(rule: Rule, now: datetime) -> int:
    """One transaction: the events a rule has not read, its runs about them, and how far it has read now."""
    with writing():
        rule.refresh_from_db(fields=["seen", "stopped_at"])
        events = list(Event.objects.filter(seq__gt=rule.seen).order_by("seq")[:EVENTS_AT_ONCE])
        if not events or rule.stopped_at is not None:
            return 0
        runs = sum(_consider(rule, event, now) for event in events)
        rule.seen = events[-1].seq
        rule.save(update_fields=["seen"])
    return runs


def _consider(rule: Rule, event: Event, now: datetime) -> bool:
    """Whether the rule ran for this event, done or refused."""
    if event.kind != rule.when or event.case_id is None or "by_rule" in event.data:
        return False
    case = _case(event.case_id)
    if rule.team_id and case.team_id != rule.team_id:
        return False
    until = still_writing_until(case, now)
    if until is not None:
        let_wait(rule, case, event, until)
        return False
    return _act(rule, case, event.seq, now)


def _act_on_waiting(pk: int, now: datetime) -> bool:
    """One transaction: a wait that is over ends in one run, in none when the rule rests, or goes on."""
    with writing():
        wait = RuleWait.objects.select_related("rule__owner__team").filter(pk=pk).first()
        if wait is None:
            return False
        case = _case(wait.case_id)
        until = still_writing_until(case, now)
        if until is not None:
            RuleWait.objects.filter(pk=pk).update(until=until)
            return False
        wait.delete()
        return wait.rule.stopped_at is None and _act(wait.rule, case, wait.seq, now)


def _case(pk: int) -> Case:
    return Case.objects.select_related("customer", "team", "assignment").get(pk=pk)


def _act(rule: Rule, case: Case, seq: int, now: datetime) -> bool:
    """Whether the conditions held, so that the rule ran: what came of it is written down with it."""
    if not all_hold(case, rule.conditions):
        return False
    outcome = _run(rule, case, now)
    RuleRun.objects.create(rule=rule, case=case, seq=seq, at=now, done=outcome.done, sentence=outcome.sentence)
    with by_rule(rule.pk):
        _tell(rule, outcome, case, now)
    return True


def _tell(rule: Rule, outcome: "_Outcome", case: Case, now: datetime) -> None:
    name, owner, did = rule.name, rule.owner.name, sentence_of(rule)
    if outcome.done:
        record("rule_ran", case.pk, SYSTEM, now, rule=name, owner=owner, did=did)
    else:
        record("rule_refused", case.pk, SYSTEM, now, rule=name, owner=owner, did=did)


def sentence_of(rule: Rule) -> str:
    """What the rule does, in the words of the table; the bare name of a verb there is no more."""
    return VERBS[rule.verb].sentence if rule.verb in VERBS else rule.verb


@dataclass(frozen=True, slots=True)
class _Outcome:
    done: bool
    sentence: str = ""


def _run(rule: Rule, case: Case, now: datetime) -> _Outcome:
    """What came of the verb, in a part of the transaction that is undone alone when it is refused."""
    try:
        with writing(), by_rule(rule.pk):
            _not_too_often(rule, case, now)
            perform(rule.verb, case.pk, rule.fields, by=rule.owner, now=now)
    except AmendsError as refusal:
        return _Outcome(done=False, sentence=str(refusal))
    return _Outcome(done=True)


def _not_too_often(rule: Rule, case: Case, now: datetime) -> None:
    if RuleRun.objects.filter(rule=rule, case=case, at__gt=now - DAY).count() >= MOST_A_DAY:
        raise NotPossible(
            f"This rule acted on this case {MOST_A_DAY} times within a day. Look at what keeps happening."
        )
