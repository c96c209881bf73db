"""What we change so that something does not happen again, in the words a customer reads."""

from datetime import date


def change_in_words(what: str, due: date, made: date | None) -> str:
    """The change with its day: "Packing list checked twice (since 3 August)"."""
    day = f"since {made:%-d %B}" if made else f"by {due:%-d %B}"
    return f"{what.rstrip('.')} ({day})"
