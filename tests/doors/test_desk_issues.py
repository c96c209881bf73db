"""Issue by issue through the doors: split, merged, taken off, decided; boundaries; complaints about one of us."""

import pytest
from django.urls import reverse

from amends.cases.assignment import Assignment
from amends.cases.boundary import Boundary
from amends.cases.closure import Exemption
from amends.cases.decision import Decision
from amends.cases.issue import Issue, Merger, Withdrawal
from amends.cases.subject import Subject
from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(recovery):
    made = recovery()
    made.hear()
    return made


@pytest.fixture
def press(one, door):
    """Send a form of a page of the case as somebody; the response."""

    def send(name: str, *args: int, who: str = "tom", **fields):
        return door(who).post(reverse(name, args=[one.case.pk, *args]), fields)

    return send


@pytest.fixture
def look(one, door):
    def get(name: str, *args: int, who: str = "tom"):
        return door(who).get(reverse(name, args=[one.case.pk, *args]))

    return get


def line(issue: Issue, **changes: str) -> dict[str, str]:
    """The fields of one issue on the page, as a browser sends them."""
    fields = {"summary": issue.summary, "category": "delivery", "harm": "", "about": "", "price": "", "reason": ""}
    return {f"{name}-{issue.pk}": value for name, value in {**fields, "wish": "team", **changes}.items()}


def test_harm_order_and_price_are_written_down(one, press, look):
    first, second = one.issues
    fields = {**line(first, harm="The birthday was spoilt", about="4711", price="€89.50"), **line(second)}
    assert press("issues", issue=[first.pk, second.pk], **fields).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.harm, first.about, first.price_cents) == ("The birthday was spoilt", "4711", 8950)
    assert (second.harm, second.about, second.price_cents) == ("", "", None)
    shown = look("issues")
    assert (typed(shown, f"harm-{first.pk}"), typed(shown, f"price-{first.pk}")) == (
        "The birthday was spoilt",
        "€89.50",
    )


def test_what_it_is_about_is_chosen_in_two_levels_and_the_second_may_stay_open(one, press, look):
    first, second = one.issues
    fields = {**line(first, category="delivery.lost"), **line(second, category="access")}
    assert press("issues", issue=[first.pk, second.pk], **fields).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert [(issue.category, issue.kind) for issue in (first, second)] == [("delivery", "lost"), ("access", "")]
    shown = look("issues").content.decode()
    assert '<option value="delivery.lost" selected>Delivery: lost</option>' in shown
    assert '<option value="access" selected>Access</option>' in shown
    refused = press("issues", issue=[first.pk, second.pk], **fields | line(first, category="delivery.login"))
    assert refused.status_code == 422
    assert "There is no kind “login”" in words(refused)


def test_a_price_that_is_none_is_given_back_as_it_was_typed(one, press):
    first, second = one.issues
    fields = {**line(first, price="much", harm="Tears"), **line(second)}
    refused = press("issues", issue=[first.pk, second.pk], **fields)
    assert refused.status_code == 422
    assert "“much” is not an amount" in words(refused)
    assert (typed(refused, f"price-{first.pk}"), typed(refused, f"harm-{first.pk}")) == ("much", "Tears")
    assert Issue.objects.exclude(harm="").count() == 0


def test_taken_off_at_their_wish_and_put_back(one, press, look):
    first, second = one.issues
    off = line(first, off="on", wish="customer", reason="It was my sister's parcel")
    assert press("issues", issue=[first.pk, second.pk], **off, **line(second)).status_code == 302
    made = Withdrawal.objects.get()
    assert (made.issue, made.wish, made.reason) == (first, "customer", "It was my sister's parcel")
    assert "Maria took it back: “It was my sister's parcel”, Tom Becker" in words(look("issues"))
    back = press("issue-return", first.pk)
    assert back["Location"] == reverse("issues", args=[one.case.pk])
    assert not Withdrawal.objects.exists()
    assert press("issue-return", first.pk).status_code == 409
    assert press("issue-return", 10**6).status_code == 404


def test_the_team_takes_off_what_is_owed_only_by_a_lead(one, press):
    first, second = one.issues
    fields = {"issue": [first.pk, second.pk], **line(first, off="on", reason="Not ours"), **line(second)}
    refused = press("issues", **fields)
    assert refused.status_code == 403
    assert "Only a lead can take it off" in words(refused)
    assert typed(refused, f"reason-{first.pk}") == "Not ours"
    assert press("issues", who="ines", **fields).status_code == 302
    assert Exemption.objects.get().reason == "Not ours"


def test_an_issue_is_split_and_both_parts_are_marked_in_the_thread(one, press, look):
    first = one.issues[0]
    fields = {
        "summary-0": "Nine days late",
        "category-0": "delivery",
        "words-0": "arrived nine days late",
        "summary-1": "Birthday missed",
        "category-1": "expectation_promise",
        "words-1": "nine days late, after the birthday",
    }
    shown = look("issue-split", first.pk)
    assert typed(shown, "summary-0") == first.summary
    short = press("issue-split", first.pk, **{**fields, "words-1": "they were rude"})
    assert short.status_code == 422
    assert typed(short, "words-1") == "they were rude"
    assert "Copy the words for “Birthday missed”" in words(short)
    assert press("issue-split", first.pk, **fields)["Location"] == reverse("issues", args=[one.case.pk])
    assert one.issues[0].summary == "Nine days late"
    marks = {mark.attributes["title"]: mark.text() for mark in page(look("case")).css("mark.said")}
    assert marks["Nine days late"] == "arrived "
    assert marks["Nine days late · Birthday missed"] == "nine days late"
    assert marks["Birthday missed"] == ", after the birthday"


