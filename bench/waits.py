"""How well the wait we show covers the complaints that come after it: a made-up year, looked at once a week.

Usage: python -m bench.waits [SEED]. Waits are lognormal, half a day in the middle, longer in a bad spell of six weeks
and before Christmas. Each week shows the time that covered eight in ten of the 90 days before; printed is how many of
the next four weeks' complaints it covered. Nothing is tuned to it: in a spell that gets worse it has to fall short.
"""

import sys
from datetime import UTC, datetime, timedelta
from random import Random

from amends.method.waits import DAYS_BACK, Wait, covering

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 365
A_DAY = 12
MIDDLE_HOURS = 12.0
SPREAD = 0.9
BAD_SPELL = range(150, 192)
CHRISTMAS = range(340, 365)


def complaints(random: Random) -> list[tuple[datetime, timedelta]]:
    """Each complaint of the year: when it came, and how long its first answer took."""
    return [
        (START + timedelta(days=day + random.random()), timedelta(hours=_hours(day, random)))
        for day in range(DAYS)
        for _ in range(random.randint(A_DAY // 2, A_DAY * 3 // 2))
    ]


def _hours(day: int, random: Random) -> float:
    slower = 2.5 if day in BAD_SPELL else 1.6 if day in CHRISTMAS else 1.0
    return MIDDLE_HOURS * slower * random.lognormvariate(0, SPREAD)


def shown_at(at: datetime, year: list[tuple[datetime, timedelta]]) -> timedelta | None:
    """What the page shows on that day: who still waits counts with the wait so far."""
    since = at - timedelta(days=DAYS_BACK)
    return covering(
        [Wait(min(span, at - came), over=came + span <= at) for came, span in year if since < came <= at], 0.8
    )


def main() -> None:
    """Print, for each week, what was shown and how much of the next four weeks it covered."""
    year = complaints(Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
    covered = []
    for day in range(DAYS_BACK, DAYS - 28, 7):
        at = START + timedelta(days=day)
        shown = shown_at(at, year)
        after = [span for came, span in year if at < came <= at + timedelta(days=28)]
        if shown is None:
            print(f"day {day:3}  most still waited: nothing shown")
            continue
        covered.append(sum(span <= shown for span in after) / len(after))
        print(
            f"day {day:3}  shown {shown.total_seconds() / 3600:5.1f} h  covered {covered[-1]:.1%} of {len(after)} after"
        )
    print(
        f"weeks {len(covered)}  mean {sum(covered) / len(covered):.1%}  "
        f"lowest {min(covered):.1%}  highest {max(covered):.1%}"
    )


if __name__ == "__main__":
    main()
