"""A customer is one person; an address is one way they reach us."""

from datetime import datetime
from typing import ClassVar

from django.db import models

GONE = "(erased)"


class Customer(models.Model):
    """A person who wrote to us, by the name they use."""

    name = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    since = models.DateTimeField()
    likes = models.CharField(max_length=80, default="", blank=True)

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name to show: theirs, or the address they wrote from."""
        if self.name:
            return self.name
        address = self.addresses.first()
        return address.value if address else "Unknown customer"

    @property
    def first_name(self) -> str:
        """How to greet them: what they like to be called, else the first word of their name.

        The whole of the name when that is an initial or not Latin.
        """
        if self.likes:
            return self.likes
        first = self.called.partition(" ")[0]
        cased = any(letter.islower() or letter.isupper() for letter in first)
        if first.endswith(".") or len(first) == 1 or not cased:
            return self.called
        return first


class Address(models.Model):
    """One way to reach a customer: each address belongs to one person only."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=16, default="email")
    value = models.CharField(max_length=320)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "value"], name="one_customer_an_address")]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.value


class NoNews(models.Model):
    """This customer asked us not to send them news of what we changed, and when."""

    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, related_name="no_news")
    at = models.DateTimeField()


def address_of(kind: str, value: str, *, name: str, language: str, now: datetime) -> Address:
    """The address with its customer; both are made when this is their first message."""
    address = Address.objects.select_related("customer").filter(kind=kind, value=value).first()
    if address is None:
        customer = Customer.objects.create(name=name, language=language, since=now)
        return Address.objects.create(customer=customer, kind=kind, value=value)
    if name and not address.customer.name:
        address.customer.name = name
        address.customer.save(update_fields=["name"])
    return address
