"""A customer asks on their page for a copy or for erasure, takes it back, and saves the copy once it was given."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone, NotPossible
from amends.cases.ledger import record, writing
from amends.cases.letters import queue_letter
from amends.customers.models import Customer
from amends.method.months import a_month_after
from amends.privacy.export import archive_of
from amends.privacy.request import COPY_OPEN_FOR, Asks, Ending, PersonRequest
from amends.privacy.request_letters import received
from amends.team.calendar import zone_of
from amends.team.models import User
from amends.team.permissions import Right

LETTER = "data"  # the kind of the letters about it
WARN = timedelta(days=7)  # our judgement: a week is left to look through what is given out


def ask_about_data(case: Case, kind: Asks, now: datetime) -> PersonRequest:
    """Note what the customer of a case asked on their page, due within a month, and confirm it by letter (GDPR 12(3)).

    Raises AlreadyDone while a request of this kind is open, NotPossible when they were erased.
    """
    with writing():
        earlier = open_requests(case.customer).filter(kind=kind).first()
        if earlier is not None:
            raise AlreadyDone(f"You asked for this before. You have our answer by {earlier.due_on:%-d %B %Y}.")
        due = a_month_after(now.astimezone(zone_of(case.team)).date())
        made = PersonRequest.objects.create(customer=case.customer, case=case, kind=kind, at=now, due_on=due)
        letter = queue_letter(case, received(made), now=now, automatic=LETTER)
        number, day, who = made.pk, due.isoformat(), _customer(case)
        if kind == Asks.COPY:
            record("copy_asked", case.pk, who, now, request=number, due=day, message=letter.pk)
        else:
            record("erasure_asked", case.pk, who, now, request=number, due=day, message=letter.pk)
    return made


def take_request_back(case: Case, kind: Asks, now: datetime) -> PersonRequest:
    """End what the customer of a case asked, because they want it no more; raises AlreadyDone when nothing is open."""
    with writing():
        asked = open_requests(case.customer).filter(kind=kind).first()
        if asked is None:
            raise AlreadyDone("There is nothing to take back: it was answered, or taken back before.")
        end(asked, Ending.WITHDRAWN, None, now)
        record("request_taken_back", case.pk, _customer(case), now, request=asked.pk)
    return asked


def saved_copy(case: Case, now: datetime) -> bytes:
    """The archive of everything, for the customer who was given it; that they saved it stands in the ledger.

    Raises NotPossible where no copy was given in the last thirty days.
    """
    given = given_copy(case.customer, now)
    if given is None:
        raise NotPossible("There is no copy to save now. Ask for one: then we look through it and tell you.")
    body = archive_of(case.customer, now)
    with writing():
        record("copy_saved", case.pk, _customer(case), now, request=given.pk)
    return body


def given_copy(customer: Customer, now: datetime) -> PersonRequest | None:
    """The newest copy that was given and can still be saved."""
    rows = customer.person_requests.filter(kind=Asks.COPY, ending=Ending.DONE, ended_at__gt=now - COPY_OPEN_FOR)
    return rows.order_by("-pk").first()


def open_requests(customer: Customer) -> "QuerySet[PersonRequest]":
    """What a customer asked and nobody answered yet."""
    return PersonRequest.objects.filter(customer=customer, ended_at=None)


def latest_requests(customer: Customer) -> dict[str, PersonRequest]:
    """The newest request of each kind, by its kind."""
    return {one.kind: one for one in customer.person_requests.order_by("pk")}


def requests_to_answer(user: User) -> "QuerySet[PersonRequest]":
    """The open requests of customers whose complaint this person sees, the first due first; none without the right."""
    if not user.can(Right.ERASE):
        return PersonRequest.objects.none()
    # First the few that are open, then who sees their cases: otherwise all cases of a team would be read for it.
    cases = list(PersonRequest.objects.filter(ended_at=None).values_list("case", flat=True))
    seen = list(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True)) if cases else []
    rows = PersonRequest.objects.filter(ended_at=None, case__in=seen)
    return rows.select_related("customer", "case__team").order_by("due_on", "pk")


def end(asked: PersonRequest, ending: Ending, by: User | None, now: datetime, reason: str = "") -> None:
    """Write down how a request ended; must be called inside `writing()`."""
    asked.ending, asked.by, asked.ended_at, asked.reason = ending, by, now, reason
    asked.save(update_fields=["ending", "by", "ended_at", "reason"])


def _customer(case: Case) -> str:
    return f"customer:{case.customer_id}"
