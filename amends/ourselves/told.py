"""What a round said, as it may be told: for everybody, or for one team where the team was told of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from amends.method.roughly import Roughly
from amends.ourselves.models import StaffRound
from amends.ourselves.questions import Question, questions


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one question: the word for how many gave each answer, and what people wrote beside."""

    question: Question
    said: Mapping[str, Roughly]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamSays:
    """How many say that they do what a line of the method asks for; of one team, or of the desk as a whole."""

    roughly: Roughly
    of_team: bool


def latest_told(now: datetime) -> StaffRound | None:
    """The latest round of which something may be told."""
    rounds = StaffRound.objects.select_related("counted")
    return rounds.filter(counted__about__isnull=False, counted__at__lte=now).order_by("-closes_at").first()


def told_of(round_: StaffRound) -> list[Told]:
    """What everybody together said, question by question."""
    said = {(one.question, one.answer): Roughly(one.roughly) for one in round_.said.filter(team=None)}
    words = list(round_.words.order_by("pk").values_list("question", "words"))
    return [
        Told(
            question,
            {answer: said[key, answer] for answer in question.answers if (key, answer) in said},
            tuple(one for of, one in words if of == key),
        )
        for key, question in questions().items()
    ]


def says_of_lines(now: datetime, team: int | None = None) -> Mapping[str, TeamSays]:
    """For each line of the method how many say they do it: of this team where it may be told, else of everybody."""
    round_ = latest_told(now)
    if round_ is None:
        return {}
    said: dict[tuple[str, str, int | None], Roughly] = {}
    rows = round_.said.filter(Q(team=None) | Q(team=team)).values_list("question", "answer", "roughly", "team")
    for key, answer, word, of in rows:
        said[key, answer, of] = Roughly(word)
    return {
        one.line: TeamSays(said.get((one.key, one.done, team)) or said[one.key, one.done, None], _own(said, one, team))
        for one in questions().values()
        if one.line and (one.key, one.done, None) in said
    }


def _own(said: Mapping[tuple[str, str, int | None], Roughly], question: Question, team: int | None) -> bool:
    return team is not None and (question.key, question.done, team) in said
