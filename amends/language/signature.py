"""Where a signature or a mail program's own footer begins in a run of somebody's own lines."""

import re

from amends.language.lexicon import words_in

MARKS = frozenset({"--", "—", "__"})
WINDOW = 60
LONG_SIGNATURE = 12
SHORT_SIGNATURE = 6
SHORT_LINE = 60
FEW_WORDS = 8
POSTSCRIPT = re.compile(r"\s*p\.?\s?s\.?\s?[:\-–,. ]", re.IGNORECASE)


def signature_start(lines: list[str]) -> tuple[int, int]:
    """Return the lines [start, stop) that are the signature; start == stop where there is none.

    Only the last sixty lines are looked at. Anything long after a closing line is kept as the
    person's words, and so is a postscript.
    """
    for at in range(max(0, len(lines) - WINDOW - 1), len(lines)):
        line = lines[at]
        bare = line.strip()
        if not bare or len(bare) > SHORT_LINE or not _may_start(bare):
            continue
        after = lines[at + 1 :]
        stop = _postscript(after)
        if _starts(bare, line, after[:stop]):
            return at, at + 1 + stop
    return 0, 0


def _may_start(bare: str) -> bool:
    return bare in MARKS or _is_footer(bare) or _is_closing(bare)


def _starts(bare: str, line: str, rest: list[str]) -> bool:
    after = [other.strip() for other in rest if other.strip()]
    if bare in MARKS:
        return line.rstrip("\r\n") == "-- " or len(after) <= LONG_SIGNATURE
    if _is_footer(bare):
        return len(after) <= SHORT_SIGNATURE // 2
    return bool(after or bare.endswith(",")) and _looks_like_a_card(after)


def _is_footer(bare: str) -> bool:
    low = bare.lower().lstrip("*_ ")
    return low.startswith(tuple(words_in("any", "footers")))


def _is_closing(bare: str) -> bool:
    return bare.lower().rstrip(" ,.!").strip() in words_in("any", "closings")


def _looks_like_a_card(after: list[str]) -> bool:
    if len(after) > SHORT_SIGNATURE:
        return False
    return all(_is_footer(line) or (len(line) <= SHORT_LINE and len(line.split()) < FEW_WORDS) for line in after)


def _postscript(after: list[str]) -> int:
    return next((n for n, line in enumerate(after) if POSTSCRIPT.match(line[:12])), len(after))
