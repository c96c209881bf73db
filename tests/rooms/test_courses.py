"""Courses, what passes them, certificates one shows, the limits they raise; a lead sees nothing that was not shown."""

from datetime import timedelta

import pytest

from amends.cases.errors import NotPossible, NotThere
from amends.cases.event import Event
from amends.cases.policy import adopt
from amends.method.authority import Ask
from amends.method.certificate import COURSES
from amends.method.policy import preset
from amends.practice.certificate import certificate, find_shown, hide, show, shown_to
from amends.practice.course import courses, read_course
from amends.practice.drills import drills, tried
from amends.practice.learn import forget, lessons_of, practise, read
from amends.practice.models import LessonRead, Passed, Played
from amends.practice.passing import pass_task, reached
from amends.practice.path import next_step, way_of, ways
from amends.practice.play import begin, correct, end, find_round, say
from amends.recovery.authority import authority_of, check_authority, nearest_person
from amends.recovery.errors import BeyondAuthority
from amends.recovery.make_offer import make_offer
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round
from amends.rehearsal.rubric import rubric
from amends.rehearsal.score import score
from amends.rehearsal.sheet import SheetRefused, sheet
from amends.rehearsal.shelf import named_scenario
from amends.rehearsal.typed import typed
from amends.rehearsal.voice import scene
from amends.team.certificate import ShownCertificate
from amends.verbs.table import VERBS
from bench.rehearsal.golden import pairs

pytestmark = pytest.mark.django_db

GOLDEN = {pair.scenario: pair.better for pair in pairs()}
LESSONS = [lesson for course in courses().values() for lesson in course.lessons]
ROUNDS = sorted({(one.practice.scenario, one.practice.persona) for one in LESSONS if not one.practice.drill})
RAISES = [
    {
        "course": "agents",
        "kind": "",
        "per_case_cents": 15000,
        "per_customer_cents": 45000,
        "period_days": 365,
        "currency": "EUR",
    }
]
BAD = "I understand, but this was due to high demand."


@pytest.fixture
def now(clock):
    return clock.now


def play(scenario, persona, turns, *, by, now):
    """A round in these words, ended."""
    row = begin(scenario, persona, by=by, now=now)
    for number, words in enumerate(turns, 1):
        say(row, words, number, now=now)
    end(row, now=now)
    return find_round(row.pk, by)


def finish(course, *, by, now):
    """Every lesson of a course read, and its practice passed in words."""
    for lesson in courses()[course].lessons:
        read(lesson, by=by, now=now)
        what = lesson.practice
        if what.drill:
            for number, _ in enumerate(drills()[what.drill].tasks, 1):
                Passed.objects.get_or_create(trainee=by, drill=what.drill, task=number, defaults={"at": now})
        else:
            play(what.scenario, what.persona, GOLDEN[what.scenario], by=by, now=now)


def with_raises(now, **changes):
    adopt(preset("standard") | {"raises": RAISES} | changes, "Practice counts", by=None, now=now)


# The lessons


def test_there_is_a_course_for_newcomers_agents_and_leads():
    assert {name: len(course.lessons) for name, course in courses().items()} == {
        "newcomers": 8,
        "agents": 6,
        "leads": 4,
    }
    assert set(courses()) == set(COURSES)
    assert [len({one.id for one in course.lessons}) for course in courses().values()] == [8, 6, 4]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: f"{one.course}-{one.id}")
def test_a_lesson_is_short_names_its_evidence_and_ends_in_a_practice(lesson):
    assert 120 <= sum(len(part.split()) for part in lesson.paragraphs) <= 250
    assert lesson.practice.name
    assert "passes" in lesson.practice.passes
    unverified = {"E35", "E39", "E43"}
    assert not unverified & set(lesson.rests_on)
    assert all(one[0] == "E" and 1 <= int(one[1:]) <= 62 for one in lesson.rests_on)


