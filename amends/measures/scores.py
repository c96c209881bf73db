"""What people answered: NPS, CSAT and CES with intervals, beside how many answered and what the silent could change."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from amends.measures.distributions import normal_quantile
from amends.measures.errors import ImpossibleAnswer, ImpossibleCount
from amends.measures.figure import Figure, Unit, mean, share

FEWEST_NPS, FEWEST_CSAT, FEWEST_CES = 30, 20, 20
ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score beside the share who answered; `lowest` and `highest` if all the silent were unhappy or happy (E54)."""

    figure: Figure
    asked: int
    answered: Figure
    lowest: Figure
    highest: Figure

    @property
    def words(self) -> str:
        """The score in sentences: the figure, who answered, and the bounds."""
        if not self.figure.can_tell:
            return self.figure.words
        return (
            f"{self.figure.words} {self.figure.n:,} of {self.asked:,} asked answered "
            f"({100 * self.answered.value:.0f} %). If all others were dissatisfied it would be "
            f"{_plain(self.lowest)}, if all were satisfied {_plain(self.highest)}."
        )


def nps(answers: Sequence[int], *, asked: int) -> Score:
    """The Net Promoter Score of answers from 0 to 10, from -100 to +100: promoters 9-10 less detractors 0-6 (E50)."""
    _on_scale(answers, 0, 10, "How likely are you to recommend us")
    promoters, detractors = sum(one >= 9 for one in answers), sum(one <= 6 for one in answers)
    silent = _silent(answers, asked)
    return Score(
        figure=net_promoters(promoters, len(answers) - promoters - detractors, detractors),
        asked=asked,
        answered=_answered(answers, asked),
        lowest=net_promoters(promoters, asked - promoters - detractors - silent, detractors + silent),
        highest=net_promoters(promoters + silent, asked - promoters - detractors - silent, detractors),
    )


def net_promoters(promoters: int, passives: int, detractors: int) -> Figure:
    """The score of three counts; its interval adds ¾ promoter, 1½ passive, ¾ detractor and is then Wald's (E50)."""
    n = promoters + passives + detractors
    value = (promoters - detractors) / n if n else 0.0
    more, fewer = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    middle = more - fewer
    reach = normal_quantile(0.975) * sqrt((more + fewer - middle * middle) / (n + 3))
    low, high = (max(-1.0, min(middle - reach, value)), min(1.0, max(middle + reach, value))) if n else (-1.0, 1.0)
    return Figure(
        name="Net promoter score",
        unit=Unit.SCORE,
        value=100 * value,
        low=100 * low,
        high=100 * high,
        n=n,
        noun=ANSWERS,
        fewest=FEWEST_NPS,
    )


def csat(answers: Sequence[int], *, asked: int) -> Score:
    """The share of 4 and 5 among answers from 1 to 5, with its Wilson interval (E51)."""
    _on_scale(answers, 1, 5, "How satisfied are you")
    return _shares("Satisfied", sum(one >= 4 for one in answers), len(answers), asked, FEWEST_CSAT)


def ces(answers: Sequence[int], *, asked: int) -> tuple[Figure, Score]:
    """Agreement from 1 to 7 with "you made it easy": the mean with its t interval, and the share of 5 to 7 (E52)."""
    _on_scale(answers, 1, 7, "You made it easy for me")
    ease = mean("Ease, 1 to 7", answers, noun=ANSWERS, fewest=FEWEST_CES, ends=(1, 7))
    return ease, _shares("Found it easy", sum(one >= 5 for one in answers), len(answers), asked, FEWEST_CES)


def _shares(name: str, happy: int, answers: int, asked: int, fewest: int) -> Score:
    silent = _silent(range(answers), asked)
    return Score(
        figure=share(name, happy, answers, noun=ANSWERS, fewest=fewest),
        asked=asked,
        answered=_answered(range(answers), asked),
        lowest=share(name, happy, asked, noun=ANSWERS, fewest=fewest),
        highest=share(name, happy + silent, asked, noun=ANSWERS, fewest=fewest),
    )


def _answered(answers: Sequence[int], asked: int) -> Figure:
    return share("Answered", len(answers), asked, noun="asked", fewest=1)


def _silent(answers: Sequence[int], asked: int) -> int:
    if len(answers) > asked:
        raise ImpossibleCount(
            f"There are {len(answers):,} answers and only {asked:,} people were asked. Count everybody who was asked."
        )
    return asked - len(answers)


def _on_scale(answers: Sequence[int], lowest: int, highest: int, question: str) -> None:
    wrong = next((one for one in answers if not lowest <= one <= highest), None)
    if wrong is not None:
        raise ImpossibleAnswer(f"“{question}” is answered from {lowest} to {highest}. Correct the answer {wrong}.")


def _plain(figure: Figure) -> str:
    return f"{figure.value:+.0f}" if figure.unit is Unit.SCORE else f"{100 * figure.value:.0f} %"
