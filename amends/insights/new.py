""" "What is new?": words that stand in a greater share of a category's complaints than before, as hints to look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import exp

from django.db.models import QuerySet

from amends.cases.issue import CATEGORIES, Issue
from amends.insights.answer import Answer, Cell, Found, Ground, Head, Hint, Table, counted, day, found_among, percent
from amends.insights.emerging import BEFORE_WEEKS, NOW_WEEKS, emerging, having
from amends.insights.scope import WEEK, Scope, Span
from amends.language.terms import terms
from amends.language.words import lowered
from amends.measures.figure import Unit, shown
from amends.measures.theme import FALSE_SHARE, FEWEST_TEXTS, Theme
from amends.prevention.themes import ThemeDecision, decided

MOST_NOW, MOST_BEFORE = 2000, 4000  # [J]: so many issues tell what is new, and are read while a page is made
EXAMPLES, LONGEST = 3, 300
LEAST_SHOWN = 0.001
REMEMBERED = 16
_Row = tuple[str, int, str, str]  # of an issue: its category, its case, the customer's words, its summary
_Found = list[tuple[str, Theme]]


@dataclass(frozen=True, slots=True)
class Told:
    """The newest issues of the weeks just gone, and of those before."""

    now: tuple[_Row, ...]
    before: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The terms of each complaint of one category, by its case, in the weeks just gone and in those before."""

    now: Mapping[int, frozenset[str]]
    before: Mapping[int, frozenset[str]]

    @property
    def are_enough(self) -> bool:
        """Whether both hold enough complaints to compare."""
        return min(len(self.now), len(self.before)) >= FEWEST_TEXTS


@dataclass(frozen=True, slots=True)
class Grown:
    """The themes that have grown, and of each category whether it has enough complaints to tell."""

    found: _Found
    enough: Mapping[str, bool]


_KNOWN: dict[bytes, Grown] = {}


def answer(scope: Scope) -> Answer:
    """The themes nobody has decided about, each with sentences of customers; and what was decided lately."""
    told, settled = _told(scope), list(decided(scope.now))
    grown = _grown(told)
    found = _open(grown, settled)
    return Answer(_sentence(grown, found), lambda: _ground(told, grown, found, settled))


def _ground(told: Told, grown: Grown, found: _Found, settled: list[ThemeDecision]) -> Ground:
    hints = tuple(_hint(category, one, told) for category, one in found)
    return Ground(hints=hints, tables=(_table(found), _settled(settled)), notes=_notes(told, grown))


def cases(scope: Scope, of: str) -> Found | None:
    """The cases in whose complaints about something these words stand lately: "delivery:wrapped paper"."""
    category, _, words = of.partition(":")
    if category not in CATEGORIES or not words:
        return None
    some = _read(_told(scope)).get(category)
    numbers = having(words, some.now) if some else ()
    return found_among(f"“{words}” in {CATEGORIES[category]}", numbers) if numbers else None


def hint_about(scope: Scope, category: str, words: str) -> Hint | None:
    """The hint about this theme, None where it does not stand out, or was decided about."""
    told = _told(scope)
    found = _open(_grown(told), list(decided(scope.now)))
    return next((_hint(about, one, told) for about, one in found if (about, one.term.words) == (category, words)), None)


def _told(scope: Scope) -> Told:
    begins = scope.now - NOW_WEEKS * WEEK
    lately, earlier = Span(begins, scope.now), Span(begins - BEFORE_WEEKS * WEEK, begins)
    return Told(_newest(_issues(scope, lately), MOST_NOW), _newest(_issues(scope, earlier), MOST_BEFORE))


def _issues(scope: Scope, span: Span) -> "QuerySet[Issue]":
    rows = Issue.objects.filter(withdrawal=None, merger=None, case__customer__erasure=None)
    return scope.rows(rows.exclude(category="").exclude(source="promise"), "raised_at", span=span)


def _newest(rows: "QuerySet[Issue]", most: int) -> tuple[_Row, ...]:
    return tuple(rows.order_by("-raised_at", "-pk").values_list("category", "case", "words", "summary")[:most])


def _grown(told: Told) -> Grown:
    """What has grown; worked out once while nothing else is told, since it is asked with every look at the insights."""
    key = sha256(repr(told).encode()).digest()
    if (known := _KNOWN.get(key)) is not None:
        return known
    read = _read(told)
    found = [(category, one) for category, some in read.items() for one in emerging(some.now, some.before)]
    grown = Grown(found, {category: some.are_enough for category, some in read.items()})
    if len(_KNOWN) >= REMEMBERED:
        _KNOWN.clear()
    _KNOWN[key] = grown
    return grown


def _read(told: Told) -> dict[str, Read]:
    """What was said of each category, also where nobody has confirmed it yet; erased words are gone."""
    now, before = _texts(told.now), _texts(told.before)
    return {one: Read(now.get(one, {}), before.get(one, {})) for one in CATEGORIES if one in now}


def _texts(rows: Iterable[_Row]) -> dict[str, dict[int, frozenset[str]]]:
    found: dict[str, dict[int, frozenset[str]]] = {}
    for category, case, words, summary in rows:
        mine = found.setdefault(category, {})
        mine[case] = mine.get(case, frozenset()) | terms(words or summary)
    return found


