"""The reply corpus as records: drafts to given complaints, labelled per check (`corpora/README.md`)."""

import re
from dataclasses import dataclass, field

from bench.language.complaints import CORPORA

_MARK = re.compile(r"\{(C\d\d): ?([^{}]*)\}")
_LABEL = re.compile(r"([+-])(C\d\d)(?::(\d))?")


@dataclass(frozen=True, slots=True)
class Complained:
    """The complaint a draft answers, with what the case knows beside it."""

    file: str
    number: int
    language: str
    channel: str
    text: str
    issues: tuple[tuple[str, str], ...]
    our_fault: bool = True
    severity: int = 2
    stage: str = "reply"
    name: str = ""
    public: bool = False
    linked: bool = False
    known: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply and its labels: (check, issue or 0) that must fire and that must not; `good` is a whole good reply."""

    to: Complained
    text: str
    good: bool
    fires: frozenset[tuple[str, int]]
    silent: frozenset[tuple[str, int]]
    places: dict[str, list[tuple[int, int]]] = field(hash=False)


def drafts(part: str) -> list[Draft]:
    """Every draft of one part of the corpus ("dev" or "held_out"); raises ValueError where a label is wrong."""
    found: list[Draft] = []
    for path in sorted((CORPORA / "replies" / part).glob("*.txt")):
        blocks = re.split(r"^== ", path.read_text(), flags=re.MULTILINE)[1:]
        for number, block in enumerate(blocks, 1):
            head, *bodies = re.split(r"^-- ?", block, flags=re.MULTILINE)
            to = _complained(path.name, number, head.splitlines())
            found += [_draft(to, *body.split("\n", 1)) for body in bodies]
    return found


def _complained(file: str, number: int, lines: list[str]) -> Complained:
    first, *rest = (part.strip() for part in lines[0].split("|"))
    language, channel = first.split()
    text = "\n".join(line[2:] for line in lines if line.startswith(">"))
    issues = tuple(
        (category, words)
        for _, category, words in (re.split(r"[ :]+", line[2:], maxsplit=2) for line in lines if line[:1] == "#")
    )
    given = {word: value for word, _, value in (part.partition(" ") for part in rest)}
    return Complained(
        file,
        number,
        language,
        channel,
        text,
        issues,
        our_fault=given["fault"] == "ours",
        severity=int(given["sev"]),
        stage=given["stage"],
        name=given.get("name", ""),
        public="public" in given,
        linked="linked" in given,
        known=tuple(tuple(part.strip().split("=", 1)) for part in given.get("known", "").split(",") if "=" in part),
    )


def _draft(to: Complained, labels: str, marked: str) -> Draft:
    said: dict[str, set[tuple[str, int]]] = {"+": set(), "-": set()}
    for word in labels.split():
        if found := _LABEL.fullmatch(word):
            said[found[1]].add((found[2], int(found[3] or 0)))
        elif word != "good":
            raise ValueError(f"{to.file} {to.number}: what is the label {word}?")
    text, last = "", 0
    places: dict[str, list[tuple[int, int]]] = {}
    for mark in _MARK.finditer(marked := marked.strip()):
        text += marked[last : mark.start()]
        places.setdefault(mark[1], []).append((len(text), len(text) + len(mark[2])))
        text, last = text + mark[2], mark.end()
    good = "good" in labels.split()
    return Draft(to, text + marked[last:], good, frozenset(said["+"]), frozenset(said["-"]), places)
