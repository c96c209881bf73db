"""Every address × every person, generated from the one table of rights: what has no row stays shut."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path, reverse

from amends.team.permissions import RIGHTS, ROUTES, Right, Role
from tests.doors.conftest import GET_ONLY, POST_ONLY, PRIVATE, SHOWN_TO, everything, of_a_case, routes

pytestmark = pytest.mark.django_db

PEOPLE = ["", "tom", "ines", "priya", "sam", "ada", "left"]
NO_CASE = 987654321
NOWHERE = "api-nowhere"  # whatever the API has no address for: it says so to everybody


OPEN = {Right.EVERYONE, Right.LINK, Right.TOKEN}

# Addresses that more people may look at than may press their button.
BUTTON_ASKS = {
    **dict.fromkeys(("change", "cause-card", "prevention", "news", "watch", "exposure"), Right.MANAGE_CHANGES),
    "checks": Right.RESTORE_CHECKS,
    "customer": Right.WORK_CASES,
    "gestures": Right.KEEP_BUDGET,
}


def browser(door, cast, who):
    """A browser of this person; "left" signed in before they left."""
    if who != "left":
        return door(who)
    client = door("tom")
    cast.tom.is_active = False
    cast.tom.save()
    return client


def expected(name, who, cast, rights=ROUTES):
    """What the table says about this person at this address: open, sign in, refused or not there."""
    right = rights[name]
    if name == NOWHERE:
        return "not there"
    if right in OPEN:
        return "open"
    if who in ("", "left"):
        return "sign in"
    person = cast.people[who]
    if right not in RIGHTS[Role(person.role)]:
        return "refused"
    if (
        (of_a_case(name) and who == "priya")
        or (name in PRIVATE and who != "tom")
        or who not in SHOWN_TO.get(name, {who})
    ):
        return "not there"
    return "open"


def found(response):
    """What a response amounts to."""
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?next="):
        return "sign in"
    return {403: "refused", 404: "not there", 500: "broken"}.get(response.status_code, "open")


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(routes()) == set(ROUTES)


def test_who_holds_which_right_is_what_we_agreed():
    agreed = {
        Right.SIGNED_IN: {"agent", "lead", "quality", "admin"},
        Right.SEE_CASES: {"agent", "lead", "quality", "admin"},
        Right.SEE_ALL_TEAMS: {"quality", "admin"},
        Right.WORK_CASES: {"agent", "lead", "admin"},
        Right.GRANT: {"agent", "lead", "admin"},
        Right.COACH: {"lead", "admin"},
        Right.SPOT_CHECK: {"lead", "quality", "admin"},
        Right.OVERRIDE_GATE: {"lead", "admin"},
        Right.REVIEW_CONDUCT: {"lead", "admin"},
        Right.PREVENT: {"agent", "lead", "quality", "admin"},
        Right.MANAGE_CHANGES: {"lead", "quality", "admin"},
        Right.WRITE_STUDIES: {"lead", "quality", "admin"},
        Right.WRITE_SCENARIOS: {"lead", "quality", "admin"},
        Right.ASK_CUSTOMERS: {"lead", "quality", "admin"},
        Right.ASK_TEAM: {"lead", "quality", "admin"},
        Right.MAKE_RULES: {"lead", "admin"},
        Right.TOKEN: set(),
        Right.MANAGE_TEAM: {"lead", "admin"},
        Right.READ_MAILROOM: {"agent", "lead", "quality", "admin"},
        Right.READ_SCORES: {"lead", "quality", "admin"},
        Right.READ_OVERRIDES: {"lead", "quality", "admin"},
        Right.READ_INSIGHTS: {"lead", "quality", "admin"},
        Right.RESTORE_CHECKS: {"lead", "admin"},
        Right.ASK_TEAM: {"lead", "quality", "admin"},
        Right.ASK_CUSTOMERS: {"lead", "quality", "admin"},
        Right.WRITE_SCENARIOS: {"lead", "quality", "admin"},
        Right.MANAGE_POLICY: {"lead", "admin"},
        Right.KEEP_BUDGET: {"lead", "admin"},
        Right.PUBLISH: {"lead", "admin"},
        Right.READ_BUDGET: {"lead", "quality", "admin"},
        Right.CONFIRM_RETENTION: {"admin"},
        Right.ERASE: {"lead", "admin"},
        Right.EVERYONE: set(),
        Right.LINK: set(),
    }
    assert {right: {role.value for role in Role if right in RIGHTS[role]} for right in Right} == agreed


@pytest.mark.parametrize("who", PEOPLE)
def test_looking_at_every_address(who, cast, door, world):
    client = browser(door, cast, who)
    wrong = {}
    for name in sorted(routes()):
        with transaction.atomic():
            response = client.get(world.url(name))
            transaction.set_rollback(True)
        want = expected(name, who, cast)
        if want == "not there" and response.status_code == 405:
            continue  # a button: pressed in the test below
        if found(response) != want or (want == "open" and (response.status_code == 405) != (name in POST_ONLY)):
            wrong[name] = (response.status_code, want)
        if name == "account_logout":
            client = browser(door, cast, who)
    assert wrong == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_pressing_every_button(who, cast, door, world):
    client = browser(door, cast, who)
    wrong = {}
    for name in sorted(routes()):
        with transaction.atomic():
            response = client.post(world.url(name), {"to": "team"})
            transaction.set_rollback(True)
        want = expected(name, who, cast, ROUTES | BUTTON_ASKS)
        if want == "not there" and name in GET_ONLY and response.status_code == 405:
            continue  # only looked at: asked for in the test above
        nothing_named = name == "portal-decline" and response.status_code == 404
        if (found(response) != want and not nothing_named) or (response.status_code == 405) != (
            name in GET_ONLY and want == "open"
        ):
            wrong[name] = (response.status_code, want)
        if name == "account_logout":
            client = browser(door, cast, who)
    assert wrong == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_case_of_another_team_looks_exactly_like_one_that_is_not_there(method, door, world):
    client = door("priya")
    before, wrong = everything(), []
    for name in [name for name in sorted(routes()) if of_a_case(name)]:
        theirs = getattr(client, method)(world.url(name))
        nobodys = getattr(client, method)(world.url(name, NO_CASE))
        if (theirs.status_code, _plain(theirs)) != (nobodys.status_code, _plain(nobodys)):
            wrong.append((name, theirs.status_code, nobodys.status_code))
    assert wrong == []
    assert everything() == before


def _plain(response):
    return re.sub(r"\d+|csrfmiddlewaretoken\S* value=\S+", "", response.content.decode())


def test_what_is_refused_changes_nothing(cast, door, world):
    browsers = {who: door(who) for who in ("", "priya", "sam")}
    before = everything()
    for who, client in browsers.items():
        for name in sorted(routes()):
            if expected(name, who, cast) != "open":
                client.post(world.url(name), {"text": "x", "reason": "x", "to": "team"})
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert changed <= {"sessions.Session"}


def test_a_refusal_says_which_right_is_missing(door, world):
    response = door("sam").get(world.url("issues"))
    assert response.status_code == 403
    assert "work on cases" in response.content.decode()


def test_signing_in_leads_on_to_the_page_that_was_asked_for(door, world):
    asked = world.url("case") + "?list=team"
    response = door("").get(asked)
    assert response["Location"] == f"{reverse('account_login')}?next=/cases/{world.case.pk}/%3Flist%3Dteam"
    client = door("")
    client.get(response["Location"])
    signed = client.post(response["Location"], {"login": "tom", "password": "make-it-right", "next": asked})
    assert signed["Location"] == asked


def test_a_case_that_moved_to_another_team_is_shut_for_the_old_one(cast, door, world):
    client = door("tom")
    assert client.get(world.url("attachment")).status_code == 200
    world.case.team = cast.priya.team
    world.case.save()
    assert {client.get(world.url(name)).status_code for name in ("case", "attachment", "raw-message")} == {404}


def _forgotten(_request):
    return HttpResponse("nobody thought about who may see this")


urlpatterns = [
    path("", include("amends.urls")),
    path("forgotten/", _forgotten, name="forgotten"),
    path("nameless/", _forgotten),
    path("inside/", include(([path("", _forgotten, name="queue")], "other"))),
]


@pytest.mark.parametrize("address", ["/forgotten/", "/nameless/", "/inside/"])
@pytest.mark.parametrize("who", ["", "ada"])
def test_an_address_without_a_row_stays_shut(who, address, door, settings):
    settings.ROOT_URLCONF = __name__
    response = door(who).get(address)
    assert response.status_code == 403
    assert "no row in the permission table" in response.content.decode()
