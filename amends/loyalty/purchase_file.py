"""Reading a file of purchases: every row understood, or every row that is not named with its line and reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amends.method.columns import Broken, sorted_out

EARLIEST = date(2000, 1, 1)
MOST = 10**11
LONGEST = 320
LONGEST_ORDER = 60
COLUMNS = ("customer", "date", "cents", "currency", "order")
_CURRENCY = re.compile(r"[A-Z]{3}")


class Odd(ValueError):
    """What is wrong with one cell, as a part of a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    """One purchase: who by their e-mail address, when, its cost, the order's number, and who sent them, if known."""

    customer: str
    day: date
    cents: int
    currency: str
    order: str
    sent_by: str = ""


def purchases_of(text: str, today: date) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """The rows of a CSV text with the columns customer, date, cents, currency and order, and every row that is none."""
    seen: dict[str, int] = {}
    senders: dict[str, tuple[str, int]] = {}

    def clash(line: int, row: Row) -> str:
        if row.order in seen:
            return f"the order {row.order} stands on line {seen[row.order]} already"
        if row.sent_by:
            sender, first = senders.setdefault(row.customer, (row.sent_by, line))
            if sender != row.sent_by:
                return f"line {first} says that somebody else sent this customer"
        seen[row.order] = line
        return ""

    return sorted_out(text, COLUMNS, lambda cells: _row(cells, today), clash)


def sent_by(rows: Sequence[Row]) -> dict[str, tuple[str, date]]:
    """Who sent each of the customers of these rows, and the day of their first purchase in them."""
    senders = {row.customer: row.sent_by for row in rows if row.sent_by}
    first: dict[str, date] = {}
    for row in rows:
        first[row.customer] = min(row.day, first.get(row.customer, row.day))
    return {one: (sender, first[one]) for one, sender in senders.items()}


def is_address(word: str) -> bool:
    """Whether this may be an e-mail address."""
    return len(word) <= LONGEST and word.count("@") == 1 and word.isprintable() and " " not in word


def _row(cells: dict[str, str], today: date) -> Row | str:
    try:
        return Row(
            customer=customer_of(cells["customer"]),
            day=day_of(cells["date"], today),
            cents=_cents(cells["cents"]),
            currency=_currency(cells["currency"]),
            order=_order(cells["order"]),
            sent_by=_sender(cells.get("sent_by", ""), cells["customer"]),
        )
    except Odd as reason:
        return str(reason)


def customer_of(word: str) -> str:
    """The e-mail address of a cell; raises Odd."""
    address = word.lower()
    if not is_address(address):
        raise Odd(f"“{word[:40]}” is no e-mail address")
    return address


def _sender(word: str, customer: str) -> str:
    sender = customer_of(word) if word else ""
    if sender and sender == customer.lower():
        raise Odd("nobody sends themselves to us")
    return sender


def day_of(word: str, today: date) -> date:
    """The day of a cell, not before 2000 and not to come; raises Odd."""
    try:
        day = date.fromisoformat(word) if len(word) == len("2026-11-16") else None
    except ValueError:
        day = None
    if day is None:
        raise Odd(f"“{word[:20]}” is no day such as 2026-11-16")
    if not EARLIEST <= day <= today:
        raise Odd(f"{day} is {'to come' if day > today else 'before the year 2000'}")
    return day


def _cents(word: str) -> int:
    if word.startswith("-") and word[1:].isdigit():
        raise Odd(f"the sum {word[:20]} is below nought; what was paid back is no purchase")
    if not (word.isascii() and word.isdigit()):
        raise Odd(f"“{word[:20]}” is no whole number of cents")
    if len(word) > len(str(MOST)) or not 0 < int(word) <= MOST:
        raise Odd(f"the sum {word[:20]} cannot be what somebody paid")
    return int(word)


def _currency(word: str) -> str:
    if not _CURRENCY.fullmatch(word):
        raise Odd(f"“{word[:20]}” is no currency such as EUR")
    return word


def _order(word: str) -> str:
    if not word or len(word) > LONGEST_ORDER or not word.isprintable():
        raise Odd(f"the order needs a number of one to {LONGEST_ORDER} letters")
    return word
