"""Names of files that came by mail: safe to show, to store and to offer for download."""

import mimetypes
import re

from amends.channels.email.words import decode_words, one_line

_PATH = re.compile(r"^.*[/\\]", re.DOTALL)
_DRIVE = re.compile(r"^[A-Za-z]:")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_LONGEST = 200
_EXTENSIONS = {
    "text/plain": ".txt", "image/jpeg": ".jpg", "image/tiff": ".tif", "message/rfc822": ".eml",
    "application/octet-stream": ".bin", "text/calendar": ".ics", "application/ms-tnef": ".dat",
    "message/delivery-status": ".txt", "text/rfc822-headers": ".txt",
}  # fmt: skip


def safe_name(name: str) -> str:
    """Return the file name without path, controls or bidirectional overrides, at most 200 characters."""
    plain = one_line(decode_words(name[:4_000]))
    plain = _DRIVE.sub("", _PATH.sub("", plain))
    plain = _FORBIDDEN.sub("_", plain).strip(" .")
    if len(plain) <= _LONGEST:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:180]}.{ending}" if dot and len(ending) <= 10 else plain[:_LONGEST]


def name_for(name: str, *, number: int, content_type: str) -> str:
    """Return the safe name, or "part-2.png" for the second part if the sender gave it none."""
    return safe_name(name) or f"part-{number}{extension(content_type)}"


def extension(content_type: str) -> str:
    """Return the usual ending for the type, ".bin" if there is none."""
    return _EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