@pytest.mark.parametrize(("scenario", "persona"), ROUNDS)
def test_the_round_of_a_lesson_can_be_passed_in_plain_words(scenario, persona):
    played = Round(named_scenario(scenario), named_persona(persona))
    for words in GOLDEN[scenario]:
        played = played.then(typed(words, scene(played), played.states[-1]).turn)
    assert score(played.customer, played.turns).total >= rubric().passed


def test_the_last_lesson_is_a_round_because_it_renews_the_certificate():
    assert [course.last.practice.drill for course in courses().values()] == ["", "", ""]


def test_a_broken_course_names_file_line_and_field():
    top = 'id = "agents"\nabout = "x"\n'
    lesson = '[[lesson]]\nid = "one"\ntitle = "One"\nwords = "y"\nrests_on = ["E1"]\ndrill = "juggling"\n'
    with pytest.raises(SheetRefused, match=r"agents.toml, line 8, \[\[lesson\]\] 1: “drill”"):
        read_course(sheet(top + lesson, "agents.toml"))


# What passes


def test_a_round_that_reaches_the_mark_is_noted_once_and_without_its_points(cast, now):
    row = play("retail-wrong-size", "steady", GOLDEN["retail-wrong-size"], by=cast.tom, now=now)
    end(row, now=now)
    [passed] = Passed.objects.all()
    assert (passed.trainee, passed.scenario, passed.persona, passed.at) == (cast.tom, row.scenario, row.persona, now)
    assert {field.name for field in Passed._meta.get_fields()} == {
        "id",
        "trainee",
        "scenario",
        "persona",
        "drill",
        "task",
        "at",
    }


def test_a_round_below_the_mark_passes_nothing(cast, now):
    play("retail-wrong-size", "steady", [BAD], by=cast.tom, now=now)
    assert not Passed.objects.exists()


def test_moves_one_ticks_oneself_score_and_do_not_pass(cast, now):
    """Whoever ticks the whole method behind the word “fine” is shown its score, and is certified nothing."""
    row = begin("retail-wrong-size", "steady", by=cast.tom, now=now)
    method = ["listen", "reflect", "ack_feeling", "apologise", "offer_options", "commit", "prevent", "check_agree"]
    for number, move in enumerate([method[0], *method], 1):
        say(row, "Fine.", number, now=now)
        correct(row, [move], "", number)
    end(row, now=now)
    row = find_round(row.pk, cast.tom)
    shown = row.round()
    assert score(shown.customer, shown.turns).total >= rubric().passed
    assert not reached(row)
    assert not Passed.objects.exists()


def test_a_task_counts_in_ones_own_words_and_not_in_ours(cast, now):
    task = drills()["non-apologies"].tasks[0]
    ours, own = tried(task, task.model.upper()), tried(task, f"{task.model} That was our mistake.")
    assert not pass_task("non-apologies", 1, task, ours, by=cast.tom, now=now)
    assert not pass_task("non-apologies", 1, task, tried(task, task.start), by=cast.tom, now=now)
    assert pass_task("non-apologies", 1, task, own, by=cast.tom, now=now)
    assert pass_task("non-apologies", 1, task, own, by=cast.tom, now=now + timedelta(days=1))
    assert [row.at for row in Passed.objects.all()] == [now]


def test_a_task_that_was_noted_twice_in_one_moment_is_tried_again_like_any_other(cast, now):
    task = drills()["non-apologies"].tasks[0]
    for _ in range(2):
        Passed.objects.create(trainee=cast.tom, drill="non-apologies", task=1, at=now)
    own = tried(task, f"{task.model} That was our mistake.")
    assert pass_task("non-apologies", 1, task, own, by=cast.tom, now=now)
    assert Passed.objects.count() == 2


# The path


