"""Structured headers: Content-Type and Content-Disposition with their parameters (RFC 2045, 2231)."""

import re
from urllib.parse import unquote_to_bytes

from amends.channels.email.charsets import decode, decode_header_bytes
from amends.channels.email.words import decode_words

_PARAMETER = re.compile(r';\s*([^=;\s"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|([^;]*))', re.DOTALL)
_NUMBERED = re.compile(r"^([^*]+)\*(?:(\d{1,3})(\*?))?$")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST = 200


def read_parameters(value: bytes, hint: str = "") -> tuple[str, dict[str, str]]:
    """Return the main value in lower case and the decoded parameters, RFC 2231 pieces joined."""
    if b";" not in value:
        return value.decode("latin-1").strip().lower(), {}
    text = decode_header_bytes(value, hint).replace("\r", "").replace("\n", "")
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(text)):
        if count >= _MOST:
            break
        name = found[1].lower()
        content = found[3].strip() if found[2] is None else _ESCAPED.sub(r"\1", found[2])
        if numbered := _NUMBERED.match(name):
            coded = numbered[2] is None or bool(numbered[3])
            pieces.setdefault(numbered[1], []).append((int(numbered[2] or 0), coded, content))
        else:
            plain.setdefault(name, decode_words(content) if "=?" in content else content)
    return text.split(";", 1)[0].strip().lower(), plain | {name: _join(found) for name, found in pieces.items()}


def _join(pieces: list[tuple[int, bool, str]]) -> str:
    """Join the numbered pieces of one RFC 2231 value; the first coded piece names the character set."""
    charset, joined = "utf-8", bytearray()
    for position, (_, coded, content) in enumerate(sorted(pieces, key=lambda piece: piece[0])):
        text = content
        if coded and position == 0 and text.count("'") >= 2:
            charset, _language, text = text.split("'", 2)
        joined += unquote_to_bytes(text) if coded else text.encode("utf-8", "replace")
    return decode(bytes(joined), charset)
