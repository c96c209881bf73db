"""The sentences of replies as records: each labelled with one move that it makes, or only seems to make."""

from dataclasses import dataclass

from bench.language.complaints import CORPORA


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence on its own; `makes` says whether it makes the move."""

    writer: str
    move: str
    language: str
    makes: bool
    text: str


def said() -> list[Said]:
    """Return every labelled sentence; raises ValueError where a line is neither a section nor a sentence of one."""
    found: list[Said] = []
    for path in sorted((CORPORA / "sentences").glob("*.txt")):
        move, language = "", ""
        for number, line in enumerate(filter(None, map(str.strip, path.read_text("utf-8").splitlines())), 1):
            if line.startswith("== "):
                move, language = line[3:].split()
            elif move and line[:2] in {"+ ", "- "}:
                found.append(Said(path.name.partition("-")[0], move, language, line[0] == "+", line[2:]))
            else:
                raise ValueError(f"{path.name}: line {number} is no sentence: {line}")
    return found
