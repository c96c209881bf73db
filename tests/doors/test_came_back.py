"""At the desk: what came back is seen, a lead is told, a failed delivery is written down, a cause shows what held."""

from datetime import timedelta

import pytest

from amends.cases.assignment import assign
from amends.prevention.models import Cause
from amends.prevention.verbs import attribute
from amends.recovery.deliver import deliver_entitlement
from amends.recovery.effective import held_against
from amends.recovery.follow_up import follow_up
from amends.recovery.recurrence import Ineffective
from amends.recovery.remedy import Remedy
from tests.conftest import Recovery, mail
from tests.doors.conftest import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def put_right(recovery):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    for issue in one.issues:
        attribute(issue, Cause.objects.get(), by=one.cast.tom, now=one.now)
    return one


@pytest.fixture
def again(put_right, cast):
    cast.clock.forward(minutes=30)
    one = Recovery(cast, cast.case(mail("My parcel is late again.", message_id="<again@post.example>")))
    one.hear(*([] if one.issues else ["Late again"]))
    attribute(one.issues[0], Cause.objects.get(), by=cast.tom, now=cast.clock.forward(minutes=1))
    return one


def test_the_case_says_what_came_back_what_was_tried_and_where(again, put_right, door):
    shown = door("tom").get(f"/cases/{again.case.pk}/")
    banner = page(shown).css_first(".came-back")
    assert "The same cause" in banner.text()
    assert "Tried once, and it did not hold: Refund" in " ".join(banner.text().split())
    assert banner.css_first(f'a[href="/cases/{put_right.case.pk}/"]') is not None
    assert page(door("tom").get(f"/cases/{put_right.case.pk}/")).css_first(".came-back") is None


def test_a_lead_is_told_until_one_has_it(again, door, cast):
    shown = door("ines").get("/queue/needs-lead/")
    assert page(shown).css_first(f'a[href^="/cases/{again.case.pk}/"]') is not None
    assert "Needs a lead" in words(shown)
    assert page(door("priya").get("/queue/needs-lead/")).css_first(f'a[href^="/cases/{again.case.pk}/"]') is None
    assign(again.case, to=cast.ines, by=cast.ines, now=again.now)
    assert page(door("ines").get("/queue/needs-lead/")).css_first(f'#queue a[href^="/cases/{again.case.pk}/"]') is None


def test_an_apology_alone_is_refused_in_the_composer(again, door):
    issue = again.issues[0]
    form = {"text": "We are sorry.", "covers": [f"{issue.pk}:apologise"], "seen": "999"}
    refused = door("tom").post(f"/cases/{again.case.pk}/reply/", form)
    assert refused.status_code == 422
    assert "what we do now" in words(refused)
    form["covers"].append(f"{issue.pk}:remedy")
    unsaid = door("tom").post(f"/cases/{again.case.pk}/reply/", form)
    assert (unsaid.status_code, "reflect" in words(unsaid)) == (422, True)
    form["covers"].append(f"{issue.pk}:reflect")
    assert door("tom").post(f"/cases/{again.case.pk}/reply/", form).status_code == 302


def test_a_delivery_that_failed_is_written_down_and_done_again(put_right, door):
    done = put_right.case.fulfilments.get()
    address = f"/cases/{put_right.case.pk}/fulfilment/"
    assert door("tom").post(address, {"failed": done.pk, "words": " "}).status_code == 422
    assert door("tom").post(address, {"failed": done.pk, "words": "The transfer bounced"}).status_code == 302
    shown = words(door("tom").get(address))
    assert "Did not arrive" in shown
    assert "The transfer bounced" in shown
    assert "Write down that it is done" in shown
    again = door("tom").post(address, {"option": done.acceptance.option_id, "proof": "Booking 4712"})
    assert again.status_code == 302
    assert "Write down that it is done" not in words(door("tom").get(address))


def test_each_cause_shows_which_remedies_held(again, cast, door):
    shown = words(door("tom").get(f"/prevention/{Cause.objects.get().pk}/"))
    assert "Did it hold?" in shown
    assert "too few to tell" in shown
    assert Ineffective.objects.count() == 1


def test_figures_of_a_cause_with_their_interval(recovery, cast):
    """Twelve deliveries of one remedy, three of which came back: Wilson's interval by hand is 9 to 53 %."""
    remedy, cause = Remedy.objects.get(key="overcharge"), Cause.objects.get()
    for number in range(12):
        raw = mail(sender=f"P {number} <p{number}@post.example>", message_id=f"<{number}@post.example>")
        one = recovery(raw)
        one.hear(*([] if one.issues else ["Late"]))
        issue = one.issues[0]
        attribute(issue, cause, by=cast.tom, now=one.now)
        owed = frozenset([issue.pk])
        deliver_entitlement(one.case, remedy, owed, 100, "Booking", by=cast.tom, now=cast.clock.forward(minutes=1))
        if number < 3:
            cast.clock.forward(minutes=1)
            follow_up(one.case, still_right=False, words="It broke", by=cast.tom, now=one.now, issues=owed)
    (held,) = held_against(cause.pk)
    assert (held.remedy, held.came_back.count, held.came_back.of) == ("Refund of an overcharge", 3, 12)
    assert held.words == "25 % (9 to 53 %)"
    other = Cause.objects.create(name="Till", definition="", owner=cast.ines)
    assert held_against(other.pk) == []


def test_the_follow_up_page_says_that_we_asked_or_why_not(put_right, door, cast):
    address = f"/cases/{put_right.case.pk}/follow-up/"
    assert "Amends asks Maria by letter" in words(door("tom").get(address))
    planned = put_right.case.follow_ups.get()
    planned.due_at = cast.clock.now - timedelta(days=1)
    planned.save()
    issue = put_right.issues[1]
    form = {"still_right": "no", "words": "The lamp", "issues": [issue.pk]}
    assert door("tom").post(address, form).status_code == 302
    assert issue.reopenings.get().words == "The lamp"
    assert put_right.issues[0].reopenings.count() == 0
