"""What each leaf is for: words to read, a report to read, or a file to keep."""

import re
from dataclasses import dataclass

from amends.channels.email.caps import TEXT_BYTES, Mended
from amends.channels.email.charsets import decode
from amends.channels.email.flowed import unflow
from amends.channels.email.uuencoded import Pasted, split_pasted
from amends.channels.email.walk import Leaf, Tree

_FILE_TEXTS = frozenset(
    [
        "text/calendar",
        "text/vcard",
        "text/x-vcard",
        "text/directory",
        "text/csv",
        "text/xml",
        "text/css",
        "text/javascript",
        "text/x-amp-html",
        "text/rfc822-headers",
        "text/watch-html",
    ]
)
_REPORTS = frozenset({"message/delivery-status", "message/feedback-report", "message/disposition-notification"})
_META = re.compile(rb"""<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_BREAKS = re.compile("\r+\n|\r|\x85|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one leaf: plain text, or HTML source; and the files pasted into them."""

    text: str
    is_html: bool
    pasted: tuple[Pasted, ...] = ()


def is_readable(leaf: Leaf) -> bool:
    """Return whether the leaf's words belong to the message's text: inline text, and reports."""
    if leaf.content_type in _REPORTS:
        return True
    return _is_text(leaf) and leaf.disposition != "attachment" and (not leaf.filename or leaf.disposition == "inline")


def may_be_body(leaf: Leaf) -> bool:
    """Return whether the leaf could be the text when no leaf is readable: named or "attached" words."""
    return _is_text(leaf)


def is_file(leaf: Leaf, root: object) -> bool:
    """Return whether the leaf is kept as a file; named inline text is both a file and words."""
    if leaf.stray or (leaf is root and _is_text(leaf) and not leaf.filename):
        return False
    return not is_readable(leaf) or bool(leaf.filename)


def read_words(tree: Tree, leaf: Leaf, mended: Mended) -> Words:
    """Return the decoded words of a text leaf, tidied; uuencoded files are taken out."""
    body = leaf.payload(tree.raw)
    if len(body) > TEXT_BYTES:
        mended.note("The text was longer than 2 MB; the rest is in the attached file.")
        body = body[:TEXT_BYTES]
    if leaf.content_type == "text/html":
        return Words(decode(body, leaf.charset or _meta_charset(body)), is_html=True)
    body, pasted = split_pasted(body)
    text = tidy(decode(body, leaf.charset))
    if leaf.parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=leaf.parameters.get("delsp", "").lower() == "yes")
    return Words(text.strip("\n"), is_html=False, pasted=tuple(pasted))


def is_too_long(tree: Tree, leaf: Leaf) -> bool:
    """Return whether the words of the leaf may not all fit in the message's text."""
    return leaf.end - leaf.start > TEXT_BYTES // 2 and len(leaf.payload(tree.raw)) > TEXT_BYTES // 2


def tidy(text: str) -> str:
    """Return the text with line feeds only and no other controls."""
    if "\r" in text or not text.isascii():
        text = _BREAKS.sub("\n", text)
    return _CONTROLS.sub("", text)


def _is_text(leaf: Leaf) -> bool:
    return leaf.content_type.startswith("text/") and leaf.content_type not in _FILE_TEXTS


def _meta_charset(body: bytes) -> str:
    found = _META.search(body[:2_048])
    return found[1].decode("ascii") if found else ""
