"""What texts themselves tell of the people in a case, so that none of it comes back in other words about it."""

from collections.abc import Iterable
from dataclasses import replace

from amends.language.anonymous.anonymise import findings
from amends.language.anonymous.known import NOBODY, Known, tidy

# Which finding of a letter makes which part of what is known; sums, days and what is unsure are no identifiers.
PARTS = {
    "customer": "customer",
    "colleague": "colleagues",
    "name": "others",
    "firm": "firms",
    "place": "places",
    "contact": "contacts",
    "number": "numbers",
}


def with_told(texts: Iterable[str], known: Known = NOBODY) -> Known:
    """What is known, and every name, firm, place, address and number that surely stands in one of the texts."""
    more: dict[str, dict[str, None]] = {part: dict.fromkeys(getattr(known, part)) for part in PARTS.values()}
    for text in texts:
        for one in findings(tidy(text), known):
            if one.sure and one.kind in PARTS and not one.known:
                more[PARTS[one.kind]][one.words] = None
    return replace(known, **{part: tuple(values) for part, values in more.items()})
