"""After an erasure no byte of the person is left in the data folder: no free page, log, nor letter."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NEEDLES = (b"Wilhelmina", b"quastenberg", b"porcelain heron", b"Tallow Lane", b"cGxhaW4gc2hhcmRz")
SCRIPT = """
import os, sys
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from amends.cases.note import add_note
from amends.cases.outbox import claim_letters, deliver
from amends.channels.models import Channel, RawMail
from amends.jobs import read_one
from amends.privacy.erase import erase_person
from amends.privacy.models import Erasure
from amends.privacy.rewrite import rewrite_files
from amends.team.models import Team, User

MAIL = b\"\"\"From: Wilhelmina Quastenberg <w@quastenberg.example>
To: complaints@lindqvist.example
Subject: My porcelain heron
Message-ID: <%d@quastenberg.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

The porcelain heron came in shards to Tallow Lane 5.
--b
Content-Type: image/jpeg; name=shards.jpg
Content-Transfer-Encoding: base64

cGxhaW4gc2hhcmRz
--b--
\"\"\"
now = datetime.now(UTC)
team = Team.objects.create(name="Home")
Channel.objects.create(address="complaints@lindqvist.example", name="Lindqvist Home", team=team)
ines = User.objects.create_user("ines", "make-it-right", name="Ines", role="lead", team=team)
for number in range(20):
    row = RawMail.objects.create(received_at=now, recipients=[], size=len(MAIL), body=MAIL % number, tries=1)
    case = read_one(row, now).message.case
    add_note(case, "Wilhelmina rang from Tallow Lane", by=ines, now=now)
for entry in claim_letters(now + timedelta(minutes=1), 100):
    deliver(entry, now)
print("told", flush=True)
sys.stdin.readline()
erase_person(case.customer, "erase", asked=True, by=ines, now=now)
print(rewrite_files(now), Erasure.objects.get().rewritten_at == now, flush=True)
sys.stdin.readline()
"""


def found(home: Path) -> dict[bytes, list[str]]:
    files = [one for one in home.rglob("*") if one.is_file()]
    return {needle: [one.name for one in files if needle.lower() in one.read_bytes().lower()] for needle in NEEDLES}


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="the files are the server's")
def test_no_byte_of_them_is_left_in_the_data_folder(tmp_path):
    environment = {**os.environ, "AMENDS_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "amends.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    with process:
        assert process.stdout.readline() == "told\n"
        before = found(tmp_path)
        assert all(before.values())
        assert any(name.endswith(".log") for name in before[b"quastenberg"])
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "True True\n"
        assert {needle: names for needle, names in found(tmp_path).items() if names} == {}
        process.stdin.write("\n")
        process.stdin.flush()
    assert process.returncode == 0
