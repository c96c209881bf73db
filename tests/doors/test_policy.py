"""The policy through its pages: read in plain words, changed in two steps, and the one of its day kept."""

import pytest

from amends.cases.policy import adopt
from amends.method.policy import parse, preset, to_data
from amends.team.policy import PolicyVersion, current
from tests.doors.conftest import everything, page, typed, words

pytestmark = pytest.mark.django_db

CHANGE = "/policy/change/"
SIGNING_IN = {"sessions.Session", "amends.User"}


def written_since(before: dict[str, str]) -> set[str]:
    """The tables that are not as they were."""
    return {name for name, rows in everything().items() if before[name] != rows}


def fields(response) -> dict:
    """What a browser would send of the form of the policy, or of the one that puts it in force."""
    form = page(response).css_first('main form[method="post"]')
    sent: dict[str, list[str]] = {}
    for node in form.css("input, textarea, select"):
        kind, name = node.attributes.get("type"), node.attributes.get("name")
        if kind == "checkbox" and "checked" not in node.attributes:
            continue
        if node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            value = chosen.attributes["value"]
        else:
            value = node.text().removeprefix("\n") if node.tag == "textarea" else node.attributes.get("value")
        sent.setdefault(name, []).append(value or "")
    return sent


@pytest.fixture
def change(door):
    """Open the form, type, look at what would change; returns that page."""

    def type_in(who="ines", query="", **typed_words):
        client = door(who)
        form = fields(client.get(CHANGE + query))
        names = {name.replace("__", "-"): value for name, value in typed_words.items()}
        return client.post(CHANGE, {**form, "preview": "yes", "note": "We looked at it", **names})

    return type_in


def confirm(client, preview):
    return client.post(CHANGE, {**fields(preview), "confirm": "yes"})


def test_the_page_says_the_policy_in_plain_words(door):
    shown = words(door("tom").get("/policy/"))
    assert "Version 1, in force since" in shown
    assert "€300 in 365 days" in shown
    assert "An offer stays open 14 days" in shown
    assert "At most, of the price paid 150 %" in shown
    assert "{" not in shown


def test_how_long_somebody_works_on_a_complaint_has_no_target_and_the_page_says_so(door):
    assert "has no target here, is not counted for anybody, and nobody is ranked by it" in words(
        door("tom").get("/policy/")
    )


def test_only_who_may_change_it_is_asked_to(door):
    buttons = {who: "Change the policy" in words(door(who).get("/policy/")) for who in ("tom", "ines", "sam", "ada")}
    assert buttons == {"tom": False, "ines": True, "sam": False, "ada": True}


def test_the_form_sent_as_it_is_changes_nothing(change):
    response = change()
    assert response.status_code == 422
    assert "Nothing is different" in words(response)
    assert PolicyVersion.objects.count() == 1


def test_a_change_is_looked_at_and_then_in_force(door, change):
    before = everything()
    preview = change(offer_open_days="21", options_min__3="3", follow_up_days__1="5, 20", goodwill_share__4="32.5")
    said = words(preview)
    assert preview.status_code == 200
    assert "What version 2 would change" in said
    assert "An offer stays open before: 14 days now: 21 days" in said
    assert "Fewest options in an offer, serious before: 2 now: 3" in said
    assert written_since(before) <= SIGNING_IN
    response = confirm(door("ines"), preview)
    assert response["Location"] == "/policy/"
    policy = current()
    assert (policy.offer_open_days, policy.options_min[3], policy.follow_up_days[1]) == (21, 3, (5, 20))
    assert policy.goodwill_share[4] == 0.325
    made = PolicyVersion.objects.get(number=2)
    assert (made.by.username, made.note, made.preset) == ("ines", "We looked at it", "own")


def test_everything_else_stays_as_it_was(door, change):
    confirm(door("ines"), change(offer_open_days="21"))
    first, second = (dict(version.data) for version in PolicyVersion.objects.all())
    assert parse(second) == parse({**to_data(parse(first)), "offer_open_days": 21, "preset": "own"})


