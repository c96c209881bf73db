"""Live pages: server-sent events from one watcher of the ledger in each web process."""

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from amends.cases.event import Event
from amends.team.models import User
from amends.team.permissions import Right
from amends.ui.numbers import number

LOOK_EVERY = 0.5
QUIET = 20.0
MOST = 500
Seen = tuple[int, int, int]


class Watcher:
    """Reads new rows of the ledger while anybody listens, and tells each listener what their team may know."""

    def __init__(self) -> None:
        self.listeners: set[asyncio.Queue[Seen]] = set()
        self.task: asyncio.Task[None] | None = None
        self.last = 0

    async def join(self, listener: "asyncio.Queue[Seen]") -> None:
        """Add a listener, and begin to watch with the first one."""
        self.listeners.add(listener)
        if self.task is None or self.task.done():
            self.last = await sync_to_async(newest)()
            self.task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while self.listeners:
            await asyncio.sleep(LOOK_EVERY)
            try:
                rows = await sync_to_async(since)(self.last)
            except DatabaseError:
                continue
            for row in rows:
                self.last = row[0]
                for listener in self.listeners:
                    listener.put_nowait(row)


watcher = Watcher()


def newest() -> int:
    """The number of the last row of the ledger, 0 for an empty one."""
    close_old_connections()
    return Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def since(seq: int) -> list[Seen]:
    """The rows after `seq` that concern a case: (seq, case, team)."""
    close_old_connections()
    rows = Event.objects.filter(seq__gt=seq).exclude(case=None).order_by("seq")
    return list(rows.values_list("seq", "case_id", "case__team_id")[:MOST])


async def live(request: HttpRequest) -> HttpResponseBase:
    """The stream: `queue` and `case-N` events carrying only a number; Last-Event-ID makes a reconnect lossless."""
    user = await request.auser()
    assert isinstance(user, User)
    after = number(request.headers.get("Last-Event-ID", ""))
    response = StreamingHttpResponse(_stream(user, after), content_type="text/event-stream")
    response["X-Accel-Buffering"] = "no"
    return response


async def _stream(user: User, start: int | None) -> AsyncIterator[str]:
    listener: asyncio.Queue[Seen] = asyncio.Queue()
    everything = user.can(Right.SEE_ALL_TEAMS)
    await watcher.join(listener)
    try:
        yield "retry: 2000\n\n"
        sent = start or 0
        while start is not None and (missed := await sync_to_async(since)(sent)):
            for row in missed:
                sent = row[0]
                if everything or row[2] == user.team_id:
                    yield _words(row)
        while True:
            try:
                row = await asyncio.wait_for(listener.get(), QUIET)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if row[0] > sent and (everything or row[2] == user.team_id):
                yield _words(row)
    finally:
        watcher.listeners.discard(listener)


def _words(row: Seen) -> str:
    seq, case, _team = row
    return f"id: {seq}\nevent: queue\ndata: {case}\n\nid: {seq}\nevent: case-{case}\ndata: {seq}\n\n"
