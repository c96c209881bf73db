"""What is known of the people in a case, found in a text however it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from amends.language.anonymous.finding import Finding, found
from amends.language.anonymous.ordinary import small_words
from amends.language.anonymous.stand_ins import stand_in_words
from amends.language.words import HIDDEN

SHORTEST = 3
JOINED = r"[\W_]{0,3}"
BETWEEN = r"[\s.,:/()_\-]{0,3}"
_PIECES = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Known:
    """Names of the customer and nicknames, of colleagues and of firms; places, addresses and numbers of theirs."""

    customer: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


NOBODY = Known()


def tidy(text: str) -> str:
    """The text composed (NFC) and without invisible characters, as everything here reads it."""
    return HIDDEN.sub("", normalize("NFC", text))


def known_places(text: str, known: Known) -> Iterator[Finding]:
    """Where something known stands in a tidy text: capitals, accents, hyphens and spaces make no difference."""
    plain = _plain(text)
    for kind, pattern in _patterns(known):
        for hit in pattern.finditer(plain):
            yield found(kind, text, hit.start(), hit.end(), known=True)


@lru_cache(maxsize=64)
def _patterns(known: Known) -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = (("customer", known.customer), ("colleague", known.colleagues), ("name", known.others))
    pairs = [(kind, pattern) for kind, names in named for name in names for pattern in _name(name)]
    wholes = (("firm", known.firms), ("place", known.places), ("contact", known.contacts), ("number", known.numbers))
    pairs += [(kind, pattern) for kind, values in wholes for value in values for pattern in _whole(value)]
    return tuple(pairs)


def _name(name: str) -> Iterator[re.Pattern[str]]:
    """A whole name however its parts are joined, and each part by itself with the endings of a genitive or plural."""
    parts = [_plain(part) for part in _PIECES.findall(tidy(name))]
    if len(parts) > 1:
        yield re.compile(JOINED.join(map(re.escape, parts)), re.IGNORECASE)
    for part in parts:
        everyday = len(part) < SHORTEST or part.lower() in small_words() | stand_in_words()
        spelled = f"(?:{re.escape(part.title())}|{re.escape(part.upper())})" if everyday else re.escape(part)
        word = rf"(?<![^\W_]){spelled}(?:['’]?e?s)?(?![^\W_])"
        yield re.compile(word, 0 if everyday else re.IGNORECASE)


def _whole(value: str) -> Iterator[re.Pattern[str]]:
    """A value as a whole; one with digits also where other signs part them."""
    words = [_plain(part) for part in _PIECES.findall(tidy(value))]
    if any(sign.isdigit() for sign in value):
        signs = [re.escape(sign) for sign in "".join(words)]
        yield re.compile(r"(?:\+|00)?" + BETWEEN.join(signs), re.IGNORECASE)
    elif words:
        joined = JOINED.join(map(re.escape, words))
        yield re.compile(rf"(?<![^\W_]){joined}(?![^\W_])", re.IGNORECASE)


def _plain(text: str) -> str:
    """The same letters without accents; every place stays where it is."""
    return "".join(_without_accent(sign) for sign in text)


@lru_cache(maxsize=4096)
def _without_accent(sign: str) -> str:
    base = normalize("NFD", sign)[0]
    return base if base.isascii() else sign
