"""Nobody else reads what somebody carries: every door tried by a lead, by quality and by an administrator."""

import json
import logging
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from amends.care.consent import switch_off, switch_on
from amends.care.moments import take_break, tell_moment
from amends.care.take import pass_on, take_next
from amends.care.wishes import wish
from amends.team.token import make_token
from amends.team.veil import veiled
from tests.conftest import mail
from tests.doors.conftest import page, routes, words

pytestmark = pytest.mark.django_db
CARE = {"careconsent", "hardmoment", "break", "given", "passedon", "wishes", "weektold"}
OTHERS = ["ines", "sam", "ada", "priya"]
# What is new each time a page is made, whoever asks for it.
PASSING = re.compile(r"name=\"(?:csrfmiddlewaretoken|once)\" value=\"[^\"]+\"|/c/[^/\"]+/")


@pytest.fixture
def tom(cast, world):
    switch_on(cast.tom, datetime.now(UTC) - timedelta(days=9))
    return cast.tom


def carry(tom, cast) -> None:
    """Tom uses everything there is: hard contacts of every kind, a break, wishes, the next case, one passed on."""
    now = datetime.now(UTC)
    for hours, felt in ((1, "abusive"), (2, "distressing"), (3, "angry"), (26, "abusive")):
        tell_moment(tom, felt, now - timedelta(hours=hours))
    wish(tom, ["privacy", "harm_safety"], ["en"], 7, now)
    take_break(tom, now, minutes=20)


def names_of(tom) -> list[str]:
    """The veiled names of somebody, in every kind of record."""
    return [veiled(tom, model) for model in apps.get_models() if "whose" in {one.name for one in model._meta.fields}]


def reading(client, world, name):
    """What this person reads at an address, by looking and by pressing, with nothing changed by it."""
    said = []
    for method in ("get", "post"):
        with transaction.atomic():
            response = getattr(client, method)(world.url(name))
            said.append((response.status_code, PASSING.sub("", _body(response)), response.get("Location", "")))
            transaction.set_rollback(True)
    return said


def _body(response) -> str:
    return "" if response.streaming else response.content.decode(errors="replace")


@pytest.mark.parametrize("who", OTHERS)
def test_every_address_says_the_same_to_others_whatever_somebody_carries(who, tom, cast, door, world):
    """The strongest form: not one byte differs between a Tom who carries nothing and a Tom who carries everything."""
    names = [name for name in sorted(routes()) if name not in ("live", "account_logout")]
    client = door(who)
    with time_machine.travel(datetime.now(UTC), tick=False):
        before = {name: reading(client, world, name) for name in names}
        carry(tom, cast)
        after = {name: reading(client, world, name) for name in names}
    assert [name for name in names if after[name] != before[name]] == []
    assert len(names) > 90


def test_the_same_comparison_finds_what_somebody_reads_of_themselves(tom, cast, door, world):
    client = door("tom")
    with time_machine.travel(datetime.now(UTC), tick=False):
        before = {name: reading(client, world, name) for name in ("care", "policy")}
        carry(tom, cast)
        assert reading(client, world, "care") != before["care"]
        assert reading(client, world, "policy") == before["policy"]  # on a break, nothing is suggested


@pytest.mark.parametrize("who", OTHERS)
def test_ones_own_page_is_ones_own(who, tom, cast, door):
    carry(tom, cast)
    shown = words(door(who).get(reverse("care")))
    assert "Switch it on" in shown
    assert "bus" not in shown.replace("abusive to", "")
    assert page(door(who).get(reverse("care"))).css_first(".care-line") is None


def test_no_verb_no_tool_and_no_schema_of_the_api_gives_it(tom, cast, world):
    """An administrator's token reads every address of the API and finds neither the veiled name nor a record's name."""
    carry(tom, cast)
    token = make_token(cast.ada, "robot", datetime.now(UTC))
    client = Client(headers={"Authorization": f"Bearer {token}"})
    said = [client.get(world.url(name)).content.decode() for name in routes() if name.startswith("api-")]
    told = "".join(said)
    assert not [name for name in names_of(tom) if name in told]
    assert not re.search(r"hard_?moment|consent|wishes|felt|break_?", told, re.IGNORECASE)
    from amends.cli.assistant import tools

    assert not [name for name in tools() if re.search("care|moment|felt|wish|break", name)]


def test_a_copy_of_the_database_says_of_nobody_what_they_carry(tom, cast):
    """A backup read without the desk's secret: the rows of care name nobody, and nothing else names their names."""
    carry(tom, cast)
    written = StringIO()
    call_command("dumpdata", stdout=written)
    rows = json.loads(written.getvalue())
    care = [row for row in rows if row["model"].split(".")[1] in CARE]
    rest = json.dumps([row for row in rows if row["model"].split(".")[1] not in CARE])
    assert len(care) >= 7
    assert not [name for name in names_of(tom) if name in rest]
    assert not re.search(r"abusive|distressing", rest)
    assert not [row for row in care if re.search("tom|becker", json.dumps(row), re.IGNORECASE)]


def test_nothing_is_written_to_a_log(tom, cast, door, caplog):
    client = door("tom")
    with caplog.at_level(logging.DEBUG, logger="amends"):
        client.post(reverse("care-moment"), {"felt": "abusive"})
        client.post(reverse("care-break"), {"minutes": "10"})
        client.post(reverse("care-switch"), {"switch": "off"})
    assert not re.search("abusive|break|care", caplog.text)


def test_the_history_of_a_case_passed_on_says_no_more_than_that_it_was_put_back(tom, cast, door, clock):
    case = cast.case(mail(message_id="<next@post.example>", sender="next@post.example"))
    now = datetime.now(UTC)
    while take_next(by=tom, now=now) != case:
        pass
    pass_on(case, by=tom, now=now)
    shown = words(door("ines").get(reverse("history", args=[case.pk])))
    assert "Tom Becker put the case back into the team's queue" in shown
    assert "else" not in shown


def test_withdrawal_through_the_door_deletes_everything_at_once(tom, cast, door):
    carry(tom, cast)
    door("tom").post(reverse("care-switch"), {"switch": "off"})
    for model in apps.get_models():
        if "whose" in {field.name for field in model._meta.fields}:
            assert not model._default_manager.filter(whose=veiled(tom, model)).exists()


def test_no_admin_page_and_no_command_reads_it():
    from django.conf import settings

    from tests.docs.test_docs import commands_offered

    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [name for name in commands_offered() if re.search("care|break|moment|wish|load", name)]


def test_switching_off_and_on_again_brings_nothing_back(tom, cast, door):
    carry(tom, cast)
    switch_off(tom)
    switch_on(tom, datetime.now(UTC))
    shown = words(door("tom").get(reverse("care")))
    assert "Not much weighs on you" in shown
    assert "What you said" not in shown
