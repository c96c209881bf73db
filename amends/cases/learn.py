"""Learning from what people said of messages, and going back to an earlier version."""

import json
from collections.abc import Iterable
from datetime import datetime

from amends.cases.corrections import corrections
from amends.cases.errors import NotPossible
from amends.cases.learned import kinds_here, reading_with, versions_folder
from amends.cases.ledger import record, writing
from amends.language.learning.figures import Figure
from amends.language.learning.verdict import Verdict, tried
from amends.language.learning.versions import SHIPPED, NotUsable, choose, chosen, keep, numbers, version
from amends.team.models import User


def try_out() -> Verdict:
    """What the desk's corrections teach, with figures on held-out cases; nothing is written. Raises TooFew."""
    kinds = [f"{name}.{kind}" for name, category in kinds_here().items() for kind in category.kinds]
    return tried(corrections(), kinds, reading_with())


def switch(verdict: Verdict, *, by: User | None, now: datetime) -> int:
    """Keep what was learned as a version of its own and read with it from now on; returns its number.

    `by` is empty for what is done from the terminal. Raises NotPossible where the figures speak against it.
    """
    if not verdict.decision.switches:
        raise NotPossible(f"{verdict.decision.reason} Reading stays as it is.")
    folder = versions_folder()
    made = keep(folder, verdict.learned, _about(verdict, by, now))
    with writing():
        record("reading_learned", None, by or "system", now, version=made, messages=verdict.examples)
        choose(folder, made)
    return made


def go_back(*, by: User | None, now: datetime) -> int:
    """Read with the version that was used before this one again; returns its number, 0 for what ships.

    Raises NotPossible when what ships is read with already.
    """
    folder = versions_folder()
    number = chosen(folder)
    if number == SHIPPED:
        raise NotPossible("Reading uses what ships with Amends, so there is nothing to go back to.")
    with writing():
        earlier = _before(number)
        record("reading_went_back", None, by or "system", now, version=earlier)
        choose(folder, earlier)
    return earlier


def _before(number: int) -> int:
    """The version before this one; where this one cannot say, or that one is gone, the newest older one."""
    kept = [one for one in numbers(versions_folder()) if one < number]
    try:
        named = version(versions_folder(), number).before
    except NotUsable:
        named = max(kept, default=SHIPPED)
    return named if named in kept else SHIPPED


def _about(verdict: Verdict, by: User | None, now: datetime) -> dict[str, str]:
    told = {
        "date": f"{now:%Y-%m-%d}",
        "examples": str(verdict.examples),
        "held": str(verdict.held),
        "by": json.dumps(by.name if by else "the terminal", ensure_ascii=False)[1:-1],
        "before": str(chosen(versions_folder())),
    }
    return told | _figures("", verdict.own) | _figures("yardstick: ", verdict.known)


def _figures(where: str, figures: Iterable[Figure]) -> dict[str, str]:
    return {f'figures."{where}{one.name}"': f"{one.before:.1f} to {one.after:.1f}" for one in figures}
