"""A round that has ended is counted once: words for how many, of five people or more, and the answers are destroyed."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from random import SystemRandom

from amends.cases.ledger import SYSTEM, record, writing
from amends.method.crowd import FEWEST, rounded, tellable
from amends.method.roughly import gives_away, roughly
from amends.ourselves.models import (
    COMPARED,
    WORDS_KEPT,
    StaffAnswered,
    StaffCounted,
    StaffRound,
    StaffSaid,
    StaffWords,
)
from amends.ourselves.questions import Question, questions
from amends.ourselves.seal import Said, opened


def count_rounds(now: datetime) -> int:
    """Count every round that has ended, and let go of what is no longer needed; returns how many were counted."""
    StaffWords.objects.filter(round__closes_at__lt=now - WORDS_KEPT).delete()
    StaffAnswered.objects.filter(round__closes_at__lt=now - COMPARED).delete()
    with writing():
        ended = list(StaffRound.objects.filter(closes_at__lte=now, counted=None))
        for one in ended:
            _count(one, now)
    return len(ended)


def _count(round_: StaffRound, now: datetime) -> None:
    said = [one for one in (opened(bytes(kept)) for kept in round_.ballots.values_list("sealed", flat=True)) if one]
    of_teams = _people(round_)
    everybody = frozenset().union(*of_teams.values())
    teams = tellable(everybody, of_teams, _told_before(now)) if len(said) == len(everybody) else None
    round_.ballots.all().delete()
    StaffCounted.objects.create(round=round_, at=now, about=None if teams is None else rounded(len(said)))
    if teams is None:
        round_.answered.all().delete()
    else:
        _tell(round_, said, [int(team) for team in teams])
    record("staff_counted", None, SYSTEM, now, told="" if teams is None else "told")


def _people(round_: StaffRound) -> dict[str, frozenset[str]]:
    """Who has answered, by the number of their team."""
    rows = list(round_.answered.values_list("team_id", "whose"))
    return {str(team): frozenset(one for of, one in rows if of == team) for team in {team for team, _ in rows}}


def _told_before(now: datetime) -> list[Collection[str]]:
    """Everybody, and each team, of the rounds a reader can still hold beside this one."""
    told: list[Collection[str]] = []
    for one in StaffRound.objects.filter(counted__about__isnull=False, closes_at__gte=now - COMPARED):
        of_teams = _people(one)
        teams = set(one.said.exclude(team=None).values_list("team_id", flat=True))
        told += [frozenset().union(*of_teams.values()), *(of_teams.get(str(team), frozenset()) for team in teams)]
    return told


def _tell(round_: StaffRound, said: Sequence[Said], teams: Sequence[int]) -> None:
    rows = [row for question in questions().values() for row in _rows(round_, question, said, teams)]
    SystemRandom().shuffle(rows)
    StaffSaid.objects.bulk_create(rows)
    words = [one for key in questions() for one in _words(round_, key, said)]
    StaffWords.objects.bulk_create(words)


def _rows(round_: StaffRound, question: Question, said: Sequence[Said], teams: Sequence[int]) -> list[StaffSaid]:
    counts = Counter(one.answers[question.key] for one in said)
    rows = [(None, answer, counts[answer], len(said)) for answer in question.answers]
    of_teams = _of_teams(question, said, teams) if question.line else []
    return [
        StaffSaid(round=round_, team_id=team, question=question.key, answer=answer, roughly=roughly(count, of))
        for team, answer, count, of in [*rows, *of_teams]
    ]


def _of_teams(question: Question, said: Sequence[Said], teams: Sequence[int]) -> list[tuple[int | None, str, int, int]]:
    """For each team how many gave the answer that counts as done; nothing where it would give somebody away."""
    gave = [one.answers[question.key] for one in said]
    inside = [[one.answers[question.key] for one in said if one.team == team] for team in teams]
    parts = [(answers.count(question.done), len(answers)) for answers in inside]
    counts = [gave.count(answer) for answer in (question.done, *question.others)]
    if gives_away(counts, parts, len(said)):
        return []
    return [(team, question.done, *part) for team, part in zip(teams, parts, strict=True)]


def _words(round_: StaffRound, key: str, said: Sequence[Said]) -> list[StaffWords]:
    """What was written beside a question, in an order drawn by lot, where five or more wrote something."""
    written = [one.words[key] for one in said if key in one.words]
    if len(written) < FEWEST:
        return []
    SystemRandom().shuffle(written)
    return [StaffWords(round=round_, question=key, words=words) for words in written]
