"""How far somebody is on their way: worked out from what they read and passed, never kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.practice.course import Course, Lesson, Practice, courses
from amends.practice.drills import drills
from amends.practice.models import LessonRead, Passed
from amends.team.models import User
from amends.team.permissions import Right
from amends.team.policy import current


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson of somebody: when they read it and when its practice first passed, None for not yet."""

    lesson: Lesson
    read_at: datetime | None
    passed_at: datetime | None

    @property
    def done_at(self) -> datetime | None:
        """When the lesson was done: read, and its practice passed."""
        return last_of([self.read_at, self.passed_at])


@dataclass(frozen=True, slots=True)
class Immersion:
    """Practice before live work (E74): how many rounds with how many people are asked, and how many there are.

    The same thing with the same person counts once, however often it is played.
    """

    rounds: int
    people: int
    passed: int
    met: int
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Way:
    """One course of somebody: its lessons, what the policy asks besides, and when all of it was done or renewed."""

    course: Course
    steps: tuple[Step, ...]
    immersion: Immersion | None
    passed_at: datetime | None

    @property
    def done(self) -> int:
        """How many lessons are done."""
        return sum(step.done_at is not None for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first lesson that is not done."""
        return next((step for step in self.steps if step.done_at is None), None)


def ways(person: User) -> list[Way]:
    """Return each course of this person, in the order in which one takes them; called only for the person who asks."""
    passed = list(Passed.objects.filter(trainee=person))
    read = {(row.course, row.lesson): row.at for row in LessonRead.objects.filter(trainee=person)}
    return [_way(course, passed, read) for course in courses().values()]


def way_of(person: User, course: Course) -> Way:
    """Return one course of this person."""
    return next(way for way in ways(person) if way.course == course)


def next_step(person: User, found: Sequence[Way]) -> Step | None:
    """Return the lesson to take next; the course for leads is suggested to those who lead a team."""
    mine = [way for way in found if way.course.id != "leads" or person.can(Right.MANAGE_TEAM)]
    return next((way.next for way in mine if way.next), None)


def _way(course: Course, passed: Sequence[Passed], read: dict[tuple[str, str], datetime]) -> Way:
    steps = tuple(
        Step(lesson, read.get((course.id, lesson.id)), passed_at(lesson.practice, passed)) for lesson in course.lessons
    )
    asked = _immersion(passed) if course.id == "newcomers" else None
    complete = last_of([*(step.done_at for step in steps), *([asked.done_at] if asked else [])])
    again = [row.at for row in passed if _is_round(row, course.last.practice)]
    return Way(course, steps, asked, max([complete, *again]) if complete else None)


def passed_at(practice: Practice, passed: Sequence[Passed]) -> datetime | None:
    """When a practice was first passed by these passes of one person, None for not yet."""
    if practice.drill:
        done = {row.task: row.at for row in passed if row.drill == practice.drill}
        numbers = range(1, len(drills()[practice.drill].tasks) + 1)
        return last_of([done.get(number) for number in numbers])
    return min((row.at for row in passed if _is_round(row, practice)), default=None)


def _is_round(row: Passed, practice: Practice) -> bool:
    return not row.drill and (row.scenario, row.persona) == (practice.scenario, practice.persona)


def _immersion(passed: Sequence[Passed]) -> Immersion | None:
    """What the policy asks of newcomers before live work, None when it asks nothing."""
    policy = current()
    rounds, people = policy.immersion_rounds, policy.immersion_people
    if not rounds and not people:
        return None
    played: set[tuple[str, str]] = set()
    done_at = None
    for row in passed:
        if not row.drill:
            played.add((row.scenario, row.persona))
        if done_at is None and len(played) >= rounds and _met(played) >= people:
            done_at = row.at
    return Immersion(rounds, people, len(played), _met(played), done_at)


def _met(played: Iterable[tuple[str, str]]) -> int:
    return len({persona for _, persona in played})


def last_of(times: Sequence[datetime | None]) -> datetime | None:
    """The latest of these times, None as long as one of them is missing."""
    known = [at for at in times if at is not None]
    return max(known) if known and len(known) == len(times) else None
