"""What is said in public and who sent whom, as people press it: on its own page and on the customer's."""

import pytest
from django.urls import reverse

from amends.loyalty.no_linking import NoLinking
from amends.loyalty.post import Post, PostMatch
from amends.loyalty.referral import Referral
from tests.doors.conftest import words

pytestmark = pytest.mark.django_db
ROWS = "site,url,day,stars,author,order\nReviews,https://reviews.example/1,{day},{stars},Maria O.,\n"


def brought(client, one, stars=1):
    return client.post(reverse("posts"), {"rows": ROWS.format(day=one.now.date(), stars=stars)}, follow=True)


@pytest.fixture
def one(recovery):
    return recovery()


def test_a_post_is_brought_in_proposed_and_linked_with_one_press(one, door):
    lead = door("ines")
    shown = words(brought(lead, one))
    assert "Kept: 1 new post." in shown
    assert f"About case {one.case.pk}, Maria Oduya (name and week)" in shown
    pressed = {"post": Post.objects.get().pk, "case": one.case.pk}
    assert f"Linked to case {one.case.pk}." in words(lead.post(reverse("posts"), pressed, follow=True))
    again = lead.post(reverse("posts"), pressed)
    assert again.status_code == 409
    assert "Somebody decided before" in words(again)
    assert "1 with other stars" in words(brought(lead, one, stars=4))
    page = words(door().get(reverse("customer", args=[one.case.pk])))
    assert "1 of 5 stars, now 4" in page


def test_about_none_of_ours_and_a_broken_file(one, door):
    lead = door("ines")
    brought(lead, one)
    shown = lead.post(reverse("posts"), {"post": Post.objects.get().pk, "case": ""}, follow=True)
    assert "Kept as about no case of ours." in words(shown)
    assert PostMatch.objects.get().case is None
    broken = brought(lead, one, stars=9)
    assert broken.status_code == 422
    assert "Line 2: “9” are no stars from 1 to 5" in words(broken)


def test_another_teams_case_is_not_there(one, door, cast):
    brought(door("ines"), one)
    door("ines").post(reverse("posts"), {"post": 99999, "case": ""})
    cast.priya.role = "lead"
    cast.priya.save()
    assert door("priya").post(reverse("posts"), {"post": Post.objects.get().pk, "case": one.case.pk}).status_code == 404
    assert not PostMatch.objects.exists()


def test_the_buttons_of_the_customers_page(one, door):
    tom, page = door(), reverse("customer", args=[one.case.pk])
    typed = {"act": "posted", "site": "Reviews", "url": "reviews", "day": str(one.now.date()), "stars": "4"}
    refused = tom.post(page, typed)
    assert refused.status_code == 422
    assert "is no address such as https://reviews.example/4711." in words(refused)
    assert "Linked to this case." in words(tom.post(page, typed | {"url": "https://r.example/1"}, follow=True))
    off = {"act": "not-posted", "post": Post.objects.get().pk}
    assert "Taken off this case." in words(tom.post(page, off, follow=True))
    assert "Kept, under a veil." in words(tom.post(page, {"act": "sent", "sender": "a@b.example"}, follow=True))
    assert "Taken away." in words(tom.post(page, {"act": "not-sent"}, follow=True))
    tom.post(page, {"act": "sent", "sender": "a@b.example"})
    assert "They want nothing linked" in words(tom.post(page, {"act": "no-linking"}, follow=True))
    assert (Referral.objects.count(), NoLinking.objects.count()) == (0, 1)
    assert tom.post(page, {"act": "sent", "sender": "a@b.example"}).status_code == 409
    tom.post(page, {"act": "linking"})
    assert tom.post(page, {"act": "something"}).status_code == 409
    assert not NoLinking.objects.exists()


def test_purchases_say_how_many_were_sent_to_us(one, door):
    head = "customer,date,cents,currency,order,sent_by\n"
    rows = {"rows": f"{head}new@b.example,{one.now.date()},500,EUR,1,maria@post.example\n"}
    told = words(door("ines").post(reverse("purchases"), rows, follow=True))
    assert "Kept: 1 purchase, and who sent 1 customer to us." in told
    assert "They sent one person to us." in words(door().get(reverse("customer", args=[one.case.pk])))
