"""What every response says to a browser, and what signing in, forms and redirects refuse."""

import re

import pytest
from django.test import Client

from amends.team.permissions import ROUTES
from tests.conftest import PASSWORD
from tests.doors.conftest import GET_ONLY, POST_ONLY, everything, page, routes, words

pytestmark = pytest.mark.django_db

HOSTILE = ["²", "-1", "9" * 40, "9" * 5000, "a\x00b"]
FIELDS = [
    "text",
    "seen",
    "covers",
    "issue",
    "summary-new-0",
    "category-new-0",
    "words-new-0",
    "to",
    "until",
    "reason",
    "words",
    "exception",
    "still_right",
    "option",
    "options",
    "issues",
    "can",
    "via",
    "choice",
    "remedy",
    "amount",
    "proof",
    "reasons",
    "recourse",
    "offer",
    "missing",
    "address",
    "case",
    "letter_keys",
    "theme",
    "what",
    "kind",
    "owner",
    "due",
    "made",
    "login",
    "password",
    "next",
]


@pytest.mark.parametrize("who", ["", "tom", "sam"])
def test_every_response_carries_the_headers(who, world, door):
    client = door(who)
    for name in [*sorted(set(ROUTES) - {"account_logout"}), "account_logout"]:
        response = client.get(world.url(name))
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]


def test_the_policy_lets_only_our_own_files_in(client):
    policy = dict(one.strip().split(" ", 1) for one in client.get("/sign-in/")["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_a_page_that_is_not_there_carries_them_too(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "[::1]x"])
@pytest.mark.parametrize("address", ["/health", "/sign-in/", "/c/new-link/", "/"])
def test_a_made_up_host_is_refused(address, host, client):
    response = client.get(address, headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_forwarded_headers_of_strangers_are_not_believed(client, cast):
    response = client.get(
        "/", headers={"X-Forwarded-Host": "evil.example", "Remote-User": "ada", "X-Forwarded-User": "ada"}
    )
    assert response["Location"] == "/sign-in/?next=/"


EVIL = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "\x08//evil.example",
]


@pytest.mark.parametrize("where", EVIL)
def test_signing_in_leads_nowhere_else(where, client, cast):
    response = client.post("/sign-in/", {"login": "tom", "password": PASSWORD, "next": where})
    assert response["Location"] == "/"
    out = client.post("/sign-out/", {"next": where})
    assert out["Location"].startswith("/sign-in/")
    assert client.post(f"/sign-in/?next={where}", {"login": "tom", "password": PASSWORD})["Location"] == "/"


@pytest.mark.parametrize("where", [*EVIL, "http://testserver.evil.example/", ""])
def test_changing_the_theme_leads_nowhere_else(where, client):
    response = client.post("/theme/", {"theme": "dark"}, headers={"Referer": where})
    assert response["Location"] == "/"
    assert client.cookies["theme"].value == "dark"
    back = client.post("/theme/", {"theme": "evil; Domain=x"}, headers={"Referer": "http://testserver/queue/team/"})
    assert back["Location"] == "http://testserver/queue/team/"
    assert client.cookies["theme"].value == ""


@pytest.mark.parametrize("who", ["", "ada"])
def test_no_form_is_taken_without_its_token(who, world, door):
    client = door(who, enforce_csrf_checks=True)
    before = everything()
    # a program brings a token of its own and no cookie, so nobody can borrow its hands
    forms = {name for name in ROUTES if not name.startswith("api-")}
    answers = {name: client.post(world.url(name), {"text": "x", "theme": "dark"}).status_code for name in forms}
    assert answers == dict.fromkeys(forms, 403)
    programs = {client.post(world.url(name), {"text": "x"}).status_code for name in set(ROUTES) - forms}
    assert programs <= {401, 403, 404, 405}
    assert everything() == before
    response = client.post(world.url("portal-message"), {"text": "x"})
    assert "This form was open for too long" in words(response)


def test_every_form_of_a_page_carries_a_token(world, door):
    missing = []
    for name in sorted(set(ROUTES) - POST_ONLY - {"ui-kit", "live"}):
        for who in ("", "ines"):
            answer = door(who).get(world.url(name))
            if answer.streaming or not answer["Content-Type"].startswith("text/html"):
                continue
            forms = page(answer).css('form[method="post"]')
            bare = [form for form in forms if form.css_first('input[name="csrfmiddlewaretoken"]') is None]
            missing += [(name, form.attributes.get("action")) for form in bare]
    assert missing == []


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_a_button_is_not_pressed_by_looking(name, world, door):
    client = door("ines")
    before = everything()
    assert client.get(world.url(name)).status_code == 405
    assert everything() == before


@pytest.mark.parametrize("name", sorted(GET_ONLY))
def test_what_is_only_shown_takes_no_form(name, world, door):
    assert door("ines").post(world.url(name)).status_code == 405


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_change_nothing(method, world, door):
    client = door("ines")
    before = everything()
    for name in ROUTES:
        getattr(client, method)(world.url(name))
    assert everything() == before


@pytest.mark.parametrize("value", HOSTILE, ids=[repr(value[:6]) for value in HOSTILE])
def test_no_field_brings_a_page_down(value, world, door):
    from django.db import transaction

    form = dict.fromkeys(FIELDS, value)
    for issue in world.case.open_issues():
        form |= {f"{key}-{issue.pk}": value for key in ("summary", "category", "reason", "cause", "issue")}
    for remedy in ("refund", "credit"):
        form |= {f"{key}-{remedy}": value for key in ("title", "terms", "amount", "by")}
    broken = {}
    for kinds in ({}, {"options": ["refund", "credit"], "issues": [one.pk for one in world.case.open_issues()]}):
        for name in sorted(set(routes()) - {"live"}):
            with transaction.atomic():
                answers = [
                    door("ines").post(world.url(name), {**form, **kinds}),
                    door("ines").get(world.url(name), form),
                ]
                transaction.set_rollback(True)
            if max(one.status_code for one in answers) >= 500:
                broken[name] = [one.status_code for one in answers]
    assert broken == {}


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 40, "9" * 5000])
def test_no_number_in_an_address_brings_a_page_down(number, world, door):
    client = door("ines")
    for name, pattern in routes().items():
        if "<int:" in str(pattern.pattern):
            address = re.sub(r"<int:\w+>", number, f"/{pattern.pattern}").replace("<str:name>", "x")
            address = address.replace("<slug:quarter>", world.path["published-complaints-version"]["quarter"])
            wanted = {404, 405} | ({401} if name.startswith("api-") else set())
            assert client.get(address).status_code in wanted, name


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


