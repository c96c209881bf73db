"""A table of figures: how every script of this folder says what it measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, rows of words and the sentences below them."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    said: tuple[str, ...] = ()

    def markdown(self) -> str:
        """Return the table and its sentences as Markdown."""
        lines = [self.head, ("---",) * len(self.head), *self.rows]
        return "\n".join([*(f"| {' | '.join(line)} |" for line in lines), *(f"\n{one}" for one in self.said)])
