"""`python -m bench`: fill a desk, measure each figure of the README's table, print one JSON line for each."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import amends
from bench.corpus import corpus
from bench.stack import Stack, cpu, deliver, end, pss, until

WARM = 5
SAMPLES = len([*(Path(amends.__file__).parent / "demo" / "mails").glob("*.eml")])
QUIET = 5  # seconds in which what was loaded is let go again


def say(name: str, value: float, unit: str, **more: object) -> None:
    """Print one figure."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    line = {
        "figure": name,
        "value": round(value, 3),
        "unit": unit,
        **more,
        "load": os.getloadavg()[0],
        "machine": machine,
    }
    print(json.dumps(line), flush=True)


def main() -> None:
    """Measure everything, or only what is named."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, nargs="*", default=[1000, 10_000])
    options.add_argument("--mails", type=int, default=1000)
    options.add_argument("--requests", type=int, default=100)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as folder:
        whole_desk(Stack(Path(folder) / "sample"))
        stack = Stack(Path(folder) / "home")
        company(stack)
        accept(stack, chosen.mails)
        end_to_end(stack)
        for cases in chosen.cases:
            filled(stack, cases)
            full(stack, chosen.mails // 2, cases)
            pages(stack, chosen.requests, cases)


def whole_desk(stack: Stack) -> None:
    """P9, P10: from the command to the first answer, and the memory of an idle desk."""
    stack.run("manage", "migrate", "-v0")
    for name in ("start_first", "start_again"):
        began = time.monotonic()
        desk = stack.start("up", "--sample")
        until(stack.answers)
        say(name, time.monotonic() - began, "s")
        until(lambda: looked_back(stack))
        time.sleep(QUIET)
        say(f"memory_idle_{name}", pss(desk.pid) / 2**20, "MB PSS")
        end(desk)


def looked_back(stack: Stack) -> bool:
    """Whether every sample is read and the history stands behind them."""
    status = json.loads(stack.run("status", "--json"))
    return status["raw_waiting"] == 0 and status["cases"] > SAMPLES


def company(stack: Stack) -> None:
    """A desk with the sample company's people and no case, so that what is filled in later is all there is."""
    stack.run("manage", "migrate", "-v0")
    stack.run("manage", "shell", "-v0", "-c", "from amends.demo.load import load_company; load_company()")


def accept(stack: Stack, mails: int) -> None:
    """P1a: mails stored, synced and acknowledged, over eight connections."""
    door = stack.start("intake")
    until(lambda: _listens(stack.smtp))
    letters = corpus(mails, seed=2)
    before, began = cpu(door.pid), time.monotonic()
    senders = [threading.Thread(target=deliver, args=(stack.smtp, letters[one::8])) for one in range(8)]
    client = time.process_time()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    spent = cpu(door.pid) - before
    wall = time.monotonic() - began
    say(
        "intake_accept",
        spent / mails * 1000,
        "CPU-ms a mail",
        mails=mails,
        wall_per_s=round(mails / wall),
        client_cpu_ms=round((time.process_time() - client) / mails * 1000, 3),
    )
    end(door)


def _listens(port: int) -> bool:
    try:
        deliver(port, [])
    except OSError:
        return False
    return True


def full(stack: Stack, mails: int, cases: int) -> None:
    """P1b+c: waiting mails parsed, threaded, read, put into cases and acknowledged, in one worker process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.drain", str(mails), str(cases)],
        env=stack.env,
        capture_output=True,
        text=True,
        check=True,
    )
    figure = json.loads(done.stdout)
    say(
        "intake_full",
        figure["cpu_ms"],
        "CPU-ms a mail",
        mails=mails,
        cases=cases,
        of_it_reading_ms=figure["reading_ms"],
        per_cpu_s=round(1000 / figure["cpu_ms"]),
        statements=figure["statements"],
    )


def end_to_end(stack: Stack) -> None:
    """P2: one mail by SMTP into the running desk, until its case is there."""
    desk = stack.start("up")
    until(stack.answers)
    time.sleep(2)
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_mail", str(stack.smtp)],
        env=stack.env,
        capture_output=True,
        text=True,
        check=True,
    )
    times = json.loads(done.stdout)
    say(
        "one_mail_end_to_end",
        statistics.median(times),
        "ms wall, median",
        mails=len(times),
        p95=round(sorted(times)[int(len(times) * 0.95) - 1], 1),
    )
    end(desk)


def filled(stack: Stack, cases: int) -> None:
    """Bring the desk to so many cases."""
    words = f"from bench.fill import fill, lengthen; fill({cases}); lengthen(1, 20); lengthen(2, 200)"
    stack.run("manage", "shell", "-v0", "-c", words)


def pages(stack: Stack, requests: int, cases: int) -> None:
    """P3, P4, P6: the queue, a case with 20 and with 200 messages, a reply."""
    web = stack.start("web")
    until(stack.answers)
    headers = stack.sign_in()
    for name, path in _paths():
        for _ in range(WARM):
            status, body = stack.get(path, headers)
            assert status == 200, (path, status)
        before, walls = cpu(web.pid), []
        for _ in range(requests):
            began = time.perf_counter()
            stack.get(path, headers)
            walls.append((time.perf_counter() - began) * 1000)
        spent = (cpu(web.pid) - before) / requests * 1000
        say(
            name,
            spent,
            "CPU-ms",
            cases=cases,
            wall_p50=round(statistics.median(walls), 1),
            wall_p95=round(sorted(walls)[int(requests * 0.95) - 1], 1),
            kB=round(len(body) / 1000, 1),
        )
    _replies(stack, web.pid, headers, requests, cases)
    end(web)


def _paths() -> Iterator[tuple[str, str]]:
    yield "queue_page", "/queue/unassigned/"
    yield "case_page_20", "/cases/1/"
    yield "case_page_200", "/cases/2/"


def _replies(stack: Stack, pid: int, headers: dict[str, str], requests: int, cases: int) -> None:
    import http.client
    from urllib.parse import urlencode

    body = urlencode(
        {"text": "Dear Maria,\n\nI am sorry that the lamp arrived nine days late. That was our mistake.\n\nTom"}
    )
    form = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    before, walls = 0.0, []
    for number in range(-WARM, requests):
        if number == 0:
            before, walls = cpu(pid), []
        connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=60)
        began = time.perf_counter()
        connection.request("POST", f"/cases/{100 + WARM + number}/reply/", body, form)
        answer = connection.getresponse()
        answer.read()
        walls.append((time.perf_counter() - began) * 1000)
        assert answer.status == 302, answer.status
    spent = (cpu(pid) - before) / requests * 1000
    say(
        "reply",
        spent,
        "CPU-ms",
        cases=cases,
        wall_p50=round(statistics.median(walls), 1),
        wall_p95=round(sorted(walls)[int(requests * 0.95) - 1], 1),
    )


if __name__ == "__main__":
    main()