def test_the_path_is_worked_out_from_what_was_read_and_passed(cast, now):
    first, lesson = way_of(cast.tom, courses()["newcomers"]), courses()["newcomers"].lessons[0]
    assert (first.done, first.next.lesson, first.passed_at) == (0, lesson, None)
    assert practise(lesson, by=cast.tom, now=now) is None
    assert way_of(cast.tom, courses()["newcomers"]).steps[0].done_at is None
    for number in (1, 2, 3):
        later = now + timedelta(hours=number)
        Passed.objects.create(trainee=cast.tom, drill="listening", task=number, at=later)
    way = way_of(cast.tom, courses()["newcomers"])
    assert (way.done, way.steps[0].done_at, way.next.lesson.id) == (1, later, "saying-back")
    assert next_step(cast.tom, ways(cast.tom)) == way.next
    assert {field.name for field in LessonRead._meta.get_fields()} == {"id", "trainee", "course", "lesson", "at"}


def test_practising_a_lesson_goes_on_with_its_open_round(cast, now):
    lesson = courses()["agents"].lessons[0]
    row = practise(lesson, by=cast.tom, now=now)
    assert (row.scenario, row.persona) == (lesson.practice.scenario, lesson.practice.persona)
    assert practise(lesson, by=cast.tom, now=now) == row
    assert lessons_of(row) == [lesson]
    assert practise(lesson, by=cast.people["sam"], now=now) != row
    assert LessonRead.objects.filter(trainee=cast.tom).count() == 1


def test_the_course_for_leads_is_suggested_to_leads(cast, now):
    for who in ("tom", "ines"):
        finish("newcomers", by=cast.people[who], now=now)
        finish("agents", by=cast.people[who], now=now)
    assert next_step(cast.tom, ways(cast.tom)) is None
    assert next_step(cast.people["ines"], ways(cast.people["ines"])).lesson.course == "leads"


def test_practice_before_live_work_asks_for_rounds_with_different_people(cast, now):
    finish("newcomers", by=cast.tom, now=now)
    assert certificate(courses()["newcomers"], cast.tom)
    adopt(preset("immersion"), "Practise first", by=None, now=now)
    way = way_of(cast.tom, courses()["newcomers"])
    assert (way.immersion.passed, way.immersion.met, way.passed_at) == (1, 1, None)
    book, box = "retail-gift-card", "retail-late-present"
    played = [(book, "steady"), (book, "expert"), (book, "expert"), (box, "expert"), (book, "bereaved")]
    for number, (what, who) in enumerate([*played, (book, "non_native")], 1):
        later = now + timedelta(days=number)
        Passed.objects.create(trainee=cast.tom, scenario=what, persona=who, at=later)
        done = way_of(cast.tom, courses()["newcomers"]).immersion.done_at
        assert done == (later if who == "non_native" else None)
    assert certificate(courses()["newcomers"], cast.tom).passed_at == later
    assert way_of(cast.tom, courses()["agents"]).immersion is None


# Certificates


def test_a_certificate_is_private_until_it_is_shown_and_again_after(cast, now):
    ines, course = cast.people["ines"], courses()["agents"]
    finish("agents", by=cast.tom, now=now)
    assert certificate(course, cast.tom).shown is None
    assert list(shown_to(ines)) == []
    row = show(course, by=cast.tom, now=now)
    assert find_shown(row.pk, ines).holder == cast.tom
    assert list(shown_to(ines)) == [row]
    for who in ("priya", "sam"):
        assert list(shown_to(cast.people[who])) == []
        with pytest.raises(NotThere) as theirs:
            find_shown(row.pk, cast.people[who])
        with pytest.raises(NotThere) as nobodys:
            find_shown(987654321, cast.people[who])
        assert str(theirs.value) == str(nobodys.value)
    hide("agents", by=cast.tom, now=now)
    with pytest.raises(NotThere):
        find_shown(row.pk, ines)


