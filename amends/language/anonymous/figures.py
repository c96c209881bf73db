"""Ways to reach somebody, numbers of orders and plates, sums and days."""

import re
from collections.abc import Iterator

from amends.language.anonymous.finding import Finding, found
from amends.language.facts import AMOUNT, MONTHS, find_facts
from amends.language.pattern import Pattern

EMAIL = Pattern(r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}")
HANDLE = Pattern(r"(?<![\w.])@\w[\w.]{2,30}\w")
LINK = Pattern(
    r"\bhttps?://[^\s<>\"”)\]]{1,300}|\bwww\.[\w-]{1,60}(?:\.[\w-]{1,30}){1,3}(?:/[^\s<>\"”)\]]{0,200})?"
    r"|\b[\w-]{2,60}\.(?:com|org|net|info|io|eu|de|at|ch|fr|es|co\.uk)\b(?:/[^\s<>\"”)\]]{0,200})?",
    re.IGNORECASE,
)
IBAN = Pattern(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
PHONE = Pattern(r"(?<![\w.,/-])(?:\+|00)?\(?\d[\d\s()/.-]{5,20}\d(?![\w-])")
FEWEST_DIGITS = 8
PLATE = Pattern(
    r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b|\b[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}\s?\d{1,4}[EH]?\b|\b[A-Z]{2}-\d{3}-[A-Z]{2}\b"
    r"|\b\d{4}[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}\b"
)
CODE = Pattern(r"(?<![\w.,@£$€-])#?(?=[A-Za-z/_-]{0,8}\d)[A-Za-z0-9]{1,24}(?:[/_-][A-Za-z0-9]{1,24}){0,5}(?![\w@€])")
YEAR = Pattern(r"(?:19|20)\d\d$")
ORDINAL = Pattern(
    r"\d{1,3}(?:st|nd|rd|th|er|e|[.h])?$|\d{1,4}(?:cm|mm|m|km|kg|g|l|ml|kw|kwh|gb|mb|v|w|x|h|am|pm|min)$", re.I
)
STRONG_DIGITS = 5
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend"
    r"|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)"
)
_CLOCK = r"(?:,?\s(?:(?:at|um|gegen|à|a las)\s)?\d{1,2}[:h.]\d{2}(?:\sUhr)?(?!\d))?"
DATE = Pattern(
    rf"\b(?:{_WEEKDAY},?\s(?:the\s|den\s|le\s|el\s)?)?(?:"
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})|\d{{1,2}}-\d{{1,2}}-(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?{MONTHS}\b(?:,?\s(?:de\s)?(?:19|20)\d\d)?"
    rf"|{MONTHS}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s(?:19|20)\d\d)?"
    rf"|{MONTHS}\s(?:de\s)?(?:19|20)\d\d){_CLOCK}(?![\w])",
    re.IGNORECASE,
)
SHORT_DATE = Pattern(r"(?<![\w.])\d{1,2}\.\s?\d{1,2}\.(?!\d)|\b\d{1,2}/\d{1,2}\b(?!/)")
FEAST = Pattern(
    r"\b(?:Easter (?:Sunday|Monday)|Good Friday|Christmas (?:Eve|Day)|Boxing Day|New Year's (?:Eve|Day)|Valentine's Day"
    r"|Ostermontag|Ostersonntag|Karfreitag|Heiligabend|Silvester|Neujahr|Pfingst(?:sonntag|montag)|Rosenmontag"
    r"|(?:la veille de |le jour de )?(?:Noël|Pâques)|le (?:14|quatorze) juillet|Nochebuena|Nochevieja|Día de Reyes"
    r"|Semana Santa)\b",
    re.IGNORECASE,
)


def figures(text: str) -> Iterator[Finding]:
    """Every way to reach somebody, number, sum and day in a tidy text."""
    contacts = [*_all("contact", text, EMAIL, HANDLE, LINK, IBAN)]
    yield from contacts
    days = [*_all("day", text, DATE, FEAST), *_all("day", text, SHORT_DATE, sure=False)]
    yield from days
    yield from _all("number", text, PLATE)
    yield from _all("amount", text, AMOUNT)
    taken = [*contacts, *days]
    yield from (one for one in _phones(text) if not _inside(one, taken))
    yield from (found("number", text, one.start, one.end) for one in find_facts(text) if one.kind == "order_number")
    yield from (one for one in _codes(text) if not _inside(one, taken))


def _all(kind: str, text: str, *patterns: Pattern, sure: bool = True) -> Iterator[Finding]:
    for pattern in patterns:
        for hit in pattern.finditer(text):
            yield found(kind, text, hit.start(), hit.end(), sure=sure)


def _phones(text: str) -> Iterator[Finding]:
    """Runs of eight digits and more: a phone when it begins like one, else some number."""
    for hit in PHONE.finditer(text):
        if _digits(hit.group()) >= FEWEST_DIGITS:
            kind = "contact" if hit.group()[0] in "+0(" else "number"
            yield found(kind, text, hit.start(), hit.end())


def _codes(text: str) -> Iterator[Finding]:
    """Runs with digits: sure with five digits or letters among three, unsure when shorter; years and measures not."""
    for hit in CODE.finditer(text):
        words = hit.group()
        digits = _digits(words)
        if YEAR.match(words) or ORDINAL.match(words):
            continue
        mixed = any(sign.isalpha() for sign in words) and digits > 2
        yield found("number", text, hit.start(), hit.end(), sure=digits >= STRONG_DIGITS or mixed)


def _inside(one: Finding, taken: list[Finding]) -> bool:
    return any(other.start <= one.start and one.end <= other.end for other in taken)


def _digits(words: str) -> int:
    return sum(sign.isdigit() for sign in words)
