"""Bytes to text: an alias table first, then detection, then latin-1; never a NUL or a lone surrogate."""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

_ALIASES = {
    "": "utf-8", "ascii": "utf-8", "us-ascii": "utf-8", "ansi_x3.4-1968": "utf-8", "x-unknown": "utf-8",
    "unknown": "utf-8", "unknown-8bit": "utf-8", "default": "utf-8", "none": "utf-8", "8bit": "utf-8",
    "utf8mb4": "utf-8", "utf8": "utf-8", "unicode": "utf-8", "binary": "utf-8", "default_charset": "utf-8",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "ansi": "cp1252", "x-ansi": "cp1252", "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman", "x-macroman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "iso-gb2312": "gb18030",
    "gb_2312-80": "gb18030", "csgb2312": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "cn-big5": "big5hkscs", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "korean": "cp949", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "x-euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "win-1251": "cp1251", "koi": "koi8-r",
}  # fmt: skip
_REFUSED = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "charmap", "palmos"}
_NAME = re.compile(r"[a-z0-9][a-z0-9_:+.-]{0,39}")
_SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TABLES = {f"cp{page}" for page in range(1250, 1259)} | {"mac-roman", "koi8-r", "cp437", "cp850"}
_GUESSES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "gb18030", "big5",
    "cp932", "euc_jp", "cp949",
]  # fmt: skip
_GUESSES_WITH_NUL = [*_GUESSES, "utf_16_le", "utf_16_be"]
_ASCII = bytes(range(128))
_FEW = 8
_SAMPLE = 4_096
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def scrub(text: str) -> str:
    """Return the text without NUL and lone surrogates, which no database takes."""
    if "\x00" not in text and text.isascii():
        return text
    return _NOT_TEXT.sub("", text)


@lru_cache(maxsize=512)
def codec_for(charset: str) -> str:
    """Return the Python codec for a character set as written in a mail, "" if there is none."""
    name = charset.strip().strip("\"'").lower().removeprefix("3d").strip("\"' ")
    if name and (found := _NAME.match(name)):
        name = found[0]
    elif name:
        return ""
    name = _ALIASES.get(name, name)
    if not _SAFE_NAME.fullmatch(name) or name.replace("-", "_") in _REFUSED:
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, ImportError):
        return ""
    return name if info._is_text_encoding and info.name not in _REFUSED else ""


def decode(data: bytes, charset: str = "") -> str:
    """Return the bytes as text in the given character set, or in the likeliest one if that fails."""
    codec = codec_for(charset[:64])
    if (codec in _TABLES or codec.startswith("iso")) and not data.isascii() and _is_utf8(data):
        codec = "utf-8"
    text = _try(data, codec) if codec else None
    if text is None and codec != "utf-8":
        text = _try(data, "utf-8")
    if text is None:
        text = _detected(data)
    return scrub(text.removeprefix("\ufeff"))


def decode_header_bytes(value: bytes, hint: str = "") -> str:
    """Return a raw header as text: ASCII or UTF-8, else the body's character set, else detection."""
    if value.isascii():
        return value.decode("ascii")
    text = _try(value, "utf-8")
    if text is None and (codec := codec_for(hint[:64])) not in ("", "utf-8"):
        text = _try(value, codec)
    return scrub(_detected(value) if text is None else text)


def _is_utf8(data: bytes) -> bool:
    return _try(data, "utf-8") is not None


def _try(data: bytes, codec: str) -> str | None:
    """Return the decoded text, None if the bytes are not in that character set."""
    if codec.startswith("cp125"):
        data = data.translate(_undefined(codec))
    try:
        return data.decode(codec)
    except (ValueError, LookupError, AssertionError):
        return None


@lru_cache(maxsize=16)
def _undefined(codec: str) -> bytes:
    """A table turning the few bytes a Windows code page leaves undefined into spaces."""
    table = bytearray(range(256))
    for byte in range(128, 256):
        try:
            bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            table[byte] = 0x20
    return bytes(table)


def _detected(data: bytes) -> str:
    """Return the text in the character set that fits the non-ASCII stretch best, latin-1 at the last."""
    first = next((at for at, byte in enumerate(data) if byte > 127), 0)
    sample = data[max(0, first - 256) : first + _SAMPLE]
    high = len(sample.translate(None, _ASCII))
    if high < _FEW and high * 2 < len(sample):
        return _western(data)
    guesses = _GUESSES_WITH_NUL if b"\x00" in sample else _GUESSES
    best = from_bytes(sample, cp_isolation=guesses, enable_fallback=False).best()
    if best is not None and best.encoding != "ascii":
        return data.decode(best.encoding, "replace")
    return _western(data)


def _western(data: bytes) -> str:
    """Return latin-1 as the Windows code page that everybody means by it."""
    return data.translate(_undefined("cp1252")).decode("cp1252")
