"""`python -m bench.language`: how many texts the corpora hold, what they lack, and what is in two parts at once.

Held-out texts are counted and compared, never printed: a pair is told by its files and numbers.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bench.language.complaints import Message, messages
from bench.language.label_book import CHECKS
from bench.language.near import near_copies
from bench.language.replies import Complained, Draft, drafts
from bench.language.tables import Table

ENOUGH = 30
SIGNS = {True: "+", False: "-"}
Text = Message | Draft | Complained


def main() -> None:
    """Print every count as Markdown."""
    print("\n\n".join(table.markdown() for table in (of_complaints(), of_replies(), of_labels())))


def of_complaints() -> Table:
    """Return how many messages either part has, and what the parts have in common."""
    parts = {part: messages(part) for part in ("train", "held_out")}
    head = ("part", "messages", "complaints", "not sure", "issues", "languages", "industries")
    return Table(
        head, tuple(_of_messages(part, found) for part, found in parts.items()), _near("messages", *parts.values())
    )


def _of_messages(part: str, found: list[Message]) -> tuple[str, ...]:
    counted = (
        len(found),
        sum(one.complaint is True for one in found),
        sum(one.complaint is None for one in found),
        sum(len(one.issues) for one in found),
    )
    return (part, *map(str, counted), _each(one.language for one in found), str(len({one.industry for one in found})))


def of_replies() -> Table:
    """Return how many drafts either part has, and what the parts have in common."""
    parts = {part: drafts(part) for part in ("dev", "held_out")}
    answered = [[*{one.to.text: one.to for one in found}.values()] for found in parts.values()]
    rows = tuple(
        (
            part,
            str(len(found)),
            str(sum(one.good for one in found)),
            str(len(to)),
            _each(one.to.language for one in found),
        )
        for (part, found), to in zip(parts.items(), answered, strict=True)
    )
    near = _near("drafts", *parts.values()) + _near("complaints answered", *answered)
    return Table(("part", "drafts", "good", "complaints", "languages"), rows, near)


def of_labels() -> Table:
    """Return how many drafts of either part are labelled with each check, and which have too few to tell."""
    of = {part: counts(drafts(part)) for part in ("dev", "held_out")}
    head = ("check", *(f"{part} {sign}" for part in of for sign in SIGNS.values()))
    rows = tuple((check, *(str(one[check, fires]) for one in of.values() for fires in SIGNS)) for check in CHECKS)
    few = [
        f"{check} {sign} {of['held_out'][check, fires]}"
        for check in CHECKS
        for fires, sign in SIGNS.items()
        if of["held_out"][check, fires] < ENOUGH
    ]
    return Table(head, rows, (f"Held out, fewer than {ENOUGH}: {', '.join(few) or 'none'}.",))


def counts(found: list[Draft]) -> Counter[tuple[str, bool]]:
    """Return how many drafts are labelled with each check: (check, whether it must fire)."""
    return Counter(
        label
        for one in found
        for label in {*((name, True) for name, _ in one.fires), *((name, False) for name, _ in one.silent)}
    )


def _near(what: str, ones: Sequence[Text], others: Sequence[Text]) -> tuple[str, ...]:
    pairs = list(near_copies([one.text for one in ones], [one.text for one in others]))
    told = (f"{_place(ones[pair.one])} and {_place(others[pair.other])} ({pair.cosine:.2f})" for pair in pairs)
    return (f"Near-copies among {what} of both parts: {', '.join(told) or 'none'}.",)


def _place(one: Text) -> str:
    at = one.to if isinstance(one, Draft) else one
    return f"{at.file} {at.number}"


def _each(values: Iterator[str]) -> str:
    return ", ".join(f"{value} {count}" for value, count in Counter(values).most_common())


if __name__ == "__main__":
    main()
