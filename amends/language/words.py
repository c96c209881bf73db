"""Words, stems and sentences of a text, each with its place."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?;,]|\n[^\S\n]*\n")
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
HIDDEN = re.compile(f"[{INVISIBLE}]+")
WORD_WITH_HIDDEN = re.compile(rf"[^\W_]+(?:['’{INVISIBLE}]+[^\W_]+)*|[.!?;,]|\n[^\S\n]*\n")
LOOK_ALIKES = str.maketrans("авекмнорстухіјѕԁһορανιτυκ", "abekmhopctyxijsdhopavituk")
ODD = re.compile(f"[{INVISIBLE}{''.join(map(chr, LOOK_ALIKES))}]")
LATIN = re.compile("[a-z]")
STYLED = re.compile("[\u017f\uff01-\uff5e\U0001d400-\U0001d7ff]")
ENDERS = frozenset({".", "!", "?", ";", "\n"})
BREAK = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|\Z)|;(?=\s)|\n")
BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")
SHORT_LINE = 45
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "no",
        "nr",
        "tel",
        "ref",
        "approx",
        "incl",
        "inkl",
        "bzw",
        "ca",
        "etc",
        "e.g",
        "i.e",
        "z.b",
        "vs",
        "sr",
        "sra",
        "mme",
    ]
)
SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ingly",
    "edly",
    "ings",
    "ing",
    "ies",
    "ied",
    "ed",
    "es",
    "ly",
    "s",
)

# "at 10." ends a sentence, where "am 10." goes on with its month
BEFORE_AN_HOUR = frozenset(["at", "um", "gegen", "à", "las"])


class Span(NamedTuple):
    """A place in a text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words and sentence marks of a text in order; `normal` is lower case with n't written nt."""

    normal: list[str]
    starts: list[int]
    ends: list[int]


def normal_words(text: str) -> list[str]:
    """Return the words of a short phrase in the form that lists are compared in."""
    return [_normal(found.group()) for found in WORD.finditer(text)] or [text.lower()]


def words_of(text: str) -> Words:
    """Return the words and sentence marks of a text with their places."""
    low = lowered(text)
    normal: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    odd = ODD.search(low) is not None
    for found in (WORD_WITH_HIDDEN if odd else WORD).finditer(low):
        word = _undisguised(found.group()) if odd else found.group()
        normal.append(_normal(word) if word[-2:] == "'t" or word[0] == "\n" else word)
        start, end = found.span()
        starts.append(start)
        ends.append(end)
    return Words(normal, starts, ends)


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return a rough English stem: `arrived`, `arrives` and `arriving` meet; never shorter than 3 letters."""
    word = _normal(word).removesuffix("'s")
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            return _tidy(word[: -len(suffix)])
    return word.removesuffix("e") if len(word) > 4 else word


def sentences(text: str) -> list[Span]:
    """Return the sentences and list items of a text, trimmed, in order; white space belongs to none."""
    cuts: list[int] = []
    line_start = 0
    for found in BREAK.finditer(text):
        if found.group() != "\n":
            if not _is_abbreviation(text, found):
                cuts.append(found.end())
            continue
        if _line_ends_sentence(text, line_start, found.start()):
            cuts.append(found.start())
        line_start = found.end()
    spans = (trimmed(text, start, end) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))
    return [span for span in spans if span.start < span.end]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the place without white space at its edges."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, max(start + left, start + len(piece.rstrip())))


def lowered(text: str) -> str:
    """Return the text in lower case and plain letters (full-width 𝐛𝐨𝐥𝐝 ones made plain), places staying true."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return STYLED.sub(_plain, low.replace("’", "'"))


def _plain(found: re.Match[str]) -> str:
    plain = normalize("NFKC", found.group()).lower()
    return plain if len(plain) == 1 else found.group()


def _undisguised(word: str) -> str:
    """Return a word without invisible characters; look-alikes of other alphabets beside Latin letters become Latin."""
    word = HIDDEN.sub("", word)
    return word.translate(LOOK_ALIKES) if LATIN.search(word) else word


def _normal(word: str) -> str:
    word = word.lower().replace("’", "'")
    if word[0] == "\n":
        return "\n"
    return word[:-3] + "nt" if word.endswith("n't") else word


def _tidy(root: str) -> str:
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls":
        root = root[:-1]
    return root.removesuffix("e") if len(root) > 4 else root


def _is_abbreviation(text: str, found: re.Match[str]) -> bool:
    if found.group() != ".":
        return False
    *earlier, last = text[max(0, found.start() - 24) : found.start()].lower().split() or [""]
    word = last.lstrip("(\"'")
    if word.isdigit():
        return len(word) <= 2 and (earlier or [""])[-1] not in BEFORE_AN_HOUR
    return word in ABBREVIATIONS or (len(word) == 1 and word != "i")


def _line_ends_sentence(text: str, start: int, end: int) -> bool:
    if end - start < SHORT_LINE or not text[end + 1 : end + 2].strip():
        return True
    return BULLET.match(text, end + 1, end + 20) is not None
