"""Two people swap shifts when both say yes: one asks, the other agrees; the lead is told, not asked."""

from datetime import datetime

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.rota import check_free
from amends.team.models import User
from amends.team.shift import Duty, Shift, Swap, SwapAnswer


def ask_swap(given: Shift, to: User, wanted: Shift | None = None, *, by: User, now: datetime) -> Swap:
    """Ask a colleague to take a shift, in exchange for one of theirs or for none.

    Raises NotAllowed for a shift of somebody else, Incomplete for a colleague of another team or a shift that is not
    theirs, NotPossible once a shift has begun, AlreadyDone while the same is being asked.
    """
    if given.person_id != by.pk:
        raise NotAllowed("You can ask somebody to take a shift of your own. This one is somebody else's.")
    if to.pk == by.pk or to.team_id != given.team_id or not to.is_active:
        raise Incomplete("Choose a colleague of your team.", "to")
    if wanted is not None and wanted.person_id != to.pk:
        raise Incomplete(f"That shift is not {to.name}'s. Choose one of theirs, or none.", "to")
    with writing():
        _check_not_begun(given, wanted, now)
        if Swap.objects.filter(given=given, answer=None).exists():
            raise AlreadyDone("You asked for this shift already. Wait for the answer, or ask your lead.")
        return Swap.objects.create(given=given, wanted=wanted, by=by, to=to, at=now)


def answer_swap(swap: Swap, agreed: bool, *, by: User, now: datetime) -> None:
    """Agree to a swap, and the shifts change hands at once; or decline it, for which nobody needs a reason.

    Raises NotAllowed for anybody but the colleague asked, AlreadyDone when it was answered, NotPossible when a shift
    has begun, changed hands since, or somebody would have two at once.
    """
    if swap.to_id != by.pk:
        raise NotAllowed(f"{swap.to.name} was asked. Only they can answer.")
    with writing():
        if SwapAnswer.objects.filter(swap=swap).exists():
            raise AlreadyDone("You answered this already.")
        if agreed:
            _change_hands(swap, now)
            record("shifts_swapped", None, by, now, to=swap.by_id, team=swap.given.team.name)
        SwapAnswer.objects.create(swap=swap, agreed=agreed, at=now)


def _change_hands(swap: Swap, now: datetime) -> None:
    given = Shift.objects.get(pk=swap.given_id)
    wanted = Shift.objects.get(pk=swap.wanted_id) if swap.wanted_id else None
    _check_not_begun(given, wanted, now)
    if given.person_id != swap.by_id or (wanted is not None and wanted.person_id != swap.to_id):
        raise NotPossible("One of these shifts changed hands since you were asked. Decline, and ask anew.")
    if wanted is not None and (not swap.by.is_active or swap.by.team_id != wanted.team_id):
        raise NotPossible(f"{swap.by.name} is not in your team any more, so no shift of yours can be theirs. Decline.")
    both = tuple(one.pk for one in (given, wanted) if one is not None)
    check_free(swap.to, given.span, but=both)
    if wanted is not None:
        check_free(swap.by, wanted.span, but=both)
    for shift, person in ((given, swap.to), (wanted, swap.by)):
        if shift is not None:
            _give(shift, person)


def _give(shift: Shift, person: User) -> None:
    """Let a shift be somebody else's; on call they are reached at their own address."""
    if shift.duty == Duty.CALL:
        if not person.email and not _reached(person):
            raise NotPossible(f"Nobody knows where a call reaches {person.name}. Ask your lead to plan them on call.")
        shift.reach = person.email or _reached(person)
    shift.person = person
    shift.save(update_fields=["person", "reach"])


def _reached(person: User) -> str:
    """The address at which somebody was on call before, "" where they never were."""
    last = Shift.objects.filter(person=person).exclude(reach="").order_by("begins_at").last()
    return last.reach if last else ""


def _check_not_begun(given: Shift, wanted: Shift | None, now: datetime) -> None:
    if any(one is not None and one.begins_at <= now for one in (given, wanted)):
        raise NotPossible("A shift that has begun cannot be swapped. Ask your lead.")
