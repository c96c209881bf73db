"""Linking issues to causes, agreeing changes and making them."""

from datetime import date, datetime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.prevention.models import Attribution, Cause, Change, ChangeKind, Retirement
from amends.prevention.practised import check_practised
from amends.recovery.recurrence import look_again
from amends.team.models import User

LONGEST_EVIDENCE = 500


def attribute(issue: Issue, cause: Cause, *, by: User, now: datetime, proposed: Cause | None = None) -> Attribution:
    """Say why this issue happened; a later word replaces an earlier one. The same cause again is a recurrence (F12).

    `proposed` is the cause they were shown for it. Raises NotPossible for a cause that is retired.
    """
    with writing():
        check_in_use(cause)
        said = {"cause": cause, "proposed": proposed, "by": by, "at": now}
        made, _ = Attribution.objects.update_or_create(issue=issue, defaults=said)
        record("cause_linked", issue.case_id, by, now, issue=issue.pk, cause=cause.name)
        look_again(issue, now)
        stand(Case.objects.select_related("customer").get(pk=issue.case_id), now)
    return made


def add_cause(name: str, definition: str, *, owner: User, now: datetime) -> Cause:
    """A new cause for people to link; raises Incomplete without a name, AlreadyDone when it is known."""
    words = " ".join(name.split())[:120]
    if not words:
        raise Incomplete("Name the cause, as colleagues would say it.", "name")
    with writing():
        if Cause.objects.filter(name__iexact=words).exists():
            raise AlreadyDone(f"“{words}” is on the board already.")
        cause = Cause.objects.create(name=words, definition=definition.strip(), owner=owner)
        record("cause_named", None, owner, now, cause=cause.name)
    return cause


def agree_change(
    cause: Cause, what: str, kind: ChangeKind, *, owner: User, due: date, by: User, now: datetime
) -> Change:
    """Agree what will be done against a cause, by whom and by when.

    Raises Incomplete when one of these is missing, NotPossible for a cause that is out of use: nothing new is linked to
    it, so that any change would seem to work.
    """
    if not what.strip():
        raise Incomplete("Say what will change.", "what")
    if due < now.date():
        raise Incomplete("Choose a day that is still to come.", "due")
    with writing():
        check_in_use(cause)
        change = Change.objects.create(
            cause=cause, what=what.strip(), kind=kind, owner=owner, due_date=due, agreed_by=by, agreed_at=now
        )
        record("change_agreed", None, by, now, change=change.pk, cause=cause.pk)
        stand_again(cause, now)
    return change


def make_change(change: Change, evidence: str = "", *, by: User, now: datetime) -> None:
    """Write down that the change is in place, with where that can be seen; raises AlreadyDone the second time.

    A training is in place when the day of its practice has passed (docs/decisions/0023); raises NotPossible before.
    """
    if len(evidence.strip()) > LONGEST_EVIDENCE:
        raise Incomplete(f"Say where it can be seen in at most {LONGEST_EVIDENCE} letters, or give a link.", "evidence")
    if change.made_at is None:
        check_practised(change, evidence, now)
    with writing():
        unmade = Change.objects.filter(pk=change.pk, made_at=None)
        made = unmade.update(made_at=now, made_by=by, evidence=evidence.strip())
        if not made:
            raise AlreadyDone("This change was made before.")
        record("change_made", None, by, now, change=change.pk, cause=change.cause_id)
        stand_again(change.cause, now)


def check_in_use(cause: Cause) -> None:
    """Raise NotPossible for a cause nobody is to link any more, with the one that stands for it."""
    gone = Retirement.objects.select_related("into", "by").filter(cause=cause).first()
    if gone is None:
        return
    then = f"Choose “{gone.into.name}”, which stands for it." if gone.into else "Choose another, or have it put back."
    raise NotPossible(f"“{cause.name}” is out of use since {gone.at:%-d %B %Y}. {then}")


def stand_again(cause: Cause, now: datetime) -> None:
    """What can be told has changed for every open case this cause hurt."""
    cases = Case.objects.filter(issues__attribution__cause=cause, closure=None).distinct()
    for case in cases.select_related("customer"):
        stand(case, now)
