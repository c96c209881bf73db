"""A second person looks at a boundary; limits begin only then."""

from datetime import datetime

from amends.cases.boundary import Boundary, BoundaryReview, Rung
from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.cases.limits import limits_letter
from amends.cases.standing import stand
from amends.team.models import User
from amends.team.permissions import Right


def review_boundary(boundary: Boundary, words: str, *, agreed: bool, by: User, now: datetime) -> BoundaryReview:
    """A second person looks at an ended contact, a threat or limits; limits they agree to begin with a letter.

    Raises NotAllowed for the person who set it and for people without the right, NotPossible for a rung nobody has to
    look at, AlreadyDone the second time.
    """
    if not words.strip():
        raise Incomplete("Write down what you looked at and why you come to this.", "words")
    with writing():
        check_hands(boundary.case_id, by)
        case = Case.objects.select_related("customer", "team", "channel").get(pk=boundary.case_id)
        _check_second(boundary, by)
        made = BoundaryReview.objects.create(
            boundary=boundary, setter=boundary.by, by=by, at=now, agreed=agreed, words=words.strip()
        )
        verdict = "agreed" if agreed else "not agreed"
        record("boundary_reviewed", case.pk, by, now, boundary=boundary.pk, agreed=agreed, title=verdict)
        if agreed and boundary.step == Rung.LIMITS:
            queue_letter(case, limits_letter(boundary, case, by), now=now, author=by)
        stand(case, now)
    return made


def _check_second(boundary: Boundary, by: User) -> None:
    if not by.can(Right.REVIEW_CONDUCT):
        raise NotAllowed("A lead or an administrator looks again at boundaries. Ask one.")
    if boundary.by_id == by.pk:
        raise NotAllowed("You set this boundary. It needs a second person: ask another lead or an administrator.")
    if boundary.review_due_at is None:
        raise NotPossible("This step needs nobody else.")
    if hasattr(boundary, "review"):
        raise AlreadyDone("Somebody looked at this boundary before.")
