"""The pages of causes: tended by those who may, proposed in one press, named a second time without seeing the first."""

from datetime import timedelta

import pytest

from amends.cases.hear import Heard, hear
from amends.cases.issue import Issue
from amends.insights.meaning import answer
from amends.insights.scope import Scope
from amends.prevention.coding import SecondCoding, is_drawn
from amends.prevention.exposure import import_exposure
from amends.prevention.models import Attribution, Cause, Retirement
from amends.prevention.verbs import attribute
from tests.conftest import mail
from tests.doors.conftest import page, words
from tests.doors.test_insights import links, listed, rows, sentence

pytestmark = pytest.mark.django_db
LATE = "The driver came two days late with the sofa"


@pytest.fixture
def known(cast) -> Cause:
    return Cause.objects.get(name="Courier handover")


@pytest.fixture
def other(cast) -> Cause:
    return Cause.objects.create(name="Paid twice", definition="The money is taken again.", owner=cast.sam)


@pytest.fixture
def told(cast, recovery):
    """A case with one issue in these words, heard by Tom."""

    def made(said: str = LATE) -> Issue:
        made.number += 1
        sender = f"P {made.number} <p{made.number}@post.example>"
        one = recovery(mail("Hello,\n\nplease look.\n", sender=sender, message_id=f"<{made.number}@post.example>"))
        hear(one.case, [Heard(None, said, "delivery", words=said, kind="late")], by=cast.tom, now=cast.clock.now)
        return one.issues[0]

    made.number = 0
    return made


def test_the_tree_shows_each_cause_in_its_place(door, cast, known, other, told):
    Cause.objects.filter(pk=other.pk).update(parent=known)
    attribute(told(), other, by=cast.tom, now=cast.clock.now)
    shown = page(door("tom").get("/causes/"))
    said = [" ".join(one.text().split()) for one in shown.css(".cause-tree > li")]
    assert said[0].startswith("Courier handover The courier comes late Ines looks after it · 1 issue of those below")
    assert said[1].startswith("Paid twice (below Courier handover) The money is taken again.")
    assert "1 issue" in said[1]


def test_tending_merging_and_retiring_by_the_forms(door, cast, known, other):
    sam, address = door("sam"), f"/causes/{other.pk}/"
    form = {"name": "Charged twice", "definition": "The money is taken again.", "owner": "tom", "parent": str(known.pk)}
    assert door("tom").post(address, form).status_code == 403
    for field, value in [("name", ""), ("definition", "One. Two."), ("owner", "nobody"), ("parent", "²")]:
        assert sam.post(address, {**form, field: value}).status_code == 422
    assert sam.post(address, form).status_code == 302
    other.refresh_from_db()
    assert (other.name, other.owner, other.parent) == ("Charged twice", cast.tom, known)
    assert "Renamed from “Paid twice”. Sam Okafor" in words(door("tom").get(address))
    assert sam.post(address, {"do": "retire", "reason": ""}).status_code == 422
    assert sam.post(address, {"do": "retire", "reason": "Never happened."}).status_code == 302
    assert "Never happened." in words(sam.get("/causes/"))
    assert sam.post(address, {"do": "put-back"}).status_code == 302
    assert sam.post(address, {"do": "merge", "into": ""}).status_code == 422
    assert sam.post(address, {"do": "merge", "into": str(known.pk)}).status_code == 302
    assert Retirement.objects.get().into == known
    assert "“Courier handover” stands for it" in words(sam.get("/causes/"))


def test_a_refused_merger_leaves_the_other_form_as_the_cause_stands(door, cast, known, other):
    Cause.objects.filter(pk=other.pk).update(parent=known)
    shown = page(door("sam").post(f"/causes/{other.pk}/", {"do": "merge", "into": ""}))
    assert shown.css_first("[name=definition]").text(strip=True) == "The money is taken again."
    assert shown.css_first("[name=parent] option[selected]").attributes["value"] == str(known.pk)
    assert len(shown.css("#main")) == 1


