"""The doors opened inside a test, and a mail program that speaks to them word by word."""

import asyncio
import socket
import threading

from amends.channels.email.door import Store, open_doors

FROM, TO = "maria@post.example", "complaints@lindqvist.example"


class House:
    """Both doors open in a thread of their own, with one store behind them."""

    def __init__(self) -> None:
        self.store = Store()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self.ready = threading.Event()

    async def _serve(self) -> None:
        self.loop, self.stopped = asyncio.get_running_loop(), asyncio.Event()
        servers = await open_doors(self.store)
        self.ready.set()
        await self.stopped.wait()
        for server in servers:
            server.close()

    def open(self) -> "House":
        self.store.start()
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.stopped.set)
        self.thread.join(10)
        assert not self.thread.is_alive()
        self.store.stop()
        assert not self.store.is_alive()


class Line:
    """A connection spoken word by word, so that nothing a library would mend is mended."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.file = self.socket.makefile("rb")
        self.answer()

    def answer(self) -> str:
        while (line := self.file.readline().decode())[3:4] == "-":
            pass
        return line.strip()

    def say(self, words: str | bytes) -> str:
        self.socket.sendall((words.encode() if isinstance(words, str) else words) + b"\r\n")
        return self.answer()

    def send(
        self, body: bytes, *, sender: str = f"<{FROM}>", to: tuple[str, ...] = (TO,), hello: str = "EHLO me"
    ) -> str:
        assert self.say(hello).startswith("250")
        assert self.say(f"MAIL FROM:{sender}").startswith("250")
        for one in to:
            assert self.say(f"RCPT TO:<{one}>").startswith("250")
        assert self.say("DATA").startswith("354")
        stuffed = body.replace(b"\r\n.", b"\r\n..")
        return self.say((b"." + stuffed if stuffed.startswith(b".") else stuffed) + b"\r\n.")

    def close(self) -> None:
        self.file.close()
        self.socket.close()
