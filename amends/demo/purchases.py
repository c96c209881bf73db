"""What the customers of the sample company bought, and others who never complained: made up, the same on every desk."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

HEAD = "customer,date,cents,currency,order,sent_by"
# Made up: so many never complained, and so often somebody buys again, after so many days in the mean. Who complained
# comes back a little less often, as the history has it that not everything was put right.
OTHERS = 900
AGAIN, AGAIN_AFTER_TROUBLE = 0.74, 0.68
MEAN_DAYS = 80
SENT = 0.06  # so often somebody new names who sent them, and it is one of those who complained


def sample_purchases(complained: Mapping[str, date], until: date, *, seed: int = 5) -> str:
    """A CSV file of purchases up to a day, as a shop would give it out: of who complained, by the day they first wrote,
    and of others."""
    chance = Random(seed)  # noqa: S311
    known = sorted(complained.items())
    bought = [(who, day, "") for who, since in known for day in _of_a_complainer(since, chance)]
    begins = min(complained.values(), default=until) - timedelta(days=200)
    for number in range(OTHERS):
        start = begins + timedelta(days=chance.randrange((until - begins).days))
        sender = chance.choice(known)[0] if chance.random() < SENT else ""
        days = _again_and_again(start, AGAIN, chance)
        bought += [(f"guest{number}@guests.example", day, sender) for day in days]
    rows = [
        f"{who},{day},{chance.randint(900, 45_000)},EUR,S-{number:06},{sender}"
        for number, (who, day, sender) in enumerate(bought, 1)
        if day <= until
    ]
    return "\n".join([HEAD, *rows])


def _of_a_complainer(since: date, chance: Random) -> Iterator[date]:
    """What went wrong was bought before they wrote; half of them had bought before that."""
    about = since - timedelta(days=chance.randint(3, 25))
    if chance.random() < 0.5:
        yield about - timedelta(days=chance.randint(20, 170))
    yield from _again_and_again(about, AGAIN_AFTER_TROUBLE, chance)


def _again_and_again(day: date, again: float, chance: Random) -> Iterator[date]:
    yield day
    while chance.random() < again:
        day += timedelta(days=1 + int(chance.expovariate(1 / MEAN_DAYS)))
        yield day
