"""What happens without anybody asking: reading mail, sending letters, and the sweep that asks “what is due?”."""

import logging
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection

from amends.api.kept import forget
from amends.archive.nightly import Night
from amends.care.consent import let_go
from amends.care.weeks import tell_weeks
from amends.cases.assignment import wake
from amends.cases.call_out import send_call_outs
from amends.cases.case import Case
from amends.cases.ledger import writing
from amends.cases.outbox import OutboxEntry, claim_letters, deliver
from amends.cases.receive import Outcome, Receipt, receive
from amends.cases.standing import Standing, stand
from amends.channels.email.errors import Unreadable
from amends.channels.email.parse import parse
from amends.channels.envelope import Envelope
from amends.channels.models import TRIES, RawMail, beat, claim_raw
from amends.channels.wake import Ear
from amends.coaching.forget import let_coaching_go
from amends.method.path import Attention, tells_of_promise
from amends.ourselves.count import count_rounds
from amends.practice.taking_part import year_to_tell
from amends.prevention.exposure_nightly import read_exposure
from amends.prevention.judge import judge_those_due
from amends.privacy.retain import erase_those_due
from amends.privacy.rewrite import rewrite_files
from amends.purse.settle import lapse_those_due
from amends.recovery.ask_again import ask_those_due, note_silence
from amends.recovery.ask_survey import ask_surveys
from amends.recovery.broken import break_overdue
from amends.recovery.keep import open_promises
from amends.recovery.recurrence import look_at_those_known
from amends.reporting.subscription import is_due
from amends.team.policy import current
from amends.team.training import untold
from amends.verbs.run_rules import run_rules

MAILS_AT_ONCE = 20
LETTERS_AT_ONCE = 20
SECONDS_A_MAIL = 10
MEMORY = 2 * 1024**3
LOOK_EVERY = 0.5
SWEEP_EVERY = 15.0
LAPSED_WITHIN = timedelta(days=30)
log = logging.getLogger(__name__)


def read_mail(now: datetime) -> int:
    """Read a handful of waiting mails into their cases, in one transaction; returns how many were taken up."""
    rows = claim_raw(now, MAILS_AT_ONCE)
    opened = [(raw, open_raw(raw, now)) for raw in rows]
    if opened:
        with writing():
            for raw, envelope in opened:
                if not isinstance(envelope, Receipt):
                    put_into_case(raw, envelope, now)
    return len(rows)


def read_one(raw: RawMail, now: datetime) -> Receipt:
    """Read one raw mail; whatever is wrong with it ends in the pile with a reason."""
    envelope = open_raw(raw, now)
    return envelope if isinstance(envelope, Receipt) else put_into_case(raw, envelope, now)


def open_raw(raw: RawMail, now: datetime) -> Envelope | Receipt:
    """The mail understood, or the receipt that says why it was set aside."""
    if raw.tries > TRIES:
        return _aside(raw, f"Reading it took too long or too much memory, {TRIES} times.", now)
    try:
        with _at_most(SECONDS_A_MAIL):
            return parse(bytes(raw.body), return_path=raw.mail_from)
    except Unreadable as reason:
        return _aside(raw, str(reason), now)
    except MemoryError:
        return _aside(raw, "Reading it took too much memory.", now)


def put_into_case(raw: RawMail, envelope: Envelope, now: datetime) -> Receipt:
    """Receive one mail; an error of ours is told in the log and never stops the next mail."""
    try:
        return receive(envelope, raw=raw, now=now)
    except Exception as error:
        log.exception("Mail %s could not be put into a case", raw.pk)
        if raw.tries < TRIES:
            return Receipt(Outcome.SET_ASIDE, reason="It will be tried again.")
        return _aside(raw, f"An error of ours stopped it: {type(error).__name__}: {error}", now)


