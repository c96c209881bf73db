"""The quarters of a year, in the zone of the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from amends.insights.scope import Span

MONTHS = 3
QUARTERS = 4
EIGHT_WEEKS = timedelta(weeks=8)  # DISP 1.6.2R: by then a complainant has a final answer, or is told why not
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, numbered from 1."""

    year: int
    number: int

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The day after its last."""
        return self.back(-1).start

    @property
    def key(self) -> str:
        """ "2026-q3": how addresses name it."""
        return f"{self.year}-q{self.number}"

    @property
    def words(self) -> str:
        """ "July to September 2026"."""
        return f"{self.start:%B} to {self.end - ONE_DAY:%B %Y}"

    @property
    def span(self) -> Span:
        """From its first midnight to the one after its last day."""
        return Span(midnight(self.start), midnight(self.end))

    @property
    def eight_weeks_over(self) -> date:
        """The day by which the last complaint of the quarter has had its eight weeks."""
        return self.end + EIGHT_WEEKS

    def back(self, quarters: int) -> "Quarter":
        """The quarter so many before this one."""
        since = self.year * QUARTERS + self.number - 1 - quarters
        return Quarter(since // QUARTERS, since % QUARTERS + 1)


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarter_named(key: str) -> Quarter | None:
    """The quarter an address names, None where it names none."""
    year, _, number = key.partition("-q")
    if not (year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")):
        return None
    return Quarter(int(year), int(number)) if len(year) == len("2026") and "1900" <= year < "3000" else None


def midnight(day: date) -> datetime:
    """The moment a day begins in the zone of the desk."""
    return datetime.combine(day, time(), tzinfo=get_default_timezone())