def test_the_leads_of_another_team_see_nothing_when_somebody_joins_them(cast, now):
    office, ada = cast.people["priya"].team, cast.people["ada"]
    finish("agents", by=cast.tom, now=now)
    row = show(courses()["agents"], by=cast.tom, now=now)
    for one in (cast.tom, ada):
        one.team = office
        one.save()
    assert list(shown_to(ada)) == []
    with pytest.raises(NotThere):
        find_shown(row.pk, ada)
    assert list(shown_to(cast.people["ines"])) == [row]
    again = show(courses()["agents"], by=cast.tom, now=now)
    assert list(shown_to(ada)) == [again]
    assert list(shown_to(cast.people["ines"])) == []


def test_whether_somebody_finished_a_course_changes_nothing_a_lead_can_reach(cast, now, recovery):
    """Two worlds, one in which Tom finished everything and showed nothing: what is worked out for others is alike."""
    one = recovery()
    ines, ask = cast.people["ines"], [Ask("refund", 12000, "EUR")]
    with_raises(now)

    def reachable():
        return (
            list(shown_to(ines)),
            nearest_person(one.case, ask, [], requester=ines, now=now),
            authority_of(cast.tom, now).limit("refund", "EUR"),
            Event.objects.count(),
        )

    before = reachable()
    for course in COURSES:
        finish(course, by=cast.tom, now=now)
    assert reachable() == before


def test_nobody_shows_what_they_did_not_pass(cast, now):
    course = courses()["agents"]
    with pytest.raises(NotPossible, match="not finished yet"):
        show(course, by=cast.tom, now=now)
    finish("agents", by=cast.people["sam"], now=now)
    with pytest.raises(NotPossible, match="not finished yet"):
        show(course, by=cast.tom, now=now)
    assert not ShownCertificate.objects.exists()


def test_no_verb_of_programs_reaches_practice_or_certificates():
    """Nobody certifies themselves through the API, `amends do`, a rule or an assistant: there is no such verb."""
    assert [
        name for name in VERBS if any(word in name for word in ("certif", "practi", "lesson", "pass", "course"))
    ] == [name for name in VERBS if name == "pass_on"]


def test_showing_and_taking_back_stand_in_the_ledger_and_nothing_else_of_practice_does(cast, now):
    before = Event.objects.count()
    finish("agents", by=cast.tom, now=now)
    assert Event.objects.count() == before
    show(courses()["agents"], by=cast.tom, now=now)
    show(courses()["agents"], by=cast.tom, now=now)
    hide("agents", by=cast.tom, now=now)
    hide("agents", by=cast.tom, now=now)
    assert [one.kind for one in Event.objects.order_by("seq")[before:]] == [
        "certificate_shown",
        "certificate_taken_back",
    ]


def test_forgetting_leaves_nothing_of_the_path_and_takes_certificates_back(cast, now):
    finish("agents", by=cast.tom, now=now)
    finish("agents", by=cast.people["sam"], now=now)
    show(courses()["agents"], by=cast.tom, now=now)
    forget(by=cast.tom, now=now)
    assert not LessonRead.objects.filter(trainee=cast.tom).exists()
    assert not Passed.objects.filter(trainee=cast.tom).exists()
    assert not ShownCertificate.objects.exists()
    assert Passed.objects.filter(trainee=cast.people["sam"]).exists()
    assert Played.objects.of(cast.tom).exists()


# Authority


def test_a_shown_certificate_raises_the_limit_and_says_why(cast, now):
    with_raises(now)
    finish("agents", by=cast.tom, now=now)
    assert authority_of(cast.tom, now).limit("refund", "EUR").per_case_cents == 10000
    assert authority_of(cast.tom, now).because("refund", "EUR") == ""
    show(courses()["agents"], by=cast.tom, now=now)
    theirs = authority_of(cast.tom, now)
    assert theirs.limit("refund", "EUR").per_case_cents == 15000
    assert theirs.because("refund", "EUR") == "raised by your certificate “Everyday work” until 21 November 2027"
    assert authority_of(cast.people["sam"], now).limit("refund", "EUR") is None


