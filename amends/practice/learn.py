"""Taking a lesson: read it and begin its practice, or forget the whole path."""

from datetime import datetime

from amends.cases.ledger import writing
from amends.practice.certificate import hide
from amends.practice.course import Lesson, courses
from amends.practice.models import LessonRead, Passed, Played
from amends.practice.play import begin
from amends.team.begun import Practised
from amends.team.models import User


def read(lesson: Lesson, *, by: User, now: datetime) -> LessonRead:
    """Note that somebody read a lesson; to read it twice changes nothing."""
    return LessonRead.objects.get_or_create(trainee=by, course=lesson.course, lesson=lesson.id, defaults={"at": now})[0]


def practise(lesson: Lesson, *, by: User, now: datetime) -> Played | None:
    """Note that a lesson was read and return its round, the open one where there is one; None when it is a drill."""
    with writing():
        read(lesson, by=by, now=now)
        what = lesson.practice
        if what.drill:
            return None
        waiting = Played.objects.of(by).filter(scenario=what.scenario, persona=what.persona, ended_at=None)
        return waiting.filter(most_turns=None).first() or begin(what.scenario, what.persona, by=by, now=now)


def lessons_of(played: Played) -> list[Lesson]:
    """Return the lessons that a round is practice for, of those its trainee has read."""
    known = set(LessonRead.objects.filter(trainee=played.trainee).values_list("course", "lesson"))
    every = [lesson for course in courses().values() for lesson in course.lessons]
    return [
        lesson
        for lesson in every
        if (lesson.course, lesson.id) in known
        and (lesson.practice.scenario, lesson.practice.persona) == (played.scenario, played.persona)
    ]


def forget(*, by: User, now: datetime) -> None:
    """Delete what somebody read and passed, and take back every certificate they show."""
    with writing():
        for course in courses():
            hide(course, by=by, now=now)
        LessonRead.objects.filter(trainee=by).delete()
        Passed.objects.filter(trainee=by).delete()
        Practised.objects.filter(person=by).delete()
