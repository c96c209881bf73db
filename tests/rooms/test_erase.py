"""Erasing a customer: nothing of them is found, and every figure, verdict and the ledger are as before (13)."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from amends.cases.case import Case
from amends.cases.closure import reopen
from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible
from amends.cases.event import Event, EventWords
from amends.cases.history import history_of
from amends.cases.issue import Issue
from amends.cases.ledger import verify
from amends.cases.name_subject import name_subject
from amends.cases.note import add_note
from amends.cases.reply import reply
from amends.cases.standing import Standing
from amends.channels.models import RawMail
from amends.customers.models import Address
from amends.jobs import sweep
from amends.loyalty.notes import call_them, note_about
from amends.loyalty.purchase import Purchase
from amends.loyalty.veil import veiled_address
from amends.method.path import Attention
from amends.prevention.claim import state_claim
from amends.prevention.judge import judge_those_due
from amends.prevention.models import Change
from amends.prevention.verbs import make_change
from amends.prevention.verdict import Verdict
from amends.prevention.weeks import counts_of
from amends.privacy.account import counted
from amends.privacy.erase import erase_person
from amends.privacy.export import everything, export_person
from amends.privacy.holds import lift_hold, place_hold
from amends.privacy.kept import OF_THE_DESK, STAYS
from amends.privacy.mail import others_name
from amends.privacy.models import Erasure
from amends.privacy.places import PLACES
from amends.purse.gesture import Gesture
from amends.purse.settle import use
from amends.recovery.recurrence import Recurrence, look_at_all
from tests.conftest import mail
from tests.rooms.erasing import (
    ADDRESS,
    FILE,
    NAME,
    SAID,
    figures,
    found_in_database,
    let_leave,
    long_mail,
    whole_story,
    words_held,
    written_columns,
)
from tests.rooms.history import REVIEW, claimed, linked, orders

pytestmark = pytest.mark.django_db
EMPTIED_MAIL = {f"RawMail.{name}" for name in ("mail_from", "recipients", "peer", "reason", "body")}
TYPED = (NAME, "Wilhelmina", "Quastenberg", ADDRESS, SAID, "Tallow Lane", "heron", "KX-77120", FILE.decode(), "plums")


@pytest.fixture(autouse=True)
def _sink(settings, tmp_path):
    settings.AMENDS_SINK = tmp_path


@pytest.fixture
def other(recovery):
    """Somebody else, whose complaint went the same way."""
    one = recovery(mail("It came late, Olu Adebayo", sender="Olu Adebayo <olu@post.example>", message_id="<9@x>"))
    one.person_first()
    one.deliver(one.accept(one.offer()))
    return one


@pytest.fixture
def story(recovery, cast, other):
    return whole_story(recovery, cast)


def erase(one, cast, **changed):
    values = {"typed": "erase", "asked": False, "by": cast.ines, "now": cast.clock.forward(minutes=1), **changed}
    return erase_person(one.case.customer, values.pop("typed"), **values)


def test_every_column_is_either_erased_or_stays_for_a_reason():
    gone = {f"{place.model}.{name}" for place in PLACES for name in place.columns}
    stays = {name for name in written_columns() if name.partition(".")[0] in OF_THE_DESK} | set(STAYS)
    assert written_columns() - gone - stays - EMPTIED_MAIL == set()
    assert (gone | set(STAYS) | EMPTIED_MAIL) - written_columns() == set()


def test_nothing_of_them_is_found_in_any_column_of_any_table(story, other, cast):
    held = words_held(story.case.customer_id)
    assert {NAME, "I want the owner of the kiln", "Eleven shards, not ten"} <= held
    seen = {needle for _, _, needle in found_in_database(TYPED)}
    assert seen == set(TYPED) - {FILE.decode()}  # the file is in its mail as base64
    erase(story, cast)
    theirs = "\n".join(words_held(other.case.customer_id))  # letters and remedies of the same words
    mine = {words for words in held if words not in theirs}
    assert len(mine) >= 20
    left = [row for row in found_in_database({*TYPED, *mine}) if row[0] not in DESK_TABLES]
    assert left == []
    assert found_in_database(TYPED) == []


DESK_TABLES = {f"amends_{name.lower()}" for name in OF_THE_DESK}


def test_every_figure_is_the_same_before_and_after(story, cast):
    now = cast.clock.forward(hours=1)
    before = figures(cast, now)
    sentence, _, tables = before["ada", "wrong", "all", None, ""]
    assert not sentence.startswith("Nothing")
    assert len(tables[0]) >= 3  # the heads, and a kind of theirs and of the other's
    erase(story, cast)
    assert figures(cast, now) == before


def test_a_verdict_and_the_counts_below_it_are_the_same(cast, recovery):
    one, change = recovery(long_mail(1, SAID)), Change.objects.get()
    orders(cast, 24)
    state_claim(change, claimed(change), by=cast.ines, now=cast.clock.now)
    make_change(change, by=cast.ines, now=cast.clock.forward(days=14))
    linked(cast, change, [10] * 12, first=date(2026, 7, 27))
    linked(cast, change, [3] * 10, first=date(2026, 12, 7))
    cast.clock.now = datetime.combine(REVIEW, time(9), tzinfo=UTC) + timedelta(days=1)
    orders(cast, 40, until=cast.clock.now.date())
    judge_those_due(cast.clock.now)
    verdict, mondays = Verdict.objects.get(), tuple(date(2026, 7, 27) + timedelta(weeks=week) for week in range(40))
    before = (verdict.outcome, verdict.found, verdict.snapshot, counts_of(mondays))
    assert {issue.case_id for issue in Issue.objects.exclude(attribution=None)} == {one.case.pk}
    let_leave(one)
    erase(one, cast, asked=True)
    verdict.refresh_from_db()
    assert (verdict.outcome, verdict.found, verdict.snapshot, counts_of(mondays)) == before
    assert verdict.again() == verdict.found


def test_the_ledger_holds_and_its_earlier_rows_are_untouched(story, cast):
    before = list(Event.objects.order_by("seq").values_list("seq", "hash"))
    assert EventWords.objects.filter(event__case=story.case).count() == 5
    erase(story, cast)
    assert verify().holds
    assert list(Event.objects.order_by("seq").values_list("seq", "hash"))[: len(before)] == before
    assert not EventWords.objects.filter(event__case=story.case).exists()
    told = [one.sentence for one in history_of(Case.objects.get(pk=story.case.pk))]
    assert told[-1] == (
        "Ines Castellano erased the customer: name, address, words and files are gone, what was done stays"
    )
    assert "(erased) chose: (erased)" in told


def test_words_beside_the_ledger_cannot_be_changed_or_lost_unnoticed(story):
    words = EventWords.objects.filter(event__case=story.case).first()
    EventWords.objects.filter(pk=words.pk).update(words="A larger refund")
    assert (verify().broken_at, verify().reason) == (
        words.event_id,
        "the words beside it are not those that were sealed",
    )
    words.delete()
    assert not verify().holds


def test_somebody_with_two_addresses_is_given_out_and_erased_under_both(story, cast):
    customer, second = story.case.customer, "w.q@plum.example"
    Address.objects.create(customer=customer, kind="email", value=second)
    cast.write(mail("Read me", sender=f"Wilhelmina <{second}>", message_id="<5@x>"))
    for order, address in (("81", ADDRESS), ("82", second), ("83", f"dr.{second}")):
        known = {"day": date(2026, 11, 1), "cents": 900, "currency": "EUR", "order": order, "at": cast.clock.now}
        Purchase.objects.create(buyer=veiled_address(address), **known)
    assert [one["order"] for one in everything(customer)["purchases"]] == ["81", "82"]
    assert ("purchases", 2) in counted(customer)
    assert "everything.json" in ZipFile(BytesIO(export_person(customer, by=cast.ines, now=cast.clock.now))).namelist()
    let_leave(story)
    erase(story, cast, asked=True)
    assert found_in_database([*TYPED, second]) == []
    assert Address.objects.filter(customer=customer, value__startswith="(erased)").count() == 2
    assert [one["day"] for one in everything(customer)["purchases"]] == ["2026-11-01"] * 2
    assert Purchase.objects.get(order="83").buyer == veiled_address(f"dr.{second}")


def test_purchases_stay_one_buyers_and_nobody_finds_them_by_the_address(story, cast):
    for order in ("1", "2"):
        day, veil = date(2026, 11, 1), veiled_address(ADDRESS)
        Purchase.objects.create(
            buyer=veil, day=day, cents=900, currency="EUR", order=f"KX-77{order}", at=cast.clock.now
        )
    now = cast.clock.forward(hours=1)
    before = figures(cast, now)
    erase(story, cast)
    assert figures(cast, now) == before
    assert not Purchase.objects.filter(buyer=veiled_address(ADDRESS)).exists()
    known = veiled_address(story.case.customer.addresses.get().value)
    assert Purchase.objects.filter(buyer=known, order__startswith="(erased)").count() == 2


def test_others_are_untouched(story, other, cast):
    held = words_held(other.case.customer_id)
    mails = list(RawMail.objects.filter(message__case=other.case).values())
    erase(story, cast)
    assert words_held(other.case.customer_id) == held
    assert list(RawMail.objects.filter(message__case=other.case).values()) == mails
    assert "Tom Becker carried out: Refund" in [one.sentence for one in history_of(other.case)]


def test_as_many_mails_came_in_as_before_and_each_is_still_linked(story, cast):
    before = list(RawMail.objects.order_by("pk").values_list("pk", "received_at", "size", "message"))
    erase(story, cast)
    assert list(RawMail.objects.order_by("pk").values_list("pk", "received_at", "size", "message")) == before


def test_mails_of_theirs_without_a_case_go_and_those_of_others_that_name_them_stay(story, cast):
    cast.write(bytes(RawMail.objects.filter(message__case=story.case).first().body))  # the very same mail once more
    cast.write(f"From: MAILER-DAEMON\nSubject: x\n\nNo such user: {ADDRESS}\n".encode(), mail_from="")
    named = cast.write(mail(f"I am a friend of {ADDRESS}", sender="Ann <ann@post.example>", message_id="<8@x>"))
    assert others_name(story.case.customer_id) == 1
    longer = cast.write(mail("Hello", sender=f"Not her <dr.{ADDRESS}>", message_id="<7@x>"))
    erase(story, cast)
    with_words = set(RawMail.objects.exclude(body=b"").values_list("message__case", flat=True))
    assert {named.message.case_id, longer.message.case_id} < with_words
    assert None not in with_words


def test_what_came_back_is_still_known_to_have_come_back(recovery, cast):
    first = whole_story(recovery, cast)
    again = recovery(long_mail(2, "The second heron came in shards as well."))
    again.hear("The heron of order KX-77120 again")
    again.case.issues.update(about="Order kx 77120")
    look_at_all(again.case, cast.clock.forward(minutes=1))
    assert Recurrence.objects.filter(why="about").exists()
    let_leave(again)
    erase(first, cast, asked=True)
    look_at_all(again.case, cast.clock.forward(minutes=1))
    assert Recurrence.objects.filter(why="about").exists()
    assert found_in_database(["77120"]) == []


def test_a_complaint_that_is_still_open_is_settled_first_unless_they_asked_themselves(recovery, cast):
    one = whole_story(recovery, cast, closed=False)
    with pytest.raises(NotPossible, match=f"Still open: case {one.case.pk}"):
        erase(one, cast)
    erase(one, cast, asked=True)
    standing = Standing.objects.get(case=one.case)
    assert (standing.attention, standing.reason, standing.due_at) == (Attention.DONE, "Erased", None)


def test_nothing_is_done_by_itself_for_somebody_erased(recovery, cast):
    one = whole_story(recovery, cast, closed=False)
    erase(one, cast, asked=True)
    before = one.case.messages.count()
    for _ in range(12):
        sweep(cast.clock.forward(days=7))
    assert one.case.messages.count() == before
    assert Standing.objects.get(case=one.case).attention == Attention.DONE
    assert not one.case.promises.exclude(broken=None).exists()


def test_nobody_can_write_to_somebody_erased(story, cast):
    erase(story, cast)
    story.case.refresh_from_db()
    with pytest.raises(NotPossible, match="no letter can reach them"):
        reply(story.case, "Dear nobody", (), by=cast.tom, now=cast.clock.forward(minutes=1))


def test_nobody_writes_anything_more_about_somebody_erased(story, cast):
    erase(story, cast)
    case, now = Case.objects.get(pk=story.case.pk), cast.clock.forward(minutes=1)
    for write in (
        lambda: add_note(case, "It was Wilhelmina", by=cast.tom, now=now),
        lambda: note_about(case, "Bakes", by=cast.tom, now=now),
        lambda: call_them(case, "Mina", by=cast.tom, now=now),
        lambda: reopen(case, by=cast.tom, now=now, reason="Quastenberg rang"),
        lambda: use(Gesture.objects.get(taken_back=None), 100, "Her receipt", by=cast.tom, now=now),
    ):
        with pytest.raises(NotPossible, match="This customer was erased"):
            write()
    assert found_in_database(TYPED) == []
    assert export_person(case.customer, by=cast.ines, now=now)


def test_who_writes_again_is_somebody_new(story, cast):
    to = story.case.messages.filter(outgoing=True).last().outbox.envelope["reply_to"]
    erase(story, cast)
    receipt = cast.write(long_mail(3, "I write again."), recipients=[to])
    assert receipt.message.case_id != story.case.pk
    assert receipt.message.case.customer_id != story.case.customer_id
    assert verify().holds


def test_under_a_legal_hold_nothing_goes_until_it_is_lifted(story, cast):
    place_hold(story.case.customer, "A court may ask for it", by=cast.ines, now=cast.clock.now)
    with pytest.raises(NotPossible, match=r"Ines Castellano placed a legal hold on .*: A court may ask for it"):
        erase(story, cast)
    with pytest.raises(AlreadyDone):
        place_hold(story.case.customer, "Twice", by=cast.ada, now=cast.clock.now)
    lift_hold(story.case.customer, "The court has closed its file", by=cast.ada, now=cast.clock.now)
    assert isinstance(erase(story, cast), Erasure)


@pytest.mark.parametrize(("typed", "who", "error"), [("", "ines", Incomplete), ("erase", "tom", NotAllowed)])
def test_it_takes_the_typed_word_and_the_right(story, cast, typed, who, error):
    with pytest.raises(error):
        erase(story, cast, typed=typed, by=getattr(cast, who))
    assert not Erasure.objects.exists()


def test_nobody_erases_a_complaint_about_themselves(story, cast):
    name_subject(story.case, cast.ines, by=cast.ada, now=cast.clock.now)
    with pytest.raises(ConflictOfInterest):
        erase(story, cast)
    assert found_in_database([NAME])


def test_a_lead_does_not_erase_what_another_team_has(story, cast):
    cast.write(long_mail(4, "And the other shop.").replace(b"complaints@", b"office@"))
    with pytest.raises(NotAllowed, match="with another team"):
        erase(story, cast, asked=True)


def test_twice_is_refused(story, cast):
    erase(story, cast)
    with pytest.raises(AlreadyDone):
        erase(story, cast)
