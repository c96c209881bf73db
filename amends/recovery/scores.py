"""What customers answered when asked how it was: each score beside who is silent, and never by who worked on it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet

from amends.cases.case import Case
from amends.measures.figure import Difference, Figure, difference, share
from amends.measures.scores import Score, ces, csat, nps
from amends.method.survey import Kind
from amends.recovery.survey import NotAsked, SurveyAnswer, SurveyAsked, SurveyLeftOut
from amends.team.models import User

FEWEST_SETTLED = 20
FEWEST_IN_GROUP = 20


@dataclass(frozen=True, slots=True)
class Which:
    """Which surveys: of the cases somebody may see, asked since a moment, of one team or all (None)."""

    user: User
    since: datetime
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One survey as the figures need it: what was asked of which case and why, and the answers by their kind."""

    pk: int
    case: int
    at: datetime
    why: str
    severity: int
    channel: str
    kinds: frozenset[str]
    answers: dict[str, int] = field(default_factory=dict)
    words: str = ""

    @property
    def has_answered(self) -> bool:
        """Whether they answered anything at all."""
        return bool(self.answers or self.words)


@dataclass(frozen=True)
class Answered:
    """One question: its score, the mean where it has one, and how often each value was chosen."""

    kind: Kind
    score: Score
    ease: Figure | None
    counts: Counter[int]

    @cached_property
    def figure(self) -> Figure:
        """The score itself."""
        return self.score.figure


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of complaint among those asked about: how many were asked, and how many of them answered."""

    name: str
    value: str
    asked: int
    answered: int
    rate: Figure
    against_others: Difference

    @property
    def share_words(self) -> str:
        """How many of the group answered, in words; no number where they are too few."""
        return f"{100 * self.rate.value:.0f} %" if self.rate.can_tell else "too few to tell"


def surveys(which: Which) -> list[Asked]:
    """Every survey whose letter left, the newest first; those that came back asked nobody."""
    rows = SurveyAsked.objects.filter(
        case__in=Case.objects.visible_to(which.user), at__gte=which.since, letter__outbox__sent_at__isnull=False
    ).filter(letter__outbox__failed_at=None)
    if which.team is not None:
        rows = rows.filter(case__team=which.team)
    columns = ("pk", "case_id", "at", "why", "severity", "case__channel__kind", "kinds")
    found = [
        Asked(pk, case, at, why, severity, channel, frozenset(kinds))
        for pk, case, at, why, severity, channel, kinds in rows.order_by("-at", "-pk").values_list(*columns)
    ]
    return _with_answers(found, SurveyAnswer.objects.filter(asked__in=rows).order_by("pk"))


def _with_answers(found: list[Asked], rows: Iterable[SurveyAnswer]) -> list[Asked]:
    """The surveys with their answers; several issues are settled when each is."""
    answers: dict[int, dict[str, int]] = {}
    words: dict[int, str] = {}
    for row in rows:
        if row.value is None:
            words[row.asked_id] = row.words
        else:
            kept = answers.setdefault(row.asked_id, {})
            kept[row.kind] = min(kept.get(row.kind, row.value), row.value)
    return [
        Asked(
            one.pk,
            one.case,
            one.at,
            one.why,
            one.severity,
            one.channel,
            one.kinds,
            answers.get(one.pk, {}),
            words.get(one.pk, ""),
        )
        for one in found
    ]


def scores(found: Sequence[Asked]) -> list[Answered]:
    """The score of every question that was asked, in the order satisfied, recommended, easy, settled."""
    asked = set().union(*(one.kinds for one in found)) if found else set()
    return [_answered(kind, found) for kind in _MEASURE if kind.value in asked]


def _answered(kind: Kind, found: Sequence[Asked]) -> Answered:
    asked = [one for one in found if kind.value in one.kinds]
    values = [one.answers[kind.value] for one in asked if kind.value in one.answers]
    ease, score = _MEASURE[kind](values, len(asked))
    return Answered(kind, score, ease, Counter(values))


def _settled(values: Sequence[int], asked: int) -> Score:
    def of(count: int, everybody: int) -> Figure:
        return share("Settled", count, everybody, noun="answers", fewest=FEWEST_SETTLED)

    answered = share("Answered", len(values), asked, noun="asked", fewest=1)
    yes, silent = sum(values), asked - len(values)
    return Score(
        figure=of(yes, len(values)),
        asked=asked,
        answered=answered,
        lowest=of(yes, asked),
        highest=of(yes + silent, asked),
    )


_MEASURE: dict[Kind, Callable[[Sequence[int], int], tuple[Figure | None, Score]]] = {
    Kind.CSAT: lambda values, asked: (None, csat(values, asked=asked)),
    Kind.NPS: lambda values, asked: (None, nps(values, asked=asked)),
    Kind.CES: lambda values, asked: ces(values, asked=asked),
    Kind.SETTLED: lambda values, asked: (None, _settled(values, asked)),
}


def groups(found: Sequence[Asked], name: str) -> list[Group]:
    """Those asked by `severity`, `channel` or `why`, each with the share who answered, against all others (E54)."""
    values = sorted({str(getattr(one, name)) for one in found})
    return [_group(found, name, value) for value in values]


def _group(found: Sequence[Asked], name: str, value: str) -> Group:
    inside = [one for one in found if str(getattr(one, name)) == value]
    others = [one for one in found if str(getattr(one, name)) != value]
    rate = _rate(inside)
    answered = sum(one.has_answered for one in inside)
    return Group(name, value, len(inside), answered, rate, difference(rate, _rate(others)))


def _rate(found: Sequence[Asked]) -> Figure:
    answered = sum(one.has_answered for one in found)
    return share("Answered", answered, len(found), noun="asked", fewest=FEWEST_IN_GROUP)


def left_out(which: Which) -> list[tuple[NotAsked, int]]:
    """Why others whose turn it was were not asked, with how many; the most frequent reason first."""
    counts = Counter(_left_out(which).values_list("reason", flat=True))
    return [(NotAsked(reason), count) for reason, count in counts.most_common()]


def left_out_for(which: Which, reason: str) -> list[Asked]:
    """Each complaint that was not asked about for this reason, the newest first, as a survey without questions."""
    columns = ("pk", "case_id", "at", "why", "case__severity", "case__channel__kind")
    rows = _left_out(which).filter(reason=reason).order_by("-at", "-pk").values_list(*columns)
    return [Asked(pk, case, at, why, severity, channel, frozenset()) for pk, case, at, why, severity, channel in rows]


def _left_out(which: Which) -> QuerySet[SurveyLeftOut]:
    rows = SurveyLeftOut.objects.filter(case__in=Case.objects.visible_to(which.user), at__gte=which.since)
    return rows if which.team is None else rows.filter(case__team=which.team)


def since(days: int, now: datetime) -> datetime:
    """The moment so many days ago."""
    return now - timedelta(days=days)
