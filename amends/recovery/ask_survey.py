"""Asking how it was, by the rule alone: each turn is asked about or left out with its reason, and reminded of once."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from amends.cases.automatic import may_write_by_itself
from amends.cases.case import Case
from amends.cases.errors import NotPossible
from amends.cases.facts import facts_of
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.letters import queue_letter
from amends.cases.message import Message
from amends.method.policy import Policy
from amends.method.survey import Turn, Why
from amends.recovery.ask_again import came_back, hindrance
from amends.recovery.survey import OPEN_FOR, NotAsked, SurveyAsked, SurveyLeftOut
from amends.recovery.survey_letter import survey_letter
from amends.recovery.survey_turns import candidates, due_at, not_asked, turn_of
from amends.team.policy import current, current_version

SURVEY = "survey"
PATIENCE = timedelta(days=7)  # how long a letter that cannot leave by itself now is waited for ([J]: no source)
BECAUSE = {
    Why.DELIVERED: "what was agreed is done",
    Why.REFUSED: "we offered no more",
    Why.CLOSED: "the case was closed",
    Why.OPEN: "it is still open",
}


def ask_surveys(now: datetime) -> int:
    """Decide about everybody whose turn it is, and remind; returns how many letters and reasons were written."""
    rules = current()
    if not rules.survey_share:
        return 0
    return sum(_decide(pk, rules, now) for pk in candidates(rules, now)) + _remind_all(rules, now)


def _decide(pk: int, rules: Policy, now: datetime) -> bool:
    """Ask about one case or leave it out, once; False when it is not its turn or a letter has to wait.

    Those that wait are looked at without keeping others from writing.
    """
    if _seen(pk, rules, now) is None:
        return False
    with writing():
        seen = _seen(pk, rules, now)
        if seen is None:
            return False
        case, found, reason = seen
        if reason is None:
            _ask(case, found, rules, now)
        else:
            _leave_out(case, found, reason, now)
    return True


def _seen(pk: int, rules: Policy, now: datetime) -> tuple[Case, Turn, NotAsked | None] | None:
    """The case with its turn and why it is not asked about; None when it is not its turn or a letter has to wait."""
    case = Case.objects.select_related("customer", "channel", "team").get(pk=pk)
    found = turn_of(case, rules, now)
    if found is None:
        return None
    reason = not_asked(case, found, rules, now)
    if reason is None and _hindered(case, found.why, now):
        return None if now - due_at(found, rules) < PATIENCE else (case, found, NotAsked.HINDERED)
    return case, found, reason


def _ask(case: Case, found: Turn, rules: Policy, now: datetime) -> None:
    asked = SurveyAsked.objects.create(
        case=case,
        why=found.why.value,
        since=found.since,
        at=now,
        kinds=list(rules.survey_kinds),
        severity=case.severity,
        policy=current_version().number,
    )
    asked.letter = queue_letter(case, survey_letter(asked), now=now, automatic=SURVEY)
    asked.save(update_fields=["letter"])
    record("survey_asked", case.pk, SYSTEM, now, survey=asked.pk, message=asked.letter.pk, why=BECAUSE[found.why])


def _leave_out(case: Case, found: Turn, reason: NotAsked, now: datetime) -> None:
    SurveyLeftOut.objects.create(case=case, why=found.why.value, since=found.since, at=now, reason=reason)
    record("survey_left_out", case.pk, SYSTEM, now, reason=NotAsked(reason).label)


def _hindered(case: Case, why: str, now: datetime) -> bool:
    """Whether no letter may leave by itself now. Whoever waits too long is asked just because they wait, once they
    write no more."""
    if why != Why.OPEN:
        return bool(hindrance(case, now))
    try:
        may_write_by_itself(case, now)
    except NotPossible:
        return True
    return came_back(case) or facts_of(case, now).is_writing


def _remind_all(rules: Policy, now: datetime) -> int:
    if not rules.survey_reminder_days:
        return 0
    silent = _silent(now).filter(letter__outbox__sent_at__lte=now - timedelta(days=rules.survey_reminder_days))
    return sum(_remind(pk, now) for pk in list(silent.values_list("pk", flat=True)))


def _silent(now: datetime) -> "QuerySet[SurveyAsked]":
    """Those asked who can still answer, and neither did, nor wrote to us, nor were reminded, nor want no questions."""
    wrote = Message.objects.filter(case=OuterRef("case"), outgoing=False, automatic="", at__gte=OuterRef("at"))
    asked = SurveyAsked.objects.filter(answers=None, reminder=None, at__gt=now - OPEN_FOR)
    return asked.filter(~Exists(wrote), case__customer__survey_opt_out=None)


def _remind(pk: int, now: datetime) -> bool:
    """Ask once more; False when they said something or were reminded meanwhile, or no letter may leave."""
    with writing():
        rows = _silent(now).select_related("case__customer", "case__channel", "case__team")
        asked = rows.filter(pk=pk).first()
        if asked is None or _hindered(asked.case, asked.why, now):
            return False
        asked.reminder = queue_letter(asked.case, survey_letter(asked, again=True), now=now, automatic=SURVEY)
        asked.save(update_fields=["reminder"])
        record("survey_reminded", asked.case_id, SYSTEM, now, survey=asked.pk, message=asked.reminder.pk)
    return True
