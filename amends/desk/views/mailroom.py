"""The mail room: what could not be read, with its reason, and in a trial what we sent."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from amends.cases.message import Attachment, Message
from amends.channels.email.enclosures import enclosure_bytes
from amends.channels.models import RawMail
from amends.desk.chrome import chrome
from amends.desk.finding import find_case

PAGE = 100
_NAME = re.compile(r"[\w.-]+\.log")


def mailroom(request: HttpRequest) -> HttpResponse:
    """The pile of mails that could not become part of a case."""
    aside = RawMail.objects.set_aside().defer("body")[:PAGE]
    waiting = RawMail.objects.waiting().count()
    return render(request, "desk/mailroom.html", {**chrome(request, "mailroom"), "aside": aside, "waiting": waiting})


def unreadable(request: HttpRequest, pk: int) -> HttpResponse:
    """One raw mail of the pile, to keep or look at elsewhere."""
    raw = get_object_or_404(RawMail.objects.set_aside(), pk=pk)
    return _download(bytes(raw.body), f"mail-{raw.pk}.eml")


def raw_message(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """One message of a case exactly as it arrived."""
    case = find_case(request, pk)
    found = get_object_or_404(Message.objects.exclude(raw=None).select_related("raw"), pk=message, case=case)
    assert found.raw is not None
    return _download(bytes(found.raw.body), f"message-{found.pk}.eml")


def attachment(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """One file that came with a message, always as a download that no browser runs."""
    case = find_case(request, pk)
    found = get_object_or_404(Attachment.objects.select_related("message__raw"), pk=attachment, message__case=case)
    if found.message.raw is None:
        raise Http404("The raw mail of this file is not here.")
    return _download(enclosure_bytes(bytes(found.message.raw.body), found.index), found.name)


def _download(body: bytes, name: str) -> HttpResponse:
    """A file to save: sandboxed, never sniffed, whatever it claims to be."""
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def sent_mail(request: HttpRequest) -> HttpResponse:
    """What we sent in a trial, newest first; with a real mail server letters are with the customers."""
    files = sorted(_sink().glob("*.log"), reverse=True)[:PAGE]
    letters = [_letter(path) for path in files]
    context = {
        **chrome(request, "mailroom"),
        "letters": letters,
        "sink": settings.EMAIL_BACKEND.endswith("sink.Sink"),
    }
    return render(request, "desk/sent_mail.html", context)


def sent_letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter of the trial as its reader sees it, with its links."""
    path = _sink() / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Http404("There is no such letter.")
    return render(request, "desk/sent_letter.html", {**chrome(request, "mailroom"), "letter": _letter(path)})


def _sink() -> Path:
    return Path(settings.AMENDS_SINK)


def _letter(path: Path) -> dict[str, Any]:
    raw = path.read_bytes().rstrip().removesuffix(b"-" * 79)
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    text = message.get_body(("plain",))
    return {
        "name": path.name,
        "to": str(message["To"]),
        "sender": str(message["From"]),
        "subject": str(message["Subject"]),
        "date": str(message["Date"]),
        "reply_to": str(message["Reply-To"]),
        "text": text.get_content() if text else "",
    }
