"""Sums of money: integer cents with a currency, or whole points, written the way people read them."""

import re

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥"}
POINTS = "PTS"
WITHOUT_CENTS = frozenset({"JPY", "KRW", "ISK", POINTS})
_SUM = re.compile(r"(?=.)(\d{1,9}|\d{1,3}(?:\.\d{3}){1,2}|\d{1,3}(?:,\d{3}){1,2})?(?:[.,](\d{1,2}))?", re.ASCII)


def written(cents: int, currency: str) -> str:
    """A sum in words people read: `written(8900, "EUR")` is "€89", `written(8950, "EUR")` is "€89.50"."""
    if currency == POINTS:
        return f"{cents:,} point{'' if cents == 1 else 's'}"
    sign = SIGNS.get(currency, f"{currency} ")
    if currency in WITHOUT_CENTS:
        return f"{sign}{cents:,}"
    units, rest = divmod(cents, 100)
    return f"{sign}{units:,}.{rest:02}" if rest else f"{sign}{units:,}"


def cents_of(words: str, currency: str) -> int:
    """The smallest units of a sum a person typed ("89", "89.50", "€ 1.200,00"); raises ValueError with a sentence."""
    digits = words.strip().lstrip("€£$¥").strip().replace(" ", "").replace("\u00a0", "")
    found = _SUM.fullmatch(digits)
    if found is None:
        raise ValueError(f"“{words}” is not an amount. Write it like 89 or 89.50.")
    whole = (found[1] or "0").replace(".", "").replace(",", "")
    if currency not in WITHOUT_CENTS:
        return int(whole) * 100 + int((found[2] or "").ljust(2, "0"))
    if found[2]:
        raise ValueError(f"“{words}” is not an amount: {currency} has no cents. Write it like 89.")
    return int(whole)
