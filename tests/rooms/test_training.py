"""Practice that a change asks of a group: found by each of them, told once of all, and when the change is in place."""

from datetime import timedelta

import pytest

from amends.cases.errors import Incomplete, NotPossible
from amends.practice.asked import asked, asked_of_me, tell_trainings
from amends.practice.drills import drills
from amends.practice.models import Passed
from amends.practice.pieces import pieces
from amends.prevention.models import Cause, Change
from amends.prevention.practised import told_in_words
from amends.prevention.training import agree_training
from amends.prevention.verbs import make_change
from amends.team.models import User
from amends.team.permissions import Role
from amends.team.training import TrainingTold

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def six(cast):
    """Six more agents in the team of Ines, so that with Tom they are seven."""
    return [
        User.objects.create_user(f"uma{n}", "make-it-right", name=f"Uma {n}", role="agent", team=cast.ines.team)
        for n in range(6)
    ]


def skill(name, person, at):
    """Every task of a drill done."""
    rows = [Passed(trainee=person, drill=name, task=n, at=at) for n in range(1, len(drills()[name].tasks) + 1)]
    Passed.objects.bulk_create(rows)


def train(cast, now, what=("skill/options",), role=Role.AGENT, day=10, share=70):
    practice = asked(what, cast.ines.team, role, (now + day * DAY).date(), share)
    why, due = Cause.objects.get(), (now + 30 * DAY).date()
    return agree_training(why, "We say the day", practice, owner=cast.ines, due=due, by=cast.ines, now=now)


def told(change, now):
    return told_in_words(Change.objects.select_related("training__told").get(pk=change.pk), now.date())


def test_each_of_the_group_finds_it_with_its_reason_and_nobody_else(cast, now, six):
    train(cast, now, ("skill/options", "lesson/newcomers/listening"))
    mine = asked_of_me(six[0], now.date())
    assert [one.training.because for one in mine] == ["“Courier handover”: We say the day"]
    assert [piece.title for piece, _ in mine[0].steps] == ["Offer a choice", "Let them finish"]
    assert asked_of_me(cast.ines, now.date()) == asked_of_me(cast.priya, now.date()) == []


def test_it_is_done_by_ones_own_passes_and_stays_until_its_day(cast, now, six):
    train(cast, now)
    assert not asked_of_me(cast.tom, now.date())[0].done
    skill("options", cast.tom, now)
    assert asked_of_me(cast.tom, now.date())[0].done
    assert asked_of_me(cast.tom, (now + 11 * DAY).date()) == []
    assert len(asked_of_me(six[0], (now + 11 * DAY).date())) == 1


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"what": ()}, "Choose what they practise", "practice"),
        ({"what": ("skill/nothing",)}, "nothing one can practise", "practice"),
        ({"what": list(pieces())[:6]}, "at most 5 things", "practice"),
        ({"share": 0}, "1 to 100", "share"),
        ({"role": Role.LEAD}, "never of one person", "team"),
        ({"day": 0}, "before the day on which", "practice_day"),
        ({"day": 30}, "before the day on which", "practice_day"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_way_on(cast, now, six, changed, sentence, field):
    with pytest.raises(Incomplete, match=sentence) as refused:
        train(cast, now, **changed)
    assert refused.value.field == field
    assert Change.objects.count() == 1


def test_it_is_told_once_after_its_day_rounded_whatever_comes_later(cast, now, six):
    change = train(cast, now)
    for one in six[:4]:
        skill("options", one, now + DAY)
    assert tell_trainings(now + 10 * DAY) == 0
    assert told(change, now + 10 * DAY).startswith("How many did it is told once, after that day")
    assert tell_trainings(now + 11 * DAY) == 1
    assert told(change, now + 11 * DAY) == "About 5 of 7 people had done it. That is what was asked for."
    skill("options", six[5], now + 12 * DAY)
    Passed.objects.filter(trainee=six[0]).delete()
    assert tell_trainings(now + 13 * DAY) == 0
    assert told(change, now + 13 * DAY).startswith("About 5 of 7")


def test_what_was_done_after_the_day_does_not_count(cast, now, six):
    change = train(cast, now)
    for one in six:
        skill("options", one, now + 11 * DAY)
    tell_trainings(now + 11 * DAY)
    assert told(change, now + 11 * DAY) == "At most 2 of 7 people had done it. 70 % were asked for."


def test_of_four_people_nothing_is_told(cast, now, six):
    for one in six[:3]:
        User.objects.filter(pk=one.pk).update(is_active=False)
    change = train(cast, now)
    tell_trainings(now + 11 * DAY)
    assert told(change, now + 11 * DAY) == "How many did it is not told: the number could give somebody away."


LESSON_OF_OPTIONS = next(one.name for one in pieces().values() if one.kind == "lesson" and "options" in one.rests_on)


@pytest.mark.parametrize("again", ["skill/options", LESSON_OF_OPTIONS])
def test_a_group_that_differs_by_some_is_not_told_of_the_same_practice(cast, now, six, again):
    train(cast, now)
    wider = train(cast, now, (again,), role=None)
    other = train(cast, now, ("skill/promises",), role=None)
    tell_trainings(now + 11 * DAY)
    assert told(wider, now + 11 * DAY).startswith("How many did it is not told")
    assert told(other, now + 11 * DAY).startswith("At most 2 of 10")


def test_it_is_not_in_place_while_people_still_have_time(cast, now, six):
    change = train(cast, now)
    with pytest.raises(NotPossible, match=r"asks the agents in the .* team to practise until"):
        make_change(change, "https://wiki.example", by=cast.ines, now=now + 10 * DAY)
    assert Change.objects.get(pk=change.pk).made_at is None


def test_when_as_many_did_it_as_were_asked_it_is_in_place(cast, now, six):
    change = train(cast, now)
    for one in six:
        skill("options", one, now)
    tell_trainings(now + 11 * DAY)
    make_change(Change.objects.get(pk=change.pk), by=cast.ines, now=now + 11 * DAY)
    assert Change.objects.get(pk=change.pk).made_at


def test_when_too_few_did_it_somebody_says_where_it_can_be_seen_all_the_same(cast, now, six):
    change = train(cast, now)
    tell_trainings(now + 11 * DAY)
    with pytest.raises(Incomplete, match=r"At most 2 of 7 people had done it\. 70 % were asked for\. Say where"):
        make_change(Change.objects.get(pk=change.pk), by=cast.ines, now=now + 11 * DAY)
    make_change(Change.objects.get(pk=change.pk), "We met on Friday", by=cast.ines, now=now + 11 * DAY)
    assert Change.objects.get(pk=change.pk).evidence == "We met on Friday"


def test_what_is_kept_of_a_figure_does_not_say_who_did_it(cast, now, six):
    train(cast, now)
    skill("options", cast.tom, now)
    tell_trainings(now + 11 * DAY)
    kept = TrainingTold.objects.get()
    assert set(kept.people.all()) == {cast.tom, *six}
    assert {one.name for one in TrainingTold._meta.get_fields()} == {"id", "training", "people", "of", "about", "at"}