def test_changing_it_again_brings_back_what_was_typed(door, change):
    preview = change(offer_open_days="21", closed_words__0="The night desk reads on.")
    again = door("ines").post(CHANGE, {**fields(preview), "edit": "yes"})
    assert typed(again, "offer_open_days") == "21"
    assert typed(again, "closed_words-0") == "The night desk reads on."
    assert typed(again, "note") == "We looked at it"


@pytest.mark.parametrize(
    ("typed_words", "field", "says"),
    [
        (
            {"offer_open_days": "soon"},
            "offer_open_days",
            "“An offer stays open (days)” has to be a whole number from 1",
        ),
        ({"cap_share": "90"}, "cap_share", "has to be a number of percent from 100 to 1000"),
        (
            {"goodwill_share__2": "101"},
            "goodwill_share-2",
            "(%), ordinary” has to be a number of percent from 0 to 100",
        ),
        ({"options_min__1": "0"}, "options_min-1", "“Fewest options in an offer, slight” has to be a whole number"),
        ({"follow_up_days__4": "1, never"}, "follow_up_days-4", "grave” has to be a whole number from 1 to 365"),
        ({"limits__2__per_case_cents": "lots"}, "limits-2-per_case_cents", "row 2” has to be a sum, such as 100"),
        ({"limits__1__currency": "euro"}, "limits-1-currency", "a currency of three capital letters"),
        ({"reply_hours__1__3": "0"}, "reply_hours-1-3", "every channel, serious” has to be a number"),
        ({"reply_hours__3__channel": "letter"}, "reply_hours", "has letter twice"),
        ({"articles__1__title": "Gifts"}, "articles-1-text", "“What it says, row 1” has to be a text"),
        ({"published__1__words": "Soon"}, "published-1-target_hours", "row 1” has to be a number"),
        ({"note": " "}, "note", "Say why the policy changes"),
    ],
)
def test_what_cannot_be_followed_is_said_beside_its_field(change, typed_words, field, says):
    response = change(**{"offer_open_days": "21", **typed_words})
    assert response.status_code == 422
    assert says in words(response)
    assert page(response).css_first(f'.errors a[href="#{field}"]') is not None
    assert page(response).css_first(f"#{field}") is not None
    assert page(response).css_first(f"#{field}-error") is not None
    for name, value in typed_words.items():
        if value.strip():
            assert value in str(page(response).css_first(f'[name="{name.replace("__", "-")}"]').html)


def test_a_preset_fills_the_form_and_keeps_the_words_of_the_house(door, cast):
    kept = {**to_data(current()), "closed_words": {"": "The night desk reads on."}}
    adopt(kept, "Nights", by=cast.ines, now=cast.clock.now)
    before = everything()
    client = door("ada")
    form = client.get(CHANGE + "?preset=cautious")
    assert typed(form, "limits-1-per_case_cents") == "25"
    assert typed(form, "closed_words-0") == "The night desk reads on."
    assert written_since(before) <= SIGNING_IN
    confirm(client, client.post(CHANGE, {**fields(form), "preview": "yes", "note": "A quiet start"}))
    made = PolicyVersion.objects.get(number=3)
    assert made.preset == "cautious"
    assert current().limits == parse(preset("cautious")).limits
    assert current().when_closed("Home") == "The night desk reads on."


def test_a_row_emptied_is_taken_out_and_a_new_one_taken_in(door, change):
    preview = change(
        who="ada",
        limits__2__per_case_cents="",
        limits__2__per_customer_cents="",
        limits__4__role="agent",
        limits__4__kind="refund",
        limits__4__per_case_cents="no limit",
        limits__4__per_customer_cents="1.200,50",
    )
    confirm(door("ada"), preview)
    found = {(one.role, one.kind): (one.per_case_cents, one.per_customer_cents) for one in current().limits}
    assert found == {("agent", ""): (10000, 30000), ("admin", ""): (200000, None), ("agent", "refund"): (None, 120050)}


