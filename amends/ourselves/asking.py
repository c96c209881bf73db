"""Asking the team: a round is opened for everybody who works on cases, and each answers once."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import SystemRandom

from django.utils.timezone import get_default_timezone, localtime

from amends.cases.errors import AlreadyDone, Incomplete, NotAllowed, NotPossible
from amends.cases.ledger import record, writing
from amends.ourselves.models import LONGEST_WORDS, Ballot, StaffAnswered, StaffRound
from amends.ourselves.questions import questions
from amends.ourselves.seal import Said, sealed
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.veil import veiled

# A week so that a holiday fits in, two months so that it ends; a quarter of a year in peace ([J], all three).
SHORTEST, LONGEST = timedelta(days=7), timedelta(days=60)
IN_PEACE = timedelta(weeks=12)


def open_round(closes_on: str, *, by: User, now: datetime) -> StaffRound:
    """Ask everybody who works on cases, up to the end of a day ("2026-12-11", in the zone of the desk).

    Raises AlreadyDone while they are asked, NotPossible soon after they were told of, Incomplete for another day.
    """
    with writing():
        if not by.can(Right.ASK_TEAM):
            raise NotAllowed("A lead or a quality manager asks the team. Ask one of them to.")
        if running(now):
            raise AlreadyDone("The team is being asked already.")
        _in_peace(now)
        made = StaffRound.objects.create(by=by, at=now, closes_at=_end_of(closes_on, now))
        record("staff_asked", None, by, now, until=closes_on.strip())
    return made


def _in_peace(now: datetime) -> None:
    last = StaffRound.objects.filter(counted__about__isnull=False).order_by("-closes_at").first()
    if last and last.closes_at + IN_PEACE > now:
        again = f"{localtime(last.closes_at + IN_PEACE):%-d %B %Y}"
        raise NotPossible(f"They were asked not long ago. Work with what they said, and ask again from {again}.")


def _end_of(typed: str, now: datetime) -> datetime:
    try:
        chosen = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise Incomplete("Choose the last day to answer.", "closes_on") from error
    today = localtime(now).date()
    if not SHORTEST <= chosen - today <= LONGEST:
        raise Incomplete(f"Choose a day from {today + SHORTEST:%-d %B} to {today + LONGEST:%-d %B}.", "closes_on")
    return datetime.combine(chosen + timedelta(days=1), time(), tzinfo=get_default_timezone())


def running(now: datetime) -> StaffRound | None:
    """The round that is open, if there is one."""
    return StaffRound.objects.filter(at__lte=now, closes_at__gt=now, counted=None).first()


def has_answered(round_: StaffRound, person: User) -> bool:
    """Whether this person has answered; for their own page, and nobody else's."""
    return StaffAnswered.objects.filter(round=round_, whose=veiled(person, StaffAnswered)).exists()


def answer(answers: Mapping[str, str], words: Mapping[str, str], *, by: User, now: datetime) -> None:
    """Put somebody's answers to every question among the others; that they answered is kept elsewhere, what is not.

    Raises Incomplete for a question without an answer, AlreadyDone for who has answered. The ledger is told nothing.
    """
    said = Said(by.team_id, _chosen(answers), _written(words))
    with writing():
        round_ = running(now)
        if round_ is None:
            raise NotPossible("Nobody is asked just now, or the round has ended.")
        if not by.can(Right.WORK_CASES):
            raise NotAllowed("This is asked of those who work on cases themselves.")
        if has_answered(round_, by):
            raise AlreadyDone("You have answered. Nobody can find your answers again, so they stay as they are.")
        StaffAnswered.objects.create(round=round_, whose=veiled(by, StaffAnswered), team=by.team)
        _put_among(round_, sealed(said))


def _put_among(round_: StaffRound, fresh: bytes) -> None:
    """All are written anew in an order drawn by lot, so that no place in the database says which came last."""
    kept = [fresh, *(bytes(one) for one in round_.ballots.values_list("sealed", flat=True))]
    round_.ballots.all().delete()
    SystemRandom().shuffle(kept)
    Ballot.objects.bulk_create(Ballot(round=round_, sealed=one) for one in kept)


def _chosen(given: Mapping[str, str]) -> dict[str, str]:
    for key, question in questions().items():
        if given.get(key) not in question.answers:
            raise Incomplete(f"“{question.asks}” has no answer yet. “I cannot say” is one.", key)
    return {key: given[key] for key in questions()}


def _written(given: Mapping[str, str]) -> dict[str, str]:
    written = {key: " ".join(given.get(key, "").split()) for key in questions()}
    for key, words in written.items():
        if len(words) > LONGEST_WORDS:
            raise Incomplete(f"Say it in {LONGEST_WORDS} letters or fewer; these are {len(words)}.", f"{key}_words")
    return {key: words for key, words in written.items() if words}
