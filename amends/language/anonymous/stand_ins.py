"""What stands in a text where somebody could be known by it: in brackets, so that everybody sees that it stands in."""

import re
from datetime import date

from amends.language.anonymous.finding import Finding
from amends.language.facts import MONTHS

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "customer": "the customer",
        "colleague": "a colleague",
        "name": "somebody",
        "firm": "a firm",
        "place": "place",
        "contact": "address",
        "number": "number",
        "about": "about",
        "day": "a day",
        "in": "in",
        "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "seasons": "winter spring summer autumn",
    },
    "de": {
        "customer": "die Kundin oder der Kunde",
        "colleague": "jemand von uns",
        "name": "jemand",
        "firm": "eine Firma",
        "place": "Ort",
        "contact": "Adresse",
        "number": "Nummer",
        "about": "etwa",
        "day": "ein Tag",
        "in": "im",
        "weekdays": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "seasons": "Winter Frühling Sommer Herbst",
    },
    "fr": {
        "customer": "le client ou la cliente",
        "colleague": "un ou une collègue",
        "name": "quelqu'un",
        "firm": "une entreprise",
        "place": "lieu",
        "contact": "adresse",
        "number": "numéro",
        "about": "environ",
        "day": "un jour",
        "in": "en",
        "weekdays": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "seasons": "hiver printemps été automne",
    },
    "es": {
        "customer": "el cliente o la clienta",
        "colleague": "alguien del equipo",
        "name": "alguien",
        "firm": "una empresa",
        "place": "lugar",
        "contact": "dirección",
        "number": "número",
        "about": "unos",
        "day": "un día",
        "in": "en",
        "weekdays": "lunes martes miércoles jueves viernes sábado domingo",
        "seasons": "invierno primavera verano otoño",
    },
}
BANDS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
CURRENCIES = {"€": "EUR", "£": "GBP", "$": "USD", "eur": "EUR", "gbp": "GBP", "usd": "USD", "chf": "CHF"}
MONTH_STARTS = (
    ("jan", "ene"),
    ("feb", "fév", "fev"),
    ("mar", "mär"),
    ("apr", "avr", "abr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aoû", "ago"),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
_MONTH = re.compile(MONTHS, re.IGNORECASE)


OWN = ("customer", "colleague", "name", "firm", "place", "contact", "number")


def is_stand_in(words: str) -> bool:
    """Whether these words in brackets are ours, and not what somebody put in brackets themselves."""
    return any(words == f"[{one[kind]}]" for one in WORDS.values() for kind in OWN)


def stand_in_words() -> frozenset[str]:
    """The words our stand-ins are of, in lower case."""
    return frozenset(word for one in WORDS.values() for kind in OWN for word in re.findall(r"\w+", one[kind].lower()))


def stand_in(one: Finding, language: str) -> str:
    """What stands where this stood, in brackets, in one of the four languages; English in any other."""
    words = WORDS.get(language, WORDS["en"])
    match one.kind:
        case "amount":
            return f"[{words['about']} {band(one.words)}]"
        case "day":
            return f"[{_day(one.words, words)}]"
    return f"[{words.get(one.kind, words['name'])}]"


def band(words: str) -> str:
    """A written sum to the nearest of 5, 10, 20, 50, 100, … with its currency: “€49.90” is “50 EUR”."""
    digits = re.sub(r"[^\d.,]", "", words).strip(".,")
    cents = re.search(r"[.,]\d{1,2}$", digits)
    whole = int(re.sub(r"\D", "", digits[: cents.start()] if cents else digits) or 0)
    nearest = min(BANDS, key=lambda one: max(one, whole) / max(min(one, whole), 1))
    low = words.lower()
    currency = next((name for sign, name in CURRENCIES.items() if sign in low), "")
    if not currency:
        currency = "GBP" if "pound" in low or "quid" in low else "USD" if "dollar" in low else ""
    return f"{nearest:,} {currency}".strip()


def _day(said: str, words: dict[str, str]) -> str:
    """A weekday in a season: the year goes, and so does the day of the month; seasons of the north."""
    month, weekday = _month(said), _weekday(said, words)
    if month is None:
        return weekday or words["day"]
    season = words["seasons"].split()[month % 12 // 3]
    joined = "au" if season == "printemps" else words["in"]
    return f"{weekday or words['day']} {joined} {season}"


def _month(said: str) -> int | None:
    named = _MONTH.search(said)
    if named:
        low = named.group().lower()
        return next(at for at, starts in enumerate(MONTH_STARTS, 1) if low.startswith(starts))
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    at = 1 if len(numbers) > 1 else 0
    return numbers[at] if len(numbers) > 1 and 1 <= numbers[at] <= 12 else None


def _weekday(said: str, words: dict[str, str]) -> str:
    low, names = said.lower(), words["weekdays"].split()
    named = next(
        (at for one in WORDS.values() for at, day in enumerate(one["weekdays"].split()) if day.lower() in low), None
    )
    if named is None:
        named = _reckoned(said)
    return "" if named is None else {"en": "a ", "de": "ein "}.get(_tongue(words), "un ") + names[named]


def _reckoned(said: str) -> int | None:
    """The weekday of a date with its year, None where the text does not say enough."""
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    year = next((one for one in numbers if one > 1900), None)
    month = _month(said)
    if year is None or month is None:
        return None
    day = numbers[2] if numbers[0] == year and len(numbers) > 2 else numbers[0]
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


def _tongue(words: dict[str, str]) -> str:
    return next(language for language, known in WORDS.items() if known is words)
