"""Facts a message gives: order numbers, amounts and dates, each with its place."""

import re
from dataclasses import dataclass

from amends.language.evidence import Evidence
from amends.language.pattern import Pattern

CODE = Pattern(r"(?<![\w#&/.,@£$€-])(#?)([A-Za-z]{0,6}[-/]?\d[A-Za-z0-9\-/]{1,23}[A-Za-z0-9])(?![\w@])")
LABEL = Pattern(
    r"\b(?:order|reference|ref|booking|invoice|case|ticket|account|tracking|customer|reservation|bestellung"
    r"|bestellnummer|rechnung|kundennummer|auftrag|commande|facture|réservation|pedido|factura|reserva)\b\.?"
    r"(?:\s{0,2}(?:number|no|nr|nummer|id|numéro|número|n°|is|code)\b\.?){0,2}\s{0,2}[:#]?\s{0,2}$",
    re.IGNORECASE,
)
LABEL_REACH = 40
AMOUNT = Pattern(
    r"(?:[£$€]\s?\d{1,9}(?:[.,]\d{2,3}){0,4}|\b\d{1,9}(?:[.,]\d{2,3}){0,4}\s?(?:[£€]|(?:eur|usd|gbp|chf"
    r"|euros?|dollars?"
    r"|pounds?|quid)\b))",
    re.IGNORECASE,
)
MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july"
    r"|august|september"
    r"|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février"
    r"|mars|avril|juin"
    r"|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio"
    r"|agosto|septiembre"
    r"|octubre|noviembre|diciembre)"
)
DAY_FIRST = Pattern(
    r"\d{4}-\d{2}-\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?" + MONTHS + r"\b(?:\s\d{4})?",
    re.IGNORECASE,
)
MONTH_BEFORE = Pattern(r"\b" + MONTHS + r"\.?\s$", re.IGNORECASE)
DAY = Pattern(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s\d{4}\b)?")
MONTH_REACH = 12
DIGIT = Pattern(r"\d")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact the customer gave; `kind` is order_number, amount or date, `words` is `text[start:end]`."""

    kind: str
    words: str
    start: int
    end: int


def find_facts(text: str, evidence: Evidence | None = None) -> tuple[Fact, ...]:
    """Return the facts in reading order; days such as "yesterday" only where evidence is given."""
    places = [("date", hit.start, hit.end) for hit in evidence.of("dates")] if evidence else []
    if DIGIT.search(text):
        places += [*_numbers(text), *_dates(text)]
        places += [("amount", *found.span()) for found in AMOUNT.finditer(text)]
    ordered = sorted(places, key=lambda place: (place[1], -place[2]))
    return tuple(Fact(kind, text[start:end], start, end) for kind, start, end in _apart(ordered))


def largest_amount(facts: tuple[Fact, ...]) -> float:
    """Return the largest amount among the facts, in units of the money written; 0 if there is none."""
    return max((_value(fact.words) for fact in facts if fact.kind == "amount"), default=0.0)


def _numbers(text: str) -> list[tuple[str, int, int]]:
    return [
        ("order_number", *found.span(2))
        for found in CODE.finditer(text)
        if found.group(1) or LABEL.search(text[max(0, found.start() - LABEL_REACH) : found.start()])
    ]


def _dates(text: str) -> list[tuple[str, int, int]]:
    places = [("date", *found.span()) for found in DAY_FIRST.finditer(text)]
    for found in DAY.finditer(text):
        base = max(0, found.start() - MONTH_REACH)
        if month := MONTH_BEFORE.search(text[base : found.start()]):
            places.append(("date", base + month.start(), found.end()))
    return places


def _apart(places: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    for place in places:
        if not kept or place[1] >= kept[-1][2]:
            kept.append(place)
    return kept


def _value(words: str) -> float:
    digits = re.sub(r"[^\d.,]", "", words).strip(".,")
    cents = re.search(r"[.,](\d{2})$", digits)
    whole = re.sub(r"[.,]", "", digits[: cents.start()] if cents else digits)
    return float(f"{whole or 0}.{cents.group(1) if cents else 0}")
