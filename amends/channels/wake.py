"""A nudge for the worker after a commit: only a hint, the rows are the truth."""

import hashlib
import os
import socket

from django.conf import settings


def _name() -> bytes:
    """The abstract socket of this data folder (Linux), so that long paths do not matter."""
    digest = hashlib.sha256(f"{os.getuid()}:{settings.AMENDS_HOME}".encode()).hexdigest()[:24]
    return b"\0amends-" + digest.encode()


def nudge() -> None:
    """Tell a worker on this machine that there is something to do; when none listens, its next look finds it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.sendto(b"1", _name())
        except (ConnectionRefusedError, BlockingIOError, FileNotFoundError):
            return


class Ear:
    """Where a worker listens for nudges; a second worker on the same data folder relies on looking alone."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            self.socket.bind(_name())
        except OSError:
            self.socket.close()
            self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)

    def wait(self, seconds: float) -> bool:
        """Wait for a nudge, at most so long; answers whether one came, and swallows those that piled up."""
        self.socket.settimeout(seconds)
        try:
            self.socket.recv(16)
        except TimeoutError:
            return False
        self._drain()
        return True

    def _drain(self) -> None:
        self.socket.setblocking(False)
        try:
            while self.socket.recv(16):
                pass
        except BlockingIOError:
            return
