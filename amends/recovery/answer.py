"""Answering the customer: a reply, and the promises in it that their maker confirmed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.cases.case import Case
from amends.cases.check_levels import note_showings
from amends.cases.cover import brief_of, covered
from amends.cases.errors import Incomplete
from amends.cases.ledger import acting_rule, record, writing
from amends.cases.message import Message
from amends.cases.phrase import Phrase, filled
from amends.cases.reply import Covered, reply
from amends.cases.standing import stand
from amends.language.promises import FoundPromise, find_promises
from amends.method.steps import Step
from amends.recovery.promise import Promise
from amends.recovery.recurrence import look_at_all
from amends.team.calendar import read_calendar
from amends.team.models import User
from amends.team.permissions import Right

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise its maker stands by: what, until when, who keeps it; `sentence` is where the letter says it."""

    words: str
    due_at: datetime
    owner: User
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter is sent: the last message its writer saw, a lead's reason for passing the gate before it, and the
    checks whose remarks stood beside it while it was written, by number.
    """

    seen: int | None = None
    exception: str = ""
    remarks: Collection[str] = ()


PLAIN = Sending()


def answer(
    case: Case,
    text: str,
    stated: Collection[tuple[int, Step]] = frozenset(),
    promises: Sequence[Promised] = (),
    *,
    by: User,
    now: datetime,
    sending: Sending = PLAIN,
) -> Message:
    """Queue a reply and make the promises in it, each with its owner and time: the one way any letter is answered.

    What it covers is found by the check, or `stated` by its writer. Raises Incomplete for a promise in the letter
    that nobody confirmed or whose time has passed, and what `cases.reply.reply` raises. A rule promises nothing.
    """
    look_at_all(case, now)
    check_promises(case, text, promises, now)
    covers: tuple[Covered, ...] = covered(text, brief_of(case), stated)
    with writing():
        message = reply(case, text, covers, by=by, now=now, seen=sending.seen, exception=sending.exception)
        make_promises(message, promises, by, now)
        note_showings(message, sending.remarks, now)
        if promises:
            stand(case, now)
    return message


def send_phrase(case: Case, phrase: Phrase, *, by: User, now: datetime) -> Message:
    """Send a phrase as a reply: the same check and the same gates as any letter; raises like answer()."""
    return answer(case, filled(phrase, case, by), by=by, now=now)


def promised_in(case: Case, text: str, now: datetime) -> tuple[FoundPromise, ...]:
    """What a letter of this case would promise, reckoned in the team's hours and zone."""
    calendar = read_calendar(case.team.calendar)
    return find_promises(text, written_at=now, calendar=calendar if case.team.calendar else None, zone=calendar.zone)


def check_promises(case: Case, text: str, promises: Sequence[Promised], now: datetime) -> None:
    """Raise Incomplete for a promise in the words of a letter that nobody confirmed, or one that cannot be kept."""
    _all_confirmed(promised_in(case, text.strip(), now), promises)
    for one in promises:
        _makes_sense(case, one, now)


def make_promises(message: Message, promises: Sequence[Promised], by: User, now: datetime) -> None:
    """Inside the change that queues a letter: make the promises in it that were checked."""
    for one in promises:
        _promise(message, one, by, now)


def _all_confirmed(found: tuple[FoundPromise, ...], promises: Sequence[Promised]) -> None:
    """Each sentence that surely promises needs as many confirmed promises as it makes."""
    confirmed = [_plain(one.sentence) for one in promises]
    for one in found:
        if not one.sure:
            continue
        if _plain(one.words) not in confirmed:
            raise Incomplete(
                f"You promise: “{one.what or one.words}”. Confirm it with its time, or reword it.", "promises"
            )
        confirmed.remove(_plain(one.words))


def _plain(sentence: str) -> str:
    return " ".join(sentence.split())


def _makes_sense(case: Case, one: Promised, now: datetime) -> None:
    if acting_rule() is not None:
        raise Incomplete("A rule promises nothing: a promise needs somebody who makes it now.", "promises")
    if not one.words.strip():
        raise Incomplete("Say in a few words what you promise.", "promises")
    if one.due_at <= now:
        raise Incomplete(
            f"The time for “{one.words}” has passed already. Give a time that is still to come.", "promises"
        )
    if not one.owner.can(Right.WORK_CASES) or not Case.objects.visible_to(one.owner).filter(pk=case.pk).exists():
        raise Incomplete(
            f"{one.owner.name} cannot work on this case, so the promise “{one.words}” needs somebody else.", "promises"
        )


def _promise(message: Message, one: Promised, by: User, now: datetime) -> None:
    start = message.text.find(one.sentence) if one.sentence else -1
    Promise.objects.create(
        case_id=message.case_id,
        message=message,
        start=max(start, 0),
        end=start + len(one.sentence) if start >= 0 else 0,
        words=one.words.strip()[:LONGEST],
        due_at=one.due_at,
        made_at=now,
        made_by=by,
        owner=one.owner,
    )
    record("promise_made", message.case_id, by, now, due=one.due_at.date().isoformat())
