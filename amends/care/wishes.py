"""What somebody does not take, how many cases at once, which languages: their own word, seen by nobody else."""

from collections.abc import Sequence
from datetime import datetime

from amends.care.consent import check_on
from amends.care.models import Wishes
from amends.cases.errors import Incomplete
from amends.cases.issue import CATEGORIES
from amends.language.tongues import READ_LANGUAGES
from amends.team.models import User
from amends.team.veil import veiled

MOST_AT_ONCE = 99


def wish(
    person: User, not_taken: Sequence[str], languages: Sequence[str], at_once: int | None, now: datetime
) -> Wishes:
    """Keep what “take the next” is to honour; raises Incomplete for what it cannot know."""
    check_on(person)
    if not set(not_taken) < set(CATEGORIES):
        raise Incomplete("Choose kinds from the list, and leave at least one.", "not_taken")
    if not set(languages) <= set(READ_LANGUAGES):
        raise Incomplete("Choose languages from the list.", "languages")
    if at_once is not None and not 1 <= at_once <= MOST_AT_ONCE:
        raise Incomplete(f"Write a number from 1 to {MOST_AT_ONCE}, or leave it empty.", "at_once")
    values = {"not_taken": list(not_taken), "languages": list(languages), "at_once": at_once, "at": now}
    return Wishes.objects.update_or_create(whose=veiled(person, Wishes), defaults=values)[0]


def wishes_of(person: User) -> Wishes | None:
    """What this person wishes, for their own page and for the rule; told to nobody else."""
    return Wishes.objects.filter(whose=veiled(person, Wishes)).first()
