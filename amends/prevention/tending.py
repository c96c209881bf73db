"""Tending the tree of causes: what each is called, what counts as it, whose it is, where it stands, and its end."""

import re
from dataclasses import dataclass
from datetime import datetime

from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import record, writing
from amends.prevention.coding import SecondCoding
from amends.prevention.models import Attribution, Cause, Retirement, Tended
from amends.prevention.tree import DEEPEST, depth_of, height_of, inside
from amends.prevention.verbs import check_in_use, stand_again
from amends.recovery.recurrence import look_again
from amends.team.models import User

LONGEST_NAME, LONGEST_DEFINITION, LONGEST_REASON = 120, 300, 300
LONGEST_WORDS = 400
_NEXT_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Card:
    """What a cause is to be: its name, when something counts as it in one sentence, whose it is, what it is part of."""

    name: str
    definition: str
    owner: User
    parent: Cause | None = None


def tend(cause: Cause, card: Card, *, by: User, now: datetime) -> tuple[str, ...]:
    """Change what a cause is called, means, belongs to or stands below; returns each change as a sentence.

    Raises Incomplete for what is missing or does not fit, NotPossible for a place it cannot have, AlreadyDone where
    nothing would change.
    """
    with writing():
        known = Cause.objects.select_related("owner", "parent").get(pk=cause.pk)
        check_in_use(known)
        name, definition = _name(known, card.name), one_sentence(card.definition)
        _check_place(known, card.parent)
        done = _differences(known, Card(name, definition, card.owner, card.parent))
        if not done:
            raise AlreadyDone("It stands like this already.")
        Cause.objects.filter(pk=known.pk).update(name=name, definition=definition, owner=card.owner, parent=card.parent)
        _write_down(known, done, by, now)
        record("cause_tended", None, by, now, cause=name, did=" ".join(done))
    return done


def merge_cause(cause: Cause, into: Cause, *, by: User, now: datetime) -> int:
    """One cause stands for both from now on: what was linked to the other is linked to it; returns how many issues.

    Raises NotPossible while something hangs on the one that goes: a change whose proof counts its issues, causes below.
    """
    with writing():
        check_in_use(cause)
        check_in_use(into)
        if cause.pk == into.pk:
            raise Incomplete("Choose another cause that is to stand for both.", "into")
        if cause.changes.exists():
            raise NotPossible(
                f"Changes against “{cause.name}” are judged by its issues, which must not become another's. Merge the "
                "other one into it."
            )
        _check_nothing_below(cause)
        moved = list(Attribution.objects.filter(cause=cause).values_list("issue", flat=True))
        Attribution.objects.filter(cause=cause).update(cause=into)
        Attribution.objects.filter(proposed=cause).update(proposed=into)
        SecondCoding.objects.filter(first=cause).update(first=into)
        SecondCoding.objects.filter(cause=cause).update(cause=into)
        Retirement.objects.create(cause=cause, into=into, by=by, at=now)
        _write_down(cause, (f"Merged into “{into.name}”.",), by, now)
        _write_down(into, (f"“{cause.name}” was merged into it, with {_issues(len(moved))}.",), by, now)
        record("cause_merged", None, by, now, cause=cause.name, into=into.name, count=len(moved))
        for issue in Issue.objects.filter(attribution__cause=into, withdrawal=None, case__closure=None):
            look_again(issue, now)
        stand_again(into, now)
    return len(moved)


def retire_cause(cause: Cause, reason: str, *, by: User, now: datetime) -> Retirement:
    """Nobody links issues to this cause any more; what was linked stays. Raises NotPossible while it is being watched:
    without new issues it would seem that a change had worked."""
    words = " ".join(reason.split())
    if not words or len(words) > LONGEST_REASON:
        raise Incomplete(f"Say why nobody needs it any more, in at most {LONGEST_REASON} letters.", "reason")
    with writing():
        check_in_use(cause)
        _check_nothing_below(cause)
        _check_not_watched(cause, now)
        made = Retirement.objects.create(cause=cause, reason=words, by=by, at=now)
        _write_down(cause, (f"Taken out of use: {words}",), by, now)
        record("cause_retired", None, by, now, cause=cause.name)
    return made