def _aside(raw: RawMail, reason: str, now: datetime) -> Receipt:
    raw.set_aside(reason, now)
    return Receipt(Outcome.SET_ASIDE, reason=reason)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Let the kernel end this process when the block takes longer; the lease brings the mail back, alone."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def send_letters(now: datetime) -> int:
    """Hand a handful of due letters to their channel; returns how many were tried."""
    entries = claim_letters(now, LETTERS_AT_ONCE)
    for entry in entries:
        deliver(entry, datetime.now(UTC))
    return len(entries)


def send_figures_due(now: datetime) -> int:
    """Send the letters of figures that fell due; what works them out is loaded when one is. Returns how many."""
    if not is_due(now):
        return 0
    from amends.reporting.send import send_figures

    return send_figures(now)


def sweep(now: datetime) -> int:
    """Find what became due by the clock alone: rests, promises, follow-ups, surveys, lapsed offers, gestures, verdicts.

    Returns how many.
    """
    asked = break_overdue(now) + ask_those_due(now) + note_silence(now) + look_at_those_known(now)
    asked += judge_those_due(now) + ask_surveys(now) + lapse_those_due(now)
    rested = list(Case.objects.select_related("customer").filter(snooze__until__lte=now))
    due = Standing.objects.filter(follow_up_at__lte=now).filter(next_step="")
    lapsed = Case.objects.filter(
        standing__attention=Attention.WAITING.value,
        offers__expires_at__range=(now - LAPSED_WITHIN, now),
        offers__acceptance=None,
        offers__decline=None,
        offers__withdrawal=None,
    )
    for case in rested:
        wake(case, now)
    again = {*due.values_list("pk", flat=True), *lapsed.values_list("pk", flat=True), *_nearing(now)}
    for case in Case.objects.select_related("customer").filter(pk__in=again):
        stand(case, now)
    let_go(now)
    let_coaching_go(now)
    tell_weeks(now)
    count_rounds(now)
    _tell_trainings(now)
    _tell_year(now)
    return asked + len(rested) + len(again)


def _tell_trainings(now: datetime) -> None:
    """Count what groups practised; the practice room is read only when a day has passed."""
    if untold(now).exists():
        from amends.practice.asked import tell_trainings

        tell_trainings(now)


def _tell_year(now: datetime) -> None:
    """Compare practice with letters once a year; the practice room is read only then."""
    if year_to_tell(now) is not None:
        from amends.practice.compare import tell_year

        tell_year(now)


def _nearing(now: datetime) -> set[int]:
    """The cases with a promise that comes near and does not show in the queue yet."""
    soon = now + timedelta(hours=current().promise_warn_hours)
    rows = open_promises().filter(due_at__lte=soon).values_list("case_id", "case__standing__reason")
    return {case for case, reason in rows if not tells_of_promise(reason)}


@dataclass
class Worker:
    """The loop of one worker: woken by a nudge, and looking by itself twice a second."""

    ear: Ear = field(default_factory=Ear)
    night: Night = field(default_factory=Night)
    running: bool = True
    swept: float = 0.0

    def stop(self, *_signal: object) -> None:
        """End after what is being done now."""
        self.running = False

    def run(self) -> None:
        """Work until told to stop; an unreachable database is waited for, not died of."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        while self.running:
            try:
                busy = self.once()
            except DatabaseError:
                log.exception("The database does not answer")
                connection.close()
                busy = 0
            if not busy:
                self.ear.wait(LOOK_EVERY)

    def once(self) -> int:
        """One look at everything; returns how much was done."""
        close_old_connections()
        now = datetime.now(UTC)
        done = read_mail(now) + send_call_outs(now) + run_rules(now) + send_letters(now)
        if time.monotonic() - self.swept > SWEEP_EVERY:
            self.swept = time.monotonic()
            beat("worker", now)
            sweep(now)
            forget(now)
            send_figures_due(now)
            read_exposure(now)
            erase_those_due(now)
            rewrite_files(now)
            self.night.look(now)
        return done


def waiting_work(now: datetime) -> int:
    """How many pieces of work are due now: raw mails to read and letters to send."""
    return RawMail.objects.due(now).count() + OutboxEntry.objects.due(now).count()
