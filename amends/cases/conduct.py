"""When a customer's conduct becomes too much: boundaries step by step, the later ones seen by a second person.

The ladder is E49 and the policy `abusive_customer_ladder`. No rung stops a complaint: it is answered all the same,
and nothing here stands between the customer and safety, repairs or a regulator.
"""

from datetime import datetime, timedelta

from amends.cases.assignment import hand_over
from amends.cases.boundary import Boundary, Rung
from amends.cases.case import Case
from amends.cases.conflict import check_hands, somebody_else
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.cases.second_stage import barred_at_second_stage
from amends.cases.standing import stand
from amends.team.models import User
from amends.team.permissions import Right

SAY = {
    Rung.FIRST: "I want to help. I can't while I'm being insulted. Can we start again?",
    Rung.SECOND: "If it happens again I will end this and write to you.",
}
LEAD_LOOKS_WITHIN = timedelta(hours=24)
_BEFORE = {Rung.SECOND: Rung.FIRST, Rung.ENDED: Rung.SECOND}
_FIRST_DO = {
    Rung.SECOND: "First ask to start again, once. Then say what happens next time.",
    Rung.ENDED: "First say twice where the line is: ask to start again, then say what happens next time.",
}


def set_boundary(case: Case, rung: Rung, words: str, *, by: User, now: datetime, letter: str = "") -> Boundary:
    """Write down a boundary: what happened, in words, and for an ended contact the letter with the next step.

    An ended contact is looked at by a lead within 24 hours; after a threat a lead has the case at once. Raises
    NotPossible when a rung is missed out, AlreadyDone for one that was reached, Incomplete without words or letter.
    """
    if rung is Rung.LIMITS:
        raise NotPossible("Limits to contact have a form of their own: they need reasons and a second person.")
    if not words.strip():
        raise Incomplete("Write down what happened: what was said, where and when.", "words")
    if rung is Rung.ENDED and not letter.strip():
        raise Incomplete("Write what happens next: the customer is owed that in a letter.", "letter")
    with writing():
        check_hands(case, by)
        case = Case.objects.select_related("customer", "team", "channel").get(pk=case.pk)
        _in_order(case, rung)
        due = {Rung.ENDED: now + LEAD_LOOKS_WITHIN, Rung.THREAT: now}.get(rung)
        made = Boundary.objects.create(case=case, step=rung, words=words.strip(), by=by, at=now, review_due_at=due)
        record("boundary_set", case.pk, by, now, boundary=made.pk, title=rung.label.lower())
        if rung is Rung.ENDED:
            queue_letter(case, letter.strip(), now=now, author=by)
        if rung is Rung.THREAT:
            _lead_now(case, by, now)
        stand(case, now)
    return made


def _in_order(case: Case, rung: Rung) -> None:
    reached = set(case.boundaries.values_list("step", flat=True))
    before = _BEFORE.get(rung)
    if before is not None and before not in reached:
        raise NotPossible(_FIRST_DO[rung])
    if rung in reached and rung is not Rung.THREAT:
        raise AlreadyDone(f"“{rung.label}” is written down for this case. Go on to the next step.")


def _lead_now(case: Case, by: User, now: datetime) -> None:
    """After a threat nobody stays alone with it: the case goes to a lead, or stays with one who set the boundary."""
    keeps = by.can(Right.REVIEW_CONDUCT) and by.pk not in barred_at_second_stage(case)
    lead = by if keeps else somebody_else(case)
    if lead is None:
        raise NotPossible("There is no lead who can take this. Call one, and look after your safety first.")
    hand_over(case, to=lead, by=by, now=now)
