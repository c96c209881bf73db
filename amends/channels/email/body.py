"""The readable text of a mail and its HTML: all inline words in order, one of each set of alternatives."""

import re
from dataclasses import dataclass, field
from html import escape

from amends.channels.email.caps import Mended
from amends.channels.email.clean import clean
from amends.channels.email.parts import Words, is_readable, may_be_body, read_words, tidy
from amends.channels.email.prose import words_of
from amends.channels.email.tame import tame, trim
from amends.channels.email.walk import Branch, Leaf, Tree

_STUB = re.compile(
    r"(?:does not|doesn't|cannot|can't|unable to|not able to) (?:support|display|show|read|view)"
    r"[^.]{0,40}html|"
    r"html[ -](?:capable|enabled|compatible)|(?:this|an?) html (?:e-?mail|message)|"
    r"(?:kein|nicht)[^.]{0,40}html|html[^.]{0,40}(?:nicht|aktivieren)|"
    r"view (?:this|it) (?:e-?mail |message )?in your browser|"
    r"ne (?:supporte|prend)[^.]{0,40}html",
    re.IGNORECASE,
)
_SHORT = 400
_FAR_LONGER = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the mail as text and, where they came as HTML, tamed HTML too."""

    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What there is to read: the whole text, and sanitised HTML if any part was HTML."""

    text: str
    html: str


@dataclass(slots=True)
class _Reader:
    tree: Tree
    mended: Mended
    words: dict[int, Words] = field(default_factory=dict)

    def pieces(self, node: Branch | Leaf) -> list[Piece]:
        if isinstance(node, Leaf):
            return [self.leaf(node)] if is_readable(node) and not node.stray else []
        if node.kind == "alternative":
            chosen = self._alternative([self.pieces(part) for part in node.parts])
            return chosen + [self.leaf(part) for part in node.parts[1:] if isinstance(part, Leaf) and part.stray]
        found: list[Piece] = []
        for part in node.parts:
            if isinstance(part, Leaf) and part.stray and part is not node.parts[0]:
                found.append(self.leaf(part))
            else:
                found += self.pieces(part)
        return found

    def leaf(self, leaf: Leaf) -> Piece:
        """Return the words of one leaf."""
        words = read_words(self.tree, leaf, self.mended)
        if not words.is_html:
            return Piece(words.text)
        source, cut = trim(words.text)
        if cut:
            self.mended.note("The HTML text was longer than a million characters; the rest is in the attached file.")
        tamed = tame(source)
        return Piece(tidy(words_of(tamed)), tamed)

    def _alternative(self, choices: list[list[Piece]]) -> list[Piece]:
        """Return the plain text if it says what the HTML says, with the HTML to show beside it."""
        plain = next((c for c in choices if _text(c) and not any(p.html for p in c)), [])
        rich = next((c for c in reversed(choices) if any(p.html for p in c)), [])
        if not rich:
            return plain
        html = "\n".join(piece.html or _as_html(piece.text) for piece in rich)
        text = _text(rich)
        if plain and not _says_too_little(_text(plain), text):
            text = _text(plain)
        return [Piece(text, html)]


def read_body(tree: Tree, mended: Mended) -> Body:
    """Return the whole text, never losing a word that some part holds inline, and the HTML to show."""
    reader = _Reader(tree, mended)
    pieces = reader.pieces(tree.root)
    if not _text(pieces):
        pieces += [reader.leaf(leaf) for leaf in tree.leaves if leaf.stray]
    if not _text(pieces):
        pieces += [reader.leaf(leaf) for leaf in tree.leaves if may_be_body(leaf) and not is_readable(leaf)]
    html = ""
    if any(piece.html for piece in pieces):
        html = clean("\n".join(piece.html or _as_html(piece.text) for piece in pieces))
    return Body(_text(pieces), html)


def _text(pieces: list[Piece]) -> str:
    return "\n\n".join(text for piece in pieces if (text := piece.text.strip("\n")).strip())


def _says_too_little(plain: str, rich: str) -> bool:
    """A stub ("your program cannot show HTML") or a few words beside a long HTML text."""
    if len(plain) > _SHORT:
        return False
    return bool(_STUB.search(plain)) or len(plain.split()) * _FAR_LONGER < len(rich.split())


def _as_html(text: str) -> str:
    lines = escape(text, quote=False).split("\n")
    return f"<p>{'<br>'.join(lines)}</p>" if text.strip() else ""
