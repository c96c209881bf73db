"""What people made of a message: the material a desk learns from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marked:
    """An issue as people left it: its place in the text, its category and, where somebody said it, the kind below."""

    start: int
    end: int
    category: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A message with what people said of it; `text` is the customer's own new words in their places.

    `complaint` is None where nobody said. `denied` are proposals that people took off as no issue. `whole`: `told` is
    all that went wrong, so that every other clause tells nothing.
    """

    case: int
    text: str
    complaint: bool | None
    told: tuple[Marked, ...] = ()
    denied: tuple[tuple[int, int], ...] = ()
    whole: bool = True
