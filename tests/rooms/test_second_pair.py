"""A second pair of eyes: asked of who may see the case, read by the two alone, settled when the letter left."""

from datetime import timedelta

import pytest

from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible, NotThere
from amends.cases.history import history_of
from amends.cases.name_subject import name_subject
from amends.cases.reply import reply, undo
from amends.coaching.models import KEPT_FOR, Look
from amends.coaching.second_pair import FREE, ask_look, close_look, find_look, give_look, take_on
from amends.coaching.whom import colleagues_to_ask
from amends.desk.counts import waiting_counts
from amends.jobs import sweep
from tests.conftest import mail

pytestmark = pytest.mark.django_db
DRAFT = "Dear Maria,\n\nI am sorry that it came nine days late."


@pytest.fixture
def one(recovery):
    return recovery()


def ask(one, to="ines", by="tom", question="Too short?", draft=DRAFT):
    return ask_look(one.case, draft, question, to, by=one.cast.people[by], now=one.cast.clock.forward(minutes=1))


def waits(one, who):
    return waiting_counts(one.cast.people[who])["looks"]


def test_a_draft_is_looked_at_and_what_is_said_comes_back(one, cast):
    look = ask(one)
    assert (waits(one, "ines"), waits(one, "tom"), waits(one, "sam")) == (1, 0, 0)
    seen = find_look(look.pk, one.case, cast.ines)
    assert (seen.draft, seen.question, seen.by) == (DRAFT, "Too short?", cast.tom)
    given = give_look(seen, "Name the birthday.", DRAFT + " It was for a birthday.", by=cast.ines, now=one.now)
    assert (given.remarks, given.wording) == ("Name the birthday.", DRAFT + " It was for a birthday.")
    assert (waits(one, "ines"), waits(one, "tom")) == (0, 1)
    close_look(find_look(look.pk, one.case, cast.tom), by=cast.tom, now=one.now)
    assert waits(one, "tom") == 0


def test_an_unchanged_wording_is_none(one, cast):
    look = ask(one)
    with pytest.raises(Incomplete, match="Write what you see"):
        give_look(look, " ", DRAFT.replace("\n\n", "\r\n\r\n"), by=cast.ines, now=one.now)
    assert give_look(look, "Good.", DRAFT + "\n", by=cast.ines, now=one.now).wording == ""


@pytest.mark.parametrize("to", ["", "tom", "priya", "nobody", "maria"])
def test_only_somebody_else_who_may_see_the_case_is_asked(one, to):
    with pytest.raises(Incomplete, match="Choose who looks at it"):
        ask(one, to)
    assert not Look.objects.exists()


def test_nobody_is_asked_to_look_at_a_complaint_about_them(one, cast):
    look = ask(one, "ines")
    name_subject(one.case, cast.ines, by=cast.ada, now=one.now)
    with pytest.raises(NotThere):
        find_look(look.pk, one.case, cast.ines)
    close_look(look, by=cast.tom, now=one.now)
    assert "ines" not in {each.user.username for each in colleagues_to_ask(one.case, cast.tom, one.now)}
    with pytest.raises(Incomplete):
        ask(one, "ines")
    name_subject(one.case, cast.tom, by=cast.ada, now=one.now)
    with pytest.raises(ConflictOfInterest):
        ask(one, "sam")


def test_a_case_that_goes_to_another_team_takes_its_drafts_along(one, cast):
    look = ask(one)
    one.case.team = cast.priya.team
    one.case.save()
    for who in (cast.ines, cast.tom, cast.priya):
        with pytest.raises(NotThere):
            find_look(look.pk, one.case, who)
    assert waits(one, "ines") == 0


def test_nobody_but_the_two_finds_it(one, cast):
    look = ask(one)
    for who in ("sam", "ada", "priya"):
        with pytest.raises(NotThere) as theirs:
            find_look(look.pk, one.case, cast.people[who])
        with pytest.raises(NotThere) as nobodys:
            find_look(987654, one.case, cast.people[who])
        assert str(theirs.value) == str(nobodys.value)
        with pytest.raises(NotThere):
            give_look(look, "Let me see", "", by=cast.people[who], now=one.now)