def _open(grown: Grown, settled: list[ThemeDecision]) -> _Found:
    known = {(one.category, one.words) for one in settled}
    fresh = [(category, one) for category, one in grown.found if (category, one.term.words) not in known]
    return sorted(fresh, key=lambda row: (-row[1].low, row[1].term.words))


def _hint(category: str, one: Theme, told: Told) -> Hint:
    return Hint(
        words=one.term.words,
        about=category,
        title=f"“{one.term.words}” in {CATEGORIES[category]}",
        says=_says(one),
        quotes=_quotes(category, one.term.words, told),
        of=f"{category}:{one.term.words}",
    )


def _says(one: Theme) -> str:
    return (
        f"It stands in {percent(one.now.value)} of the {one.now.n:,} complaints of the last {NOW_WEEKS} weeks, before "
        f"in {percent(one.before.value)} of {one.before.n:,}: its odds are {_times(one)} times as high."
    )


def _times(one: Theme) -> str:
    value, low, high = (exp(odds) for odds in (one.log_odds, one.low, one.high))
    unit = Unit.COUNT if low >= 2 else Unit.MEAN
    return f"{shown(value, unit)} ({shown(low, unit)} to {shown(high, unit)})"


def _quotes(category: str, words: str, told: Told) -> tuple[tuple[str, int], ...]:
    """The shortest sentences of customers that hold the words, each of another case."""
    rows = [(said, case) for about, case, said, _ in told.now if about == category and _holds(said, words)]
    kept: dict[int, str] = {}
    for said, case in sorted(rows, key=lambda row: (len(row[0]), row)):
        if said not in kept.values():
            kept.setdefault(case, said if len(said) <= LONGEST else f"{said[:LONGEST].rsplit(' ', 1)[0]} …")
    return tuple((said, case) for case, said in list(kept.items())[:EXAMPLES])


def _holds(said: str, words: str) -> bool:
    """Whether the words are a term of what was said; most of it need not be taken apart to know that they are not."""
    low = lowered(said)
    return all(one in low for one in words.split()) and words in terms(said)


def _sentence(grown: Grown, found: _Found) -> str:
    if found:
        category, first = found[0]
        more = f" {counted(len(found) - 1, 'more hint')} below." if len(found) > 1 else ""
        return f"A hint, not a finding: “{first.term.words}” in {CATEGORIES[category]}. {_says(first)}{more}"
    if not any(grown.enough.values()):
        return f"Too few to tell what is new: no category has {FEWEST_TEXTS} complaints lately and before."
    return f"Nothing new stands out in the last {NOW_WEEKS} weeks."


def _table(found: _Found) -> Table:
    heads = (Head("Words", num=False), Head("About", num=False), Head("Lately"), Head("Share"), Head("Share before"),
             Head("Odds, times"), Head("False at most"))  # fmt: skip
    rows = tuple(
        (
            Cell(one.term.words),
            Cell(CATEGORIES[category]),
            Cell(f"{one.term.now:,}", f"{category}:{one.term.words}"),
            Cell(f"{percent(one.now.value)} ({one.now.range})"),
            Cell(f"{percent(one.before.value)} ({one.before.range})"),
            Cell(_times(one)),
            Cell(f"{100 * one.q:.1f} %" if one.q >= LEAST_SHOWN else "under 0.1 %"),
        )
        for category, one in found
    )
    return Table("themes", "What may be new", heads, rows, "Nothing stands out.")


def _settled(settled: list[ThemeDecision]) -> Table:
    heads = Head("Words", num=False), Head("About", num=False), Head("What became of it", num=False), Head("On")
    rows = tuple(
        (
            Cell(one.words),
            Cell(CATEGORIES[one.category]),
            Cell(f"Became the cause “{one.cause.name}”" if one.cause else f"Put aside: {one.reason}"),
            Cell(day(one.at)),
        )
        for one in settled
    )
    return Table("decided", "Decided in the last twelve weeks", heads, rows, "Nothing was decided lately.")


def _notes(told: Told, grown: Grown) -> tuple[Cell, ...]:
    few = [CATEGORIES[one] for one, enough in grown.enough.items() if not enough]
    notes = [
        Cell(
            f"The last {NOW_WEEKS} weeks are compared with the {BEFORE_WEEKS} before, within each category and as "
            "shares of its complaints, whatever period is asked about elsewhere. Of the words shown about "
            f"{percent(FALSE_SHARE)} are chance; a letter many copied, or a new way of putting it, looks the same."
        )
    ]
    if len(told.now) == MOST_NOW or len(told.before) == MOST_BEFORE:
        most = f"the newest {MOST_NOW:,} issues of the one and {MOST_BEFORE:,} of the other"
        notes.append(Cell(f"At most {most} are read, and there are more."))
    if few:
        notes.append(
            Cell(f"Too few to tell, with less than {FEWEST_TEXTS} complaints lately or before: {', '.join(few)}.")
        )
    return tuple(notes)
