"""`python -m bench.language`: how many texts the corpora hold, what they lack, and what is in two parts at once.

Held-out texts are counted and compared, never printed: a pair is told by its files and numbers.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bench.language.complaints import Message, messages
from bench.language.label_book import CHECKS
from bench.language.near import near_copies
from bench.language.replies import Complained, Draft, drafts

ENOUGH = 30
Text = Message | Draft | Complained


def main() -> None:
    """Print every count as Markdown."""
    complaints = {part: messages(part) for part in ("train", "held_out")}
    replies = {part: drafts(part) for part in ("dev", "held_out")}
    print("\n".join([*_of_complaints(complaints), "", *_of_replies(replies), "", *_labels(replies), ""]))
    print("\n".join(_lacks(replies)))
    answered = ([*{one.to.text: one.to for one in found}.values()] for found in replies.values())
    pairs = {"messages": complaints.values(), "drafts": replies.values(), "complaints answered": answered}
    print("\n".join(line for what, (ones, others) in pairs.items() for line in _near(what, ones, others)))


def _of_complaints(parts: dict[str, list[Message]]) -> Iterator[str]:
    yield f"| part | messages | complaints | not sure | issues | languages | industries |\n|{'---|' * 7}"
    for part, found in parts.items():
        counts = (
            len(found),
            sum(one.complaint is True for one in found),
            sum(one.complaint is None for one in found),
            sum(len(one.issues) for one in found),
            _each(one.language for one in found),
            len({one.industry for one in found}),
        )
        yield f"| {part} | {' | '.join(map(str, counts))} |"


def _of_replies(parts: dict[str, list[Draft]]) -> Iterator[str]:
    yield f"| part | drafts | good | complaints | languages |\n|{'---|' * 5}"
    for part, found in parts.items():
        to = len({(one.to.file, one.to.number) for one in found})
        languages = _each(one.to.language for one in found)
        yield f"| {part} | {len(found)} | {sum(one.good for one in found)} | {to} | {languages} |"


def _labels(parts: dict[str, list[Draft]]) -> Iterator[str]:
    yield f"| check |{''.join(f' {part} + | {part} - |' for part in parts)}\n|---|{'---|---|' * len(parts)}"
    counted = {part: counts(found) for part, found in parts.items()}
    for check in CHECKS:
        yield f"| {check} |{''.join(f' {of[check, True]} | {of[check, False]} |' for of in counted.values())}"


def counts(found: list[Draft]) -> Counter[tuple[str, bool]]:
    """Return how many drafts are labelled with each check: (check, whether it must fire)."""
    return Counter(
        label
        for one in found
        for label in {*((name, True) for name, _ in one.fires), *((name, False) for name, _ in one.silent)}
    )


def _lacks(parts: dict[str, list[Draft]]) -> Iterator[str]:
    of = counts(parts["held_out"])
    few = [
        f"{check} {sign} {of[check, fires]}"
        for check in CHECKS
        for fires, sign in ((True, "+"), (False, "-"))
        if of[check, fires] < ENOUGH
    ]
    yield f"Held out, fewer than {ENOUGH}: {', '.join(few) or 'none'}."


def _near(what: str, ones: Sequence[Text], others: Sequence[Text]) -> Iterator[str]:
    pairs = list(near_copies([one.text for one in ones], [one.text for one in others]))
    yield f"Near-copies among {what} of both parts: {len(pairs)}."
    yield from (f"- {_place(ones[pair.one])} and {_place(others[pair.other])}: {pair.cosine:.2f}" for pair in pairs)


def _place(one: Text) -> str:
    at = one.to if isinstance(one, Draft) else one
    return f"{at.file} {at.number}"


def _each(values: Iterator[str]) -> str:
    return ", ".join(f"{value} {count}" for value, count in Counter(values).most_common())


if __name__ == "__main__":
    main()
