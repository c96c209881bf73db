"""Text sent as format=flowed put back into paragraphs (RFC 3676)."""

import re

_QUOTES = re.compile(r">*")


def unflow(text: str, *, delsp: bool) -> str:
    """Return the text with soft line breaks undone and space-stuffing removed; quoted lines start "> "."""
    out: list[str] = []
    pending: list[str] = []
    level = 0
    for line in text.split("\n"):
        quotes = _depth(line)
        content = line[quotes:].removeprefix(" ")
        if pending and quotes != level:
            out.append(_quoted("".join(pending), level))
            pending = []
        level = quotes
        soft = content.endswith(" ") and content != "-- "
        pending.append(content[:-1] if soft and delsp else content)
        if not soft:
            out.append(_quoted("".join(pending), level))
            pending = []
    if pending:
        out.append(_quoted("".join(pending), level))
    return "\n".join(out)


def _depth(line: str) -> int:
    found = _QUOTES.match(line)
    return found.end() if found else 0


def _quoted(content: str, level: int) -> str:
    return f"{'>' * level} {content}" if level else content
