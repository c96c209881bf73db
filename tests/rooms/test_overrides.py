"""Everything done against a rule is found once, in order, page by page, and counted by month, never by person."""

from datetime import UTC, datetime

import pytest

from amends.cases.closure import Exemption, close
from amends.cases.hear import Heard, hear
from amends.cases.issue import Withdrawal
from amends.recovery.overrides import Asked, by_month, every_override, overrides, place_of
from tests.conftest import mail

pytestmark = pytest.mark.django_db


def passed(one, by, reason="A child is waiting"):
    one.hear()
    return one.offer(by=by, exception=reason)


def test_a_gate_passed_says_who_when_why_and_what_was_missing(cast, recovery):
    one = recovery()
    passed(one, cast.ines)
    found = overrides(Asked(cast.sam))
    assert [(row.rule, row.who, row.reason, row.case) for row in found] == [
        ("offer", "Ines Castellano", "A child is waiting", one.case.pk)
    ]
    assert found[0].at == Exemption.objects.get().at
    for issue in one.issues:
        assert f"“{issue.summary}”" in found[0].missing
    assert found[0].missing.startswith("Apologise: ")
    assert "Reflect: " in found[0].missing


def test_closing_early_and_an_offer_with_a_reason_are_overrides_too(cast, recovery):
    one = recovery()
    offer = passed(one, cast.ines)
    offer.reason = "She asked for the same again"
    offer.save()
    one.say()
    close(one.case, by=cast.ines, now=cast.clock.forward(minutes=1), exception="They moved abroad")
    assert [row.rule for row in overrides(Asked(cast.sam))] == ["closing", "offer", "reason"]
    assert overrides(Asked(cast.sam, rule="reason"))[0].reason == "She asked for the same again"


def test_an_issue_taken_off_though_owed_for_is_told_once_as_what_it_was(cast, recovery):
    one = recovery()
    one.hear()
    first = one.issues[0]
    now = cast.clock.forward(minutes=1)
    Withdrawal.objects.create(issue=first, by=cast.ines, at=now, reason="We looked again")
    owed = [{"step": "apologise", "issue": first.pk}]
    Exemption.objects.create(
        case=one.case, gate="closing", by=cast.ines, at=now, reason="We looked again", missing=owed
    )
    (found,) = overrides(Asked(cast.sam))
    assert (found.rule, found.reason) == ("issue", "We looked again")
    assert found.missing == f"Apologise: “{first.summary}”"


def test_a_wrong_guess_taken_off_is_no_override(cast, recovery):
    one = recovery()
    first, *others = one.issues
    lines = [Heard(issue.pk, issue.summary, "delivery") for issue in others]
    lines.append(Heard(first.pk, first.summary, "delivery", off=True, reason="Not one"))
    hear(one.case, lines, by=cast.tom, now=cast.clock.forward(minutes=1))
    assert overrides(Asked(cast.sam)) == []


def test_every_row_comes_once_page_by_page_also_within_one_moment(cast, recovery):
    one = recovery()
    moments = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 3, 3, 1, 2)]
    for number, at in enumerate(moments):
        gate = "offer" if number % 2 else "closing"
        Exemption.objects.create(case=one.case, gate=gate, by=cast.ines, at=at, reason="Why", missing=[])
    whole = overrides(Asked(cast.sam))
    assert [row.at for row in whole] == sorted(moments, reverse=True)
    for size in (1, 2, 3):
        read, after = [], None
        while page := overrides(Asked(cast.sam), after, size):
            read += page
            after = place_of(page[-1].place)
        assert read == whole
    assert list(every_override(Asked(cast.sam))) == whole


def test_counts_are_by_rule_and_month(cast, recovery):
    one = recovery()
    for month, gate in [(10, "offer"), (10, "offer"), (11, "offer"), (11, "closing")]:
        at = datetime(2026, month, 15, tzinfo=UTC)
        Exemption.objects.create(case=one.case, gate=gate, by=cast.ines, at=at, reason="Why", missing=[])
    assert [(month.at.month, month.counts) for month in by_month(Asked(cast.sam))] == [
        (11, {"offer": 1, "closing": 1}),
        (10, {"offer": 2}),
    ]


def test_a_lead_sees_their_team_and_quality_chooses(cast, recovery):
    home = recovery()
    office = recovery(mail(to="office@lindqvist.example", message_id="<two@post.example>"))
    passed(home, cast.ines)
    office.hear()
    office.offer(by=cast.ada, exception="Their flight leaves")
    assert [row.case for row in overrides(Asked(cast.ines))] == [home.case.pk]
    assert {row.case for row in overrides(Asked(cast.sam))} == {home.case.pk, office.case.pk}
    assert [row.case for row in overrides(Asked(cast.sam, team=cast.priya.team_id))] == [office.case.pk]
    assert overrides(Asked(cast.ines, team=cast.priya.team_id)) == []


@pytest.mark.parametrize(
    "words", ["", "yesterday_offer_1", "2026-11-01_offer", "_", "2026-11-01T00:00:00+00:00_offer_x"]
)
def test_a_made_up_place_is_the_beginning(words):
    assert place_of(words) is None
