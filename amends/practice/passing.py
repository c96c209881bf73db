"""What counts as passed: a round that reached the mark by its words, a task done in words of one's own."""

from datetime import datetime

from amends.cases.ledger import writing
from amends.language.words import words_of
from amends.practice.drills import Task, Tried
from amends.practice.models import Passed, Played
from amends.rehearsal.personas import named_persona
from amends.rehearsal.round import Round
from amends.rehearsal.rubric import rubric
from amends.rehearsal.score import score
from amends.rehearsal.sheet import SheetRefused
from amends.rehearsal.state import Turn
from amends.team.begun import Practised
from amends.team.models import User


def as_heard(played: Played) -> Round:
    """Return the round by what was read from its words: moves that the trainee ticked themselves do not count.

    A corrected reading counts for the score one learns from; a certificate nobody gives themselves by ticking.
    """
    found = Round(played.happened(), named_persona(played.persona), played.seed)
    for one in played.told:
        if found.over:
            break
        found = found.then(Turn(one.heard, one.text))
    return found


def reached(played: Played) -> bool:
    """Whether the words of a round reach the pass mark; one that this version cannot play reaches nothing."""
    try:
        found = as_heard(played)
    except SheetRefused:
        return False
    return score(found.customer, found.turns).total >= rubric().passed


def pass_round(played: Played, *, now: datetime) -> None:
    """Note a round that ended and reached the mark, for its trainee alone.

    A round of the house's own scenario counts only where a lead said so: whoever wrote the questions would otherwise
    write their own certificate.
    """
    if counts(played) and reached(played):
        who = played.trainee
        Passed.objects.create(trainee=who, scenario=played.scenario, persona=played.persona, at=now)
        _note_practised(who)


def _note_practised(who: User) -> None:
    """Keep how many different rounds somebody passed with how many people, for the gate before live work (E74)."""
    rounds = set(Passed.objects.filter(trainee=who, drill="").values_list("scenario", "persona"))
    counts = {"rounds": len(rounds), "people": len({persona for _, persona in rounds})}
    Practised.objects.update_or_create(person=who, defaults=counts)


def counts(played: Played) -> bool:
    """Whether a passed round of this scenario counts on the learning path: those that come with Amends, and chosen."""
    return played.version is None or hasattr(played.version.scenario, "counting")


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
