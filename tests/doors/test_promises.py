"""The composer proposes what a letter promises; the desk keeps promises, and proposes what a mail seems to answer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from amends.cases.message import Message
from amends.recovery.offer import Acceptance, Decline
from amends.recovery.promise import Promise
from tests.conftest import mail
from tests.doors.conftest import let_letters_leave, page, typed, words

pytestmark = pytest.mark.django_db
CALL = "I will call you within two hours."
TEXT = f"I am sorry. {CALL}"


def fields(response) -> dict[str, str]:
    """What a browser would send from the promises on the page."""
    names = ("sentence", "found", "words", "due", "owner")
    return {f"promise-0-{name}": typed(response, f"promise-0-{name}") for name in names} | {"promise-0": "1"}


@pytest.fixture
def do(cast, door):
    case, client = cast.case(), door("tom")

    def post(name: str, **data):
        return client.post(reverse(name, args=[case.pk]), data)

    post.case, post.client = case, client
    return post


def test_a_letter_that_promises_comes_back_with_the_promise_to_confirm(do, cast):
    refused = do("reply", text=TEXT)
    assert refused.status_code == 422
    assert "You promise: “call you”. Confirm it with its time, or reword it." in words(refused)
    assert typed(refused, "text") == TEXT
    sent = do("reply", text=TEXT, **fields(refused))
    assert sent.status_code == 302
    made = Promise.objects.get()
    assert (made.words, made.owner, made.message.text) == ("call you", cast.tom, TEXT)


def test_the_live_check_shows_the_promise_and_keeps_what_was_changed(do, cast):
    first = do("reply-check", text=TEXT)
    changed = fields(first) | {"promise-0-words": "call Maria", "promise-0-owner": str(cast.ines.pk)}
    again = do("reply-check", text=f"{TEXT} Truly.", **changed)
    assert (typed(again, "promise-0-words"), typed(again, "promise-0-owner")) == ("call Maria", str(cast.ines.pk))
    do("reply", text=TEXT, **changed)
    made = Promise.objects.get()
    assert (made.words, made.owner, made.made_by) == ("call Maria", cast.ines, cast.tom)


def test_a_promise_that_was_unticked_is_asked_for_again(do):
    first = do("reply-check", text=TEXT)
    unticked = {key: value for key, value in fields(first).items() if key != "promise-0"}
    refused = do("reply", text=TEXT, **unticked)
    assert refused.status_code == 422
    assert not Message.objects.filter(outgoing=True, automatic="").exists()


def test_a_refusal_that_promises_comes_back_with_the_promise_to_confirm(recovery, cast, door):
    one = recovery()
    one.person_first()
    one.decide(one.issues[0])
    client, address = door("tom"), reverse("refusal", args=[one.case.pk])
    assert page(client.get(address)).css_first(".promised") is None
    form = {"issue": one.issues[0].pk, "reasons": f"The scans show it. {CALL}", "recourse": "The mediator."}
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "You promise: “call you”. Confirm it with its time, or reword it." in words(refused)
    assert page(refused).css_first('.errors a[href="#promises"]') is not None
    assert page(refused).css_first("#promises .promised") is not None
    assert (typed(refused, "reasons"), typed(refused, "promise-0")) == (form["reasons"], "1")
    assert client.post(address, form | {**fields(refused), "promise-0-owner": cast.ines.pk}).status_code == 302
    made = Promise.objects.get()
    assert (made.words, made.owner, made.made_by) == ("call you", cast.ines, cast.tom)
    assert CALL in made.message.text


@pytest.mark.parametrize("due", ["", "tomorrow", "2026-13-40T99:00", "0001-01-01T00:00"])
def test_a_time_that_is_none_is_refused_with_a_sentence(do, due):
    refused = do("reply", text=TEXT, **(fields(do("reply-check", text=TEXT)) | {"promise-0-due": due}))
    assert refused.status_code == 422
    assert not Promise.objects.exists()


def test_a_promise_is_kept_on_its_page(do):
    do("reply", text=TEXT, **fields(do("reply-check", text=TEXT)))
    promise = Promise.objects.get()
    assert "We promised: call you" in words(do.client.get(reverse("case", args=[do.case.pk])))
    assert "Write down how it was kept" in words(do("promises", promise=promise.pk, what="kept", words=""))
    assert "Say what became of the promise" in words(do("promises", promise=promise.pk, words="x"))
    moved = {"promise": promise.pk, "what": "moved", "words": "Later is fine", "via": "phone"}
    assert do("promises", **moved, due="no").status_code == 422
    assert do("promises", **moved, due="2000-01-01T10:00").status_code == 422
    quoted = do("promises", **(moved | {"via": "email"}), due="2100-01-01T10:00")
    assert (quoted.status_code, "stand in no mail of Maria's" in words(quoted)) == (422, True)
    let_off = {"promise": promise.pk, "what": "released", "words": "Never mind"}
    assert "Say how the customer told you" in words(do("promises", **let_off))
    assert "stand in no mail of Maria's" in words(do("promises", **let_off, via="email"))
    assert do("promises", promise=promise.pk, what="kept", words="Spoke for ten minutes").status_code == 302
    promise.refresh_from_db()
    assert promise.proof == "Spoke for ten minutes"
    assert "Spoke for ten minutes" in words(do.client.get(reverse("promises", args=[do.case.pk])))


def test_another_cases_promise_is_not_found(do, cast):
    do("reply", text=TEXT, **fields(do("reply-check", text=TEXT)))
    other = cast.case(mail(sender="Bo <bo@post.example>", message_id="<other@post.example>"))
    address = reverse("promises", args=[other.pk])
    assert (
        do.client.post(address, {"promise": Promise.objects.get().pk, "what": "kept", "words": "x"}).status_code == 404
    )


def test_the_customer_sees_a_promise_once_its_letter_has_left(do, client):
    from amends.cases.links import page_token

    do("reply", text=TEXT, **fields(do("reply-check", text=TEXT)))
    address = reverse("portal", args=[page_token(do.case.pk)])
    assert "call you" not in words(client.get(address))
    let_letters_leave()
    assert "call you" in words(client.get(address))


@pytest.fixture
def offered(recovery, cast, door):
    one = recovery()
    one.person_first()
    one.made = one.offer()
    one.client = door("tom")
    cast.clock.forward(minutes=5)

    def arrives(text: str) -> None:
        cast.write(mail(text, message_id="<answer@post.example>", In_Reply_To="<one@post.example>"))

    one.arrives = arrives
    return one


def test_a_mail_that_seems_to_choose_is_proposed_and_nothing_is_noted(offered):
    offered.arrives("The refund is fine.")
    queue = words(offered.client.get(reverse("queue", args=["mine"])))
    assert "Maria seems to choose “Refund”" in queue
    assert "Maria seems to have chosen “Refund”" in words(offered.client.get(reverse("case", args=[offered.case.pk])))
    shown = offered.client.get(reverse("agreement", args=[offered.case.pk]))
    first = offered.made.options.first()
    assert (typed(shown, "choice"), typed(shown, "via"), typed(shown, "words")) == (
        str(first.pk),
        "email",
        "The refund is fine.",
    )
    assert not Acceptance.objects.exists()
    sent = {"choice": str(first.pk), "via": "email", "words": "The refund is fine."}
    assert offered.client.post(reverse("agreement", args=[offered.case.pk]), sent).status_code == 302
    assert Acceptance.objects.get().message is not None


def test_a_mail_that_says_no_proposes_the_decline(offered):
    offered.arrives("No thank you, neither of these helps me.")
    shown = offered.client.get(reverse("agreement", args=[offered.case.pk]))
    assert typed(shown, "choice") == f"none-{offered.made.pk}"
    assert typed(shown, "words").startswith("No thank you")
    assert not Decline.objects.exists()


def test_a_yes_with_a_but_cannot_be_noted_as_agreement(offered):
    offered.arrives("OK but it is still broken.")
    option = offered.made.options.first()
    sent = {"choice": str(option.pk), "via": "email", "words": "OK"}
    refused = offered.client.post(reverse("agreement", args=[offered.case.pk]), sent)
    assert refused.status_code == 409
    assert "Ask Maria first" in words(refused)
    assert "agrees with a “but”" in words(offered.client.get(reverse("case", args=[offered.case.pk])))


def test_on_the_phone_the_text_to_read_out_stands_on_the_page(offered):
    address = reverse("agreement", args=[offered.case.pk])
    assert "You choose: Refund, €30." in words(offered.client.get(address))
    sent = {"choice": str(offered.made.options.first().pk), "via": "phone", "words": "Yes"}
    assert page(offered.client.post(address, sent)).css_first("#read_back-error") is not None
    assert offered.client.post(address, sent | {"read_back": "1"}).status_code == 302


def test_after_a_second_no_the_page_names_the_way_up(offered, cast):
    from amends.recovery.agree import decline
    from amends.recovery.offer import Via

    decline(offered.made, "Neither", via=Via.PAGE, now=cast.clock.forward(minutes=1))
    first = words(offered.client.get(reverse("case", args=[offered.case.pk])))
    assert "declined: offer something else" in first
    assert "declined twice" not in first
    decline(offered.offer(), "Nor these", via=Via.PAGE, now=cast.clock.now + timedelta(minutes=2))
    assert "Maria declined twice" in words(offered.client.get(reverse("case", args=[offered.case.pk])))