def test_a_lead_who_raises_their_own_limit_is_told_who_may(change):
    response = change(limits__2__per_case_cents="900")
    assert response.status_code == 403
    assert "Nobody raises their own limit. Ask an admin" in words(response)
    assert typed(response, "limits-2-per_case_cents") == "900"


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost(door, change, cast):
    preview = change(offer_open_days="21")
    adopt({**to_data(current()), "promise_warn_hours": 12}, "Earlier", by=cast.ada, now=cast.clock.now)
    response = confirm(door("ines"), preview)
    assert response.status_code == 409
    said = words(response)
    assert "Ada Lind put version 2 in force while you were writing" in said
    assert "A promise is warned of before: 24 hours before it is due now: 12 hours before it is due" in said
    assert typed(response, "offer_open_days") == "21"
    assert current().offer_open_days == 14
    again = door("ines").post(CHANGE, {**fields(response), "preview": "yes"})
    assert again.status_code == 200
    assert "What version 3 would change" in words(again)


def test_a_version_shows_what_it_said_and_changed(door, cast):
    adopt({**to_data(current()), "offer_open_days": 21}, "Summer", by=cast.ines, now=cast.clock.now)
    adopt({**to_data(current()), "offer_open_days": 7}, "Autumn", by=cast.ada, now=cast.clock.now)
    shown = words(door("tom").get("/policy/2/"))
    assert "An offer stays open before: 14 days now: 21 days" in shown
    assert "An offer stays open 21 days" in shown
    assert "by Ines Castellano" in shown
    assert "Version 3 took its place" in shown
    assert door("tom").get("/policy/4/").status_code == 404
    listed = words(door("tom").get("/policy/"))
    assert "Version 3, in force" in listed
    assert "Summer" in listed


REFUNDS = {"key": "refunds", "title": "Refunds", "text": "To the card it came from.", "remedies": ["refund"]}
TONE = {"key": "tone", "title": "Every offer", "text": "Never ask for a review.", "remedies": []}


@pytest.fixture
def articles(cast):
    adopt({**to_data(current()), "articles": [REFUNDS, TONE]}, "Written down", by=cast.ines, now=cast.clock.now)


def test_what_is_known_of_a_remedy_stands_beside_it_where_an_offer_is_made(door, recovery, articles):
    one = recovery()
    one.person_first()
    form = page(door("tom").get(f"/cases/{one.case.pk}/offer/"))
    beside = {
        card.css_first("input[name=options]").attributes["value"]: [node.text() for node in card.css(".article")]
        for card in form.css(".option")
    }
    assert "To the card it came from." in beside["refund"][0]
    assert beside["credit"] == []
    assert "Never ask for a review." in form.css_first("main").text()
    assert form.css_first('a[href="/policy/2/"]') is not None


def test_an_old_offer_is_shown_with_the_policy_of_its_day(door, cast, recovery, articles):
    """F34: the article is another today, the offer still shows the one it was made under."""
    one = recovery()
    one.person_first()
    offer = one.offer()
    address = f"/cases/{one.case.pk}/offers/{offer.pk}/"
    before = words(door("tom").get(address))
    newer = [{**REFUNDS, "text": "By bank transfer only."}]
    adopt(
        {**to_data(current()), "articles": newer, "offer_open_days": 3},
        "The card scheme ends",
        by=cast.ines,
        now=cast.clock.now,
    )
    after = words(door("tom").get(address))
    assert after == before
    assert "To the card it came from." in after
    assert "By bank transfer only." not in after
    assert "under version 2 of the policy" in after
    shown = page(door("tom").get(address)).css_first('main a[href="/policy/2/"]')
    assert shown is not None
    assert "To the card it came from." in words(door("tom").get("/policy/2/"))
    assert "By bank transfer only." in page(door("tom").get(f"/cases/{one.case.pk}/offer/")).css_first("main").text()


