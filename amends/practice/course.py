"""Courses as data: short lessons, each ending in one practice that passes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from amends.cases.errors import NotThere
from amends.method.certificate import COURSES
from amends.practice.drills import drills
from amends.rehearsal.personas import named_persona
from amends.rehearsal.rubric import rubric
from amends.rehearsal.sheet import Entry, Sheet, sheet
from amends.rehearsal.shelf import named_scenario

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Practice:
    """What passes a lesson: each task of a drill, or a round about one thing with one person."""

    drill: str = ""
    scenario: str = ""
    persona: str = ""

    @property
    def name(self) -> str:
        """What it is, in a few words: "3 short tasks", "a round: A sofa leg, with “Loud”"."""
        if self.drill:
            return f"{len(drills()[self.drill].tasks)} short tasks"
        return f"a round: {named_scenario(self.scenario).title}, with “{named_persona(self.persona).name}”"

    @property
    def passes(self) -> str:
        """What passes it, as a sentence."""
        if self.drill:
            return "It passes once each of its tasks is done in your own words."
        return f"It passes with {round(rubric().passed)} of 100 points, by what is read from your words."


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: some paragraphs, the evidence it rests on, and its practice."""

    course: str
    id: str
    title: str
    paragraphs: tuple[str, ...]
    rests_on: tuple[str, ...]
    practice: Practice


@dataclass(frozen=True, slots=True)
class Course:
    """One course: whom it is for, and its lessons in order; the last one is a round, which renews its certificate."""

    id: str
    about: str
    lessons: tuple[Lesson, ...]

    @property
    def title(self) -> str:
        """What the course, and its certificate, is called."""
        return COURSES[self.id]

    @property
    def last(self) -> Lesson:
        """The lesson whose practice renews the certificate."""
        return self.lessons[-1]


@cache
def courses() -> Mapping[str, Course]:
    """Return the courses that come with Amends by id, in the order in which one takes them."""
    folder = files("amends.practice").joinpath("courses")
    files_of = {name: f"{name}.toml" for name in COURSES}
    return {name: read_course(sheet(folder.joinpath(file).read_text("utf-8"), file)) for name, file in files_of.items()}


def find_course(name: str) -> Course:
    """Return a course by id; raises NotThere."""
    if name not in courses():
        raise NotThere(f"There is no course “{name}”.")
    return courses()[name]


def find_lesson(course: str, name: str) -> Lesson:
    """Return a lesson by its id in a course; raises NotThere."""
    found = next((one for one in find_course(course).lessons if one.id == name), None)
    if found is None:
        raise NotThere(f"There is no lesson “{name}” in this course.")
    return found


def read_course(given: Sheet) -> Course:
    """Return the course of a file; raises SheetRefused with file, line and field."""
    given.top.only("id", "about", "lesson")
    name = given.top.one_of("id", tuple(COURSES))
    lessons = tuple(_lesson(entry, name) for entry in given.listed("lesson"))
    return Course(name, given.top.text("about"), lessons)


def _lesson(entry: Entry, course: str) -> Lesson:
    entry.only("id", "title", "words", "rests_on", "drill", "scenario", "persona")
    words = entry.text("words", LONGEST)
    return Lesson(
        course=course,
        id=entry.text("id"),
        title=entry.text("title"),
        paragraphs=tuple(part.strip() for part in words.split("\n\n")),
        rests_on=entry.texts("rests_on"),
        practice=_practice(entry),
    )


def _practice(entry: Entry) -> Practice:
    if "drill" in entry.fields:
        return Practice(drill=entry.one_of("drill", tuple(drills())))
    what, who = named_scenario(entry.text("scenario")), named_persona(entry.text("persona"))
    return Practice(scenario=what.id, persona=who.id)
