"""`amends up`: web, worker and mail intake as one supervised group."""

import gc
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from smtplib import SMTPException

import typer
from django.conf import settings
from django.db import connections

from amends.cli import app
from amends.cli.prepare import CannotStart, bring_up_to_date, check_ports, hold_home, lay_out_styles
from amends.cli.processes import intake, web, work
from amends.cli.sample import look_back
from amends.cli.welcome import welcome
from amends.demo.load import deliver_samples, load_company
from amends.demo.rota import plan_shifts
from amends.kin import call_ourselves, end_with_parent

GRACE = 10.0
PARTS: dict[str, Callable[[], None]] = {"intake": intake, "worker": work, "web": web}
ONCE: dict[str, Callable[[], None]] = {"history": look_back}


@app.command()
def up(
    sample: bool = typer.Option(False, "--sample", help="Begin with a sample company and its complaints."),
) -> None:
    """Start the whole desk: web, worker and mail intake. Ctrl-C stops everything."""
    began = time.monotonic()
    try:
        lock = hold_home()
        check_ports()
    except CannotStart as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from reason
    with lock:
        if bring_up_to_date():
            typer.echo("The database is up to date.")
        lay_out_styles()
        if sample and load_company():
            plan_shifts(datetime.now(UTC))
        connections.close_all()
        _supervise(Group(), began, sample=sample)


class Group:
    """Our child processes by name; one that dies is started again, and all end together."""

    def __init__(self) -> None:
        self.children: dict[str, int] = {}
        self.stopping = False

    def start(self, name: str) -> None:
        """Fork one part; the pages of memory loaded so far are shared."""
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            call_ourselves(f"amends {name}")
            end_with_parent(signal.SIGTERM)
            _become((PARTS | ONCE)[name])
        self.children[name] = pid

    def stop(self, *_signal: object) -> None:
        """Ask every part to end."""
        self.stopping = True
        for pid in self.children.values():
            _tell(pid, signal.SIGTERM)

    def reap(self) -> list[str]:
        """The names of the parts that ended since the last look."""
        ended = []
        for name, pid in list(self.children.items()):
            done, _status = os.waitpid(pid, os.WNOHANG)
            if done:
                del self.children[name]
                ended.append(name)
        return ended

    def kill(self) -> None:
        """End what did not end when asked."""
        for pid in self.children.values():
            _tell(pid, signal.SIGKILL)


def _become(part: Callable[[], None]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = 1
    try:
        part()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code)


def _tell(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _supervise(group: Group, began: float, *, sample: bool) -> None:
    signal.signal(signal.SIGTERM, group.stop)
    signal.signal(signal.SIGINT, group.stop)
    gc.collect()
    gc.freeze()  # what is loaded so far is never looked at again by the collector, so its pages stay shared
    for name in PARTS:
        group.start(name)
    if _answers(group):
        typer.echo(welcome(time.monotonic() - began, sample=sample))
        if sample and not group.stopping:
            _send_samples()
            group.start("history")
    while not group.stopping:
        _restart(group)
        time.sleep(0.3)
    _end(group)


def _send_samples() -> None:
    try:
        sent = deliver_samples()
    except (SMTPException, OSError) as error:
        typer.echo(f"The sample complaints did not all arrive: {error}. Start again, and the rest follow.", err=True)
        return
    finally:
        connections.close_all()
    if sent:
        typer.echo(f"{sent} sample complaints were sent to the mail door; the queue fills as they are read.")


def _restart(group: Group) -> None:
    for name in group.reap():
        if not group.stopping and name in PARTS:
            typer.echo(f"The {name} process ended by itself and is started again.", err=True)
            time.sleep(0.5)
            if not group.stopping:
                group.start(name)


def _answers(group: Group) -> bool:
    """Wait until the web process answers, at most half a minute."""
    for _ in range(300):
        if group.stopping:
            return False
        try:
            with urllib.request.urlopen(f"http://{settings.AMENDS_HOST}:{settings.AMENDS_PORT}/health", timeout=1):
                return True
        except (urllib.error.URLError, OSError):
            _restart(group)
            time.sleep(0.05)
    typer.echo("The desk does not answer after half a minute. The lines above say why.", err=True)
    group.stop()
    return False


def _end(group: Group) -> None:
    deadline = time.monotonic() + GRACE
    while group.children and time.monotonic() < deadline:
        group.reap()
        time.sleep(0.05)
    group.kill()
    typer.echo("Amends has stopped.")
