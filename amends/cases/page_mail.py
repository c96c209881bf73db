"""What a customer writes on their page, with their files, as a mail like any other: composed once, kept raw."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.channels.email.names import safe_name
from amends.channels.email.tokens import Kind, marked

MOST_FILES = 10
_TYPE = re.compile(r"(?!multipart/|message/)[a-z]+/[a-z0-9][a-z0-9.+-]{0,100}", re.ASCII)
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file a customer sent with their words."""

    name: str
    content_type: str
    body: bytes


def check_files(sizes: Sequence[int]) -> None:
    """Raise Incomplete when there are more files than we take at once, or together they are too large."""
    if len(sizes) > MOST_FILES:
        raise Incomplete(
            f"These are {len(sizes)} files. We can take {MOST_FILES} at once: send the others in a second message.",
            "files",
        )
    if sum(sizes) > most_bytes():
        raise Incomplete(
            f"Together the files are {_megabytes(sum(sizes) + 99_999)} MB. We can take {_megabytes(most_bytes())} MB "
            "at once: send some of them in a second message.",
            "files",
        )


def most_bytes() -> int:
    """How large all files of one message may be together: three quarters of a mail's limit, as base64 adds a third."""
    return int(settings.AMENDS_MAIL_LIMIT_MB) * 1024 * 1024 * 3 // 4


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}".removesuffix(".0")


def page_mail(case: Case, text: str, files: Sequence[Upload], *, number: str, now: datetime) -> bytes:
    """The mail (RFC 5322, MIME) these words and files make, marked with their case; `number` makes it the same mail.

    Whatever a file claims to be, it is an attachment and nothing in it is read as words or as a mail of its own.
    """
    mail = EmailMessage(policy=policy.SMTP)
    address = marked(case.channel.address, Kind.CASE, case.pk)
    mail["From"], mail["To"] = case.address, address
    mail["Subject"] = "From the customer's page"
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(case, number)
    mail.set_content(text or _names(files))
    for file in files:
        maintype, _, subtype = _type_of(file).partition("/")
        mail.add_attachment(file.body, maintype=maintype, subtype=subtype, filename=safe_name(file.name) or "file")
    return mail.as_bytes()


def message_id(case: Case, number: str) -> str:
    """The Message-ID of what was sent with this number, in angle brackets."""
    return f"<page-{number}@{case.channel.address.partition('@')[2]}>"


def _names(files: Sequence[Upload]) -> str:
    return "\n".join(safe_name(file.name) or "file" for file in files)


def _type_of(file: Upload) -> str:
    claimed = file.content_type.lower()
    return claimed if _TYPE.fullmatch(claimed) else _UNKNOWN
