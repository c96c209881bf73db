"""What we hold about me: asked, taken back and saved on the customer's page, and answered on the desk."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from amends.privacy.ask import ask_about_data, open_requests
from amends.privacy.request import Asks, Ending, PersonRequest
from tests.doors.conftest import everything, let_letters_leave, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery, sink):
    return recovery()


@pytest.fixture
def at(one):
    return f"/c/{one.token}/about-me/"


def press(client, at, what, kind):
    """Press the button the page shows, with what its own form holds."""
    for form in page(client.get(at)).css("form"):
        found = form.css_first(f'button[name="{what}"][value="{kind}"]')
        if found is not None:
            once = form.css_first("[name=once]").attributes["value"]
            return client.post(at, {"once": once, what: kind}, follow=True)
    raise AssertionError(f"the page has no button {what} {kind}")


def test_opening_any_of_it_does_nothing(one, at, client):
    ask_about_data(one.case, Asks.COPY, datetime.now(UTC))
    before = everything()
    for address in (at, f"{at}copy/", f"{at}?ask=erasure", f"{at}?back=copy"):
        client.get(address)
        client.head(address)
    assert {key: value for key, value in everything().items() if key != "sessions.Session"} == {
        key: value for key, value in before.items() if key != "sessions.Session"
    }


def test_asked_told_with_its_day_and_taken_back(one, at, client):
    shown = client.get(f"/c/{one.token}/")
    assert at in shown.content.decode()
    done = press(client, at, "ask", "erasure")
    assert "confirm it by letter" in words(done)
    asked = PersonRequest.objects.get()
    shown = words(client.get(at))
    assert f"{asked.due_on:%-d %B %Y}" in shown
    assert "Article 12(3)" in shown
    assert page(client.get(at)).css_first('button[value="erasure"][name="ask"]') is None
    assert "Everything stays as it was" in words(press(client, at, "back", "erasure"))
    assert PersonRequest.objects.get().ending == Ending.WITHDRAWN
    press(client, at, "ask", "erasure")
    assert PersonRequest.objects.count() == 2


def test_one_button_pressed_twice_asks_once(one, at, client):
    once = page(client.get(at)).css_first('form:has([value="copy"]) [name=once]').attributes["value"]
    first, second = (client.post(at, {"once": once, "ask": "copy"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert PersonRequest.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"ask": "everything"}, {"ask": "copy"}, {"ask": "copy", "once": "made-up"}])
def test_a_form_that_is_not_ours_asks_nothing(sent, one, at, client):
    assert client.post(at, sent).status_code == 422
    assert not PersonRequest.objects.exists()


def test_the_desk_gives_the_copy_and_the_customer_saves_it(one, at, client, door):
    press(client, at, "ask", "copy")
    asked, ines = PersonRequest.objects.get(), door("ines")
    assert client.post(f"{at}copy/").status_code == 409
    listed = ines.get("/privacy/")
    (entry,) = [one for one in page(listed).css("nav a") if one.attributes.get("href") == "/privacy/"]
    assert "1" in entry.text()
    assert "Maria Oduya asks for a copy of everything" in words(listed)
    assert "They asked for a copy" in words(ines.get(f"/cases/{one.case.pk}/person/"))
    sent = {"request": asked.pk, "give": "1"}
    assert ines.post(f"/cases/{one.case.pk}/person/answer/", sent).status_code == 302
    assert "Nobody waits" in words(ines.get("/privacy/"))
    saved = client.post(f"{at}copy/")
    assert saved["Content-Type"] == "application/zip"
    assert "maria@post.example" in ZipFile(BytesIO(saved.content)).read("everything.json").decode()


def test_no_is_told_with_its_reason(one, at, client, door):
    press(client, at, "ask", "erasure")
    asked, ines, answer = PersonRequest.objects.get(), door("ines"), f"/cases/{one.case.pk}/person/answer/"
    refused = ines.post(answer, {"request": asked.pk, "why-erasure": " "})
    assert (refused.status_code, "right to the reason" in words(refused)) == (422, True)
    assert ines.post(answer, {"request": asked.pk, "why-erasure": "A court has it."}).status_code == 302
    assert "A court has it." in words(client.get(at))
    assert ines.post(answer, {"request": asked.pk, "why-erasure": "Twice"}).status_code == 409


@pytest.mark.parametrize(
    ("days", "kind", "said"), [(20, "", "Due by"), (7, "warn", "Due by"), (-1, "bad", "Late since")]
)
def test_what_is_nearly_late_is_warned_of(days, kind, said, one, door):
    asked = ask_about_data(one.case, Asks.ERASURE, datetime.now(UTC))
    PersonRequest.objects.filter(pk=asked.pk).update(due_on=datetime.now(UTC).date() + timedelta(days=days))
    chip = page(door("ines").get("/privacy/")).css_first("main .chip")
    assert said in chip.text()
    assert [name for name in ("warn", "bad") if name in chip.attributes["class"]] == ([kind] if kind else [])


def test_erased_their_page_says_so(one, at, client, door):
    press(client, at, "ask", "erasure")
    let_letters_leave()
    form = door("ines").get(f"/cases/{one.case.pk}/person/erasure/")
    assert page(form).css_first("[name=asked]").attributes.get("checked", "no") != "no"
    door("ines").post(f"/cases/{one.case.pk}/person/erasure/", {"typed": "erase"})
    assert client.get(at).status_code == 410
    assert not open_requests(one.case.customer).exists()


def test_only_who_may_sees_the_list(one, door):
    assert [door(who).get("/privacy/").status_code for who in ("tom", "sam", "ines", "ada")] == [403, 403, 200, 200]


def test_whom_the_period_would_erase_is_shown_to_an_admin_and_confirmed_by_a_press(one, door):
    ada = door("ada")
    shown = ada.get("/privacy/retention/")
    assert "It does not work yet" in words(shown)
    assert "1,095 days" in words(shown)
    assert ada.post("/privacy/retention/").status_code == 422
    assert ada.post("/privacy/retention/", {"days": 1095, "counted": 7}).status_code == 422
    sent = {name: page(shown).css_first(f"[name={name}]").attributes["value"] for name in ("days", "counted")}
    assert "Ada Lind confirmed 1095 days" in words(ada.post("/privacy/retention/", sent, follow=True))
    assert door("ines").get("/privacy/retention/").status_code == 403
    assert "What is erased by itself" in words(ada.get("/privacy/"))
    assert "What is erased by itself" not in words(door("ines").get("/privacy/"))
