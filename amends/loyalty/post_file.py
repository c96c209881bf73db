"""Reading a file of public posts: every row understood, or every row that is not named with its line and reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from amends.loyalty.post import LONGEST_NAME, LONGEST_ORDER, LONGEST_URL, STARS
from amends.loyalty.purchase_file import EARLIEST
from amends.method.columns import Broken, once, sorted_out

COLUMNS = ("site", "url", "day", "stars", "author", "order")
_WEB = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+\S*")


class OddPost(ValueError):
    """What is wrong with one part of a post: which part, and a part of a sentence."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, slots=True)
class Row:
    """A public post: where, on which day, its stars (None: without), by whom, about which order, if it says so."""

    site: str
    url: str
    day: date
    stars: int | None
    author: str = ""
    order: str = ""


def posts_of(text: str, today: date) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """The posts of a CSV text with the columns site, url, day, stars, author and order, and every row that is none."""
    doubled: Callable[[int, Row], str] = once(
        lambda row: row.url, lambda _, first: f"the same address stands on line {first} already"
    )
    return sorted_out(text, COLUMNS, lambda cells: _row(cells, today), doubled)


def post_of(cells: dict[str, str], today: date) -> Row:
    """One post out of its cells by their name; raises OddPost."""
    return Row(
        site=_short("site", cells["site"], LONGEST_NAME, needed=True),
        url=_url(cells["url"]),
        day=_day(cells["day"], today),
        stars=stars_of(cells["stars"]),
        author=_short("author", cells.get("author", ""), LONGEST_NAME),
        order=_short("order", cells.get("order", ""), LONGEST_ORDER),
    )


def stars_of(word: str) -> int | None:
    """The stars, or None where there are none; raises OddPost."""
    if not word:
        return None
    if not (word.isascii() and word.isdigit() and len(word) == 1 and int(word) in STARS):
        raise OddPost("stars", f"“{word[:20]}” are no stars from {STARS[0]} to {STARS[-1]}")
    return int(word)


def _row(cells: dict[str, str], today: date) -> Row | str:
    try:
        return post_of(cells, today)
    except OddPost as reason:
        return str(reason)


def _short(field: str, word: str, most: int, *, needed: bool = False) -> str:
    if needed and not word:
        raise OddPost(field, f"the {field} is missing")
    if len(word) > most or not word.isprintable():
        raise OddPost(field, f"the {field} is longer than {most} letters, or holds what cannot be shown")
    return word


def _url(word: str) -> str:
    if len(word) > LONGEST_URL or not word.isprintable() or not _WEB.fullmatch(word):
        raise OddPost("url", f"“{word[:40]}” is no address such as https://reviews.example/4711")
    return word


def _day(word: str, today: date) -> date:
    try:
        day = date.fromisoformat(word) if len(word) == len("2026-11-16") else None
    except ValueError:
        day = None
    if day is None:
        raise OddPost("day", f"“{word[:20]}” is no day such as 2026-11-16")
    if not EARLIEST <= day <= today:
        raise OddPost("day", f"{day} is {'to come' if day > today else 'before the year 2000'}")
    return day
