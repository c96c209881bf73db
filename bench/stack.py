"""A desk to measure: its processes, and the CPU time of each with all its children."""

import http.client
import os
import re
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import psutil


class Stack:
    """A desk in `home` on ports of its own."""

    def __init__(self, home: Path, port: int = 8790, smtp: int = 2790) -> None:
        self.home, self.port, self.smtp = home, port, smtp
        self.env = {
            **os.environ,
            "AMENDS_HOME": str(home),
            "AMENDS_PORT": str(port),
            "AMENDS_SMTP_PORT": str(smtp),
            "AMENDS_URL": f"http://127.0.0.1:{port}",
        }

    def run(self, *words: str) -> str:
        """One command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "amends", *words], env=self.env, capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """One process of the desk, in the background."""
        return subprocess.Popen([sys.executable, "-m", "amends", *words], env=self.env, stdout=subprocess.DEVNULL)

    def answers(self) -> bool:
        """Whether the web process answers."""
        try:
            return self.get("/health", {})[0] == 200
        except OSError:
            return False

    def get(self, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        """One GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def sign_in(self, username: str = "tom") -> dict[str, str]:
        """The headers of somebody signed in, with the CSRF token."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/sign-in/")
        answer = connection.getresponse()
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read())
        assert token
        cookie = _cookies(answer)
        body = urlencode({"csrfmiddlewaretoken": token[1].decode(), "login": username, "password": "make-it-right"})
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in/", body, headers)
        signed = connection.getresponse()
        signed.read()
        assert signed.status == 302, signed.status
        cookies = _cookies(signed)
        return {"Cookie": cookies, "X-CSRFToken": dict(pair.split("=", 1) for pair in cookies.split("; "))["csrftoken"]}


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie", []))


def cpu(pid: int) -> float:
    """CPU seconds used so far by a process and everything below it."""
    root = psutil.Process(pid)
    total = 0.0
    for one in [root, *root.children(recursive=True)]:
        times = one.cpu_times()
        total += times.user + times.system
    return total


def pss(pid: int) -> int:
    """Proportional memory of a process and everything below it, in bytes."""
    root = psutil.Process(pid)
    return sum(one.memory_full_info().pss for one in [root, *root.children(recursive=True)])


def until(what: Callable[[], bool], within: float = 120) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + within
    while not what():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {within} s")
        time.sleep(0.02)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end and wait for it."""
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)


def deliver(port: int, mails: list[tuple[str, bytes]]) -> None:
    """Send mails over one SMTP connection."""
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as door:
        for sender, raw in mails:
            door.sendmail(sender, ["complaints@lindqvist.example"], raw)
