"""The live stream: own team only, lossless after a reconnect, and nothing in it but numbers."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import AsyncClient

from amends.cases.event import Event
from amends.cases.note import add_note
from amends.desk.views import live
from tests.conftest import mail
from tests.doors.conftest import BACKEND

pytestmark = pytest.mark.django_db

EVENT = re.compile(r"id: \d+\nevent: (queue|case-\d+)\ndata: \d+\n\n")
SECRET = "the courier confessed everything"


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(live, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(live, "close_old_connections", lambda: None)  # it would close the transaction of the test
    monkeypatch.setattr(live, "watcher", live.Watcher())


def listen(person, act=None, *, after=None, lines=1):
    """What arrives for this person until `lines` pieces came or nothing more does; `act` happens meanwhile."""
    return async_to_sync(_listen)(person, act, after, lines)


async def _listen(person, act, after, lines):
    client = AsyncClient()
    await client.aforce_login(person, backend=BACKEND)
    headers = {"Last-Event-ID": str(after)} if after is not None else {}
    response = await client.get("/live/", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/event-stream"
    stream = response.streaming_content
    heard = [(await anext(stream)).decode()]
    assert heard == ["retry: 2000\n\n"]
    if act:
        await sync_to_async(act)()
    heard = []
    try:
        while len(heard) < lines:
            heard.append((await asyncio.wait_for(anext(stream), 0.4)).decode())
    except TimeoutError:
        pass
    await stream.aclose()
    return heard


def cases_in(heard):
    return [int(one) for piece in heard for one in re.findall(r"event: case-(\d+)", piece)]


def test_an_event_of_the_own_team_arrives_as_numbers_alone(cast):
    case = cast.case()
    heard = listen(cast.tom, lambda: add_note(case, SECRET, by=cast.ines, now=datetime.now(UTC)))
    last = Event.objects.order_by("-seq").first()
    assert heard == [
        f"id: {last.seq}\nevent: queue\ndata: {case.pk}\n\nid: {last.seq}\nevent: case-{case.pk}\ndata: {last.seq}\n\n"
    ]
    assert EVENT.sub("", heard[0]) == ""


def test_another_teams_events_do_not_arrive(cast):
    case = cast.case()
    assert listen(cast.priya, lambda: add_note(case, SECRET, by=cast.tom, now=datetime.now(UTC))) == []
    assert listen(cast.priya, after=0) == []


def test_quality_hears_every_team(cast):
    ours = cast.case()
    theirs = cast.case(mail(to="office@lindqvist.example", message_id="<two@post.example>"))
    assert set(cases_in(listen(cast.sam, after=0, lines=99))) == {ours.pk, theirs.pk}


def test_a_reconnect_brings_exactly_what_was_missed(cast):
    case = cast.case()
    for number in range(3):
        add_note(case, f"Note {number}", by=cast.tom, now=datetime.now(UTC))
    seqs = list(Event.objects.order_by("seq").values_list("seq", flat=True))
    heard = listen(cast.tom, after=seqs[-3], lines=99)
    assert [int(re.match(r"id: (\d+)", piece)[1]) for piece in heard] == seqs[-2:]


def test_a_reconnect_after_a_long_absence_loses_nothing(cast, monkeypatch):
    monkeypatch.setattr(live, "MOST", 2)
    case = cast.case()
    for number in range(5):
        add_note(case, f"Note {number}", by=cast.tom, now=datetime.now(UTC))
    seqs = list(Event.objects.filter(case=case).order_by("seq").values_list("seq", flat=True))
    heard = listen(cast.tom, after=0, lines=99)
    assert [int(re.match(r"id: (\d+)", piece)[1]) for piece in heard] == seqs


@pytest.mark.parametrize("after", ["²", "abc", "-1", "9" * 40, "9" * 5000])
def test_a_hostile_last_event_id_is_a_plain_start(cast, after):
    cast.case()
    assert listen(cast.tom, after=after) == []


def test_nobody_listens_without_signing_in(client, cast):
    assert client.get("/live/")["Location"].startswith("/sign-in/")


def test_a_listener_who_leaves_is_forgotten(cast):
    cast.case()
    listen(cast.tom)
    assert live.watcher.listeners == set()
