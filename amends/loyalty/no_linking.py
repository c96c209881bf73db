"""The wish of a customer that nothing they say or do elsewhere is brought together with their complaints."""

from django.db import models

from amends.cases.errors import NotPossible
from amends.customers.models import Customer


class NoLinking(models.Model):
    """The customer asked us to link no public post and no referral to them, and who wrote that down."""

    customer = models.OneToOneField("amends.Customer", on_delete=models.PROTECT, related_name="no_linking")
    by = models.ForeignKey("amends.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


def check_linking(customer: Customer) -> None:
    """Raise NotPossible for a customer who asked that nothing be linked to them."""
    if NoLinking.objects.filter(customer=customer).exists():
        raise NotPossible("They asked us to link nothing to them that they say or do elsewhere. So it is not kept.")
