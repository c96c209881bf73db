"""What becomes of a gesture: used with proof, run out by the clock, or taken back before anybody counted on it."""

from datetime import datetime

from django.db.models import Case, F, Sum, When

from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.outbox import OutboxEntry, take_back
from amends.cases.standing import stand
from amends.method.money import written
from amends.purse.account import Side, promised_to, shared
from amends.purse.entry import Entry, Kind, post
from amends.purse.gesture import Gesture, TakenBack
from amends.team.models import User
from amends.team.permissions import Right


def use(gesture: Gesture, amount: int, proof: str, *, by: User, now: datetime) -> Entry:
    """Write down that a customer used so much of a gesture, with its proof.

    Raises NotPossible when nothing of it is left, Incomplete for no proof or more than there is.
    """
    if not proof.strip():
        raise Incomplete("Say where it can be seen: an order, a receipt, a booking.", "words")
    with writing():
        gesture = _fresh(gesture, by)
        left = gesture.left
        if left == 0:
            raise NotPossible(_over(gesture))
        if not 0 < amount <= left:
            raise Incomplete(f"{written(left, gesture.unit)} of it can be used.", "amount")
        accounts = promised_to(gesture.customer, gesture.unit), shared(Side.USED, gesture.unit)
        made = post(Kind.USED, accounts, amount, gesture=gesture, by=by, now=now, words=proof.strip())
        record("gesture_used", gesture.case_id, by, now, gesture=gesture.pk, worth=written(amount, gesture.unit))
        stand(gesture.case, now)
    return made


def take_gesture_back(gesture: Gesture, why: str, *, declined: bool, by: User, now: datetime) -> TakenBack:
    """Take a gesture back: its letter while it has not left, or because the customer said they do not want it.

    What the customer was told stays theirs: raises NotPossible once the letter left and they did not decline, or when
    something of it was used; AlreadyDone the second time, Incomplete without a reason.
    """
    if not why.strip():
        raise Incomplete("Say why, or what the customer said.", "why")
    with writing():
        gesture = _fresh(gesture, by)
        _check_back(gesture)
        if not declined:
            _stop_letter(gesture, now)
        made = TakenBack.objects.create(gesture=gesture, by=by, at=now, why=why.strip(), declined=declined)
        Gesture.objects.filter(pk=gesture.pk).update(occasion=None)
        _give_back(gesture, by, now)
        record("gesture_taken_back", gesture.case_id, by, now, gesture=gesture.pk, title=gesture.title)
        stand(gesture.case, now)
    return made


def lapse_those_due(now: datetime) -> int:
    """Close what ran out unused, by the clock; returns how many."""
    rest = Sum(Case(When(entries__kind=Kind.GIVEN, then="entries__amount"), default=-F("entries__amount")))
    due = Gesture.objects.filter(expires_at__lte=now).annotate(rest=rest).filter(rest__gt=0)
    return sum(_lapse(gesture, now) for gesture in list(due.select_related("customer")))


def _lapse(gesture: Gesture, now: datetime) -> bool:
    with writing():
        left = gesture.left
        if left:
            accounts = promised_to(gesture.customer, gesture.unit), shared(Side.LAPSED, gesture.unit)
            post(Kind.LAPSED, accounts, left, gesture=gesture, by=None, now=now)
            record("gesture_lapsed", gesture.case_id, SYSTEM, now, gesture=gesture.pk, title=gesture.title)
    return left > 0


def _check_back(gesture: Gesture) -> None:
    if TakenBack.objects.filter(gesture=gesture).exists():
        raise AlreadyDone("This gesture was taken back before.")
    if gesture.entries.filter(kind__in=[Kind.USED, Kind.LAPSED]).exists():
        raise NotPossible("It was used or has run out, so there is nothing to take back.")


def _stop_letter(gesture: Gesture, now: datetime) -> None:
    """Nobody hears of it; raises NotPossible once the letter is on its way."""
    try:
        take_back(OutboxEntry.objects.get(message=gesture.message_id), now)
    except NotPossible as told:
        raise NotPossible(
            f"{gesture.customer.first_name} was told, and what was promised stays theirs. Take it back only when "
            "they said that they do not want it."
        ) from told


def _give_back(gesture: Gesture, by: User, now: datetime) -> None:
    """The amount returns to the month it was given from."""
    given = gesture.entries.filter(kind=Kind.GIVEN).select_related("source").first()
    if given is not None:
        accounts = promised_to(gesture.customer, gesture.unit), given.source
        post(Kind.BACK, accounts, given.amount, gesture=gesture, by=by, now=now)


def _fresh(gesture: Gesture, by: User) -> Gesture:
    if not by.can(Right.GRANT):
        raise NotAllowed("Your role does not give gestures. Ask a lead.")
    check_hands(gesture.case_id, by)
    return Gesture.objects.select_related("customer", "case__customer").get(pk=gesture.pk)


def _over(gesture: Gesture) -> str:
    return f"Nothing of “{gesture.title}” can be used any more."
