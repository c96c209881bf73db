"""The customer's answer to an offer: one choice with its evidence, or none with a reason."""

from datetime import date, datetime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.ledger import record, writing
from amends.cases.standing import stand
from amends.method.promised_day import end_of_business
from amends.recovery.agreed_words import quoted_mail, read_back
from amends.recovery.errors import OfferSettled
from amends.recovery.offer import Acceptance, Decline, Offer, Option, Via
from amends.recovery.promise import Promise
from amends.team.calendar import read_calendar
from amends.team.models import User


def accept(
    option: Option,
    *,
    via: Via,
    now: datetime,
    words: str = "",
    noted_by: User | None = None,
    was_read_back: bool = False,
) -> Acceptance:
    """Write down that the customer agreed to this option, and promise it by its day (N4).

    By e-mail their words stand in a mail of theirs that says nothing against it; on the phone the choice was read
    back to them. Raises AlreadyDone when they chose this before, OfferSettled when the offer is no longer open,
    Incomplete when their words or the reading back are missing, NotPossible when their mail is no plain yes.
    """
    if via is not Via.PAGE and not (words.strip() and noted_by):
        raise Incomplete("Write down the customer's own words of agreement.", "words")
    if via is Via.PHONE and not was_read_back:
        raise Incomplete(f"Read it to them, and note their answer to it: “{read_back(option)}”", "read_back")
    with writing():
        offer = _open_offer(option.offer_id, now, chosen=option)
        acceptance = Acceptance.objects.create(
            offer=offer,
            option=option,
            at=now,
            via=via,
            words=words.strip(),
            noted_by=noted_by,
            message=quoted_mail(offer, option, words) if via is Via.EMAIL else None,
            read_back=read_back(option) if via is Via.PHONE else "",
        )
        actor: User | str = noted_by or f"customer:{offer.case.customer_id}"
        record("offer_accepted", offer.case_id, actor, now, offer=offer.pk, option=option.pk, title=option.title)
        _promise(acceptance, now)
        stand(offer.case, now)
    return acceptance


def decline(offer: Offer, reason: str, *, via: Via, now: datetime, noted_by: User | None = None) -> Decline:
    """Write down that none of the options is right, and why; the case comes back to us, never silence (S1.15)."""
    if not reason.strip():
        raise Incomplete("Tell us what is not right about it, in a few words.", "reason")
    with writing():
        offer = _open_offer(offer.pk, now)
        made = Decline.objects.create(offer=offer, at=now, via=via, reason=reason.strip(), noted_by=noted_by)
        actor: User | str = noted_by or f"customer:{offer.case.customer_id}"
        record("offer_declined", offer.case_id, actor, now, offer=offer.pk)
        stand(offer.case, now)
    return made


def _open_offer(pk: int, now: datetime, chosen: Option | None = None) -> Offer:
    offer = Offer.objects.select_related(
        "acceptance__option", "decline", "withdrawal", "case__customer", "case__team", "made_by"
    ).get(pk=pk)
    if offer.accepted_at and chosen and offer.acceptance.option_id == chosen.pk:
        raise AlreadyDone(f"“{chosen.title}” is chosen already. There is nothing more to do.")
    if offer.accepted_at:
        raise OfferSettled(
            f"“{offer.acceptance.option.title}” was chosen before. Write to us if you want to change it."
        )
    if offer.declined_at:
        raise OfferSettled("This offer was declined before. Load the page to see where it stands.")
    if offer.withdrawn_at:
        raise OfferSettled("This offer was replaced by a newer one. Load the page to see it.")
    if not offer.is_open(now):
        raise OfferSettled("This offer has lapsed. Write to us and we will make a new one.")
    return offer


def _promise(acceptance: Acceptance, now: datetime) -> None:
    option, case = acceptance.option, acceptance.offer.case
    due = end_of_business(_day(option, now), read_calendar(case.team.calendar))
    Promise.objects.create(
        case=case,
        acceptance=acceptance,
        words=option.title,
        due_at=due,
        made_at=now,
        made_by=acceptance.offer.made_by,
        owner=acceptance.offer.made_by,
    )
    record("promise_made", case.pk, "system", now, due=due.date().isoformat())


def _day(option: Option, now: datetime) -> date:
    """The day it is done by: as offered, or for somebody who chose after that day, as many days from now."""
    if option.deliver_by >= now.date():
        return option.deliver_by
    return now.date() + (option.deliver_by - option.offer.made_at.date())


def open_offers(case: Case, now: datetime) -> list[Offer]:
    """The offers the customer can still choose from, oldest first."""
    offers = case.offers.select_related("acceptance", "decline", "withdrawal", "message__outbox")
    return [offer for offer in offers.prefetch_related("options", "issues") if offer.is_open(now)]


def told_offers(case: Case, now: datetime) -> list[Offer]:
    """The open offers whose letter has left: those the customer knows of."""
    return [offer for offer in open_offers(case, now) if offer.message.outbox.sent_at]
