"""What becomes of a promise: kept with proof, moved before its time with the customer's words, or let go by them."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.questions import ALIVE
from amends.cases.standing import stand
from amends.recovery.agreed_words import first_with, mails_since
from amends.recovery.offer import Via
from amends.recovery.promise import Promise, Release, Renegotiation
from amends.team.models import User


def open_promises() -> "QuerySet[Promise]":
    """The promises that bind us now: neither kept nor broken nor let go, in letters that left or still may.

    One to somebody who was erased binds no more: nobody is left to keep it to.
    """
    return Promise.objects.filter(ALIVE, kept_at=None, broken=None, release=None, case__customer__erasure=None)


def keep_promise(promise: Promise, proof: str, *, by: User, now: datetime) -> Promise:
    """Write down that a promise was kept, with its proof.

    Raises Incomplete without proof, AlreadyDone when it was kept before, NotPossible when it is over or is kept by
    delivering what was agreed.
    """
    if not proof.strip():
        raise Incomplete("Write down how it was kept: what was done, and where that can be seen.", "proof")
    with writing():
        kept = _open(promise, now)
        if kept.acceptance_id is not None:
            raise NotPossible(f"“{kept.words}” was agreed. Write down its delivery, and the promise is kept with it.")
        kept.kept_at, kept.proof = now, proof.strip()
        kept.save(update_fields=["kept_at", "proof"])
        record("promise_kept", kept.case_id, by, now, promise=kept.pk)
        stand(kept.case, now)
    return kept


def renegotiate(promise: Promise, due_at: datetime, words: str, via: Via, *, by: User, now: datetime) -> Renegotiation:
    """Move a promise to another time that the customer agreed to, in their words, before the first time has passed.

    It never counts as kept by that. Raises Incomplete without their words, where those of an e-mail stand in none of
    theirs, or with a time that is not later; NotPossible once the time has passed.
    """
    if not words.strip():
        raise Incomplete("Write down the words in which the customer agreed to the new time.", "words")
    with writing():
        moved = _open(promise, now)
        if due_at <= max(now, moved.due_at):
            raise Incomplete("Give a time that is later than the one promised.", "due")
        _really_said(moved, words, via)
        made = Renegotiation.objects.create(
            promise=moved, was_due_at=moved.due_at, due_at=due_at, words=words.strip(), via=via, by=by, at=now
        )
        moved.due_at = due_at
        moved.save(update_fields=["due_at"])
        record("promise_moved", moved.case_id, by, now, promise=moved.pk, due=due_at.date().isoformat())
        stand(moved.case, now)
    return made


def release(promise: Promise, words: str, via: Via, *, by: User | None, now: datetime) -> Release:
    """Write down that the customer let us off a promise, in their words.

    Raises Incomplete without them, or where those of an e-mail stand in none of theirs.
    """
    if not words.strip():
        raise Incomplete("Write down the words in which the customer let us off.", "words")
    with writing():
        let_go = _open(promise, now)
        _really_said(let_go, words, via)
        made = Release.objects.create(promise=let_go, words=words.strip(), via=via, by=by, at=now)
        actor: User | str = by or f"customer:{let_go.case.customer_id}"
        record("promise_released", let_go.case_id, actor, now, promise=let_go.pk)
        stand(let_go.case, now)
    return made


def _really_said(promise: Promise, words: str, via: Via) -> None:
    """Words from an e-mail stand in a mail of the customer's since the promise was made, like those of agreement."""
    if via == Via.EMAIL:
        case = promise.case
        first_with(mails_since(case, promise.made_at), words, case.customer.first_name, "the promise")


def kept_by_delivery(acceptance_id: int, *, by: User, now: datetime) -> None:
    """Inside a delivery: the promise of this agreement is kept, unless its time had passed before."""
    still_open = open_promises().filter(acceptance_id=acceptance_id, due_at__gte=now)
    for promise in still_open:
        promise.kept_at = now
        promise.save(update_fields=["kept_at"])
        record("promise_kept", promise.case_id, by, now, promise=promise.pk)


def promises_to_keep(case: Case) -> list[Promise]:
    """The open promises of a case, the next one first."""
    return list(open_promises().filter(case=case).select_related("owner", "acceptance"))


def _open(promise: Promise, now: datetime) -> Promise:
    """The promise read again inside the transaction, if it still binds us."""
    fresh = Promise.objects.select_related("case__customer", "broken").get(pk=promise.pk)
    if fresh.kept_at:
        raise AlreadyDone(f"“{fresh.words}” is kept already.")
    if hasattr(fresh, "broken") or fresh.due_at < now:
        raise NotPossible(
            f"The time for “{fresh.words}” has passed. Say sorry for that first; it is an issue of its own."
        )
    if not open_promises().filter(pk=fresh.pk).exists():
        raise NotPossible(f"“{fresh.words}” binds nobody any more: it was let go, or its letter never left.")
    return fresh
