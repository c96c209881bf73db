"""The conversation as the templates show it: messages and notes in the order they came."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.urls import reverse

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.links import without_links
from amends.cases.message import Message
from amends.cases.note import Note
from amends.ui.words import clock, moment

Marked = tuple[str, str]


def conversation(case: Case) -> list[Message]:
    """The messages of a case with what the thread shows of them, oldest first."""
    return list(
        case.messages.select_related("outbox", "answered")
        .prefetch_related("attachments")
        .defer("html", "reading", "mended", "outbox__envelope")
    )


def thread(case: Case, messages: list[Message], issues: list[Issue], now: datetime) -> list[dict[str, Any]]:
    """Everything said in a case, oldest first; customers' words are marked where an issue stands in them."""
    said = [(one.at, _ours(one, now) if one.outgoing else _theirs(one, case, issues)) for one in messages]
    noted = [(one.at, _note(one)) for one in case.notes.select_related("author")]
    return [entry for _, entry in sorted(said + noted, key=lambda pair: pair[0])]


def _theirs(message: Message, case: Case, issues: list[Issue]) -> dict[str, Any]:
    found = [issue for issue in issues if issue.message_id == message.pk and issue.end]
    new = [(start, end) for kind, start, end in message.pieces if kind == "new"] or [(0, len(message.text))]
    return {
        "kind": "customer",
        "id": f"m{message.pk}",
        "pk": message.pk,
        "name": message.sender_name or message.sender_address,
        "meta": _meta(message),
        "paragraphs": [part for start, end in new for part in marked_paragraphs(message.text, start, end, found)],
        "quoted": _pieces(message, "quoted"),
        "signature": _pieces(message, "signature"),
        "attached": [
            {
                "name": one.name,
                "size": size(one.size),
                "href": reverse("attachment", args=[case.pk, one.pk]),
            }
            for one in message.attachments.all()
        ],
        "open": not message.automatic and not hasattr(message, "answered"),
    }


def _meta(message: Message) -> str:
    parts = ["e-mail", moment(message.at)]
    if not message.known_sender:
        parts.append(f"from {message.sender_address}, not the known customer")
    if message.automatic:
        parts.append("written by a machine")
    return " · ".join(parts)


def _pieces(message: Message, kind: str) -> str:
    return "\n".join(message.text[start:end] for named, start, end in message.pieces if named == kind).strip("\n")


def _ours(message: Message, now: datetime) -> dict[str, Any]:
    return {
        "kind": "ours",
        "id": f"m{message.pk}",
        "name": message.sender_name,
        "meta": f"e-mail · {moment(message.at)}" + (" · automatic" if message.automatic else ""),
        "paragraphs": paragraphs(without_links(message.text)),
        "delivery": _delivery(message, now),
        "automatic": bool(message.automatic),
        "answers": not message.automatic and not message.outbox.cancelled_at,
    }


def _delivery(message: Message, now: datetime) -> dict[str, str]:
    entry = message.outbox
    if entry.failed_at:
        return {"state": "failed", "text": f"Not delivered: {entry.reason}"}
    if entry.cancelled_at:
        return {"state": "waiting", "text": f"Taken back {clock(entry.cancelled_at)}, never sent"}
    if entry.sent_at:
        return {"state": "sent", "text": f"Sent {moment(entry.sent_at)}"}
    seconds = round((entry.not_before - now).total_seconds())
    if seconds > 0 and not entry.attempts:
        return {
            "state": "waiting",
            "text": f"Goes out in {seconds} seconds",
            "action": "Undo",
            "href": reverse("reply-undo", args=[message.case_id, message.pk]),
        }
    tried = f", tried {entry.attempts} times: {entry.reason}" if entry.reason else ""
    return {"state": "waiting", "text": f"On its way{tried}"}


def _note(note: Note) -> dict[str, Any]:
    return {
        "kind": "note",
        "id": f"n{note.pk}",
        "name": note.author.first_name,
        "when": moment(note.at),
        "paragraphs": paragraphs(note.text),
    }


def paragraphs(text: str) -> list[str]:
    """The text parted at blank lines."""
    return [part for part in text.split("\n\n") if part.strip()]


def marked_paragraphs(text: str, start: int, end: int, issues: list[Issue]) -> list[list[Marked]]:
    """The paragraphs of `text[start:end]` as (words, summary of the issue or "") pairs."""
    made: list[list[Marked]] = []
    at = start
    for part in text[start:end].split("\n\n"):
        stop = at + len(part)
        if part.strip():
            made.append(_marked(text, at, stop, issues))
        at = stop + 2
    return made


def _marked(text: str, start: int, end: int, issues: list[Issue]) -> list[Marked]:
    """The words between two places, cut where any issue begins or ends; words of several issues name them all."""
    inside = [(max(one.start, start), min(one.end, end), one.summary) for one in issues]
    cuts = sorted({start, end, *(at for first, last, _ in inside if first < last for at in (first, last))})
    return [(text[at:to], _names(inside, at, to)) for at, to in pairwise(cuts)]


def _names(inside: list[tuple[int, int, str]], at: int, to: int) -> str:
    return " · ".join(summary for first, last, summary in inside if first <= at and to <= last)


def size(count: int) -> str:
    """A file size in words: "84 kB"."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
