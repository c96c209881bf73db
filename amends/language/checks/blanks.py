"""C27 and C28: asking what is already known, and blanks that were left in."""

import re
from collections.abc import Iterator

from amends.language.checks.case import Case, Check, Remark
from amends.language.facts import find_facts
from amends.language.pattern import Pattern
from amends.language.words import Span

ASK = (
    r"\b(?:(?:could|can|would|will) you|please|may i have|can i have|could i have|i(?:'ll)? need"
    r"|we need|what is|what's|kindly)"
    r"\b[^.!?\n]{0,60}?\b(?:your|the) (?:full |exact )?"
)
ORDER = Pattern(ASK + r"(?:order|booking|reference|invoice|tracking|account)\s?(?:number|no\b|id\b|reference)")
NAME = Pattern(ASK + r"name\b")
ADDRESS = Pattern(ASK + r"(?:e-?mail address|e-?mail)\b(?! (?:from|of|with|to|about))")
PHOTO = Pattern(
    r"\b(?:could|can|would) you\b[^.!?\n]{0,30}\b(?:send|attach|share)\b[^.!?\n]{0,30}\b(?:photo"
    r"|picture|image)s?\b"
)
HAS_PHOTO = Pattern(
    r"\b(?:photo|picture|image)s?\b[^.!?\n]{0,30}\battach|\battach\w{0,3}\b[^.!?\n]{0,30}\b(?:photo"
    r"|picture|image)",
    re.IGNORECASE,
)
BLANK = Pattern(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|\{[a-z_]{2,30}\}|\[(?:[A-Z][A-Za-z_ ]{1,30}"
    r"|[a-z_ ]{3,30})\](?!\()"
    r"|<(?:[a-z_ ]{3,20}|[A-Z][A-Z_ ]{2,20})>|(?<![\w\-*])X{4,}(?![\w\-])|\b(?:TODO|TBD|FIXME)\b"
    r"|%%?[A-Z_]{3,20}%%?"
    r"|\b[Dd]ear (?:(?:valued|esteemed|loyal) )?(?:[Cc]ustomer|[Ss]ir or [Mm]adam|[Gg]uest|[Cc]lient)\b"
    r"|\b(?:[Dd]ear|[Hh]i|[Hh]ello) ,"
)
NOT_BLANK = frozenset({"<br>", "<div>", "<strong>", "[sic]", "[signed]"})


def ask_known(case: Case) -> Iterator[Remark]:
    """C27: a question for something the customer has already told us."""
    for pattern, value in _known(case):
        for one in case.draft.sentences:
            if found := pattern.search(one.low):
                place = Span(one.start + found.start(), one.start + found.end())
                yield Remark("C27", place, fill={"value": value})


def empty_template(case: Case) -> Iterator[Remark]:
    """C28: a blank of a template, or a greeting that names nobody."""
    for found in BLANK.finditer(case.draft.spoken):
        if found.group().lower() not in NOT_BLANK:
            yield Remark("C28", Span(*found.span()))


def _known(case: Case) -> Iterator[tuple[Pattern, str]]:
    brief = case.brief
    numbers = [fact.words for fact in find_facts(brief.customer_text) if fact.kind == "order_number"]
    if numbers:
        yield ORDER, numbers[0]
    if brief.customer_name:
        yield NAME, brief.customer_name
    if brief.channel == "email":
        yield ADDRESS, "the address they wrote from"
    if HAS_PHOTO.search(brief.customer_text):
        yield PHOTO, "a photo is attached"


CHECKS: tuple[Check, ...] = (ask_known, empty_template)
