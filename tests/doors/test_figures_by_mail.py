"""Asking for figures by mail on the page of a question, and stopping it in one press from the letter."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from amends.cases.links import without_links
from amends.reporting.subscription import FiguresLetter, Subscription
from tests.doors.conftest import a_subscription, page, typed, words

pytestmark = pytest.mark.django_db
ASKED = {"often": "week", "weekday": "2", "hour": "7", "zone": "Europe/Berlin", "reach": "ines@lindqvist.example"}


def test_from_the_page_to_the_list_and_off_again(door):
    ines = door("ines")
    address = reverse("insight-letter", args=["waits"])
    assert page(ines.get("/insights/waits/")).css_first(f'main a[href="{address}"]')
    done = ines.post(address, ASKED, follow=True)
    assert "Every Wednesday at 07:00, Europe/Berlin" in words(done)
    assert done.redirect_chain[-1][0] == reverse("keys")
    shown = ines.get(address)
    assert (typed(shown, "weekday"), typed(shown, "zone")) == ("2", "Europe/Berlin")
    stop = page(ines.get(reverse("keys"))).css_first("button[name=stop]").attributes["value"]
    door("sam").post(reverse("keys"), {"stop": stop})
    assert Subscription.objects.get().ended_at is None
    ines.post(reverse("keys"), {"stop": stop})
    assert Subscription.objects.get().ended_at
    assert "Figures by mail" not in words(ines.get(reverse("keys")))


def test_a_zone_that_is_none_is_given_back_with_what_was_typed(door):
    refused = door("ines").post(reverse("insight-letter", args=["waits"]), ASKED | {"zone": "Berlin"})
    assert refused.status_code == 422
    assert "Name a time zone such as Europe/Stockholm." in words(refused)
    assert typed(refused, "zone") == "Berlin"


def test_why_a_letter_was_not_sent_stands_in_ones_settings(door, cast):
    now = datetime.now(UTC)
    one = a_subscription(cast, now)
    FiguresLetter.objects.create(subscription=one, due_at=now, message_id="x", not_sent="You are in another team now.")
    assert "was not sent: You are in another team now." in words(door("ines").get(reverse("keys")))


def test_looking_at_the_link_stops_nothing_and_one_press_of_the_mail_program_does(cast):
    one = a_subscription(cast, datetime.now(UTC))
    link = reverse("figures-stop", args=[one.token])
    program = Client(enforce_csrf_checks=True)
    assert "No more of these letters" in words(program.get(link))
    assert program.post(link, {"anything": "else"}).status_code == 403
    one.refresh_from_db()
    assert one.ended_at is None
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    one.refresh_from_db()
    assert one.ended_at
    assert "No more of these letters come to you." in words(Client().get(link))
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204


def test_the_button_of_the_page_stops_it_too_and_a_made_up_link_nothing(cast):
    one = a_subscription(cast, datetime.now(UTC))
    assert Client().post(reverse("figures-stop", args=[f"{one.pk}~made~up"])).status_code == 404
    shown = Client().post(reverse("figures-stop", args=[one.token]))
    assert "No more of these letters come to you." in words(shown)


def test_no_colleague_reads_the_link_in_a_letter(cast):
    one = a_subscription(cast, datetime.now(UTC))
    assert one.token not in without_links(f"No more of them: {one.stop_link}\n")
