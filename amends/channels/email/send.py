"""A letter on its way out: built once the same way at every attempt, handed to any Django mail backend."""

import re
from email.errors import MessageError
from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from amends.channels.email.letter import as_html
from amends.channels.envelope import Mailbox, Outgoing
from amends.errors import AmendsError

_BREAKS = re.compile(r"[\r\n\x00-\x1f\x7f]+")


class SendError(AmendsError):
    """The letter was not taken; `permanent` says that trying again is no use."""

    def __init__(self, sentence: str, *, permanent: bool) -> None:
        super().__init__(sentence)
        self.permanent = permanent


def send(outgoing: Outgoing) -> None:
    """Hand one letter to the mail backend; raises SendError (RFC 5321 § 4.2.1: 4xx may be tried again)."""
    try:
        compose(outgoing).send()
    except SMTPRecipientsRefused as error:
        codes = [answer[0] for answer in error.recipients.values()]
        raise SendError(f"The recipient was refused: {error.recipients}", permanent=min(codes) >= 500) from error
    except SMTPResponseException as error:
        raise SendError(f"{error.smtp_code} {error.smtp_error!r}", permanent=error.smtp_code >= 500) from error
    except _provider("AnymailRecipientsRefused") as error:
        raise SendError(str(error), permanent=True) from error
    except (ValueError, MessageError) as error:
        raise SendError(f"This letter cannot be written as a mail: {error}", permanent=True) from error
    except _passing() as error:
        raise SendError(f"The mail server could not be used: {error}", permanent=False) from error


def _passing() -> tuple[type[Exception], ...]:
    """The errors that may be over at the next try."""
    return (SMTPException, OSError, *_provider("AnymailError"))


def _provider(name: str) -> tuple[type[Exception], ...]:
    """A provider's error by its name; loaded only when letters leave through one."""
    if not settings.EMAIL_BACKEND.startswith("anymail."):
        return ()
    from anymail import exceptions

    return (getattr(exceptions, name),)


def compose(outgoing: Outgoing) -> EmailMultiAlternatives:
    """The letter as a message with a text and an HTML part, threading headers and exactly one recipient."""
    message = EmailMultiAlternatives(
        subject=one_line(outgoing.subject),
        body=outgoing.text,
        from_email=outgoing.return_path or outgoing.sender.address,
        to=[formatted(outgoing.recipient)],
        reply_to=[outgoing.reply_to],
        headers=_headers(outgoing),
    )
    message.attach_alternative(outgoing.html or as_html(outgoing.text), "text/html")
    return message


def _headers(outgoing: Outgoing) -> dict[str, str]:
    headers = {"Message-ID": f"<{outgoing.message_id}>", "From": formatted(outgoing.sender)}
    if outgoing.in_reply_to:
        headers["In-Reply-To"] = f"<{one_line(outgoing.in_reply_to)}>"
    if outgoing.references:
        headers["References"] = " ".join(f"<{one_line(reference)}>" for reference in outgoing.references)
    if outgoing.unsubscribe:  # RFC 8058: one press in the mail program, without opening anything
        headers["List-Unsubscribe"] = f"<{outgoing.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if outgoing.automatic:
        headers["Auto-Submitted"] = "auto-replied"
        headers["X-Auto-Response-Suppress"] = "All"
    return headers


def formatted(mailbox: Mailbox) -> str:
    """A mailbox as one header value: the name loses whatever could make it look like a second address."""
    name = one_line(re.sub(r'[<>@,;:"\\()\[\]=?]', " ", mailbox.name)).strip()
    local, _, domain = one_line(mailbox.address).rpartition("@")
    return formataddr((name, f"{local}@{domain.encode('idna').decode()}"))


def one_line(words: str) -> str:
    """The words without line breaks or control characters, so that no header can be smuggled in."""
    return _BREAKS.sub(" ", words).strip()
