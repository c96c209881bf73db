"""People in headers: names and addresses from the lists that real mail programs write."""

import re
from collections.abc import Iterator

from amends.channels.email.charsets import decode_header_bytes
from amends.channels.email.words import decode_words, one_line
from amends.channels.envelope import Mailbox

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|<[^<>]*>?|\\.|[(),;:"\\>]|[^"<>(),;:\\]+', re.DOTALL)
_TOKEN_WITH_WORDS = re.compile(
    r'"(?:[^"\\]|\\.)*+"|<[^<>]*>?|\\.|=\?[^?\s]{1,64}\?[bBqQ]\?[^?]*\?=|[(),;:"\\>=]|[^"<>(),;:\\=]+',
    re.DOTALL,
)
_ATOM = r'[^\s<>,;:()\[\]"\\@\x00-\x20\x7f-\xa0]'
_DOMAIN = rf"(?:{_ATOM}{{1,255}}+|\[[0-9a-fA-F:.]{{2,60}}\])"
_LOCAL = rf'{_ATOM}{{1,128}}+|"[^\s"<>,;:@\\]{{1,128}}"'
_ADDRESS = re.compile(rf"(?<!{_ATOM})(?<!@)({_LOCAL})@({_DOMAIN})(?!@)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAME_CHARS = 200


def read_mailboxes(value: bytes, hint: str = "") -> list[Mailbox]:
    """Return everybody a header names, in order; a name that has no address comes with address ""."""
    text = decode_header_bytes(value, hint).replace("\r", "").replace("\n", " ").replace("\t", " ")
    found: list[Mailbox] = []
    held = ""
    for words, comment, angle in _entries(text):
        box = _mailbox(words, comment, angle)
        if box.address:
            found.append(Mailbox(box.address, _tidy(f"{held}, {box.name}" if held and box.name else held or box.name)))
            held = ""
        else:
            held = ", ".join(part for part in (held, box.name) if part)
    if held:
        found.append(Mailbox("", _tidy(held)))
    if not any(box.address for box in found) and "@" in text and (address := read_address(text)):
        return [Mailbox(address, "")]
    return found


def read_address(text: str) -> str:
    """Return the first bare address in the text, its domain in lower case, "" if there is none."""
    if "@" not in text:
        return ""
    found = _ADDRESS.search(text)
    if not found or len(found[0]) > 320:
        return ""
    domain = found[2].rstrip(".").lower()
    return one_line(f"{found[1]}@{domain}") if domain else ""


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (words, comment, what stood in angle brackets) for each entry of an address list."""
    words: list[str] = []
    comment: list[str] = []
    angle = ""
    depth = 0
    for found in (_TOKEN_WITH_WORDS if "=?" in text else _TOKEN).finditer(text):
        piece = found[0]
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif depth:
            comment.append(piece)
        elif piece in ",;":
            yield "".join(words), " ".join(comment), angle
            words, comment, angle = [], [], ""
        elif piece == ":":
            words = []
        elif piece.startswith("<") and not angle:
            angle = piece.strip("<> ")
            words.append(" ")
        elif piece not in (">", '"'):
            words.append(piece)
    yield "".join(words), " ".join(comment), angle


def _mailbox(words: str, comment: str, angle: str) -> Mailbox:
    if angle:
        address = read_address(angle.rpartition(":")[2] if angle.startswith("@") else angle)
        if not address and "@" in words:
            address = read_address(words)
        return Mailbox(address, _name(words) or _name(comment))
    address = read_address(words)
    return Mailbox(address, _name(comment) if address else _name(words) or _name(comment))


def _name(words: str) -> str:
    """Return the display name: quotes and backslashes undone first, then encoded words."""
    if '"' in words or "\\" in words:
        words = _ESCAPED.sub(r"\1", _QUOTED.sub(r"\1", words))
    return _tidy(decode_words(words)) if words else ""


def _tidy(name: str) -> str:
    return one_line(name).strip("'\" ")[:_NAME_CHARS].strip()
