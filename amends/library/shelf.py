"""Finding what was learned: by words, by what went wrong, by its cause, by what was done."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from amends.cases.errors import NotThere
from amends.library.models import TEXTS, Study
from amends.library.public import Story, stories

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty or None asks for nothing."""

    words: str = ""
    category: str = ""
    cause: int | None = None
    remedy: int | None = None

    @property
    def anything(self) -> bool:
        """Whether something is asked for at all."""
        return bool(self.words.strip() or self.category or self.cause or self.remedy)


def studies(wanted: Wanted) -> "QuerySet[Study]":
    """The published studies that hold every word and are of what is asked for, the newest first."""
    found = Study.objects.published().select_related("cause")
    for name, value in (("category", wanted.category), ("cause", wanted.cause), ("remedies", wanted.remedy)):
        if value:
            found = found.filter(**{name: value})
    words = wanted.words.split()[:MOST_WORDS]
    return found.filter(reduce(and_, map(_somewhere, words))) if words else found


def others(wanted: Wanted) -> tuple[Story, ...]:
    """The public stories that hold every word and are of that category; none where a cause or remedy is asked."""
    if wanted.cause or wanted.remedy:
        return ()
    words = wanted.words.lower().split()[:MOST_WORDS]
    return tuple(
        one
        for one in stories()
        if wanted.category in ("", one.category) and all(word in one.words.lower() for word in words)
    )


def find_study(number: int) -> Study:
    """A published study by number; raises NotThere for one that is not there or not published, alike."""
    found = Study.objects.published().select_related("cause").prefetch_related("remedies").filter(pk=number).first()
    if found is None:
        raise NotThere("There is no such study.")
    return found


def _somewhere(word: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in TEXTS))
