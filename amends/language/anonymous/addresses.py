"""Streets, postcodes, towns and firms."""

import re
from collections.abc import Iterator

from amends.language.anonymous.finding import Finding, found
from amends.language.anonymous.ordinary import is_place, longest_place
from amends.language.pattern import Pattern

CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’-]*"
STREET = Pattern(
    rf"\b(?:(?:[Ff]lat|[Aa]partment|[Uu]nit|[Ss]uite|[Rr]oom)\s\d{{1,4}}[A-Za-z]?,?\s)?\d{{1,4}}[a-z]?\s(?:{CAPITAL}\s){{1,3}}"
    r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Close|Way|Court|Place|Square|Terrace|Gardens|Crescent|Row|Hill|View"
    r"|Park|Walk|Mews|Grove|Green|Boulevard|Blvd)\b\.?"
    r"|\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|markt|hof|stieg|steig)"
    r"\s\d{1,4}(?:\s?[a-z])?\b"
    rf"|\b{CAPITAL}\s(?:Straße|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer)\s\d{{1,4}}(?:\s?[a-z])?\b"
    rf"|\b(?:Am|An der|Im|In der|Auf dem|Zum|Zur)\s{CAPITAL}\s\d{{1,4}}[a-z]?\b"
    r"|\b\d{1,4}(?:\s(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|bd\.?|place|chemin|impasse|allée|quai|route|cours"
    rf"|square)\s(?:(?:de|du|des|la|le|les|l'|d')\s?){{0,3}}{CAPITAL}(?:\s(?:(?:de|du|la)\s)?{CAPITAL}){{0,3}}"
    r"|\b(?:[Cc]alle|[Cc]/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Cc]amino|[Rr]onda|[Cc]arretera)\s"
    rf"(?:(?:de|del|la|las|los)\s){{0,3}}{CAPITAL}(?:\s(?:(?:de|del|la)\s)?{CAPITAL}){{0,3}}(?:,?\s(?:n[ºo°.]{{1,2}}\s?)?\d{{1,4}})?"
)
POSTCODE = Pattern(
    rf"\b[A-Z]{{1,2}}\d[A-Z\d]?\s?\d[A-Z]{{2}}\b|\b(?:[A-Z]{{1,2}}-)?\d{{4,5}}\s{CAPITAL}"
    rf"(?:[ -](?:[a-zü]{{2,4}}[ -])?{CAPITAL}){{0,2}}"
)
FIRM = Pattern(
    rf"\b(?:{CAPITAL}\s){{1,3}}(?:GmbH(?:\s&\sCo\.\sKG)?|AG|KG|OHG|e\.\s?V\.|Ltd\.?|Limited|Inc\.?|LLC|plc|PLC"
    rf"|S\.?\s?L\.|S\.?\s?A\.|SARL|SAS|SL|SA)(?!\w)|\b{CAPITAL}\s(?:&|and)\s(?:Sons?|Daughters?|Co\.?|Partners?)\b"
)
EMPLOYER = Pattern(
    rf"\b(?:work(?:s|ed)? (?:at|for)|employed (?:at|by)|arbeite[tn]? (?:bei|für)(?: der| dem)?"
    rf"|travaille[sz]? (?:chez|pour)"
    rf"|trabaj[oa] (?:en|para)|my (?:employer|company),|meine[rnm]? (?:Firma|Arbeitgeber),(?: die| der)?"
    rf"|mi empresa,|mon (?:employeur|entreprise),|ma société,)"
    rf"\s(?P<firm>{CAPITAL}(?:\s(?:&\s|de\s|y\s|et\s|und\s)?{CAPITAL}){{0,3}})"
)
WORD = re.compile(CAPITAL + r"|(?<=[\s-])[a-zà-ÿ]{1,4}(?=[\s-])")


def addresses(text: str) -> Iterator[Finding]:
    """Every street, postcode, widely known town and firm in a tidy text."""
    for kind, pattern in (("place", STREET), ("place", POSTCODE), ("firm", FIRM)):
        yield from (found(kind, text, *hit.span()) for hit in pattern.finditer(text))
    yield from (found("firm", text, *hit.span("firm")) for hit in EMPLOYER.finditer(text))
    yield from _towns(text)


def _towns(text: str) -> Iterator[Finding]:
    words = list(WORD.finditer(text))
    for at, first in enumerate(words):
        if not first.group()[0].isupper():
            continue
        for last in reversed(words[at : at + longest_place()]):
            start, end = first.start(), last.end()
            if is_place(re.sub(r"['’]s$", "", text[start:end])):
                yield found("place", text, start, end)
                break