def test_one_press_takes_a_proposal_and_it_is_kept_that_it_was_one(door, cast, known, told):
    attribute(told(), known, by=cast.tom, now=cast.clock.now)
    issue = told("The driver with the table came three days late")
    address = f"/cases/{issue.case_id}/cause/"
    shown = page(door("tom").get(address))
    assert "Amends proposes “Courier handover”" in words(door("tom").get(address))
    pressed = shown.css_first("button[name=accept]").attributes["value"]
    assert door("tom").post(address, {"accept": pressed}).status_code == 302
    made = Attribution.objects.get(issue=issue)
    assert (made.cause, made.proposed, made.by) == (known, known, cast.tom)
    for wrong, status in [("x:y", 422), (f"{issue.pk}:²", 422), (f"9876543:{known.pk}", 404)]:
        assert door("tom").post(address, {"accept": wrong}).status_code == status


def test_choosing_another_than_the_proposed_is_kept_too(door, cast, known, other, told):
    attribute(told(), known, by=cast.tom, now=cast.clock.now)
    issue = told("The driver with the table came three days late")
    form = {f"cause-{issue.pk}": str(other.pk), f"proposed-{issue.pk}": str(known.pk)}
    assert door("tom").post(f"/cases/{issue.case_id}/cause/", form).status_code == 302
    made = Attribution.objects.get(issue=issue)
    assert (made.cause, made.proposed) == (other, known)


def test_sending_the_form_again_leaves_what_is_linked_as_it_was(door, cast, known, other, told):
    issue = told()
    attribute(issue, known, by=cast.sam, now=cast.clock.now, proposed=known)
    form = {f"cause-{issue.pk}": str(known.pk)}
    assert door("tom").post(f"/cases/{issue.case_id}/cause/", form).status_code == 302
    made = Attribution.objects.get(issue=issue)
    assert (made.proposed, made.by) == (known, cast.sam)


@pytest.fixture
def drawn(told):
    def made() -> Issue:
        while not is_drawn((issue := told()).pk):
            pass
        return issue

    return made


def test_the_second_sees_the_words_and_nothing_of_the_first(door, cast, known, other, drawn):
    issue = drawn()
    attribute(issue, known, by=cast.tom, now=cast.clock.now)
    shown = page(door("sam").get("/causes/second/"))
    main = shown.css_first("main").text()
    assert LATE in main
    assert "Tom" not in main
    assert str(issue.case_id) not in [one.attributes["href"].strip("/").split("/")[-1] for one in shown.css("main a")]
    assert shown.css("main input[checked]") == []
    sam = door("sam")
    assert sam.post("/causes/second/", {"issue": issue.pk}).status_code == 422
    assert sam.post("/causes/second/", {"issue": "²", "cause": "none"}).status_code == 409
    assert door("tom").post("/causes/second/", {"issue": issue.pk, "cause": "none"}).status_code == 409
    assert sam.post("/causes/second/", {"issue": issue.pk, "cause": "none"}).status_code == 302
    assert SecondCoding.objects.get().cause is None
    assert "Nothing waits for a second opinion" in words(sam.get("/causes/second/"))


def twice_named(cast, told, pairs: list[tuple[Cause, Cause | None]]) -> None:
    """Issues that Tom and Sam named like this, as if each had been drawn."""
    for first, second in pairs:
        issue = told()
        attribute(issue, first, by=cast.tom, now=cast.clock.now)
        SecondCoding.objects.create(
            issue=issue, first=first, first_by=cast.tom, cause=second, by=cast.sam, at=cast.clock.now
        )


