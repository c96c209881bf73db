"""Closing the loop: everyone a cause hurt is told once what was changed, or left out with a reason."""

from datetime import timedelta
from random import Random

import pytest

from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotPossible, NotThere
from amends.cases.issue import Wish
from amends.cases.message import Message
from amends.cases.outbox import OutboxEntry, fail
from amends.cases.subject import Subject
from amends.cases.withdraw import withdraw
from amends.channels.envelope import Outgoing
from amends.customers.models import NoNews
from amends.method.steps import Step
from amends.prevention.affected import known_of, reckoning
from amends.prevention.models import Cause, Change, ChangeKind
from amends.prevention.news import stop_news, want_news
from amends.prevention.tell import Review, owe_again, tell
from amends.prevention.telling import LeftOut, News
from amends.prevention.verbs import agree_change, attribute, make_change
from amends.verbs.perform import perform
from tests.conftest import mail

pytestmark = pytest.mark.django_db

TEXT = "Every parcel is scanned when the courier takes it."
GERMAN = "Guten Tag,\n\nmein Paket ist neun Tage zu spät gekommen, und niemand hat mir etwas gesagt.\n\nHanna Vogt\n"


@pytest.fixture
def change(cast) -> Change:
    made = Change.objects.get()
    make_change(made, by=cast.ines, now=cast.clock.now)
    made.refresh_from_db()
    return made


@pytest.fixture
def harm(cast, recovery):
    """A case of somebody whom the cause of the fixture hurt."""

    def hurt(name="Maria Oduya", text=None, to="complaints@lindqvist.example", number=1):
        who = name.split()[0].lower()
        more = {} if text is None else {"text": text}
        raw = mail(sender=f"{name} <{who}@post.example>", to=to, message_id=f"<{who}{number}@post.example>", **more)
        one = recovery(raw)
        one.hear(*([] if one.issues else ["The order arrived nine days late"]))
        attribute(one.issues[0], Cause.objects.get(name="Courier handover"), by=cast.ines, now=cast.clock.now)
        return one

    return hurt


def told(change, cast, by=None, **review):
    return tell(change, Review(**{"text": TEXT, **review}), by=by or cast.ines, now=cast.clock.forward(minutes=1))


def news_letters():
    return Message.objects.filter(automatic="news").order_by("pk")


def test_everyone_it_hurt_is_told_once_in_their_newest_case(change, cast, harm):
    first = harm()
    cast.clock.forward(days=2)
    later, other = harm(number=2), harm("Noor Haddad")
    told(change, cast)
    assert [letter.case_id for letter in news_letters()] == [later.case.pk, other.case.pk]
    letter = news_letters()[0]
    assert letter.text.startswith("Dear Maria,\n\nYou told us what went wrong: “")
    assert TEXT in letter.text
    assert "/c/" in letter.text
    assert Outgoing.from_json(letter.outbox.envelope).automatic
    assert first.case.events.filter(kind="news_told").count() == 0
    assert later.case.events.get(kind="news_told").data["message"] == letter.pk


def test_a_second_run_tells_only_those_harmed_since_and_nobody_twice(change, cast, harm):
    harm()
    told(change, cast)
    with pytest.raises(AlreadyDone, match="Everyone it hurt was told"):
        told(change, cast)
    cast.clock.forward(days=1)
    harm(number=2)
    new = harm("Noor Haddad")
    told(change, cast)
    assert [letter.case_id for letter in news_letters()][1:] == [new.case.pk]


def test_told_and_left_out_with_a_reason_are_everyone(change, cast, harm):
    maria, noor, kofi = harm(), harm("Noor Haddad"), harm("Kofi Mensah")
    stop_news(kofi.case, cast.clock.now)
    before = reckoning(change, cast.ines)
    assert (len(before.owed), before.affected, before.adds_up) == (3, 3, True)
    told(change, cast, left_out={noor.case.customer_id: "Tom called her about it."})
    after = reckoning(change, cast.ines)
    assert (len(after.told), len(after.left_out), after.owed, after.adds_up) == (1, 2, (), True)
    assert News.objects.get().customer_id == maria.case.customer_id
    reasons = {one.customer_id: (one.reason, one.by) for one in LeftOut.objects.all()}
    assert reasons[noor.case.customer_id] == ("Tom called her about it.", cast.ines)
    assert reasons[kofi.case.customer_id] == ("Asked for no such news on 21 November 2026.", None)


