"""A remark of the live check put aside in the composer, and the page on which leads see how each check stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.cover import brief_of
from amends.cases.put_aside import mark
from amends.cases.remark import CheckRestoration, PutAside, Showing
from amends.language.reply_check import check
from tests.doors.conftest import everything, page, typed, words
from tests.rooms.test_put_aside import letters

pytestmark = pytest.mark.django_db
DRAFT = "Dear Maria,\n\nYour order arrived nine days late. This was due to high demand."
LIVE = {"HX-Request": "true"}


@pytest.fixture
def one(recovery):
    made = recovery()
    made.hear(*([] if made.issues else ["The order arrived nine days late"]))
    return made


@pytest.fixture
def do(one, door):
    client = door()

    def post(name: str, headers=None, **data):
        return client.post(reverse(name, args=[one.case.pk]), data, headers=headers)

    return post


def button(response, number: str, reason: str = "unfit") -> dict[str, str]:
    """What the button sends that puts the remark of this check aside for a reason."""
    label = {"C06": "Excuse", "C16": "Remedy missing", "C05": "Not owned"}[number]
    for node in page(response).css("details.not-here"):
        if node.css_first("summary").text().endswith(f": {label}"):
            found = [one.attributes["value"] for one in node.css("button[name=aside]")]
            return {"aside": next(value for value in found if value.endswith(f" {reason}"))}
    return {}


def hidden(response) -> dict[str, list[str]]:
    """What the letter takes with it: the checks that spoke up."""
    found = page(response)
    return {
        name: [one.attributes["value"] for one in found.css(f"input[name={name}]")] for name in ("remarked", "lacked")
    }


def advice(response) -> str:
    return " ".join(node.text() for node in page(response).css(".advice > li"))


def test_one_press_puts_a_remark_aside_and_the_draft_stays(one, do):
    shown = do("reply-check", text=DRAFT)
    assert "sounds like a reason" in advice(shown)
    after = do("remark-aside", text=DRAFT, **button(shown, "C06"))
    assert after.status_code == 200
    assert typed(after, "text") == DRAFT
    assert "sounds like a reason" not in advice(after)
    assert "1 put aside. Show it again" in words(after)
    assert PutAside.objects.get().reason == "unfit"
    again = do("reply-check", text=f"{DRAFT} ")
    assert "sounds like a reason" not in advice(again)
    assert "1 put aside" in words(again)


def test_a_live_page_gets_the_check_alone(one, do):
    shown = do("reply-check", text=DRAFT)
    after = do("remark-aside", headers=LIVE, text=DRAFT, **button(shown, "C06"))
    assert b"<html" not in after.content
    assert "1 put aside" in words(after)
    assert "autofocus" in page(after).css_first(".put-aside").attributes


def test_other_words_of_the_same_check_are_remarked_again(one, do):
    do("remark-aside", text=DRAFT, **button(do("reply-check", text=DRAFT), "C06"))
    other = DRAFT.replace("This was due to high demand.", "This was beyond our control.")
    shown = do("reply-check", text=other)
    assert "“beyond our control” sounds like a reason" in advice(shown)
    assert "put aside" not in words(shown)


def test_those_put_aside_can_be_shown_again(one, do):
    do("remark-aside", text=DRAFT, **button(do("reply-check", text=DRAFT), "C06"))
    after = do("remark-aside", headers=LIVE, text=DRAFT, again="1")
    assert "sounds like a reason" in advice(after)
    assert "put aside" not in words(after)


def test_a_reason_of_ones_own_needs_words_and_a_refusal_keeps_the_draft(one, do):
    shown = do("reply-check", text=DRAFT)
    press = button(shown, "C06", "other")
    chosen = press["aside"].split()[0]
    refused = do("remark-aside", text=DRAFT, **press)
    assert refused.status_code == 422
    assert "Say in a few words" in words(refused)
    assert typed(refused, "text") == DRAFT
    live = do("remark-aside", headers=LIVE, text=DRAFT, **press)
    assert live.status_code == 422
    assert page(live).css_first("[role=alert]") is not None
    done = do("remark-aside", text=DRAFT, **press, **{f"why-{chosen}": "The strike was on the news"})
    assert done.status_code == 200
    assert PutAside.objects.get().words == "The strike was on the news"


def test_the_reasons_fit_what_the_remark_is_about(one, do):
    shown = do("reply-check", text=DRAFT)
    assert button(shown, "C06", "quoted")
    assert button(shown, "C16", "said")
    with pytest.raises(StopIteration):
        button(shown, "C06", "said")


def test_what_is_sent_says_which_remarks_stood_beside_it(one, do):
    first = do("reply-check", text=DRAFT)
    carried = hidden(first)
    assert ("C06" in carried["remarked"], "C05" in carried["lacked"]) == (True, True)
    mended = "Dear Maria,\n\nYour order arrived nine days late. That was our mistake."
    second = hidden(do("reply-check", text=mended, **carried))
    assert "C06" in second["remarked"]
    assert "C05" not in second["lacked"]
    assert not Showing.objects.exists()
    do("reply", text=mended, **second)
    kept = dict(Showing.objects.values_list("number", "put_aside"))
    assert kept["C06"] is None
    assert set(kept) == {*second["remarked"], *second["lacked"]}


def test_a_letter_without_the_check_on_the_page_counts_nothing(one, do):
    assert do("reply", text=DRAFT).status_code == 302
    assert not Showing.objects.exists()


def test_a_check_that_stepped_down_is_shown_later_and_a_quiet_one_not(one, do):
    letters(one, 30, 13)
    letters(one, 30, 13, level="hint")
    shown = do("reply-check", text=DRAFT)
    assert "sounds like a reason" not in advice(shown)
    assert "C06" not in hidden(shown)["remarked"]


def test_a_draft_in_a_language_that_is_not_read_has_nothing_to_put_aside(one, do):
    text = "Drodzy państwo, bardzo przepraszamy za opóźnienie, paczka zostanie wysłana jutro rano kurierem do domu."
    shown = do("reply-check", text=text)
    assert "was not checked" in advice(shown)
    assert page(shown).css_first("details.not-here") is None
    assert hidden(shown) == {"remarked": [], "lacked": []}


def test_enter_in_a_line_of_the_composer_presses_nothing(one, door):
    """The first button that submits is the one Enter presses: it is disabled, so Enter does nothing."""
    form = page(door().get(f"/cases/{one.case.pk}/")).css_first(".write-reply")
    first = next(node for node in form.css("button") if node.attributes.get("type") != "button")
    assert "disabled" in first.attributes


def test_another_teams_agent_finds_nothing_and_quality_may_not(one, do, door):
    press = button(do("reply-check", text=DRAFT), "C06")
    address = reverse("remark-aside", args=[one.case.pk])
    priya, sam, before = door("priya"), door("sam"), everything()
    assert priya.post(address, {"text": DRAFT, **press}).status_code == 404
    assert sam.post(address, {"text": DRAFT, **press}).status_code == 403
    assert everything() == before


def test_the_live_check_asks_one_question_more_and_the_case_page_none(one, do, door):
    client = door()
    letters(one, 30, 13)
    do("remark-aside", text=DRAFT, **button(do("reply-check", text=DRAFT), "C06"))
    assert len(asked_about_remarks(lambda: do("reply-check", text=DRAFT))) == 1
    assert asked_about_remarks(lambda: client.get(f"/cases/{one.case.pk}/")) == []


def asked_about_remarks(act) -> list[str]:
    with CaptureQueriesContext(connection) as made:
        act()
    ours = ("amends_putaside", "amends_showing", "amends_checkrestoration")
    return [query["sql"] for query in made if any(name in query["sql"] for name in ours)]


CHECKS = "/checks/"


def test_who_reads_the_page_of_the_checks(door):
    assert {who: door(who).get(CHECKS).status_code for who in ("tom", "ines", "sam", "ada")} == {
        "tom": 403,
        "ines": 200,
        "sam": 200,
        "ada": 200,
    }
    assert page(door("ines").get("/policy/")).css_first(f'a[href="{CHECKS}"]') is not None


def test_the_page_says_level_counts_and_that_the_line_is_judgement(one, door):
    letters(one, 30, 13)
    letters(one, 4, 1, "C19")
    said = words(door("ines").get(CHECKS))
    assert "more than 40 % of its letters, once it spoke up in 30" in said
    assert "our judgement" in said
    assert "As a warning: 30 letters, put aside in 13 (43 %)" in said
    assert "Then, as a hint: not seen yet" in said or "Warning → hint" in said
    assert "It does not fit this case 13" in said
    assert "4 letters, put aside in 1 (25 %)" in said


def test_nobody_is_counted_and_nobody_is_named(one, door):
    letters(one, 30, 13)
    main = page(door("sam").get(CHECKS)).css_first("main").text()
    assert not any(name in main for name in ("Tom", "Becker", "Maria"))


def test_a_lead_puts_a_check_back(one, door):
    letters(one, 30, 13)
    client = door("ines")
    refused = client.post(CHECKS, {"number": "C06", "reason-C06": " "})
    assert refused.status_code == 422
    assert page(refused).css_first('.errors a[href="#reason-C06"]') is not None
    assert page(refused).css_first("details[open] #reason-C06") is not None
    done = client.post(CHECKS, {"number": "C06", "reason-C06": "The strike is over."}, follow=True)
    said = words(done)
    assert "“Excuse” is back at its level" in said
    assert "Put back by Ines Castellano" in said
    assert "“The strike is over.”" in said
    assert "Stepped down" not in said
    assert client.post(CHECKS, {"number": "C06", "reason-C06": "Again"}).status_code == 409
    assert CheckRestoration.objects.count() == 1


def test_quality_reads_every_team_and_puts_nothing_back(one, door, cast):
    letters(one, 30, 13)
    client = door("sam")
    assert "Stepped down" in words(client.get(f"{CHECKS}?team={one.case.team_id}"))
    assert "Stepped down" not in words(client.get(f"{CHECKS}?team={cast.priya.team_id}"))
    assert page(client.get(CHECKS)).css_first("main form[method=post]") is None
    assert client.post(CHECKS, {"number": "C06", "reason-C06": "x"}).status_code == 403
    assert not CheckRestoration.objects.exists()


def test_a_lead_sees_the_own_team_whatever_is_asked_for(one, door, cast):
    letters(one, 30, 13)
    assert "Stepped down" in words(door("ines").get(f"{CHECKS}?team={cast.priya.team_id}"))
    door("ines").post(CHECKS, {"number": "C06", "reason-C06": "x", "team": cast.priya.team_id})
    assert CheckRestoration.objects.get().team_id == cast.ines.team_id


def test_what_was_said_as_a_reason_is_words_on_the_page(one, do, door):
    hostile = "<script>alert(1)</script>"
    found = next(x for x in check(DRAFT, brief_of(one.case)) if x.id == "C06")
    chosen = mark(one.case.pk, found)
    do("remark-aside", text=DRAFT, aside=f"{chosen} other", **{f"why-{chosen}": hostile})
    do("reply", text=DRAFT)
    content = door("ines").get(CHECKS).content.decode()
    assert hostile not in content
    assert "&lt;script&gt;alert(1)" in content
