"""Links that do not open: old, cut, bent, or of somebody else; and asking for a new one without telling anything."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.links import page_link, page_token
from amends.cases.outbox import OutboxEntry
from amends.channels.email.tokens import Kind, marked
from tests.conftest import mail
from tests.doors.conftest import everything, page, routes, words

pytestmark = pytest.mark.django_db

PAGES = sorted(name for name, pattern in routes().items() if "token" in pattern.pattern.converters)


@pytest.fixture
def browse():
    return Client(raise_request_exception=False)


def bent(token):
    """The same token with one bit turned, at every fifth place."""
    for place in range(0, len(token), 5):
        yield token[:place] + chr(ord(token[place]) ^ 1) + token[place + 1 :]


def assert_offers_a_new_one(response, status):
    assert response.status_code == status
    assert page(response).css_first('form[action="/c/new-link/"]') is not None
    assert "Late, and billed twice" not in words(response)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_link_offers_a_new_one(name, method, cast, browse):
    token = page_token(cast.case().pk)
    before = everything()
    with time_machine.travel(cast.clock.now + timedelta(days=91), tick=True):
        response = getattr(browse, method)(reverse(name, args=[token]))
    if response.status_code != 405:
        assert_offers_a_new_one(response, 410)
        assert "more than ninety days old" in words(response)
    assert everything() == before


def test_a_link_lasts_ninety_days(cast, browse):
    token = page_token(cast.case().pk)
    with time_machine.travel(cast.clock.now + timedelta(days=89), tick=True):
        assert browse.get(f"/c/{token}/").status_code == 200


def test_a_link_that_is_not_ours_opens_nothing(cast, browse):
    case = cast.case()
    token = page_token(case.pk)
    address = marked(case.channel.address, Kind.CASE, case.pk)
    wrong = [*bent(token), token[:-1], token[: len(token) // 2], f"{case.pk}", f"{case.pk}~~", "~", "²~a~b", "%00"]
    wrong += [
        token.replace(f"{case.pk}~", f"{case.pk + 1}~", 1),
        f"{token}~x",
        address.partition("+")[2].partition("@")[0],
    ]
    before = everything()
    for one in wrong:
        for response in (browse.get(f"/c/{one}/"), browse.post(f"/c/{one}/write/", {"text": "x"})):
            assert_offers_a_new_one(response, 404)
    assert everything() == before


def test_a_link_to_a_case_that_is_gone_is_simply_not_there(browse, db):
    assert browse.get(f"/c/{page_token(987654)}/").status_code == 404


def test_one_customers_link_does_not_reach_anothers_case(recovery, browse):
    mine = recovery()
    theirs = recovery(mail(sender="Jo Bell <jo@post.example>", message_id="<jo@post.example>", subject="Their secret"))
    theirs.person_first()
    offer = theirs.offer()
    issue, option = theirs.issues[0], offer.options.first()
    token, before = page_token(mine.case.pk), everything()
    assert "Their secret" not in browse.get(f"/c/{token}/").content.decode()
    assert browse.post(f"/c/{token}/choice/", {"option": option.pk}).status_code == 404
    assert browse.post(f"/c/{token}/none/", {"offer": offer.pk, "reason": "No"}).status_code == 404
    assert browse.post(f"/c/{token}/not-quite/", {f"issue-{issue.pk}": "Bent"}).status_code == 422
    assert everything() == before


def test_links_stand_on_our_own_address_whatever_a_request_says(cast, settings):
    settings.AMENDS_URL = "https://help.lindqvist.example"
    assert page_link(cast.case().pk).startswith("https://help.lindqvist.example/c/")


@pytest.fixture
def long_ago(cast):
    cast.clock.now -= timedelta(days=1)
    return cast.case()


def letters():
    return OutboxEntry.objects.count()


def test_the_known_get_a_new_link_by_mail(long_ago, browse):
    before = letters()
    browse.post("/c/new-link/", {"address": " Maria@Post.example ", "case": str(long_ago.pk)})
    assert letters() == before + 1
    entry = OutboxEntry.objects.latest("pk")
    assert entry.envelope["recipient"]["address"] == "maria@post.example"
    assert f"/c/{long_ago.pk}~" in entry.message.text


def test_everybody_reads_the_same_answer(long_ago, browse):
    asked = [
        {"address": "maria@post.example", "case": str(long_ago.pk)},
        {"address": "stranger@post.example", "case": str(long_ago.pk)},
        {"address": "maria@post.example", "case": "987654"},
        {"address": "maria@post.example", "case": "²"},
        {"address": "maria@post.example", "case": "9" * 17},
        {"address": "maria@post.example", "case": "9" * 400},
        {},
    ]
    answers = [browse.post("/c/new-link/", form) for form in asked]
    assert {response.status_code for response in answers} == {200}
    assert len({response.content for response in answers}) == 1
    assert letters() == 2


def test_asking_again_and_again_sends_one_letter(long_ago, browse):
    for _ in range(5):
        browse.post("/c/new-link/", {"address": "maria@post.example", "case": str(long_ago.pk)})
    assert letters() == 2
