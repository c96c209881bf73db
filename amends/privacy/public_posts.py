"""Forgetting whose a public post may be that nobody looked at yet, when that person is erased."""

from amends.cases.issue import Issue
from amends.customers.models import Customer
from amends.loyalty.posts import undecided
from amends.method.same_writer import may_be, plain_order
from amends.privacy.words import unnamed


def forget_posts(customer: Customer) -> None:
    """Take name, order and address off every undecided post that may be this customer's; it stays as a post."""
    rows = Issue.objects.filter(case__customer=customer).exclude(about="").values_list("about", flat=True)
    orders = {plain_order(one) for one in rows} - {""}
    for post in undecided().exclude(author="", order=""):
        if plain_order(post.order) in orders or may_be(post.author, customer.name):
            post.author, post.order, post.url = "", "", unnamed(post.url)
            post.save(update_fields=["author", "order", "url"])
