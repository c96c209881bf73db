"""Whatever was acknowledged at the mail door is kept, once, however often the processes are killed."""

import os
import signal
import smtplib
import subprocess
import sys
import threading
import time

import psutil
import pytest

from tests.conftest import mail
from tests.journeys.desk import Desk, until

MAILS, SAMPLES = 500, 44


def _children(desk: Desk) -> dict[str, int]:
    """The processes below `amends up`, by the names they go by: intake, worker, web."""
    return {one.name().removeprefix("amends "): one.pid for one in psutil.Process(desk.process.pid).children()}


def _send(desk: Desk, numbers: list[int], acknowledged: list[int]) -> None:
    """Send each mail until it is acknowledged, as a mail server does."""
    for number in numbers:
        raw = mail(sender=f"Person {number} <p{number}@post.example>", message_id=f"<kill-{number}@post.example>")
        while True:
            try:
                desk.send(raw, sender=f"p{number}@post.example")
            except (smtplib.SMTPException, OSError):
                time.sleep(0.05)
            else:
                acknowledged.append(number)
                break


@pytest.mark.slow
def test_500_mails_with_kill_9_lose_nothing_and_double_nothing(home, fresh_database):
    desk = Desk(home, sample=False, extra=fresh_database)
    assert desk.run("team", "Home", "--mailbox", "complaints@lindqvist.example").returncode == 0
    desk.start()
    acknowledged: list[int] = []
    senders = [
        threading.Thread(target=_send, args=(desk, list(range(first, MAILS, 4)), acknowledged)) for first in range(4)
    ]
    for sender in senders:
        sender.start()
    kills = 0
    while any(sender.is_alive() for sender in senders):
        time.sleep(0.7)
        pids = _children(desk)
        for name in ("intake", "worker"):
            if name in pids and kills < 12:
                os.kill(pids[name], signal.SIGKILL)
                kills += 1
    for sender in senders:
        sender.join()
    assert sorted(acknowledged) == list(range(MAILS))
    assert kills >= 4
    until(lambda: desk.status()["raw_waiting"] == 0, within=120, every=0.5)
    status = desk.status()
    desk.stop()
    assert (status["cases"], status["open"], status["raw_unreadable"]) == (MAILS, MAILS, 0)
    assert status["messages"] == 2 * MAILS
    assert status["chain_holds"]


def _family(desk: Desk) -> list[psutil.Process]:
    return psutil.Process(desk.process.pid).children(recursive=True)


def test_a_web_process_that_is_killed_takes_its_own_with_it_and_comes_back(desk):
    before = psutil.Process(_children(desk)["web"])
    answering = before.children(recursive=True)
    assert answering
    before.kill()
    until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in answering), within=20)
    until(lambda: _children(desk).get("web") not in {None, before.pid}, within=20)
    until(desk.answers, within=20)


def test_nothing_outlives_a_desk_that_is_killed(home, fresh_database):
    desk = Desk(home, extra=fresh_database).start()
    family = _family(desk)
    assert len(family) >= 3
    desk.process.kill()
    desk.process.wait()
    desk.log.close()
    until(lambda: not any(one.is_running() for one in family), within=20)


def test_up_says_what_stands_in_the_way_and_stops_cleanly(desk):
    second = subprocess.run(
        [sys.executable, "-m", "amends", "up"], env=desk.env, capture_output=True, text=True, timeout=30, check=False
    )
    assert second.returncode == 1
    assert "running already" in second.stderr
    other = Desk(desk.home.parent / "other", port=desk.port)
    busy = other.run("up")
    assert busy.returncode == 1
    assert f"Port {desk.port}" in busy.stderr
    assert "AMENDS_PORT=" in busy.stderr
    children = _children(desk)
    assert desk.stop() == 0
    for pid in children.values():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_killed_first_start_is_continued(home, fresh_database):
    first = Desk(home, extra=fresh_database)
    process = subprocess.Popen(
        [sys.executable, "-m", "amends", "up", "--sample"],
        env=first.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(2.0)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    again = Desk(home, extra=fresh_database).start()
    until(lambda: again.status()["cases"] > SAMPLES, within=90, every=0.5)
    status = again.status()
    assert (status["raw_waiting"], status["chain_holds"]) == (0, True)
    count = (
        "from amends.cases.case import Case; print(Case.objects.exclude(address__endswith='letters.example').count())"
    )
    assert again.shell(count).strip() == str(SAMPLES)
    assert again.stop() == 0


@pytest.mark.slow
def test_a_history_that_is_cut_off_is_put_in_whole_at_the_next_start(home, fresh_database):
    first = Desk(home, extra=fresh_database).start()
    until(lambda: "history" in _children(first), within=60, every=0.05)
    os.kill(_children(first)["history"], signal.SIGKILL)
    assert first.stop() == 0
    assert first.status()["cases"] <= SAMPLES
    again = Desk(home, extra=fresh_database).start()
    until(lambda: again.status()["cases"] > SAMPLES, within=90, every=0.5)
    assert again.status()["chain_holds"]
    assert again.stop() == 0
