"""A few simulated complaints, in a process of their own: nothing that must never happen is found in their tables."""

import json
import subprocess
import sys

import pytest
from django.db import connection


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it lives in a SQLite home of its own, here as there")
def test_complaints_lived_through_leave_nothing_that_must_not_be():
    done = subprocess.run(
        [sys.executable, "-m", "bench.simulate", "--cases", "25"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:] or done.stdout
    figures = json.loads(done.stdout)
    assert figures["broken_rules"] == {}
    assert figures["chain_holds"]
    assert min(figures["acceptances"], figures["deliveries"], figures["closed"], figures["shortcuts_refused"]) >= 10
