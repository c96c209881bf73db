"""The three processes of a running desk, each startable alone: web, work, intake."""

import asyncio
import signal

from django.conf import settings

from amends.channels.email.door import Store, open_doors
from amends.cli import app
from amends.cli.prepare import lay_out_styles
from amends.jobs import Worker


@app.command()
def web() -> None:
    """Serve the desk and the customers' pages."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    lay_out_styles()
    Granian(
        "amends.asgi:application",
        address=settings.AMENDS_HOST,
        port=settings.AMENDS_PORT,
        interface=Interfaces.ASGINL,
        workers=1,
        log_level=LogLevels.warning,
        websockets=False,
        workers_kill_timeout=5,
        static_path_route=["/static"],
        static_path_mount=[settings.STATIC_ROOT],
    ).serve()


@app.command()
def work() -> None:
    """Read mail, send letters, and do what is due."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()


@app.command()
def intake() -> None:
    """Take mail in by SMTP, and by LMTP when AMENDS_LMTP_PORT is set."""
    asyncio.run(_intake())


async def _intake() -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    store = Store()
    store.start()
    doors = await open_doors(store)
    await stopped.wait()
    for door in doors:
        door.close()
    await asyncio.to_thread(store.stop)