def test_who_left_no_reason_is_not_left_out(change, cast, harm):
    one = harm()
    with pytest.raises(Incomplete, match="Say why this person is not told"):
        told(change, cast, left_out={one.case.customer_id: " "})
    with pytest.raises(Incomplete, match="not among those who are owed"):
        told(change, cast, left_out={one.case.customer_id + 1: "Never heard of them"})
    assert news_letters().count() == 0


def test_there_is_no_news_before_the_change_is_made(cast, harm):
    harm()
    with pytest.raises(NotPossible, match="is not in place yet"):
        told(Change.objects.get(), cast)


@pytest.mark.parametrize(
    ("review", "sentence"),
    [
        ({"text": " "}, "Write in English"),
        ({"text": "We will call you within two days."}, "promises each of them something"),
        ({"translations": {"de": "Wir rufen Sie morgen um 10 Uhr an."}}, "promises each of them something"),
        ({"translations": {"tlh": "qapla'"}}, "We write letters in English, German, Spanish, French, not in “tlh”"),
    ],
)
def test_a_text_that_is_missing_promises_or_is_in_no_language_of_ours_is_refused(change, cast, harm, review, sentence):
    harm()
    with pytest.raises(Incomplete, match=sentence):
        told(change, cast, **review)
    assert news_letters().count() == 0


def test_each_reads_it_in_their_language_or_is_told_that_it_is_not_translated(change, cast, harm):
    harm("Hanna Vogt", GERMAN)
    told(change, cast)
    text = news_letters().get().text
    assert text.startswith("Guten Tag Hanna,")
    assert "noch nicht übersetzt" in text
    assert TEXT in text
    cast.clock.forward(days=1)
    harm("Jens Vogt", GERMAN.replace("Hanna", "Jens"))
    told(change, cast, translations={"de": "Jedes Paket wird gescannt."})
    text = news_letters().last().text
    assert "Jedes Paket wird gescannt." in text
    assert "noch nicht übersetzt" not in text
    assert TEXT not in text


def test_a_summary_nobody_confirmed_is_not_said_back(change, cast, recovery):
    one = recovery()
    attribute(one.issues[0], Cause.objects.get(), by=cast.ines, now=cast.clock.now)
    told(change, cast)
    assert "You told us that something had gone wrong." in news_letters().get().text


def test_who_joined_since_the_list_was_looked_at_is_not_told_unseen(change, cast, harm):
    seen = {harm().case.customer_id}
    harm("Noor Haddad")
    with pytest.raises(NotPossible, match="One more person was linked to this cause since you looked"):
        told(change, cast, seen=seen)


def test_a_letter_that_came_back_told_nobody(change, cast, harm):
    one = harm()
    told(change, cast)
    fail(OutboxEntry.objects.get(message=news_letters().get()), "No such mailbox", cast.clock.forward(minutes=5))
    assert [owed.customer for owed in reckoning(change, cast.ines).owed] == [one.case.customer_id]
    told(change, cast)
    assert LeftOut.objects.get().reason == "The last letter to maria@post.example came back."
    assert news_letters().count() == 1


def test_no_is_no_until_they_say_otherwise(change, cast, harm):
    one = harm()
    stop_news(one.case, cast.clock.now)
    with pytest.raises(AlreadyDone, match="told us this before"):
        stop_news(one.case, cast.clock.now)
    want_news(one.case, cast.clock.now)
    with pytest.raises(AlreadyDone, match="already"):
        want_news(one.case, cast.clock.now)
    assert not NoNews.objects.exists()
    told(change, cast)
    assert news_letters().count() == 1


def test_who_was_left_out_is_owed_it_after_all(change, cast, harm):
    one = harm()
    told(change, cast, left_out={one.case.customer_id: "On holiday"})
    owe_again(LeftOut.objects.get(), by=cast.ines, now=cast.clock.now)
    told(change, cast)
    assert news_letters().count() == 1
    kinds = one.case.events.filter(kind__startswith="news").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["news_left_out", "news_owed_again", "news_told"]


def test_a_lead_tells_those_of_their_team_and_quality_tells_everybody(change, cast, harm):
    harm()
    office = harm("Noor Haddad", to="office@lindqvist.example")
    mine = reckoning(change, cast.ines)
    assert (mine.affected, mine.elsewhere) == (1, 1)
    told(change, cast)
    assert news_letters().count() == 1
    told(change, cast, by=cast.sam)
    assert news_letters().last().case_id == office.case.pk


