"""The tree of causes: wider ones above, at most three levels, each with how many issues stand behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from amends.prevention.models import Cause

DEEPEST = 3
ISSUES = Count("attributions", filter=Q(attributions__issue__withdrawal=None, attributions__issue__merger=None))


@dataclass(frozen=True, slots=True)
class Twig:
    """One cause in its place: on which level, 0 at the top, its own issues and those of all below it as well."""

    cause: Cause
    level: int
    issues: int
    together: int


def tree_of() -> list[Twig]:
    """Every cause in use, each followed by those below it, by name."""
    counted = Cause.objects.filter(retirement=None).select_related("owner", "parent")
    causes = list(counted.annotate(own=ISSUES).order_by("name"))
    below = _by_parent((one.pk, one.parent_id) for one in causes)
    return list(_twigs(None, 0, {one.pk: one for one in causes}, below))


def issues_behind(cause: Cause) -> int:
    """How many issues stand behind a cause itself."""
    return cause.attributions.filter(issue__withdrawal=None, issue__merger=None).count()


def inside(cause: int) -> frozenset[int]:
    """A cause and all below it, by number; those out of use as well, since their issues stay."""
    below = _by_parent(Cause.objects.values_list("pk", "parent"))
    found, new = {cause}, {cause}
    while new:
        new = {one for above in new for one in below.get(above, ())} - found
        found |= new
    return frozenset(found)


def roots() -> dict[int, int]:
    """The cause at the top above each cause, by number; its own where nothing stands above it."""
    parents = dict(Cause.objects.values_list("pk", "parent"))
    return {one: _chain(one, parents)[-1] for one in parents}


def depth_of(cause: int) -> int:
    """On which level a cause stands, 1 at the top."""
    return len(_chain(cause, dict(Cause.objects.values_list("pk", "parent"))))


def height_of(cause: int) -> int:
    """How many levels a cause and those below it take."""
    parents = dict(Cause.objects.values_list("pk", "parent"))
    return max(len(_chain(one, parents)) for one in inside(cause)) - len(_chain(cause, parents)) + 1


def _chain(cause: int, parents: dict[int, int | None]) -> list[int]:
    chain = [cause]
    while (above := parents[chain[-1]]) is not None and above not in chain:
        chain.append(above)
    return chain


def _by_parent(rows: Iterable[tuple[int, int | None]]) -> dict[int | None, list[int]]:
    below: dict[int | None, list[int]] = {}
    for cause, parent in rows:
        below.setdefault(parent, []).append(cause)
    return below


def _twigs(
    parent: int | None, level: int, causes: dict[int, Cause], below: dict[int | None, list[int]]
) -> Iterator[Twig]:
    for number in below.get(parent, ()):
        twigs = list(_twigs(number, level + 1, causes, below))
        own = causes[number].own  # type: ignore[attr-defined]
        yield Twig(causes[number], level, own, own + sum(one.issues for one in twigs))
        yield from twigs