def test_two_issues_are_merged_and_taken_apart(one, press, look):
    first, second = one.issues
    assert press("issue-merger", second.pk).status_code == 422
    assert press("issue-merger", second.pk, into=second.pk).status_code == 422
    assert press("issue-merger", second.pk, into=first.pk).status_code == 302
    assert Merger.objects.get().into == first
    assert f"part of “{first.summary}”" in words(look("issues"))
    assert press("issue-return", second.pk).status_code == 302
    assert one.issues == [first, second]


def test_a_decision_needs_all_three_and_shows_what_was_decided(one, press, look):
    first = one.issues[0]
    given = {"fault": "third_party", "outcome": "partly", "evidence": "The courier's scans"}
    for left_out, sentence in (
        ("fault", "Choose whose fault"),
        ("outcome", "Choose what you decide"),
        ("evidence", "Write down what you looked at"),
    ):
        refused = press("decision", first.pk, **{**given, left_out: ""})
        assert refused.status_code == 422
        assert sentence in words(refused)
    odd = press("decision", first.pk, **{**given, "fault": "ours", "outcome": "not_upheld"})
    assert "It was our fault, so it is upheld" in words(odd)
    assert (typed(odd, "fault"), typed(odd, "evidence")) == ("ours", "The courier's scans")
    assert press("decision", first.pk, **given).status_code == 302
    shown = words(look("decision", first.pk))
    assert "Partly upheld, somebody we work with counts The courier's scans" in shown
    assert "Tom Becker" in shown
    assert "Too few to tell how often it was our fault" in shown


def test_a_decision_about_conduct_waits_for_a_second_person(one, press, look, door):
    first = one.issues[0]
    press("decision", first.pk, who="ines", fault="conduct", outcome="not_upheld", evidence="Three calls")
    assert "Yours: another lead or an administrator looks at it" in words(door("ines").get(reverse("second-look")))
    assert "You decided this yourself" in words(look("decision-review", first.pk, who="ines"))
    own = press("decision-review", first.pk, who="ines", agreed="yes", words="I am right")
    assert (own.status_code, "It needs a second person" in words(own)) == (403, True)
    assert press("decision-review", first.pk, agreed="yes", words="Sure").status_code == 403
    closed = press("closure", who="ines", exception="Enough")
    assert (closed.status_code, Decision.objects.get().issue) == (409, first)
    listed = words(door("ada").get(reverse("second-look")))
    assert f"“{first.summary}” was decided as conduct" in listed
    assert press("decision-review", first.pk, who="ada", words="Read").status_code == 422
    assert press("decision-review", first.pk, who="ada", agreed="no", words="She was upset").status_code == 302
    assert "did not agree: “She was upset”" in words(look("decision", first.pk))
    assert "Nothing waits for a second look" in words(door("ada").get(reverse("second-look")))


def test_the_ladder_through_its_page(one, press, look, door):
    assert press("conduct", step="first").status_code == 422
    assert press("conduct", words="Insulted").status_code == 422
    for step in ("first", "second"):
        assert press("conduct", step=step, words="Called Tom an idiot").status_code == 302
    short = press("conduct", step="ended", words="Again", letter="")
    assert (short.status_code, typed(short, "words")) == (422, "Again")
    assert press("conduct", step="ended", words="Again", letter="We write by Friday.").status_code == 302
    made = Boundary.objects.get(step="ended")
    assert "Contact was ended" in words(door("ines").get(reverse("second-look")))
    assert "due in" in words(door("ines").get(reverse("second-look"))) or "due tomorrow" in words(
        door("ines").get(reverse("second-look"))
    )
    assert press("conduct-review", made.pk, who="ines", agreed="yes", words="Heard it").status_code == 302
    assert "Ines Castellano: “Heard it”" in words(look("conduct"))


def test_limits_are_proposed_by_one_lead_and_agreed_by_another(one, press, look):
    given = {"step": "limits", "reasons": "Forty calls", "adjustments": "None named", "ways": "One letter a week"}
    assert press("conduct", **given).status_code == 403
    short = press("conduct", who="ines", **{**given, "adjustments": ""})
    assert (short.status_code, typed(short, "reasons")) == (422, "Forty calls")
    assert press("conduct", who="ines", **given).status_code == 302
    made = Boundary.objects.get()
    assert press("conduct-review", made.pk, who="ines", agreed="yes", words="Mine").status_code == 403
    assert "contact limited until" not in words(look("case"))
    assert press("conduct-review", made.pk, who="ada", agreed="yes", words="Read").status_code == 302
    assert "contact limited until" in words(look("case"))
    assert "Limits to contact hold until" in words(look("conduct"))


def test_whom_a_complaint_is_about_reads_it_and_does_nothing_more(one, press, look, cast):
    assert press("subject").status_code == 422
    assert press("subject", person="ines").status_code == 422  # an agent speaks only of themselves
    assert press("subject", person="tom").status_code == 302
    assert Assignment.objects.get().to == cast.ines
    mine = look("case")
    assert "This complaint is about you, so somebody else looks after it" in words(mine)
    assert page(mine).css_first("#reply-text") is None
    refused = press("reply", text="Dear Maria", seen="0")
    assert (refused.status_code, "This complaint is about you. Ines has it." in words(refused)) == (403, True)
    assert press("note", text="What I remember").status_code == 302
    assert press("subject", clear="tom").status_code == 403
    assert press("subject", who="ines", clear="tom").status_code == 302
    assert not Subject.objects.exists()
