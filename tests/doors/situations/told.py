"""Gate failures of writing down what a letter told under a rule book."""

from datetime import timedelta

from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.recovery.holding_letter import HoldingLetter, Told, mark_told
from amends.team.models import Team
from tests.conftest import mail
from tests.doors.situations.situation import Situation

TOLD = (HoldingLetter,)


def told_by(one, letter: Message, *, rule_book: str = "uk_disp") -> dict[str, object]:
    """The fields of writing down what a letter told, for a team under a rule book."""
    Team.objects.filter(pk=one.case.team_id).update(profile=rule_book)
    return {"message": letter.pk, "what": "extension"}


def letter_that_left(one) -> Message:
    one.hear()
    letter = one.say()
    OutboxEntry.objects.filter(message=letter).update(sent_at=one.now)
    return letter


def told_before_it_left(one):
    one.hear()
    letter = one.say()
    OutboxEntry.objects.filter(message=letter).update(not_before=one.now + timedelta(days=1))
    return told_by(one, letter)


def told_by_what_never_arrived(one):
    letter = letter_that_left(one)
    OutboxEntry.objects.filter(message=letter).update(failed_at=one.now)
    return told_by(one, letter)


def told_by_nobody(one):
    OutboxEntry.objects.filter(message__case=one.case).update(sent_at=one.now)
    return told_by(one, one.case.messages.exclude(automatic="").get())


def told_in_another_case(one):
    other = one.cast.case(mail(sender="Jo Hart <jo@post.example>", message_id="<jo@post.example>"))
    letter = other.messages.get(outgoing=True)
    return told_by(one, letter)


def told_where_nothing_counts_it(one):
    return told_by(one, letter_that_left(one), rule_book="us_dot")


def told_twice(one):
    fields = told_by(one, letter_that_left(one))
    mark_told(Message.objects.get(pk=fields["message"]), Told.EXTENSION, by=one.cast.ines, now=one.now)
    return fields


def fit_to_be_told(one):
    return told_by(one, letter_that_left(one))


TOLD_BY_LETTERS = [
    Situation("told before it left", "mark_told", told_before_it_left, "has not left yet", TOLD),
    Situation("told by what never arrived", "mark_told", told_by_what_never_arrived, "never reached Maria", TOLD),
    Situation("told by nobody", "mark_told", told_by_nobody, "Nobody of us wrote", TOLD),
    Situation(
        "told in another case",
        "mark_told",
        told_in_another_case,
        "a letter of ours in this case",
        TOLD,
        on_page="Choose the letter of ours",
    ),
    Situation("told where nothing counts it", "mark_told", told_where_nothing_counts_it, "counts no letter", TOLD),
    Situation("told twice", "mark_told", told_twice, "wrote down before", TOLD),
]
