"""What the library refuses."""

from collections.abc import Sequence

from amends.cases.errors import Incomplete
from amends.language.anonymous.finding import KINDS, Finding


class StillNamed(Incomplete):
    """Somebody could be known by what stands in a field of a study; `places` are where."""

    def __init__(self, field: str, places: Sequence[Finding]) -> None:
        first = places[0]
        others = f", and {len(places) - 1} more here" if len(places) > 1 else ""
        super().__init__(f"“{first.words}” is {KINDS[first.kind]}{others}. Say it so that nobody is named.", field)
        self.places = tuple(places)
