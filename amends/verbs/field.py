"""What a verb asks for: named fields, each of one kind."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from amends.cases.case import Case


class Kind(StrEnum):
    """What a field holds, as a person or a program writes it."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    DATE = "date"
    MOMENT = "moment"
    AMOUNT = "amount"
    CHOICE = "choice"
    ISSUE = "issue"
    ISSUES = "issues"
    LIST = "list"
    ONE = "one"


Finder = Callable[[Case | None, str], object | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `of` are the fields of each row of a LIST, `find` turns the word for ONE into what it names."""

    name: str
    kind: Kind
    help: str
    required: bool = True
    choices: tuple[str, ...] = ()
    of: tuple["Field", ...] = ()
    find: Finder | None = None


def text(name: str, help: str, *, required: bool = True) -> Field:
    """A field of words."""
    return Field(name=name, kind=Kind.TEXT, help=help, required=required)


def one(name: str, help: str, find: Finder, *, required: bool = True) -> Field:
    """A field that names something there is: a person, an option, a cause."""
    return Field(name=name, kind=Kind.ONE, help=help, required=required, find=find)


def number_in(words: str) -> int | None:
    """The whole number these words are, None when they are none a row of ours could have."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= 18 else None
