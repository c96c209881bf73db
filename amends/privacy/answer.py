"""Answering what a customer asked about their data: the copy on their page, or no, with the reason in a letter."""

from datetime import datetime

from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.privacy.ask import LETTER, end
from amends.privacy.holds import check_may
from amends.privacy.request import Asks, Ending, PersonRequest
from amends.privacy.request_letters import copy_ready, refused
from amends.team.models import User


def give_copy(asked: PersonRequest, *, by: User, now: datetime) -> PersonRequest:
    """Let the customer save everything on their page for thirty days, and write to them that it is there.

    Raises what `check_may` raises, NotPossible for a request that is for no copy, AlreadyDone when it was answered.
    """
    check_may(by, asked.customer)
    with writing():
        fresh = _open(asked)
        if fresh.kind != Asks.COPY:
            raise NotPossible("They asked to be erased, not for a copy. Erase them, or say why not.")
        end(fresh, Ending.DONE, by, now)
        letter = queue_letter(fresh.case, copy_ready(fresh), now=now, automatic=LETTER)
        record("copy_given", fresh.case_id, by, now, request=fresh.pk, message=letter.pk)
    return fresh


def refuse_request(asked: PersonRequest, reason: str, *, by: User, now: datetime) -> PersonRequest:
    """Say no, with a reason the customer reads in a letter (GDPR 12(4)).

    Raises what `check_may` raises, Incomplete without a reason, AlreadyDone when it was answered.
    """
    check_may(by, asked.customer)
    if not reason.strip():
        raise Incomplete("Write why, for the customer to read: they have a right to the reason.", f"why-{asked.kind}")
    with writing():
        fresh = _open(asked)
        end(fresh, Ending.REFUSED, by, now, reason.strip())
        letter = queue_letter(fresh.case, refused(fresh), now=now, automatic=LETTER)
        record("request_refused", fresh.case_id, by, now, request=fresh.pk, message=letter.pk)
    return fresh


def _open(asked: PersonRequest) -> PersonRequest:
    """The request as it is now, inside the transaction; raises AlreadyDone when it ended meanwhile."""
    fresh = PersonRequest.objects.select_related("customer", "case__team", "case__channel").get(pk=asked.pk)
    if fresh.ended_at is not None:
        raise AlreadyDone("It was answered before, or the customer took it back.")
    return fresh