def test_how_much_two_people_mean_the_same_by_hand(door, cast, known, other, told):
    """20 and 5 alike, 3 and 2 apart: 25 of 30, expected (23*22 + 7*8)/900 = .624, kappa (.8333-.6244)/.3756 = .556."""
    alike = [(known, known)] * 20 + [(other, other)] * 5
    twice_named(cast, told, alike + [(known, other)] * 3 + [(other, known)] * 2)
    response = door("ines").get("/insights/meaning/")
    assert sentence(response).startswith("Two people name the same cause for 83 % of 30 issues (66 % to 93 %).")
    assert "Kappa is 0.56" in sentence(response)
    assert rows(response) == {"Courier handover": ["Paid twice", "5"]}
    assert rows(response, 1) == {
        "Courier handover": ["25", "80 %", "61 % to 91 %"],
        "Paid twice": ["10", "50 %", "24 % to 76 %"],
    }
    apart = next(href for href, number in links(response).items() if number == "5")
    assert listed(door("ines").get(apart)) == 5
    assert "Tom" not in page(response).css_first("main").text()


def test_below_thirty_it_says_too_few_and_still_opens_what_was_confused(door, cast, known, other, told):
    twice_named(cast, told, [(known, known), (known, None)])
    response = door("ines").get("/insights/meaning/")
    assert "Too few to tell whether we mean the same: two people named the cause of 2 issues" in sentence(response)
    assert rows(response) == {"Courier handover": ["None of them", "1"]}
    assert [listed(door("ines").get(href)) for href in links(response)] == [1, 2]
    assert rows(response, 1)["Courier handover"] == ["2", "too few to tell", "–"]
    empty = answer(Scope(cast.priya, cast.clock.now))
    assert empty.sentence.startswith("Nobody has named a cause a second time")


def test_where_orders_are_known_what_goes_wrong_is_a_rate_and_never_a_count(door, cast, known, told):
    """20 issues in 4 weeks of 1,000 orders: 5 per 1,000, Garwood's ends 12.217 / 4 and 30.888 / 4."""
    last = cast.clock.now.date() - timedelta(days=cast.clock.now.weekday() + 7)
    weeks = [last - timedelta(weeks=back) for back in range(4)]
    lines = "\n".join(f"orders,{week},1000" for week in weeks)
    import_exposure(f"name,week,count\n{lines}", by=cast.ines, now=cast.clock.now)
    now, cast.clock.now = cast.clock.now, cast.clock.now - timedelta(days=cast.clock.now.weekday() + 4)
    for _ in range(20):
        attribute(told(), known, by=cast.tom, now=cast.clock.now)
    cast.clock.now = now - timedelta(weeks=7)
    attribute(told(), known, by=cast.tom, now=cast.clock.now)
    cast.clock.now = now
    response = door("ines").get("/insights/wrong/")
    heads = [one.text(strip=True) for one in page(response).css_first("main table").css("th[scope=col]")]
    assert heads == ["Kind of issue", "Place", "Issues per 1,000 orders", "Between", "Share", "Between", "Up to here"]
    assert rows(response)["Delivery: late"][:3] == ["1", "5.0", "3.1 to 7.7"]
    assert rows(response, 1)["Courier handover"][1:3] == ["5.0", "3.1 to 7.7"]
    assert "“Delivery: late”: 5.0 per 1,000 orders (3.1 to 7.7), 100 %" in sentence(response)
    assert "4,000 of the whole company in the 4 whole weeks that are known" in words(response)
    assert [listed(door("ines").get(href)) for href in links(response)][:2] == [20, 20]
    assert "points of harm per 1,000 orders" in sentence(door("ines").get("/insights/wrong/?by=harm"))


def test_wider_causes_hold_what_stands_below_them(door, cast, known, other, told):
    Cause.objects.filter(pk=other.pk).update(parent=known)
    for why in (known, other, other):
        attribute(told(), why, by=cast.tom, now=cast.clock.now)
    response = door("ines").get("/insights/wrong/")
    assert rows(response, 2)["Courier handover"][:2] == ["–", "3"]
    assert [listed(door("ines").get(href)) for href in links(response) if "group" in href] == [3]
