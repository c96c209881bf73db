"""Ports of this machine that no one else will be given while a test counts on one."""

import os
import random
import socket
from itertools import count

# Below the ports that systems hand out for outgoing connections (Linux: from 32768): one that is free now stays free.
LOWEST, ROOM, WORKERS = 12000, 1250, 16


def _mine() -> range:
    """This worker's own share, so that two workers of one run never choose the same."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
    return range(LOWEST + worker * ROOM, LOWEST + (worker + 1) * ROOM)


_next = count(random.SystemRandom().randrange(ROOM))


def free_port() -> int:
    """A port nothing listens on, never given twice by this process until all of its share were."""
    mine = _mine()
    for _ in mine:
        port = mine[next(_next) % ROOM]
        if _can_be_bound(port):
            return port
    raise AssertionError(f"Every port from {mine.start} to {mine.stop - 1} is in use.")


def _can_be_bound(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
