"""What counts as passed: a round that reached the mark by its words, a task done in words of one's own."""

from datetime import datetime

from amends.cases.ledger import writing
from amends.language.words import words_of
from amends.practice.drills import Task, Tried
from amends.practice.models import Passed, Played
from amends.rehearsal.personas import named_persona, personas
from amends.rehearsal.round import Round
from amends.rehearsal.rubric import rubric
from amends.rehearsal.score import score
from amends.rehearsal.shelf import named_scenario, scenarios
from amends.rehearsal.state import Turn
from amends.team.models import User


def as_heard(played: Played) -> Round:
    """Return the round by what was read from its words: moves that the trainee ticked themselves do not count.

    A corrected reading counts for the score one learns from; a certificate nobody gives themselves by ticking.
    """
    found = Round(named_scenario(played.scenario), named_persona(played.persona), played.seed)
    for one in played.told:
        if found.over:
            break
        found = found.then(Turn(one.heard, one.text))
    return found


def reached(played: Played) -> bool:
    """Whether the words of a round reach the pass mark; one that this version cannot play reaches nothing."""
    if played.scenario not in scenarios() or played.persona not in personas():
        return False
    found = as_heard(played)
    return score(found.customer, found.turns).total >= rubric().passed


def pass_round(played: Played, *, now: datetime) -> None:
    """Note a round that ended and reached the mark, for its trainee alone."""
    if reached(played):
        who = played.trainee
        Passed.objects.create(trainee=who, scenario=played.scenario, persona=played.persona, at=now)


def is_copied(task: Task, text: str) -> bool:
    """Whether a text is our own way to say it, whatever its signs and capitals."""
    return words_of(text.casefold()) == words_of(task.model.casefold())


def pass_task(drill: str, number: int, task: Task, tried: Tried, *, by: User, now: datetime) -> bool:
    """Note a task that was done in words of one's own, once; returns whether it counts. The words are not kept."""
    if not tried.done or is_copied(task, tried.told.text):
        return False
    with writing():
        if number not in tasks_done(drill, by):
            Passed.objects.create(trainee=by, drill=drill, task=number, at=now)
    return True


def tasks_done(drill: str, by: User) -> frozenset[int]:
    """The tasks of a drill this person has done, by number from 1."""
    rows = Passed.objects.filter(trainee=by, drill=drill).values_list("task", flat=True)
    return frozenset(number for number in rows if number is not None)
