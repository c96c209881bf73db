"""A second pair of eyes: ask a colleague to look at a draft, look at it, take over what they say or not."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible, NotThere
from amends.cases.ledger import record, writing
from amends.coaching.models import Look, LookClosed, LookGiven
from amends.coaching.whom import may_look
from amends.team.models import User
from amends.team.permissions import Right

NOT_THERE = "There is no such draft that somebody asks you to look at."
FREE = "free"
OWN = "This draft is your own. Somebody else looks at it."


def ask_look(case: Case, draft: str, question: str, to: str, *, by: User, now: datetime) -> Look:
    """Ask a colleague by their username, or “free” for whoever is free, to look at a draft; the letter can still leave
    at any time.

    Raises Incomplete without a draft or for somebody who may not see the case, AlreadyDone while an ask is open.
    """
    if not draft.strip():
        raise Incomplete("Write the letter first, as far as it goes.", "text")
    whom = None if to == FREE else may_look(case, by).filter(username=to).first()
    if whom is None and to != FREE:
        raise Incomplete("Choose who looks at it.", "to")
    with writing():
        check_hands(case, by)
        if not by.can(Right.WORK_CASES):
            raise NotAllowed("Your role does not write to customers, so there is no draft to look at.")
        if case.is_erased:
            raise NotPossible("This customer was erased. There is nobody left to write to.")
        if Look.objects.unsettled().filter(case=case, by=by, given=None).exists():
            raise AlreadyDone("Somebody is asked to look at it already. Take that back to ask anew.")
        Look.objects.unsettled().filter(case=case, by=by).delete()  # an answer to an older draft that was not read out
        made = Look.objects.create(case=case, by=by, to=whom, at=now, draft=draft.strip(), question=question.strip())
        record("look_asked", case.pk, by, now, look=made.pk)
    return made


def find_look(number: int, case: Case, user: User) -> Look:
    """The look of this number if it is this person's to open; raises NotThere for any other, alike."""
    rows = Look.objects.seen_by(user).select_related("by", "to", "given", "closed", "case__customer")
    found = rows.filter(pk=number, case=case).first()
    if found is None:
        raise NotThere(NOT_THERE)
    return found


def take_on(look: Look, *, by: User) -> None:
    """Take a look that waits for whoever is free, so that nobody else does it; raises AlreadyDone for the second."""
    with writing():
        if look.by_id == by.pk:
            raise NotAllowed(OWN)
        _still_open(look)
        find_look(look.pk, look.case, by)
        if not Look.objects.filter(pk=look.pk, to=None).update(to=by):
            raise AlreadyDone("Somebody looks at it already.")
        look.to = by


def give_look(look: Look, remarks: str, wording: str, *, by: User, now: datetime) -> LookGiven:
    """Write what one sees in the draft, other words for it, or both; an unchanged wording is none.

    Raises Incomplete when neither is there, AlreadyDone the second time, NotPossible once the draft is settled.
    """
    wording = "" if wording.split() == look.draft.split() else wording.strip()
    with writing():
        if look.by_id == by.pk:
            raise NotAllowed(OWN)
        if find_look(look.pk, look.case, by).to_id != by.pk:
            raise NotPossible("Take it on first, so that nobody else does the same.")
        _still_open(look)
        if not (remarks.strip() or wording):
            raise Incomplete("Write what you see, or change the wording.", "remarks")
        made = LookGiven.objects.create(look=look, at=now, remarks=remarks.strip(), wording=wording)
        record("look_given", look.case_id, by, now, look=look.pk)
    return made


def close_look(look: Look, *, by: User, now: datetime) -> None:
    """Take an ask back, or put an answered one away once it is read; to do so twice changes nothing."""
    if look.by_id != by.pk:
        raise NotAllowed(f"{look.by.first_name} asked for this, so {look.by.first_name} takes it back.")
    with writing():
        waiting = not LookGiven.objects.filter(look=look).exists()
        _, fresh = LookClosed.objects.get_or_create(look=look, defaults={"at": now})
        if fresh and waiting:
            record("look_taken_back", look.case_id, by, now, look=look.pk)


def _still_open(look: Look) -> None:
    if LookGiven.objects.filter(look=look).exists():
        raise AlreadyDone("This was looked at before.")
    if not Look.objects.unsettled().filter(pk=look.pk).exists():
        raise NotPossible(f"{look.by.first_name} needs no look any more: the letter left, or the ask was taken back.")
