"""The door for programs: a token, the table of verbs, refusals a program can act on, and every request once."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from amends.api.description import description
from amends.api.door import A_MINUTE, LARGEST
from amends.api.kept import KeptAnswer, forget
from amends.cases.closure import Closure
from amends.cases.message import Coverage, Message
from amends.cases.note import Note
from amends.team.token import ApiToken, make_token, revoke_tokens
from amends.verbs.table import VERBS

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast):
    """Ask the API as somebody; returns the status and the body."""
    tokens: dict[str, str] = {}

    def ask(method, address, body=None, who="tom", **headers):
        token = tokens.setdefault(who, make_token(cast.people[who], "test", cast.clock.now))
        headers = {"Authorization": f"Bearer {token}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        raw = body if isinstance(body, (bytes, str)) else json.dumps(body or {})
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        response = client.generic(method, f"/api/v1/{address}", raw, "application/json", headers=headers)
        return response.status_code, response.json()

    return ask


def test_a_case_tells_its_path_and_what_is_missing(recovery, call):
    one = recovery()
    status, told = call("GET", f"cases/{one.case.pk}/")
    assert status == 200
    assert told["customer"] == {"name": "Maria Oduya", "address": "maria@post.example"}
    assert told["path"][0]["step"] == "listen"
    assert {issue["issue"] for issue in told["issues"]} == {issue.pk for issue in one.issues}
    assert {row["step"] for row in told["missing"]["offer"]} == {"listen", "apologise", "reflect"}
    assert told["messages"][0]["from"] == "customer"


def test_cases_come_in_pages_and_only_those_one_may_see(cast, call):
    from tests.conftest import mail

    made = [
        cast.case(mail(message_id=f"<{number}@post.example>", sender=f"{number}@post.example")).pk
        for number in range(3)
    ]
    first = call("GET", "cases/?most=2")[1]
    assert [row["case"] for row in first["cases"]] == made[:2]
    assert [row["case"] for row in call("GET", f"cases/?most=2&after={first['next']}")[1]["cases"]] == made[2:]
    assert call("GET", "cases/", who="priya")[1] == {"cases": [], "next": None}
    assert call("GET", f"cases/{made[0]}/", who="priya")[0] == 404


def test_a_reply_covers_what_the_check_finds(recovery, call):
    one = recovery()
    one.hear()
    text = "Dear Maria,\n\nI am sorry that your order arrived nine days late, after the birthday it was meant for."
    status, answer = call("POST", f"cases/{one.case.pk}/reply/", {"text": text})
    assert (status, answer["verb"]) == (200, "reply")
    assert Coverage.objects.filter(message_id=answer["made"]["message"], step="apologise", found=True).exists()


def test_a_closed_gate_is_422_with_each_step(recovery, call):
    one = recovery()
    one.person_first()
    status, said = call("POST", f"cases/{one.case.pk}/close/")
    assert (status, said["error"], said["gate"]) == (422, "gate_closed", "closing")
    assert all({"step", "issue", "sentence"} == set(row) for row in said["missing"])
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("verb", "body", "who", "status", "error"),
    [
        ("note", {}, "tom", 422, "incomplete"),
        ("note", {"text": "x"}, "sam", 403, "not_allowed"),
        ("note", {"text": "x"}, "priya", 404, "not_there"),
        ("explode", {}, "tom", 404, "not_there"),
        ("name_cause", {"name": "x"}, "ines", 404, "not_there"),
        ("note", b"{", "tom", 400, "not_json"),
        ("note", b"[1]", "tom", 400, "not_json"),
        ("note", b"\xff", "tom", 400, "not_json"),
        ("note", b"[" * 100_000, "tom", 400, "not_json"),
        ("note", b" " * (LARGEST + 1), "tom", 413, "too_large"),
        ("note", b" " * 3_000_000, "tom", 413, "too_large"),
    ],
)
def test_refusals_have_a_status_a_name_and_a_sentence(verb, body, who, status, error, recovery, call):
    one = recovery()
    got, said = call("POST", f"cases/{one.case.pk}/{verb}/", body, who=who)
    assert (got, said["error"]) == (status, error)
    assert said["sentence"].endswith(".")
    assert Note.objects.count() == 0


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nothing", "Basic dG9tOng=", "Bearer \u00e9"])
def test_without_a_token_nothing_opens(header, recovery):
    one = recovery()
    response = Client().get(f"/api/v1/cases/{one.case.pk}/", headers={"Authorization": header})
    assert (response.status_code, response.json()["error"]) == (401, "no_token")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_browsers_session_opens_nothing_here(recovery, door):
    assert door("tom").get(f"/api/v1/cases/{recovery().case.pk}/").status_code == 401


def test_a_revoked_token_and_one_of_somebody_who_left_open_nothing(cast, call):
    assert call("GET", "cases/")[0] == 200
    revoke_tokens(cast.tom, "test", cast.clock.now)
    assert call("GET", "cases/")[0] == 401
    assert call("GET", "cases/", who="ines")[0] == 200
    cast.ines.is_active = False
    cast.ines.save()
    assert call("GET", "cases/", who="ines")[0] == 401


def test_only_the_digest_of_a_token_is_kept(cast):
    plain = make_token(cast.tom, "test", cast.clock.now)
    assert plain not in str(ApiToken.objects.values().get())


def test_the_same_key_does_a_verb_once(recovery, call):
    address = f"cases/{recovery().case.pk}/note/"
    first = call("POST", address, {"text": "Once"}, Idempotency_Key="a")
    assert call("POST", address, {"text": "Once"}, Idempotency_Key="a") == first
    assert call("POST", address, {"text": "Twice"}, Idempotency_Key="a")[1]["error"] == "key_reused"
    assert call("POST", address, {"text": "Once"}, who="ines", Idempotency_Key="a")[0] == 200
    assert Note.objects.count() == 2


def test_a_refusal_is_not_kept_so_that_the_same_key_can_succeed(recovery, call):
    one = recovery()
    address = f"cases/{one.case.pk}/send_phrase/"
    assert call("POST", address, {"phrase": "1"}, Idempotency_Key="a")[0] == 422
    assert KeptAnswer.objects.count() == 0


def test_kept_answers_are_forgotten_after_a_day(recovery, call, cast):
    from datetime import UTC, datetime, timedelta

    call("POST", f"cases/{recovery().case.pk}/note/", {"text": "Once"}, Idempotency_Key="a")
    forget(datetime.now(UTC))
    assert KeptAnswer.objects.count() == 1
    forget(datetime.now(UTC) + timedelta(days=2))
    assert KeptAnswer.objects.count() == 0


def test_a_token_that_asks_too_often_waits(cast, call):
    cache.clear()
    statuses = [call("GET", "cases/")[0] for _ in range(A_MINUTE + 1)]
    assert statuses.count(429) in (0, 1)  # none when the minute turned meanwhile
    assert statuses[:A_MINUTE] == [200] * A_MINUTE


def test_every_verb_is_described_at_its_address(call):
    told = call("GET", "schema/")[1]
    assert told == json.loads(json.dumps(description()))
    named = {path["post"]["operationId"] for path in told["paths"].values() if "post" in path}
    assert named == set(VERBS) | {"read", "check"}


def test_an_address_that_is_none_says_so_in_json(call):
    status, said = call("POST", "nowhere/at/all/")
    assert (status, said["error"]) == (404, "not_there")


def test_a_letter_through_the_api_can_be_taken_back(recovery, call):
    one = recovery()
    made = call("POST", f"cases/{one.case.pk}/reply/", {"text": "A letter."})[1]["made"]["message"]
    assert call("POST", f"cases/{one.case.pk}/undo/", {"message": made})[0] == 200
    assert not Message.objects.get(pk=made).outbox.is_alive
