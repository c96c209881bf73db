"""Colleagues at the front door: a draft is asked about and looked at, a letter is spoken of, a hint is put aside."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from amends.cases.assignment import assign
from amends.cases.closure import close
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry
from amends.coaching.models import Comment, Debrief, Look
from amends.coaching.sample import week_before
from amends.prevention.models import Cause
from amends.team.calendar import zone_of
from tests.doors.conftest import page, typed, words

pytestmark = pytest.mark.django_db
DRAFT = "Dear Maria,\n\nI am sorry that it came nine days late."


@pytest.fixture
def case(recovery):
    return recovery().case


def ask(door, case, to="ines", **more):
    asked = {"asking": "1", "to": to, "text": DRAFT, "question": "Warm enough?", **more}
    return door("tom").post(reverse("look-ask", args=[case.pk]), asked)


def address(look):
    return reverse("look", args=[look.case_id, look.pk])


def test_the_draft_of_the_composer_comes_along_and_nobody_is_asked_yet(door, case):
    composer = page(door("tom").get(reverse("case", args=[case.pk])))
    button = composer.css_first(f".write-reply [formaction='{reverse('look-ask', args=[case.pk])}']")
    assert "Ask a colleague to look" in button.text()
    shown = door("tom").post(reverse("look-ask", args=[case.pk]), {"text": DRAFT, "seen": "1"})
    assert (shown.status_code, typed(shown, "text"), typed(shown, "to")) == (200, DRAFT, "free")
    offered = {one.attributes["value"] for one in page(shown).css("[name=to]")}
    assert offered == {"free", "ines", "sam", "ada"}
    assert not Look.objects.exists()


def test_from_asking_to_the_letter_with_their_wording(door, case):
    assert ask(door, case).status_code == 302
    look = Look.objects.get()
    queue = words(door("ines").get(reverse("colleagues")))
    assert "Warm enough?" in queue
    assert "Tom Becker asked you" in queue
    assert "Tom asks you to look at a draft." in words(door("ines").get(reverse("case", args=[case.pk])))
    seen = door("ines").get(address(look))
    assert "nine days late, after the birthday" in words(seen)  # what the customer wrote
    assert typed(seen, "wording") == DRAFT
    better = f"{DRAFT} It was for a birthday."
    door("ines").post(address(look), {"remarks": "Name the birthday.", "wording": better})
    told = words(door("tom").get(reverse("case", args=[case.pk])))
    assert "Ines looked at your draft." in told
    read = door("tom").get(address(look))
    assert "Name the birthday." in words(read)
    taken = door("tom").post(address(look), {"act": "wording"})
    assert typed(taken, "text") == better
    assert "Ines looked at your draft." not in words(door("tom").get(reverse("case", args=[case.pk])))


def test_going_on_with_ones_own_and_send_it_as_it_is(door, case):
    ask(door, case)
    look = Look.objects.get()
    door("ines").post(address(look), {"act": "as_it_is", "wording": "Something else"})
    look.refresh_from_db()
    assert (look.given.remarks, look.given.wording) == ("I would send it as it is.", "")
    assert typed(door("tom").post(address(look), {"act": "mine"}), "text") == DRAFT


def test_whoever_is_free_takes_it_on_and_the_draft_is_shown_to_nobody_before(door, case):
    ask(door, case, to="free")
    look = Look.objects.get()
    for who in ("sam", "ines"):
        assert DRAFT.partition("\n\n")[2] not in words(door(who).get(address(look)))
    door("sam").post(address(look), {"act": "take_on"})
    assert "I am sorry that it came nine days late." in words(door("sam").get(address(look)))
    assert door("ines").get(address(look)).status_code == 404
    assert "Nobody asks just now" in words(door("ines").get(reverse("colleagues")))


def test_taking_back_and_refusals_keep_what_was_typed(door, case):
    refused = ask(door, case, to="priya")
    assert (refused.status_code, typed(refused, "text")) == (422, DRAFT)
    ask(door, case)
    look = Look.objects.get()
    silent = door("ines").post(address(look), {"remarks": "", "wording": DRAFT})
    assert silent.status_code == 422
    assert "Write what you see" in words(silent)
    assert door("tom").post(address(look), {}).status_code == 422
    door("tom").post(address(look), {"act": "back"})
    assert "This is settled" in words(door("tom").get(address(look)))
    assert "needs no look any more" in words(door("ines").get(address(look)))


@pytest.fixture
def letter(case, cast):
    """A letter Tom wrote in the middle of last week."""
    team = cast.tom.team
    at = datetime.combine(week_before(team, datetime.now(UTC)) + timedelta(days=3), time(9), zone_of(team))
    made = Message.objects.create(case=case, at=at, outgoing=True, author=cast.tom, text="The storm was to blame.")
    Message.objects.filter(case=case, outgoing=False).update(at=at - timedelta(hours=1))
    OutboxEntry.objects.create(message=made, not_before=at, sent_at=at, envelope={})
    return made


def test_a_lead_reads_a_letter_beside_what_the_customer_wrote_and_the_writer_answers(door, letter):
    listed = words(door("ines").get(reverse("coaching")))
    assert "Nobody chooses whose or which" in listed
    there = reverse("coaching-letter", args=[letter.pk])
    shown = words(door("ines").get(there))
    assert "The storm was to blame." in shown
    assert "after the birthday it was meant for" in shown
    empty = door("ines").post(there, {"kind": "comment", "check": "C06", "words": ""})
    assert (empty.status_code, typed(empty, "check")) == (422, "C06")
    door("ines").post(there, {"kind": "comment", "check": "C06", "words": "It reads like an excuse."})
    got = words(door("tom").get(reverse("coaching")))
    assert "Ines Castellano Comment on “Excuse”" in got
    assert "It reads like an excuse." in got
    said = Comment.objects.get()
    answer = reverse("coaching-said", args=[said.pk])
    silent = door("tom").post(answer, {"reply": "otherwise"})
    assert silent.status_code == 422
    assert "Say how you see it" in words(silent)
    door("tom").post(answer, {"reply": "otherwise", f"words-{said.pk}": "She asked why it was late."})
    assert "I see it otherwise. “ She asked why it was late. ”" in words(door("ines").get(there))
    door("tom").post(answer, {"delete": "1"})
    assert not Comment.objects.exists()


def test_the_navigation_counts_what_waits_for_oneself(door, case, letter):
    ask(door, case)
    door("ines").post(reverse("coaching-letter", args=[letter.pk]), {"kind": "kudos", "words": "Short and true."})
    for who, count in (("ines", "1"), ("tom", "1"), ("sam", "")):
        link = page(door(who).get(reverse("keys"))).css_first(f"a[href='{reverse('colleagues')}']")
        assert link.text().replace("Colleagues", "").strip().partition(" ")[0] == count


def test_a_hint_stands_above_the_letter_of_the_two_alone_and_is_put_aside(door, case, cast):
    assign(case, to=cast.tom, by=cast.ines, now=cast.clock.now)
    there = reverse("hint", args=[case.pk])
    assert "A hint to Tom" in words(door("ines").get(reverse("case", args=[case.pk])))
    assert "A hint to" not in words(door("tom").get(reverse("case", args=[case.pk])))
    assert door("ines").post(there, {"words": ""}).status_code == 422
    door("ines").post(there, {"words": "Name the birthday."})
    shown = door("tom").get(reverse("case", args=[case.pk]))
    assert "Ines, for you alone: Name the birthday." in words(shown)
    assert "You to Tom alone: Name the birthday." in words(door("ines").get(reverse("case", args=[case.pk])))
    assert "birthday." not in words(door("ada").get(reverse("case", args=[case.pk]))).replace("birthday it", "")
    press = next(
        one.attributes["formaction"] for one in page(shown).css("[formaction]") if one.text() == "Put it aside"
    )
    after = door("tom").post(press, {"text": "Dear Maria,"})
    assert typed(after, "text") == "Dear Maria,"
    assert "for you alone" not in words(after)


def test_looking_back_is_shown_and_what_should_change_goes_to_the_board(door, case, cast):
    there = reverse("debrief", args=[case.pk])
    assert door("tom").post(there, {"well": " "}).status_code == 422
    door("tom").post(there, {"well": "She said thanks.", "change": "The courier calls before noon."})
    assert typed(door("tom").get(there), "change") == "The courier calls before noon."
    assert "Looking back" not in words(door("ines").get(reverse("colleagues")))
    shown = reverse("debrief-shown", args=[Debrief.objects.get().pk])
    assert door("ines").get(shown).status_code == 404
    door("tom").post(reverse("debrief-sharing", args=[case.pk]), {"to": "ines"})
    assert "Tom Becker shows it to you" in words(door("ines").get(reverse("colleagues")))
    told = door("ines").get(shown)
    assert "She said thanks." in words(told)
    form = next(one for one in page(told).css("form") if one.attributes["action"] == reverse("prevention"))
    made = form.css_first("[name=definition]").text().strip()
    assert door("ines").post(reverse("prevention"), {"name": "No call", "definition": made}).status_code == 302
    assert Cause.objects.get(name="No call").definition == "What should change: The courier calls before noon."
    share = Debrief.objects.get().shares.get().pk
    door("tom").post(reverse("debrief-sharing", args=[case.pk]), {"back": share})
    assert door("ines").get(shown).status_code == 404
    door("tom").post(reverse("debrief-sharing", args=[case.pk]), {"delete": "1"})
    assert not Debrief.objects.exists()


def test_whoever_closed_a_case_is_led_to_look_back(door, recovery, cast):
    one = recovery()
    one.person_first()
    one.deliver(one.accept(one.offer()))
    one.prevent()
    close(one.case, by=cast.tom, now=cast.clock.forward(minutes=1))
    here = reverse("case", args=[one.case.pk])
    assert "You closed this case. Look back on it" in words(door("tom").get(here))
    assert "You closed this case." not in words(door("ines").get(here))
