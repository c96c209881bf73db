"""A file with rows that cannot be used: each is named with its line and reason, and nothing of it is kept."""

import pytest
from django.urls import reverse

from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db
GOOD_AND_BAD = {
    "purchases": (
        "customer,date,cents,currency,order",
        "a@b.example,2026-11-02,500,EUR,1",
        "a@b.example,2026-11-02,-5,EUR,2",
    ),
    "posts": (
        "site,url,day,stars,author,order",
        "R,https://r.example/1,2026-11-02,2,,",
        "R,https://r.example/2,2026-11-02,9,,",
    ),
    "exposure": ("name,week,count", "orders,2026-11-02,900", "orders,2026-11-09,-1"),
}


@pytest.mark.parametrize("route", GOOD_AND_BAD)
def test_each_is_named_with_its_line_and_what_was_pasted_stays(door, cast, route):
    pasted = "\n".join(GOOD_AND_BAD[route])
    response = door("ines").post(reverse(route), {"rows": pasted})
    assert response.status_code == 422
    told = page(response).css_first("#errors").text()
    assert "Nothing was kept" in told
    assert "One row cannot be used." in told
    assert [one.text()[:7] for one in page(response).css("#errors li")] == ["Line 3:"]
    assert typed(response, "rows") == pasted
    assert "One row" not in words(door("ines").get(reverse(route)))


def test_of_very_many_the_first_are_shown_and_the_others_counted(door, cast):
    pasted = "\n".join(["name,week,count", *["orders,2026-11-02,-1"] * 230])
    response = door("ines").post(reverse("exposure"), {"rows": pasted})
    told = [one.text() for one in page(response).css("#errors li")]
    assert (len(told), told[-1]) == (201, "and 30 more")
