"""What can be asked of a group to practise, by name: a lesson, a skill, a round about one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from amends.practice.course import Practice, courses, find_lesson
from amends.practice.drills import drills
from amends.practice.models import LessonRead, Passed
from amends.practice.path import last_of, passed_at
from amends.rehearsal.shelf import scenarios
from amends.team.models import User


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to practise: its name in a record, its kind, what the kind calls it, and its title.

    `rests_on` are the drills and scenarios that somebody passes who does it: two pieces that share one say something of
    each other.
    """

    name: str
    kind: str
    ids: tuple[str, ...]
    title: str
    rests_on: frozenset[str]


@cache
def pieces() -> Mapping[str, Piece]:
    """Return everything that can be asked, by name: lessons first, then skills, then rounds."""
    lessons = [
        Piece(
            f"lesson/{course.id}/{lesson.id}",
            "lesson",
            (course.id, lesson.id),
            lesson.title,
            frozenset({lesson.practice.drill or lesson.practice.scenario}),
        )
        for course in courses().values()
        for lesson in course.lessons
    ]
    skills = [Piece(f"skill/{one.id}", "skill", (one.id,), one.title, frozenset({one.id})) for one in drills().values()]
    rounds = [
        Piece(f"round/{one.id}", "round", (one.id,), one.title, frozenset({one.id})) for one in scenarios().values()
    ]
    return {one.name: one for one in (*lessons, *skills, *rounds)}


@dataclass(frozen=True, slots=True)
class Own:
    """What one person read and passed, as far as pieces ask for it; made for that person, or to count a whole group."""

    read: Mapping[tuple[str, str], datetime]
    passed: Sequence[Passed]

    def done_at(self, piece: Piece) -> datetime | None:
        """When they had done a piece for the first time, None for not yet."""
        if piece.kind == "lesson":
            course, name = piece.ids
            return last_of([self.read.get((course, name)), passed_at(find_lesson(course, name).practice, self.passed)])
        if piece.kind == "skill":
            return passed_at(Practice(drill=piece.ids[0]), self.passed)
        return min((row.at for row in self.passed if not row.drill and row.scenario == piece.ids[0]), default=None)


def own_of(people: Sequence[User]) -> list[Own]:
    """Return what each of these people read and passed, in two queries."""
    read = list(LessonRead.objects.filter(trainee__in=people))
    passed = list(Passed.objects.filter(trainee__in=people))
    return [
        Own(
            {(row.course, row.lesson): row.at for row in read if row.trainee_id == one.pk},
            [row for row in passed if row.trainee_id == one.pk],
        )
        for one in people
    ]
