"""What is open before anybody can answer well: the customer's questions, and the facts nobody knows yet (F4, S1.8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.message import Attachment

MOST = 6


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """Questions in the customer's words, facts by their key in the order to ask for them, the language they write."""

    questions: tuple[str, ...]
    missing: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class _Read:
    """One message as it was read when it came."""

    at: datetime
    reading: dict[str, Any]
    has_picture: bool


def open_points(case: Case, issues: Sequence[Issue], since: datetime) -> OpenPoints:
    """What is open in what the customer wrote; questions count from `since`, when they were last answered.

    Nothing is missing that any of their messages, a picture they sent or what the team took down has given.
    """
    rows = [_Read(at, reading or {}, has_picture) for at, reading, has_picture in _rows(case)]
    asked = dict.fromkeys(_one_line(one) for row in rows if row.at >= since for one in row.reading.get("questions", ()))
    needed = dict.fromkeys(fact for row in rows for fact in row.reading.get("missing", ()))
    known = _known(rows, issues)
    spoken = [row.reading["language"] for row in rows if row.reading.get("language")]
    return OpenPoints(
        questions=tuple(asked)[:MOST],
        missing=tuple(fact for fact in needed if fact not in known),
        language=spoken[-1] if spoken else "",
    )


def _rows(case: Case) -> "Iterable[tuple[datetime, dict[str, Any] | None, bool]]":
    pictures = Attachment.objects.filter(message=OuterRef("pk"), content_type__startswith="image/")
    theirs = case.messages.filter(outgoing=False, automatic="", known_sender=True)
    return (
        theirs.annotate(has_picture=Exists(pictures)).order_by("at", "pk").values_list("at", "reading", "has_picture")
    )


def _one_line(question: str) -> str:
    return " ".join(question.split())[:200]


def _known(rows: Sequence[_Read], issues: Sequence[Issue]) -> set[str]:
    """The facts the case has: read in a message, seen in a picture, or taken down by the team."""
    known = {str(fact["kind"]) for row in rows for fact in row.reading.get("facts", ())}
    taken_down = {
        "photo": any(row.has_picture for row in rows),
        "order_number": any(one.about for one in issues),
        "amount": any(one.price_cents for one in issues),
    }
    return known | {fact for fact, has in taken_down.items() if has}
