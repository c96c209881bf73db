"""What a lead says to the writer of a letter, and what the writer answers: between the two, and nobody else."""

from datetime import datetime

from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotThere
from amends.cases.ledger import writing
from amends.cases.message import Message
from amends.coaching.models import Comment, CommentAnswer, Kind, Reply
from amends.coaching.sample import sample_for
from amends.language.catalogue import catalogue
from amends.team.models import User
from amends.team.permissions import Right

NOT_THERE = "There is no such letter in the sample of this week."


def find_letter(number: int, reader: User, now: datetime) -> Message:
    """A letter this person may read to coach: of this week's sample, or one they have said something about.

    Raises NotThere for any other, alike.
    """
    found = next((one for one in sample_for(reader, now) if one.pk == number), None)
    return found or _said_of(number, reader)


def _said_of(number: int, reader: User) -> Message:
    mine = Comment.objects.between(reader).filter(by=reader, letter__in=Message.objects.filter(pk=number))
    found = mine.select_related("letter__author", "letter__case__customer", "letter__case__team").first()
    if found is None or not reader.can(Right.COACH) or found.letter.case.team_id != reader.team_id:
        raise NotThere(NOT_THERE)
    return found.letter


def say(letter: Message, kind: str, check: str, words: str, *, by: User, now: datetime) -> Comment:
    """Comment on a letter or give kudos for it, about one check or the whole; its writer alone is told.

    Raises Incomplete without words or for a check there is not. Nothing goes into the ledger.
    """
    if kind not in Kind.values:
        raise Incomplete("Choose whether it is a comment or kudos.", "kind")
    if check and check not in catalogue():
        raise Incomplete("Choose a check from the list, or the letter as a whole.", "check")
    if not words.strip():
        raise Incomplete("Say it in a sentence: what you saw, and what it did.", "words")
    with writing():
        if not by.can(Right.COACH):
            raise NotAllowed("Your role does not read letters to coach. A lead does.")
        found = find_letter(letter.pk, by, now)
        check_hands(found.case_id, by)
        assert found.author is not None  # a sample holds what people wrote
        return Comment.objects.create(
            case_id=found.case_id,
            letter=found,
            by=by,
            to=found.author,
            at=now,
            kind=kind,
            check_number=check,
            words=words.strip(),
        )


def find_comment(number: int, user: User) -> Comment:
    """A comment this person gave or got; raises NotThere for any other, alike."""
    found = Comment.objects.between(user).select_related("by", "to", "answer").filter(pk=number).first()
    if found is None:
        raise NotThere("There is no such comment between you and somebody.")
    return found


def answer_comment(comment: Comment, reply: str, words: str, *, by: User, now: datetime) -> CommentAnswer:
    """Say thank you, or that one sees it otherwise and why; raises AlreadyDone the second time."""
    if reply not in Reply.values:
        raise Incomplete("Choose “Thank you” or “I see it otherwise”.", "reply")
    if comment.to_id != by.pk:
        raise NotAllowed("Only the writer of the letter answers.")
    if reply == Reply.OTHERWISE and not words.strip():
        raise Incomplete("Say how you see it, in a sentence.", "words")
    with writing():
        if CommentAnswer.objects.filter(comment=comment).exists():
            raise AlreadyDone("You answered this before.")
        return CommentAnswer.objects.create(comment=comment, at=now, reply=reply, words=words.strip())


def take_comment_away(comment: Comment, *, by: User) -> None:
    """Delete a comment with its answer: either of the two may, and nothing of it is left."""
    with writing():
        Comment.objects.between(by).filter(pk=comment.pk).delete()
