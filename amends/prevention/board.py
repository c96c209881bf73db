"""The prevention board: each cause stands where its latest change is."""

from dataclasses import dataclass

from django.db.models import Count

from amends.prevention.models import Cause

COLUMNS = {
    "understand": ("To understand", "Causes that nobody has agreed a change for stand here."),
    "agreed": ("Change agreed", "Changes with an owner and a day stand here."),
    "made": ("Change made", "Causes whose change is in place stand here. Proof comes with time."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its causes, the most cases first."""

    key: str
    title: str
    empty: str
    causes: tuple[Cause, ...]


def board_of() -> list[Column]:
    """The columns of the board; each cause carries `cases`, the number of issues linked to it."""
    causes = list(
        Cause.objects.select_related("owner")
        .prefetch_related("changes")
        .annotate(cases=Count("attributions"))
        .order_by("-cases", "name")
    )
    return [
        Column(key, title, empty, tuple(cause for cause in causes if _stage(cause) == key))
        for key, (title, empty) in COLUMNS.items()
    ]


def _stage(cause: Cause) -> str:
    changes = list(cause.changes.all())
    if not changes:
        return "understand"
    return "agreed" if any(change.made_at is None for change in changes) else "made"
