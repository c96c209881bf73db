"""Mails of our own writing, built from bytes so that every fault stays exactly as planted."""

import base64


def mail(body: bytes = b"Hello\r\n", **headers: str | bytes) -> bytes:
    """A mail with the headers given (underscores are hyphens); From, To and Message-ID unless overridden."""
    fields: dict[str, str | bytes] = {
        "From": "Maria Lopez <maria@example.com>",
        "To": "help@desk.example",
        "Message_ID": "<m1@example.com>",
    }
    fields |= headers
    lines = [
        name.replace("_", "-").encode() + b": " + (value if isinstance(value, bytes) else value.encode())
        for name, value in fields.items()
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def part(body: bytes, content_type: str = "text/plain; charset=utf-8", **headers: str) -> bytes:
    """One part of a multipart, its headers included; content_type "" leaves the header out."""
    fields = ({"Content_Type": content_type} if content_type else {}) | headers
    head = b"".join(f"{name.replace('_', '-')}: {value}\r\n".encode() for name, value in fields.items())
    return head + b"\r\n" + body


def multi(*parts: bytes, kind: str = "mixed", boundary: str = "edge", closing: bool = True) -> bytes:
    """The body of a multipart."""
    text = b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
    return text + (b"--" + boundary.encode() + b"--\r\n" if closing else b"")


def multimail(*parts: bytes, kind: str = "mixed", boundary: str = "edge", **headers: str | bytes) -> bytes:
    """A multipart mail."""
    fields = {"Content_Type": f'multipart/{kind}; boundary="{boundary}"'} | headers
    return mail(multi(*parts, boundary=boundary), **fields)


def b64(data: bytes) -> bytes:
    """Base64 in lines, as mail carries it."""
    return base64.encodebytes(data)


PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
