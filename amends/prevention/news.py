"""A customer's own word on news of changes: none, please, or again."""

from datetime import datetime

from amends.cases.case import Case
from amends.cases.errors import AlreadyDone
from amends.cases.ledger import record, writing
from amends.customers.models import NoNews


def stop_news(case: Case, now: datetime) -> NoNews:
    """The customer of a case wants no news of changes from now on; raises AlreadyDone when they said so before."""
    with writing():
        refused, fresh = NoNews.objects.get_or_create(customer=case.customer, defaults={"at": now})
        if not fresh:
            raise AlreadyDone("You told us this before: we do not send you news of changes.")
        record("news_stopped", case.pk, f"customer:{case.customer_id}", now)
    return refused


def want_news(case: Case, now: datetime) -> None:
    """The customer of a case wants news of changes again; raises AlreadyDone when they get them."""
    with writing():
        gone, _ = NoNews.objects.filter(customer=case.customer).delete()
        if not gone:
            raise AlreadyDone("You get news of what we change already.")
        record("news_wanted", case.pk, f"customer:{case.customer_id}", now)