def test_an_offer_above_the_role_goes_out_with_the_certificate_and_not_without(cast, recovery):
    one = recovery()
    one.person_first()
    with_raises(one.now)
    finish("agents", by=cast.tom, now=one.now)
    with pytest.raises(BeyondAuthority, match="above your limit of €100"):
        one.offer(cents=12000)
    show(courses()["agents"], by=cast.tom, now=one.now)
    offer = one.offer(cents=12000)
    assert offer.made_by == cast.tom
    with pytest.raises(NotPossible, match="within your own limit"):
        one.ask(cents=14000)


@pytest.mark.parametrize("days", [365, 30])
def test_one_that_has_run_out_gives_nothing(days, cast, now, recovery):
    case = recovery().case
    with_raises(now, certificate_days=days)
    finish("agents", by=cast.tom, now=now)
    show(courses()["agents"], by=cast.tom, now=now)
    ask, last = [Ask("refund", 15000, "EUR")], now + timedelta(days=days) - timedelta(seconds=1)
    check_authority(case, ask, by=cast.tom, now=last)
    with pytest.raises(BeyondAuthority):
        check_authority(case, ask, by=cast.tom, now=last + timedelta(seconds=1))
    hide("agents", by=cast.tom, now=now)
    with pytest.raises(NotPossible, match="run out"):
        show(courses()["agents"], by=cast.tom, now=last + timedelta(seconds=1))


def test_passing_the_last_lesson_again_renews_it_once_it_is_shown_anew(cast, now):
    with_raises(now, certificate_days=30)
    course = courses()["agents"]
    finish("agents", by=cast.tom, now=now)
    show(course, by=cast.tom, now=now)
    later = now + timedelta(days=40)
    what = course.last.practice
    play(what.scenario, what.persona, GOLDEN[what.scenario], by=cast.tom, now=later)
    assert certificate(course, cast.tom).is_newer
    assert authority_of(cast.tom, later).limit("refund", "EUR").per_case_cents == 10000
    show(course, by=cast.tom, now=later)
    assert authority_of(cast.tom, later).limit("refund", "EUR").per_case_cents == 15000


def test_without_a_rule_of_the_policy_a_certificate_adds_nothing(cast, now):
    for course in COURSES:
        finish(course, by=cast.tom, now=now)
        show(courses()[course], by=cast.tom, now=now)
    assert authority_of(cast.tom, now).limit("refund", "EUR").per_case_cents == 10000
    with_raises(now, raises=[RAISES[0] | {"course": "leads"}])
    hide("leads", by=cast.tom, now=now)
    assert authority_of(cast.tom, now).limit("refund", "EUR").per_case_cents == 10000


def test_who_shows_a_certificate_can_be_asked_within_it(cast, recovery):
    one = recovery()
    one.person_first()
    home = cast.people["ines"].team
    with_raises(one.now)
    colleague = type(cast.tom).objects.create_user("uma", "make-it-right", name="Uma Roy", role="agent", team=home)
    ask = [Ask("refund", 12000, "EUR")]
    assert nearest_person(one.case, ask, [], requester=cast.tom, now=one.now).username == "ines"
    finish("agents", by=colleague, now=one.now)
    show(courses()["agents"], by=colleague, now=one.now)
    assert nearest_person(one.case, ask, [], requester=cast.tom, now=one.now) == colleague


def test_the_draft_that_was_offered_is_the_one_that_is_checked(cast, recovery):
    """The certificate is asked for at the moment of the offer: taken back before, it gives nothing."""
    one = recovery()
    one.person_first()
    with_raises(one.now)
    finish("agents", by=cast.tom, now=one.now)
    show(courses()["agents"], by=cast.tom, now=one.now)
    draft = one.draft(cents=12000)
    hide("agents", by=cast.tom, now=one.now)
    with pytest.raises(BeyondAuthority):
        make_offer(one.case, draft, by=cast.tom, now=one.now)
