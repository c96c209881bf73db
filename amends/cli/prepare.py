"""Getting a data folder ready: one desk at a time, tables up to date, styles in place, ports free."""

import fcntl
import os
import socket
from io import StringIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from amends import __version__
from amends.errors import AmendsError


class CannotStart(AmendsError):
    """Something stands in the way of starting; the sentence says what to do."""


def hold_home() -> IO[str]:
    """Take the data folder for this process until it ends; raises CannotStart when another desk has it."""
    home: Path = settings.AMENDS_HOME
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "amends.lock").open("a+")
    except OSError as error:
        raise CannotStart(
            f"The data folder {home} cannot be used: {error.strerror}. Set AMENDS_HOME to another."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        raise CannotStart(
            f"Amends is running already in {home} (process {holder}). Stop it with Ctrl-C there, "
            "or set AMENDS_HOME to another folder for a second desk."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def check_ports() -> None:
    """Raise CannotStart when a port we need is taken, naming the setting that changes it."""
    wanted = [
        (settings.AMENDS_HOST, settings.AMENDS_PORT, "AMENDS_PORT"),
        (settings.AMENDS_SMTP_HOST, settings.AMENDS_SMTP_PORT, "AMENDS_SMTP_PORT"),
        (settings.AMENDS_SMTP_HOST, settings.AMENDS_LMTP_PORT, "AMENDS_LMTP_PORT"),
    ]
    for host, port, name in wanted:
        if port:
            _check_port(host, port, name)


def _check_port(host: str, port: int, name: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} on {host} cannot be used: {error.strerror}. "
                f"Stop what uses it, or choose another: {name}={port + 1} amends up"
            ) from error


def bring_up_to_date() -> bool:
    """Bring the tables up to this version; returns whether there was anything to do.

    A half-finished earlier run is simply continued: each migration is one transaction.
    """
    executor = MigrationExecutor(connection)
    planned = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if planned:
        call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    return planned


def lay_out_styles() -> None:
    """Copy styles and scripts, with their names hashed, into the data folder, once for each state of the sources."""
    stamp = settings.AMENDS_HOME / "static.stamp"
    state = f"{__version__} {_newest(settings.STATICFILES_DIRS[0])}"
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, stdout=StringIO())
    stamp.write_text(state)


def _newest(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.rglob("*")), default=0.0)
