"""A sample no lead chose, and words between a lead and one writer that nobody else finds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotThere
from amends.cases.event import Event
from amends.cases.message import Message
from amends.cases.name_subject import name_subject
from amends.cases.outbox import OutboxEntry
from amends.coaching.comment import answer_comment, find_comment, find_letter, say, take_comment_away
from amends.coaching.models import KEPT_FOR, Comment
from amends.coaching.sample import EACH, drawn, sample_for, week_before
from amends.desk.counts import waiting_counts
from amends.jobs import sweep
from amends.team.models import User
from amends.team.permissions import Role
from tests.conftest import mail

MONDAY = date(2026, 11, 16)
letters = st.lists(st.tuples(st.integers(1, 10_000), st.integers(1, 6)), unique_by=lambda pair: pair[0], max_size=60)


@given(letters)
def test_everybody_has_the_same_share(pairs):
    chosen = drawn(pairs, 1, MONDAY)
    for writer in {writer for _, writer in pairs}:
        own = {letter for letter, of in pairs if of == writer}
        assert len(own & chosen) == min(EACH, len(own))


@given(letters, st.randoms(use_true_random=False))
def test_the_draw_is_the_same_in_whatever_order_one_looks(pairs, random):
    mixed = list(pairs)
    random.shuffle(mixed)
    assert drawn(mixed, 1, MONDAY) == drawn(pairs, 1, MONDAY)


@given(letters)
def test_what_others_wrote_moves_nobodys_draw(pairs):
    chosen = drawn(pairs, 1, MONDAY)
    alone = [pair for pair in pairs if pair[1] == 1]
    assert drawn(alone, 1, MONDAY) == chosen & {letter for letter, _ in alone}


def test_another_week_and_another_team_draw_otherwise():
    pairs = [(number, 1) for number in range(1, 200)]
    draws = {drawn(pairs, team, MONDAY + timedelta(weeks=week)) for team in (1, 2) for week in range(4)}
    assert len(draws) == 8


@pytest.mark.django_db
def test_a_week_is_the_last_whole_one_where_the_team_is(cast):
    team = cast.tom.team
    team.calendar = {"zone": "Pacific/Auckland", "hours": {"mon": "09:00-17:00"}}
    sunday_evening = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # Monday already, where they are
    assert sunday_evening.astimezone(ZoneInfo("Pacific/Auckland")).date() == date(2026, 11, 23)
    assert week_before(team, sunday_evening) == MONDAY
    assert week_before(team, sunday_evening - timedelta(hours=3)) == MONDAY - timedelta(weeks=1)


@pytest.fixture
def week(cast, recovery):
    """Last week Tom wrote five letters, Ines three, Ada one, Priya two; returns the letters by writer."""
    wrote = {"tom": 5, "ines": 3, "ada": 1, "priya": 2}
    made = {}
    for who, count in wrote.items():
        person = cast.people[who]
        to = "office@lindqvist.example" if who == "priya" else "complaints@lindqvist.example"
        for number in range(count):
            name = f"{who}{number}@post.example"
            case = cast.case(mail(message_id=f"<{name}>", sender=f"{who} <{name}>", to=to))
            letter = Message.objects.create(
                case=case, at=cast.clock.now, outgoing=True, author=person, text=f"A letter of {who}."
            )
            OutboxEntry.objects.create(message=letter, not_before=cast.clock.now, sent_at=cast.clock.now, envelope={})
            made.setdefault(who, []).append(letter)
    cast.clock.forward(days=3)
    return made


def writers(found):
    return sorted(letter.author.username for letter in found)


@pytest.mark.django_db
class TestSample:
    def test_a_lead_reads_two_letters_of_each_and_none_of_their_own(self, week, cast):
        assert writers(sample_for(cast.ines, cast.clock.now)) == ["ada", "tom", "tom"]
        assert writers(sample_for(cast.ada, cast.clock.now)) == ["ines", "ines", "tom", "tom"]

    def test_two_leads_are_given_the_same_letters(self, week, cast):
        toms = [
            {letter.pk for letter in sample_for(who, cast.clock.now) if letter.author == cast.tom}
            for who in (cast.ines, cast.ada)
        ]
        assert toms[0] == toms[1]
        assert len(toms[0]) == EACH

    def test_looking_again_draws_no_other(self, week, cast):
        once = [letter.pk for letter in sample_for(cast.ines, cast.clock.now)]
        assert [letter.pk for letter in sample_for(cast.ines, cast.clock.forward(days=2))] == once
        assert sample_for(cast.ines, cast.clock.forward(days=7)) == []

    def test_what_never_left_was_automatic_or_is_of_somebody_who_left_is_not_drawn(self, week, cast):
        OutboxEntry.objects.filter(message=week["ada"][0]).update(cancelled_at=cast.clock.now, sent_at=None)
        Message.objects.filter(pk__in=[letter.pk for letter in week["tom"]]).update(automatic="rule")
        assert sample_for(cast.ines, cast.clock.now) == []
        User.objects.filter(pk=cast.ines.pk).update(is_active=False)
        assert sample_for(cast.ada, cast.clock.now) == []

    def test_a_case_about_the_reader_is_left_out_for_them(self, week, cast):
        first = next(letter for letter in sample_for(cast.ines, cast.clock.now) if letter.author == cast.tom)
        name_subject(first.case, cast.ines, by=cast.ada, now=cast.clock.now)
        left = sample_for(cast.ines, cast.clock.now)
        assert first not in left
        assert len(left) == 2
        assert first in sample_for(cast.ada, cast.clock.now)


@pytest.fixture
def letter(week, cast):
    return next(one for one in sample_for(cast.ines, cast.clock.now) if one.author == cast.tom)


def comment(letter, cast, *, kind="comment", check="C06", words="The storm explains, it does not excuse.", by="ines"):
    return say(letter, kind, check, words, by=cast.people[by], now=cast.clock.now)


@pytest.mark.django_db
class TestComments:
    def test_a_comment_is_answered_by_its_writer(self, letter, cast):
        made = comment(letter, cast)
        assert (made.to, made.check_number) == (cast.tom, "C06")
        assert waiting_counts(cast.tom)["comments"] == 1
        answer_comment(find_comment(made.pk, cast.tom), "thanks", "", by=cast.tom, now=cast.clock.now)
        assert waiting_counts(cast.tom)["comments"] == 0
        assert find_comment(made.pk, cast.ines).answer.reply == "thanks"
        with pytest.raises(AlreadyDone):
            answer_comment(made, "thanks", "", by=cast.tom, now=cast.clock.now)

    def test_seeing_it_otherwise_says_how(self, letter, cast):
        made = comment(letter, cast)
        with pytest.raises(Incomplete, match="how you see it"):
            answer_comment(made, "otherwise", " ", by=cast.tom, now=cast.clock.now)
        with pytest.raises(Incomplete, match="Choose"):
            answer_comment(made, "whatever", "", by=cast.tom, now=cast.clock.now)
        with pytest.raises(NotAllowed):
            answer_comment(made, "thanks", "", by=cast.ines, now=cast.clock.now)
        answer_comment(made, "otherwise", "They asked why.", by=cast.tom, now=cast.clock.now)
        assert find_comment(made.pk, cast.ines).answer.words == "They asked why."

    @pytest.mark.parametrize(
        ("changed", "match"),
        [({"words": " "}, "sentence"), ({"check": "C99"}, "check from the list"), ({"kind": "score"}, "kudos")],
    )
    def test_what_says_nothing_is_refused(self, letter, cast, changed, match):
        with pytest.raises(Incomplete, match=match):
            comment(letter, cast, **changed)

    def test_a_letter_outside_the_sample_cannot_be_picked(self, week, letter, cast):
        drawn_now = {one.pk for one in sample_for(cast.ines, cast.clock.now)}
        outside = next(one for one in week["tom"] if one.pk not in drawn_now)
        for picked in (outside, week["ines"][0], week["priya"][0]):
            with pytest.raises(NotThere):
                comment(picked, cast)
            with pytest.raises(NotThere):
                find_letter(picked.pk, cast.ines, cast.clock.now)

    def test_only_who_leads_comments(self, letter, cast):
        for who in ("sam", "tom", "priya"):
            with pytest.raises((NotAllowed, NotThere)):
                comment(letter, cast, by=who)
        assert not Comment.objects.exists()

    def test_a_lead_finds_nothing_another_lead_said(self, letter, cast):
        made = comment(letter, cast)
        for who in ("ada", "sam", "priya"):
            with pytest.raises(NotThere) as theirs:
                find_comment(made.pk, cast.people[who])
            with pytest.raises(NotThere) as nobodys:
                find_comment(987654, cast.people[who])
            assert str(theirs.value) == str(nobodys.value)
            assert not Comment.objects.between(cast.people[who]).exists()

    def test_a_colleague_finds_nothing_said_to_another(self, letter, cast, week):
        made = comment(letter, cast)
        jo = User.objects.create_user("jo", "x", name="Jo Lund", role=Role.AGENT, team=cast.tom.team)
        with pytest.raises(NotThere):
            find_comment(made.pk, jo)
        assert waiting_counts(jo)["comments"] == 0

    def test_either_deletes_it_and_nothing_is_left(self, letter, cast):
        for who in (cast.tom, cast.ines):
            made = comment(letter, cast)
            answer_comment(made, "thanks", "", by=cast.tom, now=cast.clock.now)
            take_comment_away(made, by=cast.ada)
            assert Comment.objects.count() == 1
            take_comment_away(made, by=who)
            assert Comment.objects.count() == 0

    def test_the_lead_reads_the_answer_when_the_week_is_over(self, letter, cast):
        comment(letter, cast)
        later = cast.clock.forward(days=14)
        assert find_letter(letter.pk, cast.ines, later) == letter
        with pytest.raises(NotThere):
            find_letter(letter.pk, cast.ada, later)

    def test_the_ledger_is_told_nothing(self, letter, cast):
        before = Event.objects.count()
        made = comment(letter, cast)
        answer_comment(made, "otherwise", "No.", by=cast.tom, now=cast.clock.now)
        take_comment_away(made, by=cast.tom)
        assert Event.objects.count() == before

    def test_a_complaint_about_the_lead_is_not_theirs_to_comment(self, letter, cast):
        comment(letter, cast)
        name_subject(letter.case, cast.ines, by=cast.ada, now=cast.clock.now)
        with pytest.raises((ConflictOfInterest, NotThere)):
            comment(letter, cast)

    def test_it_goes_after_90_days_and_with_whoever_left(self, letter, cast):
        comment(letter, cast)
        sweep(cast.clock.now + KEPT_FOR - timedelta(hours=1))
        assert Comment.objects.count() == 1
        sweep(cast.clock.now + KEPT_FOR + timedelta(hours=1))
        assert Comment.objects.count() == 0
        comment(letter, cast)
        User.objects.filter(pk=cast.tom.pk).update(is_active=False)
        sweep(cast.clock.now)
        assert Comment.objects.count() == 0

    def test_a_letter_of_a_case_that_went_to_another_team_is_read_by_neither(self, letter, cast):
        made = comment(letter, cast)
        letter.case.team = cast.priya.team
        letter.case.save()
        for who in (cast.ines, cast.tom, cast.priya):
            with pytest.raises(NotThere):
                find_comment(made.pk, who)
        assert waiting_counts(cast.tom)["comments"] == 0
        with pytest.raises(NotThere):
            find_letter(letter.pk, cast.ines, cast.clock.now)
