"""The door for mail: SMTP and LMTP; a mail is stored and synced to disk before the sender hears “250”."""

import asyncio
import errno
import logging
import queue
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, AnyStr

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import Error, connection, transaction

from amends.channels.models import RawMail, beat
from amends.channels.wake import nudge

GROUP = 64
BEAT_SECONDS = 10
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Arrival:
    row: RawMail
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[str]"

    def reply(self, words: str) -> None:
        self.loop.call_soon_threadsafe(self._set, words)

    def _set(self, words: str) -> None:
        if not self.answer.done():
            self.answer.set_result(words)


class Store(threading.Thread):
    """One writer for all connections: mails that come together share one synced commit."""

    def __init__(self) -> None:
        super().__init__(name="store", daemon=True)
        self.arrivals: queue.Queue[_Arrival | None] = queue.Queue()
        self.synced: object = None

    async def keep(self, row: RawMail) -> str:
        """The SMTP answer for this mail, once it is on disk or refused."""
        loop = asyncio.get_running_loop()
        arrival = _Arrival(row, loop, loop.create_future())
        self.arrivals.put(arrival)
        return await arrival.answer

    def run(self) -> None:
        """Write groups until told to stop."""
        self._beat()
        while (group := self._gather()) is not None:
            words = self._write([arrival.row for arrival in group])
            for arrival in group:
                arrival.reply(words)
        connection.close()

    def stop(self) -> None:
        """Finish what has arrived, then end."""
        self.arrivals.put(None)
        self.join(timeout=10)

    def _gather(self) -> list[_Arrival] | None:
        try:
            first = self.arrivals.get(timeout=BEAT_SECONDS)
        except queue.Empty:
            self._beat()
            return []
        if first is None:
            return None
        group = [first]
        while len(group) < GROUP and not self.arrivals.empty():
            more = self.arrivals.get_nowait()
            if more is None:
                self.arrivals.put(None)
                break
            group.append(more)
        return group

    def _write(self, rows: list[RawMail]) -> str:
        if not rows:
            return ""
        try:
            self._sync_fully()
            with transaction.atomic():
                RawMail.objects.bulk_create(rows)
        except (Error, OSError) as error:
            connection.close()
            log.exception("Mail could not be stored")
            return refusal(error)
        nudge()
        return "250 2.0.0 Received, thank you"

    def _sync_fully(self) -> None:
        """On SQLite ask once for a sync at every commit of this connection; PostgreSQL does so by itself."""
        if connection.vendor != "sqlite":
            return
        connection.ensure_connection()
        if self.synced is not connection.connection:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=FULL")
            self.synced = connection.connection

    def _beat(self) -> None:
        try:
            beat("intake", datetime.now(UTC))
        except Error:
            connection.close()
            log.exception("The database does not answer")


def refusal(error: Exception) -> str:
    """The temporary refusal for a mail that could not be stored: 452 when space is short, else 451 (RFC 5321)."""
    full = getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error).lower()
    if full or "no space" in str(error).lower():
        return "452 4.3.1 We are short of space. Please try again later"
    return "451 4.3.0 We could not store your mail. Please try again later"


class Handler:
    """What aiosmtpd asks us: any recipient is taken, nothing is ever passed on."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep one mail; the answer decides whether the sender may forget it."""
        return await self.store.keep(_row(session, envelope))


class LineByLine(Handler):
    """The same for LMTP, which wants one answer for each recipient (RFC 2033)."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The one answer, once for every recipient."""
        answer = await super().handle_DATA(server, session, envelope)
        return "\r\n".join([answer] * len(envelope.rcpt_tos))


class EachRecipient(LMTP):
    """LMTP that also refuses a mail that is too big once for every recipient, where aiosmtpd says it once."""

    async def push(self, status: AnyStr) -> None:
        """Send an answer, repeated when it is the one after DATA."""
        after_data = str(status).startswith(("552 Error: Too much mail data", "500 Line too long"))
        times = len(self.envelope.rcpt_tos) if after_data and self.envelope else 1
        for _ in range(times):
            await super().push(status)


def _row(session: Session, envelope: Envelope) -> RawMail:
    body = envelope.content or b""
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogateescape")
    return RawMail(
        received_at=datetime.now(UTC),
        mail_from=_clean("" if envelope.mail_from in (None, "<>") else envelope.mail_from),
        recipients=[_clean(recipient) for recipient in envelope.rcpt_tos],
        peer=str((session.peer or ("",))[0])[:64],
        size=len(raw),
        body=raw,
    )


def _clean(address: str) -> str:
    return address.encode("utf-8", "replace").decode().replace("\x00", "")[:320]


def _protocol(kind: type[SMTP], handler: Handler) -> Any:
    class Door(kind):  # type: ignore[misc, valid-type]
        line_length_limit = 2**20
        command_size_limit = 4096

    def make() -> SMTP:
        limit = settings.AMENDS_MAIL_LIMIT_MB * 1024 * 1024
        return Door(handler, data_size_limit=limit, enable_SMTPUTF8=True, ident="Amends", hostname="amends")

    return make


async def open_doors(store: Store) -> list[asyncio.Server]:
    """Listen for SMTP, and for LMTP when a port is set; raises OSError when a port is taken."""
    loop = asyncio.get_running_loop()
    host = settings.AMENDS_SMTP_HOST
    doors = [await loop.create_server(_protocol(SMTP, Handler(store)), host, settings.AMENDS_SMTP_PORT)]
    if settings.AMENDS_LMTP_PORT:
        lmtp = _protocol(EachRecipient, LineByLine(store))
        doors.append(await loop.create_server(lmtp, host, settings.AMENDS_LMTP_PORT))
    return doors