def test_hostile_words_stay_words(door, cast):
    evil = {"key": "x", "title": "<script>alert(1)</script>", "text": "<img src=x onerror=alert(1)>", "remedies": []}
    adopt({**to_data(current()), "articles": [evil]}, "<b>why</b>", by=cast.ines, now=cast.clock.now)
    for address in ("/policy/", "/policy/2/", CHANGE):
        content = door("ines").get(address).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
        assert "<b>why" not in content


def test_a_closed_team_says_so_on_the_queue_and_on_the_customers_page(door, cast, recovery):
    from amends.cases.links import page_token

    home = cast.tom.team
    home.calendar = {"zone": "Europe/Stockholm", "hours": {"mon": "09:00-17:00"}, "closed": []}
    home.save()
    one = recovery()
    adopt(
        {**to_data(current()), "closed_words": {"Home": "The night desk reads on."}},
        "Nights",
        by=cast.ines,
        now=cast.clock.now,
    )
    import time_machine

    for day, said in (("2026-11-21T12:00:00+00:00", True), ("2026-11-23T12:00:00+00:00", False)):
        with time_machine.travel(day, tick=False):
            pages = [door("tom").get("/queue/team/"), door("").get(f"/c/{page_token(one.case.pk)}/")]
        for response in pages:
            assert response.status_code == 200
            assert ("We are back on Monday 23 November at 09:00 (Stockholm time)." in words(response)) is said
            assert ("The night desk reads on." in words(response)) is said


def test_no_row_is_lost_however_many_there_are(door, change):
    rows = {
        f"limits__{place}__{part}": value
        for place in range(70, 75)
        for part, value in {
            "role": "agent",
            "kind": f"kind{place}",
            "currency": "EUR",
            "per_case_cents": "10",
            "per_customer_cents": "20",
            "period_days": "30",
        }.items()
    }
    confirm(door("ines"), change(**rows))
    assert {one.kind for one in current().limits} == {"", *(f"kind{place}" for place in range(70, 75))}


def test_every_version_can_be_reached_from_the_list(door, cast):
    for days in range(1, 60):
        adopt({**to_data(current()), "offer_open_days": 30 + days}, "One more", by=cast.ines, now=cast.clock.now)
    first = page(door("tom").get("/policy/"))
    more = first.css_first('a[href^="?before="]').attributes["href"]
    second = page(door("tom").get("/policy/" + more.partition("#")[0]))
    listed = [node.attributes["href"] for part in (first, second) for node in part.css(".letter-link")]
    assert listed == [f"/policy/{number}/" for number in range(60, 0, -1)]


def test_the_history_of_a_case_leads_to_an_offer_as_it_was(door, recovery):
    one = recovery()
    one.person_first()
    offer = one.offer()
    shown = page(door("sam").get(f"/cases/{one.case.pk}/history/"))
    link = f"/cases/{one.case.pk}/offers/{offer.pk}/"
    assert [node.attributes["href"] for node in shown.css(".history a")] == [link]
    assert door("sam").get(link).status_code == 200


def standing_open(response) -> dict[str, str]:
    """The parts of the form that stand open, each with what its heading says about it."""
    parts = page(response).css("details.fold[open]")
    return {part.id: chip.text(strip=True) if (chip := part.css_first("summary .chip")) else "" for part in parts}


def test_the_parts_of_the_form_are_folded_until_something_in_them_needs_to_be_seen(door, change):
    assert standing_open(door("ines").get(CHANGE)) == {}
    assert standing_open(change(offer_open_days="soon")) == {"choosing": "still to do"}
    mended = {**fields(change(offer_open_days="21")), "edit": "yes"}
    assert standing_open(door("ines").post(CHANGE, mended)) == {"choosing": "changed"}
    assert standing_open(door("ines").get(f"{CHANGE}?preset=empowered")) == {"preset": "", "grants": "changed"}
    assert standing_open(change(limits__1__per_case_cents="lots")) == {"grants": "still to do"}