def put_back_cause(cause: Cause, *, by: User, now: datetime) -> None:
    """A cause that was taken out of use can be linked again, at the top where what it stood below is out of use itself.

    Raises NotPossible for one that was merged.
    """
    with writing():
        gone = Retirement.objects.filter(cause=cause).select_related("into").first()
        if gone is None:
            raise AlreadyDone(f"“{cause.name}” is in use.")
        if gone.into:
            raise NotPossible(
                f"“{gone.into.name}” stands for it since {gone.at:%-d %B %Y}: whose its issues were is not known any "
                "more. Name a new cause."
            )
        gone.delete()
        lost = Cause.objects.filter(below=cause).exclude(retirement=None).first()
        if lost:
            Cause.objects.filter(pk=cause.pk).update(parent=None)
        moved = (_moved(lost, None),) if lost else ()
        _write_down(cause, ("Put back into use.", *moved), by, now)
        record("cause_put_back", None, by, now, cause=cause.name)


def one_sentence(words: str) -> str:
    """A definition without needless spaces; raises Incomplete where there is none, or more than one sentence."""
    said = " ".join(words.split())
    if not said:
        raise Incomplete("Say in one sentence when something counts as this cause.", "definition")
    if len(said) > LONGEST_DEFINITION or _NEXT_SENTENCE.search(said):
        raise Incomplete(
            f"Say it in one sentence of at most {LONGEST_DEFINITION} letters, so that everybody reads it.", "definition"
        )
    return said


def _name(cause: Cause, name: str) -> str:
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME:
        raise Incomplete(f"Name the cause as colleagues would say it, in at most {LONGEST_NAME} letters.", "name")
    other = Cause.objects.filter(name__iexact=words).exclude(pk=cause.pk).first()
    if other:
        raise Incomplete(f"“{other.name}” is another cause. Merge the two if they are one.", "name")
    return words


def _check_place(cause: Cause, parent: Cause | None) -> None:
    if parent is None:
        return
    check_in_use(parent)
    if parent.pk in inside(cause.pk):
        raise Incomplete(f"“{parent.name}” stands below this cause, so it cannot stand above it.", "parent")
    if depth_of(parent.pk) + height_of(cause.pk) > DEEPEST:
        raise Incomplete(f"That would be {DEEPEST + 1} levels. Choose a place higher up: nobody finds more.", "parent")


def _check_nothing_below(cause: Cause) -> None:
    below = cause.below.filter(retirement=None).order_by("name").first()
    if below:
        raise NotPossible(f"“{below.name}” stands below “{cause.name}”. Move it first.")


def _check_not_watched(cause: Cause, now: datetime) -> None:
    for change in cause.changes.select_related("claim"):
        if change.made_at is None:
            raise NotPossible(f"A change against it is still to be made: “{change.what}”. Make it first.")
        if hasattr(change, "claim") and change.claim.review_date >= now.date():
            raise NotPossible(
                f"A change against it is watched until {change.claim.review_date:%-d %B %Y}. Without new issues it "
                "would seem to have worked. Take it out of use after that day."
            )


def _differences(was: Cause, card: Card) -> tuple[str, ...]:
    changed = [
        (was.name != card.name, f"Renamed from “{was.name}”."),
        (
            was.definition != card.definition,
            f"Defined anew; before: “{was.definition}”" if was.definition else "Defined.",
        ),
        (was.owner_id != card.owner.pk, f"{card.owner.name} looks after it, before {was.owner.name}."),
        (was.parent_id != (card.parent.pk if card.parent else None), _moved(was.parent, card.parent)),
    ]
    return tuple(words[:LONGEST_WORDS] for differs, words in changed if differs)


def _moved(before: Cause | None, parent: Cause | None) -> str:
    return f"Moved below “{parent.name}”." if parent else f"No longer below “{before.name if before else ''}”."


def _write_down(cause: Cause, done: tuple[str, ...], by: User, now: datetime) -> None:
    Tended.objects.bulk_create([Tended(cause=cause, words=words, by=by, at=now) for words in done])


def _issues(count: int) -> str:
    return f"{count} issue" if count == 1 else f"{count} issues"
