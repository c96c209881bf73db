"""Writing to the ledger and walking it: one lock, one chain, no row changed after."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from amends.cases.conflict import check_hands
from amends.cases.event import GENESIS, SEALED, Event, EventWords, put_beside
from amends.cases.kinds import BESIDE, KINDS
from amends.cases.shape import Shape
from amends.team.models import User

SYSTEM = "system"
ERASED = "person_erased"
_LOCK = 0x416D656E6473
_HEAD = Shape(lambda _case: Event.objects.order_by("-seq").values_list("seq", "hash")[:1])
_pending: ContextVar[list[Event] | None] = ContextVar("pending", default=None)
_rule: ContextVar[int | None] = ContextVar("rule", default=None)


@contextmanager
def writing() -> Iterator[None]:
    """One transaction in which records change and events are noted; the outermost one seals them at its end.

    The lock is taken first, so that verbs cannot deadlock and `seq` follows the order of commits.
    """
    outer = _pending.get()
    if outer is not None:
        with _part_of(outer):
            yield
        return
    with transaction.atomic():
        _lock()
        pending: list[Event] = []
        mark = _pending.set(pending)
        try:
            yield
        finally:
            _pending.reset(mark)
        _append(pending)


@contextmanager
def _part_of(pending: list[Event]) -> Iterator[None]:
    """A part of a larger transaction: when it fails alone, its events are forgotten with its changes."""
    before = len(pending)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del pending[before:]
        raise


def _lock() -> None:
    """On SQLite the IMMEDIATE transaction is the lock; on PostgreSQL an advisory one held to the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@contextmanager
def by_rule(rule: int) -> Iterator[None]:
    """What is done inside is done by a rule for somebody: every event says so, every letter is an automatic one."""
    mark = _rule.set(rule)
    try:
        yield
    finally:
        _rule.reset(mark)


def acting_rule() -> int | None:
    """The number of the rule that acts now, None when a person does."""
    return _rule.get()


def record(kind: str, case_id: int | None, actor: "User | str", now: datetime, **data: Any) -> None:
    """Note one event; must be called inside `writing()`. `data` holds ids and plain values, never message text.

    The words `BESIDE` names are kept beside the ledger, where they can be erased (invariant 13). Raises
    ConflictOfInterest when the case is about the person who acts, NotPossible when its customer was erased: what was
    written with it is undone.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("An event was noted outside writing(): the change it tells of would not be one with it.")
    if kind not in KINDS:
        raise KeyError(f"“{kind}” is not in the registry of event kinds.")
    if case_id is not None:
        check_hands(case_id, actor, kind)
    who = f"user:{actor.pk}" if isinstance(actor, User) else actor
    if acting_rule() is not None:
        data["by_rule"] = acting_rule()
    pending.append(Event(kind=kind, case_id=case_id, actor=who, at=now, data=data))


def retell(events: Sequence[Event]) -> None:
    """Note events that happened earlier, in their order and at their times; must be called inside `writing()`."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("Events were retold outside writing(): they would not be one with their rows.")
    pending.extend(events)


def _append(events: list[Event]) -> None:
    if not events:
        return
    seq, previous = next(iter(_HEAD.rows(0)), (0, GENESIS))
    beside: list[EventWords] = []
    for event in events:
        seq += 1
        event.seq, event.previous = seq, previous
        if BESIDE.get(event.kind) in event.data:
            beside.append(put_beside(event, BESIDE[event.kind]))
        event.hash = previous = event.sealed()
    Event.objects.bulk_create(events)
    if beside:
        EventWords.objects.bulk_create(beside)


@dataclass(frozen=True, slots=True)
class Chain:
    """What walking the ledger found: its length, and the first broken row with the reason, if any."""

    length: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether every row is as it was written."""
        return self.broken_at is None


def verify() -> Chain:
    """Walk the whole ledger from its first row and say where it breaks (F24); words beside it must be those sealed.

    Words that are gone are no break where their case was erased, and one anywhere else.
    """
    previous, expected = GENESIS, 1
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        reason = _fault(event, expected, previous)
        if reason:
            return Chain(expected - 1, event.seq, reason)
        previous, expected = event.hash, expected + 1
    changed = _changed_words()
    if changed is not None:
        return Chain(expected - 1, changed, "the words beside it are not those that were sealed")
    return Chain(expected - 1)


def _changed_words() -> int | None:
    """The first row whose words beside it were changed, or went though nobody erased their customer."""
    rows_beside = EventWords.objects.select_related("event").iterator(chunk_size=2000)
    kept = {one.event_id: one.fit for one in rows_beside}
    erased: set[int | None] = set(Event.objects.filter(kind=ERASED).values_list("case_id", flat=True))
    rows = Event.objects.filter(kind__in=BESIDE).order_by("seq")
    return next((one.seq for one in rows.iterator(chunk_size=2000) if not _words_hold(one, kept, erased)), None)


def _words_hold(event: Event, kept: dict[int, bool], erased: set[int | None]) -> bool:
    words = event.data.get(BESIDE[event.kind])
    if not (isinstance(words, dict) and SEALED in words):
        return True  # a row from before words stood beside the ledger
    return kept.get(event.seq, event.case_id in erased)


def _fault(event: Event, expected: int, previous: str) -> str:
    if event.seq != expected:
        return f"row {expected} is missing"
    if event.previous != previous:
        return "it does not continue the row before it"
    if event.hash != event.sealed():
        return "its content is not what was sealed"
    return ""
