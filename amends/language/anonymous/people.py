"""Names of people: after a title, where somebody says who they are, names many bear, and other capitalised words."""

import re
from collections.abc import Iterator

from amends.language.anonymous.finding import Finding, found
from amends.language.anonymous.ordinary import capital_words, everyday_words, is_given_name, small_words
from amends.language.lexicon import words_in
from amends.language.pattern import Pattern

NAME = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’-][^\W\d_]+)*"
JOINED = r"(?:de la|de|del|da|di|du|von der|von|van der|van|zu|bin|al|le|la)"
NAMES = rf"{NAME}(?:\s(?:{JOINED}\s)?{NAME}){{0,3}}"
TITLED = Pattern(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Lady|Lord|Sister|Brother|Father|Aunt|Auntie|Uncle|Grandma|Grandpa|Nan|Granny"
    r"|Herrn?|Frau|Familie|Oma|Opa|Tante|Onkel|Pfarrer|Schwester|Monsieur|Madame|Mademoiselle|Mme|Mlle|M|Tonton|Tata"
    r"|Mamie|Papi|Maître|[Ss]eñor|[Ss]eñora|[Ss]eñorita|Sra?|Don|Doña|[Tt]ía|[Tt]ío|[Aa]buela|[Aa]buelo)\.?\s"
    rf"(?:(?:Dr|Prof|Ing|Dra)\.?\s){{0,2}}(?P<name>{NAMES})"
)
MYSELF = Pattern(
    r"\b(?:[Mm]y name is|[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]e llamo"
    rf"|[Mm]i nombre es)\s(?P<name>{NAMES})"
)
COLLEAGUE = Pattern(
    r"\b(?:[Yy]our (?:colleague|agent|driver|engineer|manager|assistant)|[Ii]hre?[nrm]? (?:Kolleg(?:e|in|en)"
    r"|Mitarbeiter(?:in)?|Fahrer)|[Vv]otre (?:collègue|livreur|technicien|conseill[eè]re?)"
    rf"|[Ss]u (?:compañer[oa]|colega|técnico))(?:,)?\s(?:Herrn?\s|Frau\s)?(?P<name>{NAMES})"
)
RELATIVE = Pattern(
    r"\b(?:[Mm]y|[Mm]eine?[nmr]?|[Mm]on|[Mm]a|[Mm]i|[Oo]ur|[Uu]nsere?[nmr]?)\s(?:(?:late|old|little|dear|eldest|young)\s)?"
    r"(?:husband|wife|son|daughter|mother|father|mum|dad|sister|brother|boss|neighbour|neighbor|partner|friend"
    r"|Mann|Frau|Sohn|Tochter|Mutter|Vater|Schwester|Bruder|Chef(?:in)?|Nachbar(?:in)?|Freund(?:in)?"
    r"|mari|femme|fils|fille|mère|père|sœur|frère|voisine?|amie?|chef(?:fe)?"
    rf"|marido|mujer|hij[oa]|madre|padre|herman[oa]|jef[ea]|vecin[oa]|amig[oa]),?\s(?P<name>{NAMES})"
)
RUN = Pattern(rf"\b{NAME}(?:[ \t](?:{JOINED}[ \t])?{NAME}){{0,4}}")
STARTS = Pattern(r"(?:^|[.!?:;…]['\"”’)]?\s{1,3}|\n\s{0,3}|[-•–]\s|[“\"„«(]\s?)$")
NEXT = Pattern(rf"[ \t]({NAME})")
LOOK_BACK = 4
NOUN_ENDINGS = ("ung", "heit", "keit", "schaft", "tion", "tät", "ling", "nis", "tum", "chen", "lein", "ment", "zeit")
BEFORE_NOUNS = frozenset(("kein", "keine", "keinen", "keiner", "jeder", "jede", "jeden", "dieser", "diese", "dieses"))
ADJECTIVE = ("e", "en", "er", "es", "em")


def people(text: str, language: str) -> Iterator[Finding]:
    """Every name in a tidy text: sure where something beside it says so or many bear it, else for a person to judge."""
    for kind, pattern in (("customer", MYSELF), ("colleague", COLLEAGUE), ("name", TITLED), ("name", RELATIVE)):
        for hit in pattern.finditer(text):
            if not is_everyday(hit["name"].split()[0]):
                yield found(kind, text, *hit.span("name" if pattern is not TITLED else 0))
    seen = frozenset(re.findall(r"(?<![\w.@-])[a-zà-ÿ][^\W\d_]+(?![\w@-])", text))
    for hit in RUN.finditer(text):
        yield from _run(text, hit.start(), hit.group(), language, seen)


def is_everyday(word: str) -> bool:
    """Whether a capitalised word is one everybody uses, and so no name by itself."""
    low = word.lower()
    return low in small_words() or low in capital_words() or (word.isupper() and len(word) < 5)


def _run(text: str, start: int, run: str, language: str, seen: frozenset[str]) -> Iterator[Finding]:
    """The name in a run of capitalised words, without everyday ones before and after it."""
    words = [(hit.start() + start, hit.end() + start) for hit in re.finditer(r"[^\s]+", run)]
    told = [_is_told(text, a, b, language, seen) for a, b in words]
    if not any(told):
        return
    first, last = told.index(True), len(told) - 1 - told[::-1].index(True)
    place = words[first][0], words[last][1]
    sure = any(is_given_name(text[a:b]) for a, b in words[first : last + 1])
    yield found("name", text, *place, sure=sure)


def _is_told(text: str, start: int, end: int, language: str, seen: frozenset[str]) -> bool:
    """Whether one capitalised word may be a name where it stands."""
    word = text[start:end]
    if not word[0].isupper():
        return False
    if is_given_name(word) or is_given_name(word.split("-")[0]):
        return True
    low = word.lower()
    if is_everyday(word) or low in seen:
        return False
    if STARTS.search(text[max(0, start - LOOK_BACK) : start]):
        after = NEXT.match(text, end)
        return after is not None and not is_everyday(after[1]) and (language != "de" or low not in everyday_words())
    return language != "de" or not _german_noun(text, start, low)


def _german_noun(text: str, start: int, low: str) -> bool:
    """Whether a German word with its capital is a noun: by its ending, the lists, or what stands before it."""
    if low.endswith(NOUN_ENDINGS) or low in words_in("de", "vocabulary"):
        return True
    before = text[max(0, start - 30) : start].lower().split()
    last = before[-1] if before else ""
    if last in BEFORE_NOUNS or last in words_in("de", "determiners"):
        return True
    return last.isalpha() and last.endswith(ADJECTIVE) and last not in words_in("de", "function_words")
