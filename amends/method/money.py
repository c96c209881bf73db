"""Sums of money: integer cents with a currency, written the way people read them."""

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥"}
WITHOUT_CENTS = frozenset({"JPY", "KRW", "ISK"})


def written(cents: int, currency: str) -> str:
    """A sum in words people read: `written(8900, "EUR")` is "€89", `written(8950, "EUR")` is "€89.50"."""
    sign = SIGNS.get(currency, f"{currency} ")
    if currency in WITHOUT_CENTS:
        return f"{sign}{cents:,}"
    units, rest = divmod(cents, 100)
    return f"{sign}{units:,}.{rest:02}" if rest else f"{sign}{units:,}"


def cents_of(words: str) -> int:
    """The cents of a sum a person typed ("89", "89.50", "89,50", "€ 1.200,00"); raises ValueError with a sentence."""
    digits = words.strip().lstrip("€£$¥").strip().replace(" ", "").replace("\u00a0", "")
    whole, mark, fraction = _parted(digits)
    if not whole.isascii() or not (whole + fraction).isdigit() or len(whole) > 9 or (mark and not fraction):
        raise ValueError(f"“{words}” is not an amount. Write it like 89 or 89.50.")
    return int(whole) * 100 + int(fraction.ljust(2, "0"))


def _parted(digits: str) -> tuple[str, str, str]:
    """Whole, decimal mark and fraction: the last mark is decimal when one or two digits follow it."""
    at = max(digits.rfind("."), digits.rfind(","))
    if at >= 0 and 1 <= len(digits) - at - 1 <= 2:
        return digits[:at].replace(".", "").replace(",", ""), digits[at], digits[at + 1 :]
    return digits.replace(".", "").replace(",", ""), "", ""
