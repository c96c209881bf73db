"""A quiet hint: a short word to the one who writes a case, for the two alone, gone when either puts it aside."""

from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.errors import Incomplete, NotPossible, NotThere
from amends.cases.ledger import writing
from amends.coaching.models import LONGEST_HINT, Hint, visible_cases
from amends.coaching.whom import may_look
from amends.team.models import User


def writer_of(case: Case, reader: User) -> User | None:
    """Who else writes this case and could be given a hint; None when nobody else has it."""
    held = getattr(case, "assignment", None)
    return may_look(case, reader).filter(pk=held.to_id).first() if held else None


def hints_between(case: Case, reader: User) -> QuerySet[Hint]:
    """The hints on a case that this person left or got: the only way to look for a hint."""
    mine = Hint.objects.filter(visible_cases(reader), case=case).filter(Q(by=reader) | Q(to=reader))
    return mine.select_related("by", "to")


def leave_hint(case: Case, words: str, *, by: User, now: datetime) -> Hint:
    """Leave a short word for whoever has the case; nobody else sees it, and the ledger is told nothing.

    Raises Incomplete without words or with more than 300 characters, NotPossible when nobody else has the case.
    """
    if not words.strip():
        raise Incomplete("Write the hint first, in a sentence.", "words")
    if len(words.strip()) > LONGEST_HINT:
        raise Incomplete(f"A hint has at most {LONGEST_HINT} characters. Say the one thing that helps most.", "words")
    with writing():
        check_hands(case, by)
        to = writer_of(case, by)
        if to is None:
            raise NotPossible("Nobody else has this case now. A note to the team reaches whoever takes it.")
        return Hint.objects.create(case=case, by=by, to=to, at=now, words=words.strip())


def put_hint_aside(case: Case, number: int, *, by: User) -> None:
    """Delete a hint one left or got; raises NotThere for any other, alike."""
    with writing():
        if not hints_between(case, by).filter(pk=number).delete()[0]:
            raise NotThere("There is no such hint between you and somebody.")
