"""Numbers as browsers send them."""

LONGEST = 18


def number(words: str) -> int | None:
    """The whole number somebody sent, None when it is none that a row of ours could have."""
    plain = words.isascii() and words.isdigit() and len(words) <= LONGEST
    return int(words) if plain else None