def sign_in(client, login, password):
    return client.post("/sign-in/", {"login": login, "password": password})


def test_known_and_unknown_names_get_the_same_answer(stranger, cast):
    answers = [sign_in(stranger, name, "wrong-password").content.decode() for name in ("tom", "nobody")]
    plain = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
    assert plain[0] == plain[1]
    assert "do not belong together" in plain[0]


def test_an_inactive_person_gets_that_answer_too(stranger, cast):
    cast.tom.is_active = False
    cast.tom.save()
    response = sign_in(stranger, "tom", PASSWORD)
    assert response.status_code == 200
    assert "do not belong together" in words(response)


def test_eight_wrong_passwords_rest_the_door(stranger, cast):
    answers = [sign_in(stranger, "tom", "wrong-password") for _ in range(8)]
    assert {answer.status_code for answer in answers[:7]} == {200}
    for password in ("wrong-password", PASSWORD):
        response = sign_in(stranger, "tom", password)
        assert response.status_code == 429
        assert "Too many tries with a wrong password. Wait a quarter of an hour" in words(response)
    assert stranger.get("/").status_code == 302
    assert sign_in(stranger, "ines", PASSWORD).status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "tom", PASSWORD).status_code == 302


def test_the_session_ends_on_signing_out(cast):
    client = Client()
    sign_in(client, "tom", PASSWORD)
    kept = client.cookies["sessionid"].value
    assert client.get("/queue/team/").status_code == 200
    client.post("/sign-out/")
    client.cookies["sessionid"] = kept
    assert client.get("/queue/team/").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(cast, door):
    client = door("tom")
    cast.tom.set_password("another-password")
    cast.tom.save()
    assert client.get("/queue/team/").status_code == 302


def test_signing_in_makes_a_new_session(cast):
    client = Client()
    client.cookies["sessionid"] = "chosenbyastranger0000000000000000"
    sign_in(client, "tom", PASSWORD)
    cookie = client.cookies["sessionid"]
    assert cookie.value not in ("", "chosenbyastranger0000000000000000")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_nobody_signs_up_or_resets_by_themselves(client):
    for address in (
        "/signup/",
        "/accounts/signup/",
        "/sign-up/",
        "/password/reset/",
        "/accounts/password/reset/",
        "/admin/",
    ):
        assert client.get(address).status_code == 404


def test_no_answer_tells_how_we_are_built(world, door, monkeypatch):
    def fail(*_):
        raise RuntimeError("secret detail of the inside")

    monkeypatch.setattr("amends.desk.views.queue.listing", fail)
    response = door().get("/queue/team/")
    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()
