"""The complaint corpus as records: each message with what its writer says it tells (`corpora/README.md`)."""

import re
from dataclasses import dataclass
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "corpora"
_MARK = re.compile(r"\{([a-z_.]+|=): ?([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Told:
    """One issue as labelled: the places of its words (the first is the one to find), and its kind in two levels."""

    places: tuple[tuple[int, int], ...]
    category: str
    subcategory: str


@dataclass(frozen=True, slots=True)
class Message:
    """One labelled message; `complaint` is None where its writer was not sure."""

    file: str
    number: int
    language: str
    industry: str
    channel: str
    text: str
    complaint: bool | None
    kind: str = ""
    issues: tuple[Told, ...] = ()
    feeling: str = ""
    strength: int = 0
    severity: int = 0
    asks: frozenset[str] = frozenset()
    threats: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()


def messages(part: str) -> list[Message]:
    """Every message of one part of the corpus ("train" or "held_out"); raises ValueError where a label is wrong."""
    found = []
    for path in sorted((CORPORA / "complaints" / part).glob("*.txt")):
        blocks = re.split(r"^== ", path.read_text(), flags=re.MULTILINE)[1:]
        found += [_message(path.name, number, block) for number, block in enumerate(blocks, 1)]
    return found


def _message(file: str, number: int, block: str) -> Message:
    head, _, marked = block.partition("\n")
    first, *rest = (field.strip() for field in head.split("|"))
    language, industry, channel = first.split()
    text, issues = _unmarked(marked.strip())
    labels: dict[str, object] = {"complaint": True, "issues": issues}
    for field in rest:
        labels |= _label(*field.split(maxsplit=1))
    return Message(file, number, language, industry, channel, text, **labels)  # type: ignore[arg-type]


def _label(word: str, value: str = "") -> dict[str, object]:
    match word:
        case "not":
            return {"complaint": False, "kind": value}
        case "unsure":
            return {"complaint": None}
        case "sev":
            return {"severity": int(value)}
        case "ask" | "threat" | "flags":
            name = {"ask": "asks", "threat": "threats", "flags": "flags"}[word]
            return {name: frozenset(part.strip() for part in value.split(","))}
        case _:
            return {"feeling": word, "strength": int(value)}


def _unmarked(marked: str) -> tuple[str, tuple[Told, ...]]:
    text, last, told = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        place = (len(text), len(text) + len(mark[2]))
        text, last = text + mark[2], mark.end()
        if mark[1] == "=":
            told[-1] = (told[-1][0], (*told[-1][1], place))
        else:
            told.append((mark[1], (place,)))
    return text + marked[last:], tuple(Told(places, *kind.split(".")) for kind, places in told)
