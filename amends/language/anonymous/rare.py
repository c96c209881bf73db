"""What few people are or have: the only one of a kind, a role somebody has, a prize; a person judges each."""

import re
from collections.abc import Collection, Iterator

from amends.language.anonymous.finding import Finding, found
from amends.language.anonymous.ordinary import everyday_words
from amends.language.pattern import Pattern

_REST = r"[^\s.,;:!?]+(?:[ \t][^\s.,;:!?]+){0,6}"
ONLY = Pattern(
    r"\b(?:the|our|your|my)\s(?:only|first|last|oldest|youngest|biggest|largest|smallest|tallest|best)\s"
    r"(?!(?:\d|time|thing|one\b|two|three|four|few|couple|day|week|month|year|bill|call|letter|mail|email|order|message"
    r"|person|reason|way|answer|delivery|part|minute|hour|night|morning|option|straw|reply|word|visit|payment|invoice"
    rf"|parcel|item|appointment|attempt|contact))(?P<what>{_REST})"
    r"|\b(?:der|die|das|dem|den|als)\s(?:einzige|letzte|erste|älteste|jüngste|größte|kleinste)[nrms]?\s"
    rf"(?!Mal|Tag|Woche|Monat|Jahr|Rechnung|Brief|Anruf|Lieferung|Bestellung|Termin|Mahnung|Antwort|zwei|drei)(?P<was>{_REST})"
    r"|\b(?:le|la)\s(?:seule?|dernière?|premi[eè]re?)\s(?!fois|chose|jour|semaine|mois|année|facture|commande|lettre)"
    rf"(?P<quoi>{_REST})"
    r"|\b(?:el|la)\s(?:únic[oa]|últim[oa]|primer[oa]?)\s(?!vez|cosa|día|semana|mes|año|factura|pedido|carta)"
    rf"(?P<que>{_REST})",
    re.IGNORECASE,
)
PRIZE = Pattern(
    r"\b(?:won|champion|winner|record holder|medal|awarded|elected|mayor|famous|well-known|known for|in the news"
    r"|gewonnen|meister(?:in)?|preisträger(?:in)?|bürgermeister(?:in)?|berühmt|bekannt für"
    r"|champion(?:ne)?|gagné|maire|célèbre|connue? pour|campe[oó]na?|gan[eé]|alcald(?:e|esa)|famos[oa])\b"
    r"(?:[ \t][^\s.;!?]+){0,8}",
    re.IGNORECASE,
)
ROLE = Pattern(
    r"\b(?:I am|I'm|he is|she is|is|as)\s(?P<en>"
    r"(?:a|an|the)\s(?:[\w-]+\s){0,4}[\w-]+(?:\sof(?:\s(?:the\s)?[\w-]+){1,4})?)"
    r"|\b(?:ich bin|er ist|sie ist|als)\s(?P<de>"
    r"(?:(?:der|die|das|ein|eine|einziger?)\s)?(?:[\w-]+\s){0,3}[\w-]+)"
    r"|\b(?:je suis|il est|elle est|c'est|je tiens|comme)\s(?P<fr>(?:un|une|le|la|l')\s?(?:[\w-]+\s){0,3}[\w-]+)"
    r"|\b(?:soy|es|somos|como)\s(?P<es>(?:un|una|el|la)\s(?:[\w-]+\s){0,4}[\w-]+)",
    re.IGNORECASE,
)
SHORTEST = 5
_WORD = re.compile(r"[^\W\d_]+")


def rare_places(text: str, common: Collection[str] | None = None) -> Iterator[Finding]:
    """Where a tidy text tells something rare: `common` are words several of the desk's own cases hold, lower case.

    A role somebody has counts when a word of it is neither an everyday one nor common; with `common` given, so does any
    other long word.
    """
    for pattern in (ONLY, PRIZE):
        yield from (found("rare", text, *hit.span(), sure=False) for hit in pattern.finditer(text))
    usual = everyday_words().union(common or ())
    for hit in ROLE.finditer(text):
        start, end = next(hit.span(name) for name in ("en", "de", "fr", "es") if hit[name])
        if any(_is_rare(word, usual) for word in _WORD.findall(text[start:end])):
            yield found("rare", text, start, end, sure=False)
    if common is not None:
        words = (hit for hit in _WORD.finditer(text) if hit.group().islower() and _is_rare(hit.group(), usual))
        yield from (found("rare", text, *hit.span(), sure=False) for hit in words)


def _is_rare(word: str, usual: Collection[str]) -> bool:
    low = word.lower()
    return len(low) >= SHORTEST and low not in usual and low.removesuffix("s") not in usual