def test_whoever_is_free_takes_it_on_and_then_it_is_theirs(one, cast):
    look = ask(one, FREE)
    assert [waits(one, who) for who in ("ines", "sam", "ada", "priya", "tom")] == [1, 1, 1, 0, 0]
    with pytest.raises(NotPossible, match="Take it on first"):
        give_look(look, "Good.", "", by=cast.sam, now=one.now)
    other = Look.objects.get(pk=look.pk)
    take_on(look, by=cast.sam)
    with pytest.raises(NotThere):
        take_on(other, by=cast.ines)
    assert [waits(one, who) for who in ("ines", "sam", "ada")] == [0, 1, 0]
    assert give_look(look, "Good.", "", by=cast.sam, now=one.now).remarks == "Good."


def test_ones_own_draft_is_not_looked_at_by_oneself(one, cast):
    look = ask(one, FREE)
    with pytest.raises(NotAllowed, match="your own"):
        take_on(look, by=cast.tom)
    with pytest.raises(NotAllowed, match="your own"):
        give_look(look, "Good.", "", by=cast.tom, now=one.now)
    with pytest.raises(NotAllowed, match="Tom asked for this"):
        close_look(look, by=cast.ines, now=one.now)


def test_a_letter_that_leaves_settles_it(one, cast):
    look = ask(one)
    reply(one.case, "We open at ten.", (), by=cast.tom, now=cast.clock.forward(minutes=1))
    assert (waits(one, "ines"), waits(one, "tom")) == (0, 0)
    with pytest.raises(NotPossible, match="needs no look any more"):
        give_look(look, "Wait!", "", by=cast.ines, now=one.now)
    assert ask(one).pk != look.pk


def test_one_ask_at_a_time_and_it_can_be_taken_back(one, cast):
    look = ask(one)
    with pytest.raises(AlreadyDone, match="Take that back"):
        ask(one, "sam")
    close_look(look, by=cast.tom, now=one.now)
    close_look(look, by=cast.tom, now=one.now)
    assert waits(one, "ines") == 0
    ask(one, "sam")
    told = [happening.sentence for happening in history_of(one.case)]
    assert told.count("Tom Becker asked a colleague to look at a draft") == 2
    assert told.count("Tom Becker needs no look at the draft any more") == 1


def test_no_draft_no_ask(one):
    with pytest.raises(Incomplete, match="Write the letter first"):
        ask(one, draft=" \n")


def test_the_ledger_holds_no_word_and_no_name_of_who_was_asked(one, cast):
    look = ask(one)
    give_look(look, "Name the birthday.", "", by=cast.ines, now=one.now)
    events = one.case.events.filter(kind__startswith="look_")
    assert [event.data for event in events] == [{"look": look.pk}] * 2


def test_who_is_here_and_who_wrote_the_language_comes_first(one, cast):
    one.case.customer.language = "de"
    one.case.customer.save()
    reply(one.case, "Guten Tag.", (), by=cast.ada, now=one.now - timedelta(days=2))
    found = colleagues_to_ask(one.case, cast.tom, one.now + timedelta(hours=1))
    assert [(each.user.username, each.here, each.language) for each in found] == [
        ("ada", False, "German"),
        ("ines", False, ""),
        ("sam", False, ""),
    ]
    other = ask_of_sam(cast)
    assert other.by == cast.ines
    found = colleagues_to_ask(one.case, cast.tom, cast.clock.forward(minutes=29))
    assert [each.user.username for each in found if each.here] == ["ines"]
    assert found[0].user == cast.ines


def ask_of_sam(cast):
    case = cast.case(mail(message_id="<here@post.example>", sender="Jo Hart <jo@post.example>"))
    return ask_look(case, DRAFT, "", "sam", by=cast.ines, now=cast.clock.forward(hours=2))


def test_what_is_old_goes_and_what_was_with_somebody_who_left(one, cast):
    ask(one)
    sweep(one.now + KEPT_FOR - timedelta(minutes=1))
    assert Look.objects.count() == 1
    sweep(one.now + KEPT_FOR + timedelta(minutes=1))
    assert Look.objects.count() == 0
    ask(one)
    cast.ines.is_active = False
    cast.ines.save()
    sweep(one.now)
    assert Look.objects.count() == 0


def test_a_letter_taken_back_before_it_left_settles_nothing(one, cast):
    look = ask(one)
    undo(reply(one.case, "We open at ten.", (), by=cast.tom, now=one.now), by=cast.tom, now=one.now)
    assert waits(one, "ines") == 1
    assert give_look(look, "Good.", "", by=cast.ines, now=one.now).remarks == "Good."
