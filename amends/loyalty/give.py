"""Making a gesture: beside what is owed, after the person was heard, within authority and budget, once, for nothing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from amends.cases.case import Case
from amends.cases.conflict import check_hands
from amends.cases.errors import AlreadyDone, ConflictOfInterest, GateClosed, Incomplete, NotAllowed, NotPossible
from amends.cases.facts import facts_of
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.cases.standing import stand
from amends.cases.subject import Subject
from amends.language.promises import find_promises
from amends.loyalty.letter import gesture_letter
from amends.method.authority import Ask
from amends.method.gates import Gate, offer_gate
from amends.method.money import written
from amends.method.trade import trades
from amends.purse.account import budget_of, month_of, promised_to
from amends.purse.entry import Kind, Overdrawn, post
from amends.purse.gesture import GESTURE, OF_A_CASE, Gesture, Reason
from amends.recovery.authority import check_authority
from amends.team.calendar import zone_of
from amends.team.models import User
from amends.team.permissions import Right

# Shorter would press somebody to buy, longer would stay on the books for ever ([J]: no source).
SHORTEST, LONGEST = timedelta(days=30), timedelta(days=3 * 365)
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody wants to give: what, why (for colleagues), in which words (for the customer), its value, how long.

    The value is in cents of the currency, or in points; without one it does not run out.
    """

    title: str
    reason: str
    because: str
    words: str
    amount: int = 0
    unit: str = "EUR"
    until: date | None = None


def give(case: Case, given: Given, *, by: User, now: datetime) -> Gesture:
    """Give it, and queue the letter that tells the customer.

    Raises GateClosed while somebody in this case was not heard yet and NotPossible for another of theirs,
    BeyondAuthority above the giver's limit, NotPossible when the budget of the month has less, AlreadyDone for the same
    reason and case or year, ConflictOfInterest for somebody they complained about, Incomplete with the field.
    """
    with writing():
        _check_giver(case, by)
        reason = _check_words(given, now)
        _check_value(given, now)
        _check_heard(case, now)
        occasion = _check_once(case, reason, now)
        check_authority(case, [Ask(GESTURE, given.amount, given.unit)], by=by, now=now)
        expires = _expires(case, given)
        letter = queue_letter(case, gesture_letter(case, given, by), now=now, author=by)
        made = Gesture.objects.create(
            case=case,
            customer=case.customer,
            team=case.team,
            reason=reason,
            occasion=occasion,
            title=given.title.strip(),
            because=given.because.strip(),
            amount=given.amount,
            unit=given.unit,
            expires_at=expires,
            message=letter,
            by=by,
            at=now,
        )
        _spend(made, now)
        record("gesture_given", case.pk, by, now, gesture=made.pk, title=made.title, message=letter.pk)
        stand(case, now)
    return made


def hindered(case: Case, by: User, now: datetime) -> str:
    """Why no gesture can be made here at this moment, as a sentence; "" when one can."""
    try:
        _check_giver(case, by)
        _check_heard(case, now)
    except (NotAllowed, NotPossible, GateClosed) as reason:
        return str(reason)
    return ""


def _check_giver(case: Case, by: User) -> None:
    if not by.can(Right.GRANT):
        raise NotAllowed("Your role does not give gestures. Ask a lead.")
    check_hands(case, by)
    if Subject.objects.filter(case__customer=case.customer_id, person=by).exists():
        raise ConflictOfInterest(f"{case.customer.first_name} complained about you. Let a colleague give them this.")


def _check_words(given: Given, now: datetime) -> Reason:
    if given.reason not in Reason.values:
        raise Incomplete("Choose why you give it.", "reason")
    if not given.title.strip():
        raise Incomplete("Say what you give, such as “€10 towards your next order”.", "title")
    if len(given.title.strip()) > LONGEST_TITLE:
        raise Incomplete(f"Name it in at most {LONGEST_TITLE} letters.", "title")
    if not given.because.strip():
        raise Incomplete("Say in a sentence why this is right for them. Colleagues read it.", "because")
    if not given.words.strip():
        raise Incomplete("Write them a few words of your own.", "words")
    for field, words in (("title", given.title), ("words", given.words)):
        if sentence := trades(words):
            raise Incomplete(
                f"A gesture is never traded for a review or for silence: “{sentence}”. Write it anew.", field
            )
    if promise := next(
        (one for one in find_promises(given.words, written_at=now, calendar=None, zone="UTC") if one.sure), None
    ):
        raise Incomplete(
            f"This promises them something more: “{promise.words}”. Promise it in a reply, where it gets an owner.",
            "words",
        )
    return Reason(given.reason)


def _check_value(given: Given, now: datetime) -> None:
    if given.amount < 0:
        raise Incomplete("A gesture is never less than nothing.", "amount")
    if not given.amount:
        return
    today = localtime(now).date()
    if given.until is None:
        raise Incomplete("Say until when they can use it.", "until")
    if not today + SHORTEST <= given.until <= today + LONGEST:
        raise Incomplete("Give them at least 30 days and at most three years to use it.", "until")


def _check_heard(case: Case, now: datetime) -> None:
    """A gesture never stands in for listening: first everybody in every open case of theirs is heard (E16, S4.9)."""
    theirs = Case.objects.filter(customer=case.customer_id, closure=None).select_related("customer").order_by("pk")
    for one in theirs:
        missing = offer_gate(facts_of(one, now))
        if missing and one.pk == case.pk:
            raise GateClosed(Gate.OFFER, missing)
        if missing:
            raise NotPossible(
                f"{case.customer.first_name} has not been heard and apologised to in case {one.pk} yet. "
                "A gesture comes after that."
            )


def _check_once(case: Case, reason: Reason, now: datetime) -> str:
    """What this gesture is given for, in a word nobody else holds."""
    per_case = reason in OF_A_CASE
    occasion = f"{case.customer_id} {reason.value} {f'case {case.pk}' if per_case else localtime(now).year}"
    before = Gesture.objects.select_related("by").filter(occasion=occasion).first()
    if before is not None:
        when = "in this case" if per_case else "this year"
        raise AlreadyDone(f"{before.by.name} gave “{before.title}” for the same reason {when}, on {before.at:%-d %B}.")
    return occasion


def _expires(case: Case, given: Given) -> datetime | None:
    """The end of its last day, in the zone of the team."""
    if not given.amount or given.until is None:
        return None
    return datetime.combine(given.until + timedelta(days=1), time(), tzinfo=zone_of(case.team))


def _spend(made: Gesture, now: datetime) -> None:
    if not made.amount:
        return
    accounts = budget_of(made.team, made.unit, month_of(now)), promised_to(made.customer, made.unit)
    try:
        post(Kind.GIVEN, accounts, made.amount, gesture=made, by=made.by, now=now)
    except Overdrawn as short:
        left = f"{written(short.left, made.unit)} left" if short.left else "nothing left"
        raise NotPossible(
            f"The {made.team.name} team has {left} for gestures this month. Give less, or ask a lead for more. "
            "What is owed needs no budget: offer it as a remedy."
        ) from short
