"""Scenarios a house writes: kept in versions, refused with a reason, played like any other, and private in play."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.cases.errors import Incomplete, NotAllowed, NotPossible, NotThere
from amends.practice.models import Passed, Played
from amends.practice.own.draft import Draft, draft_of, scenario_of
from amends.practice.own.find import find_kept, kept
from amends.practice.own.models import LARGEST, OwnScenario, OwnVersion
from amends.practice.own.write import (
    change_scenario,
    keep_scenario,
    let_count,
    let_count_no_more,
    retire_scenario,
)
from amends.practice.passing import reached
from amends.practice.play import begin, daily, end, find_round, say, surprise, try_again
from amends.practice.shown import lines, names_of
from amends.rehearsal.filed import as_file
from amends.rehearsal.sheet import sheet
from amends.rehearsal.shelf import named_scenario, read_scenario, scenarios
from amends.rehearsal.voice import talks
from amends.rehearsal.winnable import CannotBeWon
from tests.rooms.test_courses import GOLDEN, play

pytestmark = pytest.mark.django_db

SOFA = replace(named_scenario("retail-sofa-leg"), id="our-sofa", title="Our own sofa")
OTHER = replace(SOFA, title="Our own sofa, again", issues=(replace(SOFA.issues[0], said="the arm came off"),))


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def own(cast, now):
    return keep_scenario(SOFA, by=cast.ines, now=now).scenario


def of(own, user):
    return find_kept(own.pk, user)


def test_a_lead_and_quality_write_scenarios_and_an_agent_reads_them(cast, now, own):
    keep_scenario(SOFA, by=cast.sam, now=now)
    with pytest.raises(NotAllowed, match="Leads and quality"):
        keep_scenario(SOFA, by=cast.tom, now=now)
    assert len(kept(cast.tom)) == len(kept(cast.priya)) == 2
    assert of(own, cast.tom).last.read() == SOFA
    with pytest.raises(NotThere):
        find_kept(own.pk + 99, cast.tom)


def test_one_nobody_can_win_is_refused_with_its_reason(cast, now):
    hopeless = replace(SOFA, issues=tuple(replace(one, remedy="", change="") for one in SOFA.issues))
    with pytest.raises(CannotBeWon, match="has no remedy that fits"):
        keep_scenario(hopeless, by=cast.ines, now=now)
    assert not OwnScenario.objects.exists()
    keep_scenario(replace(hopeless, suits=("cannot_be_satisfied",)), by=cast.ines, now=now)


def test_a_round_keeps_the_version_it_began_with(cast, now, own):
    played = begin(own.key, "steady", by=cast.tom, now=now)
    say(played, "I am sorry that the leg cracked.", 1, now=now)
    before = talks(find_round(played.pk, cast.tom).round())
    change_scenario(of(own, cast.ines), OTHER, 1, by=cast.sam, now=now)
    again = find_round(played.pk, cast.tom)
    assert again.round().scenario == SOFA
    assert talks(again.round()) == before
    assert try_again(again, 1, now=now).round().scenario == SOFA
    assert begin(own.key, "steady", by=cast.tom, now=now).round().scenario == OTHER
    assert names_of(again)[0] == "Our own sofa"


def test_two_who_change_it_at_once_do_not_lose_each_others_words(cast, now, own):
    mine = of(own, cast.sam)
    change_scenario(of(own, cast.ines), OTHER, 1, by=cast.ines, now=now)
    with pytest.raises(NotPossible, match=r"Ines.* wrote version 2"):
        change_scenario(mine, SOFA, 1, by=cast.sam, now=now)
    with pytest.raises(NotPossible):
        change_scenario(mine, SOFA, None, by=cast.sam, now=now)
    assert own.versions.count() == 2


def test_a_retired_one_is_begun_no_more_until_a_new_version(cast, now, own):
    played = begin(own.key, "steady", by=cast.tom, now=now)
    for _ in range(2):
        retire_scenario(of(own, cast.ines), by=cast.ines, now=now)
    assert of(own, cast.tom).retired
    with pytest.raises(Exception, match="There is no scenario"):
        begin(own.key, "steady", by=cast.tom, now=now)
    assert find_round(played.pk, cast.tom).round().scenario == SOFA
    change_scenario(of(own, cast.ines), OTHER, 1, by=cast.ines, now=now)
    assert begin(own.key, "steady", by=cast.tom, now=now).round().scenario == OTHER


def test_somebody_it_does_not_suit_is_refused_with_those_it_suits(cast, now):
    only = keep_scenario(replace(SOFA, suits=("quiet_passive",)), by=cast.ines, now=now).scenario
    with pytest.raises(NotPossible, match="It is for"):
        begin(only.key, "steady", by=cast.tom, now=now)
    assert begin(only.key, "quiet_passive", by=cast.tom, now=now).round().scenario.suits == ("quiet_passive",)


@pytest.mark.parametrize("key", ["own-", "own-0", "own-x", "own-²", "own-" + "9" * 30, "own-1-2", "own--1"])
def test_a_name_that_leads_nowhere_is_no_scenario(key, cast, now, own):
    with pytest.raises(Exception, match="There is no scenario"):
        begin(key, "steady", by=cast.tom, now=now)


def test_a_surprise_may_be_the_houses_own_and_the_day_is_never(cast, now, own, monkeypatch):
    import secrets

    monkeypatch.setattr(secrets, "choice", lambda found: found[-1])
    assert surprise(by=cast.tom, now=now).version.scenario == own
    for day in range(20):
        drawn = daily(by=cast.tom, now=now + timedelta(days=day))
        assert drawn.scenario in scenarios()
        assert drawn.version is None


def test_passing_counts_only_where_a_lead_said_so(cast, now):
    own = keep_scenario(named_scenario("retail-wrong-size"), by=cast.sam, now=now).scenario

    def pass_it():
        return play(own.key, "steady", GOLDEN["retail-wrong-size"], by=cast.tom, now=now)

    assert reached(pass_it())
    assert not Passed.objects.exists()
    with pytest.raises(NotAllowed):
        let_count(of(own, cast.sam), by=cast.sam, now=now)
    let_count(of(own, cast.ines), by=cast.ines, now=now)
    pass_it()
    assert Passed.objects.get().scenario == own.key
    let_count_no_more(of(own, cast.ines), by=cast.ines)
    pass_it()
    assert Passed.objects.count() == 1


def test_rounds_of_it_stay_their_trainees(cast, now, own):
    played = begin(own.key, "steady", by=cast.tom, now=now)
    with pytest.raises(NotThere):
        find_round(played.pk, cast.ines)


def test_the_database_bounds_what_is_kept(cast, now, own):
    row = {"scenario": own, "number": 2, "title": "x", "sector": "retail", "by": cast.ines, "at": now}
    for broken in (
        {"words": "x" * (LARGEST + 1)},
        {"words": ""},
        {"words": "x", "title": ""},
        {"words": "x", "number": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnVersion.objects.create(**{**row, **broken})


def test_one_that_is_too_long_is_refused_in_a_sentence(cast, now):
    long = replace(SOFA.issues[0], details=("x" * 400,) * 8, keys=(("😀" * 60,) * 16,) * 8)
    many = tuple(replace(long, id=f"i{at}") for at in range(6))
    with pytest.raises(Incomplete, match="64000 are the most"):
        keep_scenario(replace(SOFA, issues=many), by=cast.ines, now=now)


def ordered(scenario):
    """The scenario with its kinds of remedy in the order of the form, which means nothing."""
    return replace(
        scenario, issues=tuple(replace(one, remedy_kinds=tuple(sorted(one.remedy_kinds))) for one in scenario.issues)
    )


def test_the_form_gives_back_what_a_file_says():
    for one in scenarios().values():
        assert ordered(scenario_of(draft_of(one))) == ordered(one)
    filed = read_scenario(sheet(as_file(scenario_of(draft_of(SOFA))), "own.toml"))
    assert ordered(filed) == ordered(SOFA)


@pytest.mark.parametrize(
    ("field", "typed", "told", "at"),
    [
        ("title", "", "“What the scenario is called” is still empty.", "title"),
        ("title", "  \n ", "is still empty", "title"),
        ("title", "x" * 121, "has 121 characters; 120 are the most", "title"),
        ("title", "a\u202eb", r"nobody can see \(U\+202E\)", "title"),
        ("setting", "x\x07", r"nobody can see \(U\+0007\)", "setting"),
        ("facts_on_file", "x\n" * 13, "has 13 lines; 12 are the most", "facts_on_file"),
        ("facts_on_file", "x" * 401, "longer than 400", "facts_on_file"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_in_a_sentence(field, typed, told, at):
    draft = draft_of(SOFA)
    with pytest.raises(Incomplete, match=told) as refused:
        scenario_of(Draft({**draft.top, field: typed}, draft.issues))
    assert refused.value.field == at


def test_a_field_of_an_issue_is_named_with_its_issue():
    draft = draft_of(SOFA)
    with pytest.raises(Incomplete, match="of issue 2 is still empty") as refused:
        scenario_of(Draft(draft.top, (draft.issues[0], {**draft.issues[1], "said": ""})))
    assert refused.value.field == "said-2"


def test_a_form_grows_shrinks_and_is_put_in_order():
    draft = Draft({"title": "x"}, ({"said": "a"}, {"said": "b"}))
    assert draft.with_issue().issues == ({"said": "a"}, {"said": "b"}, {})
    assert draft.with_graver(2).issues == ({"said": "b"}, {"said": "a"})
    assert draft.with_graver(1) == draft.with_graver(9) == draft
    assert draft.without_issue(1).issues == ({"said": "b"},)
    assert draft.without_issue(1).without_issue(1).issues == ({"said": "b"},)


def test_a_round_whose_scenario_was_taken_away_is_still_in_the_list(cast, now, own):
    played = begin(own.key, "steady", by=cast.tom, now=now)
    say(played, "I am sorry that the leg cracked.", 1, now=now)
    end(played, now=now)
    own.delete()
    found = find_round(played.pk, cast.tom)
    assert lines([found])[0].score is None
    assert names_of(found)[0] == "A scenario that was taken away"
    with pytest.raises(Exception, match="was taken away"):
        found.round()
    assert Played.objects.count() == 1
