"""Erasing a customer: name, address, words and files go; numbers, times, sums, outcomes and the ledger stay."""

from datetime import datetime
from pathlib import Path

from django.db.models import Model, QuerySet

from amends.cases.case import Case
from amends.cases.closure import Closure
from amends.cases.errors import AlreadyDone, Incomplete, NotPossible
from amends.cases.issue import Issue
from amends.cases.ledger import SYSTEM, record, writing
from amends.cases.outbox import OutboxEntry
from amends.cases.standing import stand
from amends.channels.models import RawMail
from amends.customers.models import GONE, Address, Customer
from amends.loyalty.purchase import Purchase, bought_by
from amends.loyalty.referral import Referral
from amends.loyalty.score import OutsideScore
from amends.loyalty.veil import veiled_address
from amends.privacy.ask import end, open_requests
from amends.privacy.holds import check_may, noted_on, standing_hold
from amends.privacy.mail import Names, forget_mails, trial_letters
from amends.privacy.models import Erasure
from amends.privacy.places import PLACES, Place
from amends.privacy.public_posts import forget_posts
from amends.privacy.request import Asks, Ending
from amends.privacy.retention import RetentionConfirmed
from amends.privacy.words import Numbered, unnamed
from amends.team.models import User

TYPED = "erase"


def erase_person(customer: Customer, typed: str, *, asked: bool, by: User, now: datetime) -> Erasure:
    """Erase everything personal about a customer, for good; `asked` says that they asked for it themselves.

    A request of theirs on their page says so too, and is answered by it.

    Raises NotAllowed without the right or for another team's customer, ConflictOfInterest when a complaint of theirs is
    about the one who asks, NotPossible with what stands in the way, Incomplete unless `typed` is the word “erase”.
    """
    check_may(by, customer)
    with writing():
        wished = open_requests(customer).filter(kind=Asks.ERASURE).exists()
        check_free(customer, now, asked=asked or wished)
        if typed.strip().lower() != TYPED:
            raise Incomplete(f"Type “{TYPED}” to say that you mean it: nobody can bring it back.", "typed")
        made, letters = _erase(customer, by, Erasure(customer=customer, by=by, at=now, asked=asked or wished))
    _throw_away(letters)
    return made


def erase_by_rule(customer: Customer, rule: RetentionConfirmed, now: datetime) -> Erasure:
    """Erase a customer because the rule says so; `by` is the admin who let it work.

    Raises NotPossible with what stands in the way: an open case, a hold, a letter that has not left.
    """
    with writing():
        check_free(customer, now, asked=False)
        made, letters = _erase(customer, SYSTEM, Erasure(customer=customer, by=rule.by, at=now, asked=False, rule=rule))
    _throw_away(letters)
    return made


def _erase(customer: Customer, actor: User | str, made: Erasure) -> tuple[Erasure, list[Path]]:
    """Do it, inside `writing()`; returns its record and the files to throw away once it is kept."""
    letters, now = trial_letters(customer.pk), made.at
    for number in noted_on(customer):
        record("person_erased", number, actor, now, customer=customer.pk)
    for wished in open_requests(customer):
        end(wished, Ending.DONE, made.by, now)
    forget_mails(customer.pk)
    forget_posts(customer)
    _keep_alike(customer)
    unname(customer)
    for place in PLACES:
        forget(place, place.rows(customer.pk))
    made.save()
    for case in Case.objects.select_related("customer").filter(customer=customer):
        stand(case, now)
    return made, letters


def _throw_away(letters: list[Path]) -> None:
    for path in letters:
        path.unlink(missing_ok=True)


def check_free(customer: Customer, now: datetime, *, asked: bool) -> None:
    """Raise NotPossible while something stands in the way of erasing this customer, with the way on."""
    if Erasure.objects.filter(customer=customer).exists():
        raise AlreadyDone("This customer was erased before.")
    hold = standing_hold(customer)
    if hold is not None:
        raise NotPossible(
            f"{hold.by.name} placed a legal hold on {hold.at:%-d %B %Y}: {hold.reason} "
            "Nothing may be erased until it is lifted."
        )
    if open_requests(customer).filter(kind=Asks.COPY).exists():
        raise NotPossible("They asked for a copy, and nobody answered that yet. Give it to them first, or say why not.")
    _check_still(customer)
    if not asked and open_cases(customer).exists():
        numbers = ", ".join(str(one) for one in open_cases(customer).values_list("pk", flat=True))
        raise NotPossible(
            f"Still open: case {numbers}. Settle it and close it first; or, if they asked to be erased themselves, say "
            "so: then it ends here."
        )


def open_cases(customer: Customer) -> "QuerySet[Case]":
    """Their complaints that are not closed."""
    return Case.objects.filter(customer=customer).exclude(pk__in=Closure.objects.values("case")).order_by("pk")


def _check_still(customer: Customer) -> None:
    """Nothing of theirs may be on its way in or out."""
    if OutboxEntry.objects.waiting().filter(message__case__customer=customer).exists():
        raise NotPossible(
            "A letter to them has not left yet. Wait until it has, or take it back: afterwards it could reach nobody."
        )
    names = Names(customer.pk)
    if any(names.wrote(raw) for raw in RawMail.objects.waiting().iterator(chunk_size=50)):
        raise NotPossible("A mail of theirs has just come in and is not read yet. Try again in a minute.")


def _keep_alike(customer: Customer) -> None:
    """Issues about one order stay alike, so that what came back is still known to have come back (F12)."""
    numbered = Numbered()
    for issue in Issue.objects.filter(case__customer=customer).exclude(about="").order_by("pk"):
        Issue.objects.filter(pk=issue.pk).update(about=numbered(issue.about))


def unname(customer: Customer) -> None:
    """A random number takes the place of each address and of its orders: what they bought and whom they sent stays."""
    for address in Address.objects.filter(customer=customer):
        anew = unnamed(address.value)
        for bought in bought_by([address.value]):
            Purchase.objects.filter(pk=bought.pk).update(buyer=veiled_address(anew), order=unnamed(bought.order))
        Referral.objects.filter(buyer=veiled_address(address.value)).update(buyer=veiled_address(anew))
        OutsideScore.objects.filter(buyer=veiled_address(address.value)).update(buyer=veiled_address(anew))
        Referral.objects.filter(sender=veiled_address(address.value)).update(sender=veiled_address(anew))
        Address.objects.filter(pk=address.pk).update(value=anew)


def forget(place: Place, rows: "QuerySet[Model]") -> None:
    """Take the words out of these rows; what was empty stays empty, so that counts of who said something hold."""
    if place.dropped:
        rows.delete()
        return
    for column in place.words:
        rows.exclude(**{column: ""}).update(**{column: GONE})
    if place.blank:
        rows.update(**place.blank)
    for column, make in place.made.items():
        for one in rows.iterator(chunk_size=200):
            setattr(one, column, make(getattr(one, column)))
            one.save(update_fields=[column])
