"""What the heads are trained on: the corpus, phrases of our own and GoEmotions, each with its features ready."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from amends.language.clauses import Part, weighed
from amends.language.evidence import Evidence, gather
from amends.language.learning.overlap import lies_in, overlap, tokens
from amends.language.quoting import new_words, only_new
from amends.language.tongues import READ_LANGUAGES
from amends.language.trained.features import Features, features, outside
from amends.language.words import Span, Words, words_of
from bench.language.complaints import CORPORA, Message, Told

PLAIN = Path(__file__).parents[2] / "tests" / "language" / "data" / "messages.jsonl"
EVERY = 6
NEAR = 0.3
# The 28 labels of GoEmotions (Demszky et al. 2020) as our seven feelings; every label not named here is "none".
GENERAL = {
    "anger": "anger",
    "annoyance": "anger",
    "disappointment": "disappointment",
    "disapproval": "disappointment",
    "fear": "anxiety",
    "nervousness": "anxiety",
    "sadness": "sadness",
    "grief": "sadness",
    "remorse": "sadness",
    "confusion": "confusion",
    "disgust": "disgust",
    "embarrassment": "disgust",
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text as `read` sees it, up to the heads."""

    text: str
    language: str
    words: Words
    evidence: Evidence
    parts: list[Part]
    features: Features
    own: Features


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message of the corpus, prepared."""

    message: Message
    seen: Prepared


@dataclass(frozen=True, slots=True)
class Phrase:
    """A few words that tell one kind of issue."""

    kind: str
    language: str
    text: str
    features: Features


def prepared(text: str, language: str) -> Prepared:
    """Return a text as `read` sees it."""
    own = only_new(text, new_words(text))
    words = words_of(own)
    evidence = gather(own, words, language)
    _, parts = weighed(own, evidence, language)
    found = features(own, words, evidence.hits)
    return Prepared(own, language, words, evidence, parts, found, outside(found, evidence.quotes))


def labelled(found: list[Message]) -> list[Labelled]:
    """Return the messages that are in a language we read and that their writer was sure of."""
    return [
        Labelled(message, prepared(message.text, message.language))
        for message in found
        if message.complaint is not None and message.language in READ_LANGUAGES
    ]


def plain() -> list[Message]:
    """Return the plain messages that the word lists were tuned on: no channel, no asks, threats or strength."""
    rows = [json.loads(line) for line in PLAIN.read_text("utf-8").splitlines()]
    return [_plain(number, row) for number, row in enumerate(rows, 1) if row["split"] == "dev"]


def _plain(number: int, row: dict[str, Any]) -> Message:
    text, issues = row["text"], []
    for issue in row["issues"]:
        start = text.index(issue["words"])
        issues.append(Told(((start, start + len(issue["words"])),), issue["category"], ""))
    return Message(
        PLAIN.name, number, row["language"], "", "", text, row["complaint"], "", tuple(issues), row["feeling"]
    )


def phrases() -> list[Phrase]:
    """Return the phrases of our own, a file to a language, each under the kind of issue it tells."""
    found = []
    for path in sorted((CORPORA / "phrases").glob("*.txt")):
        kind = ""
        for line in filter(None, map(str.strip, path.read_text("utf-8").splitlines())):
            if line.startswith("== "):
                kind = line[3:]
            else:
                found.append(Phrase(kind, path.stem, line, prepared(line, path.stem).features))
    return found


def spoken(told: list[Phrase]) -> list[Message]:
    """Return short plain messages made of phrases: one or two that tell issues, or one that tells none."""
    tell = [one for one in told if "." in one.kind][::EVERY]
    pairs = [(one, other) for one, other in pairwise(tell) if one.language == other.language]
    said = [_spoken((one,) if n % 3 == 0 else (one, other)) for n, (one, other) in enumerate(pairs)]
    return said + [_spoken((one,)) for one in told if "." not in one.kind]


def _spoken(told: tuple[Phrase, ...]) -> Message:
    text, issues = "", []
    for one in told:
        line = one.text[0].upper() + one.text[1:] + ("" if one.text[-1] in ".?!" else ".")
        issues.append(
            Told(((len(text), len(text) + len(line)),), *one.kind.split("."), *([""] if "." not in one.kind else []))
        )
        text += line + " "
    complaint = "." in told[0].kind
    found = tuple(issues) if complaint else ()
    return Message("phrases", 0, told[0].language, "", "", text.strip(), complaint, "", found)


def general(folder: Path, part: str) -> list[tuple[str, frozenset[str]]]:
    """Return the texts of one part of GoEmotions with our feelings; its texts are never kept."""
    names = folder.joinpath("labels.txt").read_text("utf-8").split()
    rows = (line.split("\t") for line in folder.joinpath(f"{part}.tsv").read_text("utf-8").splitlines())
    return [
        (text, frozenset(GENERAL.get(names[int(one)], "none") for one in labels.split(","))) for text, labels, _ in rows
    ]


def tells(text: str, span: tuple[int, int], issues: tuple[Told, ...]) -> bool:
    """Return whether a clause is one of the places where an issue is told, or lies mostly inside one."""
    return lies_in(text, span, (place for issue in issues for place in issue.places))


def told_by(message: Message, span: Span) -> str:
    """Return the category of the issue that a clause of a message tells best, empty where it tells none."""
    mine = tokens(message.text, span)
    told = [(overlap(mine, tokens(message.text, issue.places[0])), issue.category) for issue in message.issues]
    near, category = max(told, default=(0.0, ""))
    return category if near >= NEAR else ""
