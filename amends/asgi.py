"""The web process behind granian: pages run in a few lasting threads, the live stream on the event loop."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any

import django

from amends.kin import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.settings")
django.setup(set_prefix=False)

from django.core.exceptions import RequestAborted  # noqa: E402 - Django has to be set up first
from django.core.handlers.asgi import ASGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.http.response import HttpResponseBase  # noqa: E402

# granian answers from a process of its own, which must not hold the port once granian is gone.
end_with_parent(signal.SIGKILL)

STREAM = "/live/"
THREADS = 4
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response, ready to be sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Pages(ASGIHandler):
    """Django's handler with all its middleware in one thread and one database connection kept for each thread.

    Django's own way hops between threads for every request and opens a connection in each; that cost more than
    most of our pages (see docs/decisions/0007).
    """

    def __init__(self) -> None:
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a client that goes away before it has asked is forgotten."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.threads, self.answer, scope, body)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    def answer(self, scope: Scope, body: IO[bytes]) -> Answer:
        """The response to a request whose body has arrived."""
        with body:
            request, refusal = self.create_request(scope, body)
            if request is None:
                return written(refusal or HttpResponse(status=400))
            try:
                return written(self.get_response(request))
            finally:
                _tidy(request)


def written(response: HttpResponseBase) -> Answer:
    """The response as bytes."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [
        (b"Set-Cookie", cookie.output(header="").strip().encode("ascii")) for cookie in response.cookies.values()
    ]
    return Answer(response.status_code, headers, content)


def _tidy(request: HttpRequest) -> None:
    """Keep a sound SQLite connection for the next request; give a PostgreSQL one back to its pool."""
    request.close()
    if connection.vendor != "sqlite" or connection.errors_occurred or connection.in_atomic_block:
        connection.close()


pages = Pages()
stream = ASGIHandler()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application granian calls."""
    if scope["type"] != "http":
        raise ValueError(f"Amends answers http, not {scope['type']}.")
    await (stream if scope["path"] == STREAM else pages.serve)(scope, receive, send)
