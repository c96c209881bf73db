"""Remarks put aside: what is kept of them, what counts as a showing, when a check steps down, who puts it back."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction

from amends.cases.check_levels import counted, levels_for, levels_now, restore_check
from amends.cases.check_report import check_reports
from amends.cases.cover import brief_of
from amends.cases.errors import AlreadyDone, ConflictOfInterest, Incomplete, NotAllowed, NotPossible
from amends.cases.event import Event
from amends.cases.message import Message
from amends.cases.name_subject import name_subject
from amends.cases.policy import adopt
from amends.cases.put_aside import aside_in, mark, put_aside, show_again
from amends.cases.remark import CheckRestoration, PutAside, Showing
from amends.cases.reply import undo
from amends.language.demotion import Count
from amends.language.reply_check import check
from amends.method.policy import to_data
from amends.recovery.answer import Sending, answer
from amends.team.policy import current
from tests.conftest import mail

pytestmark = pytest.mark.django_db

EXCUSE = "This was due to high demand."
OTHER_EXCUSE = "This was beyond our control."
DRAFT = f"Dear Maria,\n\nYour order arrived nine days late. {EXCUSE}"


@pytest.fixture
def one(recovery):
    made = recovery()
    made.hear(*([] if made.issues else ["The order arrived nine days late"]))
    return made


def remarks(one, draft: str = DRAFT):
    return check(draft, brief_of(one.case))


def remark(one, number: str, draft: str = DRAFT):
    return next(found for found in remarks(one, draft) if found.id == number)


def aside(one, number: str = "C06", draft: str = DRAFT, reason: str = "unfit", words: str = "", by=None):
    chosen = mark(one.case.pk, remark(one, number, draft))
    now = one.cast.clock.forward(minutes=1)
    return put_aside(one.case, draft, chosen, reason, words, by=by or one.cast.tom, now=now)


def send(one, text: str = DRAFT, *shown: str, by=None):
    now = one.cast.clock.forward(minutes=1)
    return answer(one.case, text, by=by or one.cast.tom, now=now, sending=Sending(remarks=shown))


def letters(one, shown: int, put: int, number: str = "C06", level: str = "warn"):
    """So many letters of this team in which a check spoke up, the first ones with it put aside."""
    for at in range(shown):
        by, now = one.cast.tom, one.cast.clock.forward(minutes=1)
        letter = Message.objects.create(case=one.case, at=now, outgoing=True, author=by, text="A letter.")
        said = {"number": number, "reason": "unfit", "mark": f"{number}{level}{at}"}
        made = PutAside.objects.create(case=one.case, by=by, at=now, message=letter, **said) if at < put else None
        Showing.objects.create(message=letter, team=one.case.team, number=number, level=level, at=now, put_aside=made)


def test_a_draft_is_held_against_what_the_customer_wrote(one):
    asking = "Dear Maria,\n\nHow much were you charged?"
    assert "nine" in remark(one, "C27", asking).advice
    one.case.messages.filter(outgoing=False).update(known_sender=False)
    assert "C27" not in {found.id for found in remarks(one, asking)}


def test_what_is_kept_of_a_remark_is_never_the_draft(one):
    made = aside(one, reason="other", words="  Their   own warehouse was flooded. ")
    kept = serializers.serialize("json", [made]) + json.dumps([row.data for row in Event.objects.all()])
    assert not any(word in kept for word in ("demand", "high", "nine days", EXCUSE))
    assert (made.number, made.reason, made.by, made.case) == ("C06", "other", one.cast.tom, one.case)
    assert made.words == "Their own warehouse was flooded."
    told = one.case.events.get(kind="remark_put_aside")
    assert told.data == {"check": "C06", "remark": "Excuse", "reason": "other"}


def test_the_mark_is_keyed_and_differs_by_case_check_and_words(one, settings):
    found, other = remark(one, "C06"), remark(one, "C06", f"{OTHER_EXCUSE} It came nine days late.")
    seen = {mark(one.case.pk, found), mark(one.case.pk + 1, found), mark(one.case.pk, other)}
    seen |= {mark(one.case.pk, missing) for missing in remarks(one) if missing.id == "C16"}
    assert len(seen) == 4
    settings.SECRET_KEY = "another"
    assert mark(one.case.pk, found) not in seen


def test_the_same_words_stay_put_aside_in_that_case_until_they_change(one, recovery):
    aside(one)
    known = aside_in(one.case)
    assert known.holds(remark(one, "C06"))
    assert known.holds(remark(one, "C06", DRAFT.replace("due to high", "Due to  HIGH")))
    assert not known.holds(remark(one, "C06", f"{OTHER_EXCUSE} It came nine days late."))
    assert not known.holds(remark(one, "C16"))
    send(one)
    assert aside_in(one.case).holds(remark(one, "C06"))
    other = recovery(mail(message_id="<two@post.example>", sender="Olu <olu@post.example>"))
    other.hear(*([] if other.issues else ["Late"]))
    assert not aside_in(other.case).holds(remark(other, "C06"))


def test_what_a_letter_lacks_is_put_aside_for_that_letter_only(one):
    aside(one, "C16", reason="said")
    assert aside_in(one.case).holds(remark(one, "C16"))
    send(one)
    assert not aside_in(one.case).holds(remark(one, "C16"))


def test_it_is_put_aside_once_with_a_reason_and_for_words_that_are_there(one):
    chosen = mark(one.case.pk, remark(one, "C06"))
    for reason, words, sentence in (
        ("", "", "Choose why"),
        ("because", "", "Choose why"),
        ("other", "  ", "in a few words"),
        ("other", "x" * 201, "at most 200"),
    ):
        with pytest.raises(Incomplete, match=sentence):
            put_aside(one.case, DRAFT, chosen, reason, words, by=one.cast.tom, now=one.now)
    with pytest.raises(NotPossible, match="have changed"):
        put_aside(one.case, "Dear Maria,", chosen, "unfit", by=one.cast.tom, now=one.now)
    with pytest.raises(NotPossible, match="have changed"):
        put_aside(one.case, DRAFT, "made up", "unfit", by=one.cast.tom, now=one.now)
    assert not PutAside.objects.exists()
    aside(one)
    with pytest.raises(AlreadyDone, match="put aside already"):
        aside(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        PutAside.objects.create(case=one.case, number="C06", reason="unfit", mark=chosen, by=one.cast.tom, at=one.now)


def test_nobody_puts_aside_in_a_complaint_about_themselves(one):
    name_subject(one.case, one.cast.tom, by=one.cast.ines, now=one.now)
    with pytest.raises(ConflictOfInterest):
        aside(one)
    assert not PutAside.objects.exists()


def test_what_was_put_aside_can_be_shown_again(one):
    aside(one)
    aside(one, "C16", reason="said")
    assert show_again(one.case, by=one.cast.ines, now=one.now) == 2
    assert not aside_in(one.case).holds(remark(one, "C06"))
    assert one.case.events.get(kind="remarks_shown_again").data == {"count": 2}
    with pytest.raises(AlreadyDone):
        show_again(one.case, by=one.cast.ines, now=one.now)
    send(one, DRAFT, "C06")
    assert Showing.objects.get().put_aside is None
    aside(one)


def test_a_showing_is_one_check_in_one_letter_however_often_it_ran(one):
    aside(one)
    aside(one, draft=f"{OTHER_EXCUSE} It came nine days late.", reason="quoted")
    letter = send(one, DRAFT, "C06", "C06", "C19")
    assert set(Showing.objects.values_list("message", "number", "level")) == {
        (letter.pk, "C06", "warn"),
        (letter.pk, "C19", "warn"),
    }
    assert counted(one.case.team_id) == {"C06": {"warn": Count(1, 1)}, "C19": {"warn": Count(1, 0)}}
    assert Showing.objects.get(number="C06").put_aside.reason == "quoted"
    assert set(PutAside.objects.values_list("message", flat=True)) == {letter.pk}


def test_only_checks_there_are_count_and_only_in_letters_somebody_wrote(one):
    send(one, "Thank you, Maria.", "C00", "C99", "<script>", "")
    assert not Showing.objects.exists()
    assert not PutAside.objects.exists()


def test_a_letter_taken_back_was_no_letter(one):
    aside(one)
    aside(one, "C16", reason="said")
    letter = send(one, DRAFT, "C06", "C19")
    aside(one, "C16", reason="unfit")
    undo(letter, by=one.cast.tom, now=letter.at + timedelta(seconds=1))
    assert not Showing.objects.exists()
    assert aside_in(one.case).holds(remark(one, "C06"))
    send(one, DRAFT, "C06")
    assert counted(one.case.team_id)["C06"] == {"warn": Count(1, 1)}
    assert counted(one.case.team_id)["C16"] == {"warn": Count(1, 1)}


def test_thirty_letters_and_more_than_forty_in_a_hundred_take_it_one_level_down(one):
    letters(one, 30, 12)
    assert levels_now(one.case.team_id) == {}
    letters(one, 1, 1, "C07", "stop")
    letters(one, 30, 13, "C19")
    assert levels_now(one.case.team_id) == {"C19": "hint"}


def test_the_step_counts_anew_and_is_counted_at_its_level(one):
    letters(one, 30, 13)
    assert levels_for(one.case.team_id) == {"C06": "hint"}
    send(one, DRAFT, "C06")
    assert Showing.objects.latest("pk").level == "hint"
    letters(one, 29, 29, level="hint")
    assert levels_now(one.case.team_id) == {"C06": "quiet"}


def test_a_quiet_check_is_no_longer_counted(one):
    letters(one, 30, 13)
    letters(one, 30, 13, level="hint")
    assert levels_for(one.case.team_id) == {"C06": "quiet"}
    before = Showing.objects.count()
    send(one, DRAFT, "C06")
    assert Showing.objects.count() == before


def test_teams_are_counted_apart(one, recovery):
    letters(one, 30, 30)
    other = recovery(mail(to="office@lindqvist.example", message_id="<two@post.example>"))
    assert levels_now(one.case.team_id) == {"C06": "hint"}
    assert levels_now(other.case.team_id) == {}


def test_where_the_line_is_stands_in_the_policy(one):
    letters(one, 10, 3)
    assert levels_now(one.case.team_id) == {}
    adopt({**to_data(current()), "aside_share": 0.2, "aside_letters": 10}, "Sooner", by=None, now=one.now)
    assert levels_now(one.case.team_id) == {"C06": "hint"}


def test_a_lead_puts_it_back_with_a_reason_and_it_is_counted_anew(one):
    letters(one, 30, 13)
    levels_for(one.case.team_id)
    team, now = one.case.team, one.cast.clock.forward(minutes=1)
    with pytest.raises(Incomplete, match="Say why"):
        restore_check(team, "C06", " ", by=one.cast.ines, now=now)
    restore_check(team, "C06", "The courier strike is over.", by=one.cast.ines, now=now)
    assert levels_for(team.pk) == {}
    assert counted(team.pk) == {}
    made = Event.objects.get(kind="check_restored")
    assert made.data == {"check": "C06", "remark": "Excuse", "team": "Home"}
    with pytest.raises(NotPossible, match="at its own level"):
        restore_check(team, "C06", "Again", by=one.cast.ines, now=now)
    letters(one, 30, 13)
    assert levels_now(team.pk) == {"C06": "hint"}
    assert CheckRestoration.objects.get().reason == "The courier strike is over."


def test_who_may_put_a_check_back(one):
    letters(one, 30, 13)
    team, other = one.case.team, one.cast.priya.team
    for who in ("tom", "priya", "sam"):
        with pytest.raises(NotAllowed):
            restore_check(team, "C06", "x", by=one.cast.people[who], now=one.now)
    with pytest.raises(NotAllowed):
        restore_check(other, "C06", "x", by=one.cast.ines, now=one.now)
    with pytest.raises(Incomplete):
        restore_check(team, "C99", "x", by=one.cast.ines, now=one.now)
    restore_check(team, "C06", "x", by=one.cast.ada, now=one.now)


def test_the_report_says_level_counts_and_reasons_and_names_nobody(one):
    letters(one, 30, 13)
    aside(one, draft=DRAFT, reason="other", words="The strike was on the news")
    send(one, DRAFT)
    first = check_reports(one.case.team_id)[0]
    assert (first.number, first.own, first.level, first.has_stepped_down) == ("C06", "warn", "hint", True)
    assert first.at_levels == [("warn", Count(30, 13)), ("hint", Count(1, 1))]
    assert list(first.reasons) == [("It does not fit this case", 13), ("Something else", 1)]
    assert list(first.words) == ["The strike was on the news"]
    assert len(check_reports(one.case.team_id)) == 31
    assert "Tom" not in repr([(report.reasons, report.words) for report in check_reports(one.case.team_id)])


def test_what_the_composer_asks_for_is_counted_once_a_minute(one, django_assert_num_queries):
    letters(one, 30, 13)
    levels_for(one.case.team_id)
    with django_assert_num_queries(0):
        assert levels_for(one.case.team_id) == {"C06": "hint"}
