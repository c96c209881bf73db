"""What colleagues say to each other is read by the two alone: every door tried by whoever may most."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.outbox import OutboxEntry
from amends.coaching.comment import answer_comment
from amends.coaching.debrief import keep_debrief, share_debrief
from amends.coaching.hint import leave_hint
from amends.coaching.models import Comment
from amends.coaching.second_pair import ask_look, give_look
from amends.privacy.account import account_of
from amends.privacy.erase import erase_person
from amends.privacy.export import everything
from amends.team.token import make_token
from tests.doors.conftest import routes
from tests.doors.test_care_private import reading
from tests.rooms.erasing import found_in_database

pytestmark = pytest.mark.django_db
WORDS = (
    "quokka in the draft",
    "quokka remark",
    "quokka wording",
    "quokka comment",
    "quokka answer",
    "quokka hint",
    "quokka went well",
)


def speak(world, cast) -> None:
    """Ines comments on a letter of Tom and leaves him a hint; Tom answers, looks back and shows it to her."""
    now = datetime.now(UTC)
    letter = world.case.messages.filter(author=cast.tom).earliest("pk")
    said = {"kind": "comment", "check_number": "C06", "words": "A quokka comment"}
    made = Comment.objects.create(case=world.case, letter=letter, by=cast.ines, to=cast.tom, at=now, **said)
    answer_comment(made, "otherwise", "A quokka answer", by=cast.tom, now=now)
    leave_hint(world.case, "A quokka hint", by=cast.ines, now=now)
    back = keep_debrief(world.case, ("A quokka went well", "", "A quokka should change"), by=cast.tom, now=now)
    share_debrief(back, "ines", now=now)


def look(world, cast) -> None:
    """Ines looks at a draft of Tom's and proposes other words."""
    now = datetime.now(UTC)
    world.case.looks.all().delete()
    asked = ask_look(world.case, "A quokka in the draft", "", "ines", by=cast.tom, now=now + timedelta(minutes=2))
    give_look(asked, "A quokka remark", "A quokka wording", by=cast.ines, now=now + timedelta(minutes=3))


@pytest.mark.parametrize("who", ["ada"])
def test_another_lead_reads_at_every_address_the_same_whatever_was_said(who, cast, door, world):
    """Not one byte differs for an administrator, who leads the same team, before and after: nothing to reconstruct.

    A draft that was looked at is left out of this: that it was, and no word of it, stands in the history of the case.
    """
    names = [name for name in sorted(routes()) if name not in ("live", "account_logout")]
    client = door(who)
    with time_machine.travel(datetime.now(UTC), tick=False):
        before = {name: reading(client, world, name) for name in names}
        speak(world, cast)
        after = {name: reading(client, world, name) for name in names}
    assert [name for name in names if after[name] != before[name]] == []


def test_no_address_gives_anybody_else_a_word_of_it(cast, door, world):
    speak(world, cast)
    look(world, cast)
    for who in ("sam", "priya"):
        client = door(who)
        for name in sorted(routes()):
            if name in ("live", "account_logout"):
                continue
            response = client.get(world.url(name))
            assert response.streaming or b"quokka" not in response.content, (who, name)


def test_the_api_tells_nothing_of_it_even_to_the_two(cast, world):
    speak(world, cast)
    look(world, cast)
    for who in (cast.ada, cast.ines, cast.tom):
        client = Client(headers={"Authorization": f"Bearer {make_token(who, 'robot', datetime.now(UTC))}"})
        told = "".join(client.get(world.url(name)).content.decode() for name in routes() if name.startswith("api-"))
        assert "quokka" not in told
        assert "comment_" not in told


def test_what_is_given_out_about_the_customer_leaves_it_out(cast, door, world):
    speak(world, cast)
    look(world, cast)
    assert "quokka" not in json.dumps(everything(world.case.customer), default=str)
    kinds = {name for name, _ in account_of(world.case.customer, datetime.now(UTC)).kinds}
    assert not [name for name in kinds if "colleague" in name or "comment" in name or "draft" in name]
    response = door("ada").post(reverse("person-file", args=[world.case.pk]))
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist()
        assert not [name for name in archive.namelist() if b"quokka" in archive.read(name)]


def test_it_goes_with_the_customer(cast, world):
    speak(world, cast)
    look(world, cast)
    now = datetime.now(UTC) + timedelta(hours=1)
    assert {needle for _, _, needle in found_in_database(WORDS)} == set(WORDS)
    OutboxEntry.objects.filter(sent_at=None, cancelled_at=None).update(sent_at=now)
    erase_person(world.case.customer, "erase", asked=True, by=cast.ines, now=now)
    assert found_in_database(["quokka"]) == []


def test_no_tool_no_verb_and_no_command_names_it():
    from amends.cli.assistant import tools
    from amends.verbs.table import VERBS
    from tests.docs.test_docs import commands_offered

    named = [*tools(), *VERBS, *commands_offered()]
    assert len(named) > 40
    assert not [name for name in named if re.search(r"coach|comment|kudos|hint|debrief", name)]
