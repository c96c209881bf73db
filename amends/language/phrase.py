"""How an entry of a word list is written: words, `(a/b)` for one or the other, `(a/)` for perhaps, `@name` a class."""

import re
from collections.abc import Iterator

Part = str | tuple[tuple["Part", ...], ...]
Sequence = tuple[Part, ...]
TOKEN = re.compile(r"[()/]|@[a-z]+|[^\s()/]+")
GAPS = {"_": 3, "__": 6}


def parsed(phrase: str, classes: dict[str, str]) -> Sequence:
    """Return the parts of an entry; a group is a tuple of its alternatives. Raises ValueError on an open bracket."""
    full = re.sub(r"@([a-z]+)", lambda found: f"({classes[found[1]]})", phrase) if "@" in phrase else phrase
    tokens = iter(TOKEN.findall(full))
    (whole,) = _alternatives(tokens, top=True)
    return whole


def _alternatives(tokens: Iterator[str], *, top: bool) -> tuple[Sequence, ...]:
    found: list[Sequence] = []
    current: list[Part] = []
    for piece in tokens:
        if piece == ")":
            return (*found, tuple(current))
        if piece == "(":
            current.append(_alternatives(tokens, top=False))
        elif piece == "/" and not top:
            found.append(tuple(current))
            current = []
        else:
            current.append(piece)
    if not top:
        raise ValueError("an entry of a word list leaves a bracket open")
    return (tuple(current),)