def test_who_was_left_out_by_quality_is_not_a_lead_of_another_team_s_to_put_back(change, cast, harm):
    office = harm("Noor Haddad", to="office@lindqvist.example").case
    told(change, cast, by=cast.sam, left_out={office.customer_id: "On holiday"})
    with pytest.raises(NotThere):
        owe_again(LeftOut.objects.get(), by=cast.ines, now=cast.clock.now)
    owe_again(LeftOut.objects.get(), by=cast.sam, now=cast.clock.now)
    assert office.events.filter(kind="news_owed_again").count() == 1


def test_nobody_tells_it_in_a_complaint_about_themselves(change, cast, harm):
    one = harm()
    Subject.objects.create(case=one.case, person=cast.ines, by=cast.ada, at=cast.clock.now)
    with pytest.raises(ConflictOfInterest, match="about you"):
        told(change, cast)
    assert (news_letters().count(), News.objects.count()) == (0, 0)


def test_an_issue_taken_off_a_case_hurt_nobody(change, cast, harm):
    one = harm()
    withdraw(one.issues[0], "Another order was meant", wish=Wish.CUSTOMER, by=cast.ines, now=cast.clock.now)
    assert reckoning(change, cast.ines).affected == 0


def test_the_reviewer_sees_who_was_told_by_hand(change, cast, harm):
    one = harm()
    assert known_of(change, reckoning(change, cast.ines).owed) == {
        one.case.customer_id: f"Somebody works on case {one.case.pk}."
    }
    one.say(Step.PREVENT, issues=one.issues[:1])
    known = known_of(change, reckoning(change, cast.ines).owed)
    assert known == {one.case.customer_id: "Tom Becker told them on 21 November."}


def test_another_change_is_other_news(change, cast, harm):
    harm()
    told(change, cast)
    now = cast.clock.now
    due = now.date() + timedelta(days=7)
    second = agree_change(
        change.cause, "A scanner at every door", ChangeKind.SYSTEM, owner=cast.ines, due=due, by=cast.ines, now=now
    )
    make_change(second, by=cast.ines, now=now)
    second.refresh_from_db()
    told(second, cast)
    assert news_letters().count() == 2


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_everyone_is_in_exactly_one_place(change, cast, harm, seed):
    chance = Random(seed)
    names = ["Maria Oduya", "Noor Haddad", "Kofi Mensah", "Li Wei"]
    cases = []
    for step in range(12):
        cast.clock.forward(days=1)
        what = chance.choice(["harm", "harm", "stop", "tell", "tell", "fail", "again"])
        if what == "harm":
            cases.append(harm(chance.choice(names), number=step).case)
        elif what == "stop" and cases:
            one = chance.choice(cases)
            if not NoNews.objects.filter(customer=one.customer).exists():
                stop_news(one, cast.clock.now)
        elif what == "tell" and (owed := reckoning(change, cast.ines).owed):
            out = {one.customer: "Asked to" for one in owed if chance.random() < 0.3}
            told(change, cast, left_out=out)
            assert reckoning(change, cast.ines).owed == ()
        elif what == "fail" and (entry := OutboxEntry.objects.waiting().filter(message__automatic="news").first()):
            fail(entry, "No such mailbox", cast.clock.now)
        elif what == "again" and (one := LeftOut.objects.first()):
            owe_again(one, by=cast.ines, now=cast.clock.now)
        stands = reckoning(change, cast.ines)
        assert stands.adds_up
        assert stands.affected == len({one.customer_id for one in cases})
        alive = Message.objects.filter(automatic="news", outbox__failed_at=None)
        assert alive.count() == alive.values("case__customer").distinct().count() == len(stands.told)


def test_two_texts_for_one_language_are_refused_so_that_none_is_lost(cast, change):
    rows = [{"language": "de", "text": words} for words in ("Wir scannen jedes Paket.", "Jedes Paket wird gescannt.")]
    with pytest.raises(Incomplete, match="two rows for language de"):
        perform(
            "tell",
            None,
            {"change": str(change.pk), "text": "Fixed.", "translations": rows},
            by=cast.ines,
            now=cast.clock.now,
        )
