"""`python -m bench.language.identities [part]`: how much of what tells who somebody is is found, by kind.

Nothing about the people is known beforehand, which is the hardest case. A marked place counts as found when every word
of it that has a capital or a digit is covered, or, where it has none, half of its words; `sure` counts only what is
replaced without anybody looking. Precision is the share of what was found that touches a marked place. One JSON line a
figure.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from amends.language.anonymous.anonymise import findings
from amends.language.anonymous.finding import Finding
from amends.language.anonymous.known import tidy

FOLDER = Path(__file__).parents[2] / "corpora" / "identities"
PARTS = ("dev", "held_out")
_MARK = re.compile(r"\[(\w+)\|([^\]\n]+)\]")
_WORD = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A made-up text and the places in it that tell who somebody is: kind, start, end."""

    language: str
    text: str
    places: tuple[tuple[str, int, int], ...]


def marked(part: str) -> list[Marked]:
    """The texts of a part, in their order."""
    blocks = (FOLDER / f"{part}.txt").read_text("utf-8").split("# ")[1:]
    return [_read(*block.split("\n", 1)) for block in blocks]


def _read(language: str, body: str) -> Marked:
    text, places, at = "", [], 0
    for hit in _MARK.finditer(body.strip()):
        text += body.strip()[at : hit.start()]
        places.append((hit[1], len(text), len(text) + len(hit[2])))
        text, at = text + hit[2], hit.end()
    text += body.strip()[at:]
    return Marked(language.strip(), tidy(text), tuple(places))


def is_found(one: Marked, place: tuple[str, int, int], found: Sequence[Finding]) -> bool:
    """Whether a marked place is covered where it tells."""
    _, start, end = place
    words = [(start + hit.start(), start + hit.end()) for hit in _WORD.finditer(one.text[start:end])]
    telling = [word for word in words if any(s.isupper() or s.isdigit() for s in one.text[word[0] : word[1]])]
    if place[0] == "rare":
        telling = []
    covered = [any(f.start < b and a < f.end for f in found) for a, b in telling or words]
    return all(covered) if telling else sum(covered) * 2 >= len(covered)


def figures(part: str) -> Iterator[dict[str, object]]:
    """Recall by kind, sure and in all, then precision of both."""
    there, sure, all_found = Counter[str](), Counter[str](), Counter[str]()
    hits, made = Counter[str](), Counter[str]()
    for one in marked(part):
        found = findings(one.text)
        for place in one.places:
            there[place[0]] += 1
            sure[place[0]] += is_found(one, place, [f for f in found if f.sure])
            all_found[place[0]] += is_found(one, place, found)
        for f in found:
            name = "sure" if f.sure else "unsure"
            made[name] += 1
            hits[name] += any(f.start < end and start < f.end for _, start, end in one.places)
    for kind in [*sorted(there), "all"]:
        count = [sum(c.values()) if kind == "all" else c[kind] for c in (there, all_found, sure)]
        yield {"part": part, "kind": kind, "places": count[0], "found": count[1], "sure": count[2]}
    for name in ("sure", "unsure"):
        yield {"part": part, "precision": name, "made": made[name], "right": hits[name]}


def misses(part: str) -> Iterator[str]:
    """What was not found, and what was found and is nothing: for the part that rules are written against."""
    for one in marked(part):
        found = findings(one.text)
        for place in one.places:
            if not is_found(one, place, found):
                yield f"missed {place[0]}: {one.text[place[1] : place[2]]}"
        for f in found:
            if not any(f.start < end and start < f.end for _, start, end in one.places):
                yield f"nothing {f.kind} {'sure' if f.sure else ''}: {f.words}"


if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        for row in figures(part):
            print(json.dumps(row))
