"""Who gets the next contact, so that hard ones are spread and nobody waits longer for it (E44, simulation of E48).

A hard contact goes to whoever carries least, nobody gets a third hard one in a row while something else waits, and
what somebody does not take is never given to them. Hard ones are never sent to “the strong ones”.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

HARD_IN_A_ROW = 2
HARD_SHARE = 0.35
SHARE_KNOWN_FROM = 3
WEIGHT_OF_TODAY = 0.6


@dataclass(frozen=True, slots=True)
class Contact:
    """One case that waits: which, whether it is hard, what it is about, its language ("" not known), if it is late."""

    case: int
    hard: bool = False
    topics: frozenset[str] = frozenset()
    language: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is there: what they carry, what they were given, what they do not take, since when they are free.

    `room` is how many more cases they take at once, `shaken` says that something abusive was minutes ago.
    """

    name: str
    carries: float = 0.0
    given: tuple[bool, ...] = ()
    room: int = 1
    shaken: bool = False
    not_taken: frozenset[str] = frozenset()
    not_cases: frozenset[int] = frozenset()
    speaks: frozenset[str] = frozenset()
    free_since: datetime | None = None

    @property
    def burden(self) -> float:
        """What they carry, and 0.6 for each hard contact of today."""
        return self.carries + WEIGHT_OF_TODAY * sum(self.given)

    @property
    def is_spared(self) -> bool:
        """Whether the next should be no hard one: two in a row, more than 35 % of today, or just after abuse."""
        row = self.given[-HARD_IN_A_ROW:]
        many = len(self.given) >= SHARE_KNOWN_FROM and sum(self.given) > HARD_SHARE * len(self.given)
        return self.shaken or many or (len(row) == HARD_IN_A_ROW and all(row))

    def takes(self, contact: Contact) -> bool:
        """Whether this contact may be given to them at all."""
        knows = not contact.language or not self.speaks or contact.language in self.speaks
        return self.room > 0 and knows and not contact.topics & self.not_taken and contact.case not in self.not_cases


def who(contact: Contact, people: Sequence[Person]) -> Person | None:
    """Who of those that are free gets a contact that comes in; None when nobody may take it.

    A hard one goes to whoever carries least, any other to whoever has been free longest, who also wins a tie.
    """
    able = [one for one in people if one.takes(contact)]
    if contact.hard:
        return min(able, key=lambda one: (one.is_spared, one.burden, *_idle(one)), default=None)
    return min(able, key=_idle, default=None)


def next_for(me: Person, waiting: Sequence[Contact], others: Sequence[Person] = ()) -> Contact | None:
    """Which of those that wait, in the order they are due, somebody who asks gets; None when none is for them.

    A hard one is passed over while an easier one waits, when they are to be spared, or while somebody else who is free
    carries less: but a hard one that is late is passed over only to spare them.
    """
    mine = [one for one in waiting if me.takes(one)]
    easier = next((one for one in mine if not one.hard), None)
    for one in mine:
        if not one.hard or easier is None or not _better_for_another(one, me, others):
            return one
    return None


def _better_for_another(contact: Contact, me: Person, others: Sequence[Person]) -> bool:
    if me.is_spared:
        return True
    return not contact.late and any(
        one.takes(contact) and not one.is_spared and one.burden < me.burden for one in others
    )


def _idle(person: Person) -> tuple[float, str]:
    return (person.free_since.timestamp() if person.free_since else 0.0, person.name)
