"""A real desk in processes of its own: `amends up` on free ports with a data folder of its own."""

import fcntl
import json
import os
import shutil
import signal
import smtplib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

PATIENCE = 60.0


def until(what, *, within: float = PATIENCE, every: float = 0.05):
    """Wait until `what()` is true and return it; fail with the last value when it never is."""
    deadline = time.monotonic() + within
    while True:
        value = what()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {within} s: {getattr(what, '__name__', what)} is still {value!r}")
        time.sleep(every)


@dataclass
class Desk:
    """One running desk."""

    home: Path
    port: int = field(default_factory=free_port)
    smtp: int = field(default_factory=free_port)
    sample: bool = True
    extra: dict = field(default_factory=dict)
    process: subprocess.Popen | None = None
    told: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict:
        return {
            **os.environ,
            "AMENDS_HOME": str(self.home),
            "AMENDS_PORT": str(self.port),
            "AMENDS_SMTP_PORT": str(self.smtp),
            "AMENDS_URL": self.url,
            "AMENDS_UNDO_SECONDS": "1",
            **self.extra,
        }

    def start(self) -> "Desk":
        words = [sys.executable, "-m", "amends", "up"] + (["--sample"] if self.sample else [])
        self.log = (self.home.parent / f"{self.home.name}.log").open("ab")
        self.process = subprocess.Popen(words, env=self.env, stdout=self.log, stderr=self.log)
        until(self.answers)
        return self

    def answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError(f"The desk ended by itself: {Path(self.log.name).read_text()[-3000:]}")
        try:
            return self.health()["database"]
        except OSError:
            return False

    def health(self) -> dict:
        with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
            return json.load(answer)

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.log.close()
        return code

    @contextmanager
    def running(self) -> Iterator["Desk"]:
        """Started, and afterwards nothing left running or open, also when it never came up."""
        try:
            yield self.start()
        finally:
            if self.process and self.process.poll() is None:
                self.stop()
            self.log.close()

    def run(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "amends", *words], env=self.env, capture_output=True, text=True, check=False
        )

    def status(self) -> dict:
        done = self.run("status", "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def send(self, raw: bytes, sender: str = "maria@post.example", to: str = "complaints@lindqvist.example") -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=20) as door:
            door.sendmail(sender, [to], raw)

    def letters(self) -> list[str]:
        """Every letter that left, oldest first."""
        return [path.read_text() for path in sorted((self.home / "sent-mail").glob("*.log"))]

    def shell(self, code: str) -> str:
        """What the code printed when it ran inside this desk."""
        done = self.run("manage", "shell", "-v0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def settle(self) -> None:
        """Wait until every mail is read and every letter has left."""
        until(lambda: self.status()["raw_waiting"] + self.status()["outbox_waiting"] == 0, every=0.3)


PREPARE = """
from django.core.management import call_command
from amends.demo.load import load_company
call_command("migrate", verbosity=0)
load_company()
"""


def company(home: Path, extra: dict, before: str = "", kept: Path | None = None) -> Iterator[Desk]:
    """A desk with the sample company's people and none of its complaints; `before` is code to run before it starts.

    What is prepared in a folder `kept` is prepared once: who comes later begins with a copy (on SQLite, where a folder
    holds a whole desk).
    """
    made = Desk(home, sample=False, extra=extra)
    if kept is None or extra:
        made.told = made.shell(PREPARE + before)
    else:
        made.told = copied(home, kept, PREPARE + before)
    with made.running():
        yield made


def copied(home: Path, kept: Path, code: str) -> str:
    """What the code told when it prepared the folder `kept`, of which `home` is a copy now."""
    told = kept.with_suffix(".told")
    with alone(kept.with_suffix(".lock")):
        if not told.exists():
            words = Desk(kept, sample=False).shell(code)
            told.write_text(words)
    shutil.copytree(kept, home)
    return told.read_text()


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other worker is inside."""
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
