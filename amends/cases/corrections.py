"""What people said of messages, as examples to learn from: read from the cases each time, never copied elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.cases.case import Case
from amends.cases.issue import Issue, Wish
from amends.cases.message import Message
from amends.channels.envelope import Automatic
from amends.language.learning.example import Example, Marked
from amends.language.quoting import new_words, only_new

COLUMNS = (
    "message_id",
    "start",
    "end",
    "category",
    "kind",
    "source",
    "hearing__at",
    "withdrawal__wish",
    "merger__into__category",
    "merger__into__kind",
)
AT_ONCE = 200


class _Row(NamedTuple):
    """An issue as `COLUMNS` answer it."""

    message: int
    start: int
    end: int
    category: str
    kind: str
    source: str
    heard_at: object
    off: str | None
    into_category: str | None
    into_kind: str | None

    @property
    def is_told(self) -> bool:
        """Somebody confirmed it, and it stands or says the same as one that does."""
        return self.off is None and (self.heard_at is not None or self.into_category is not None)

    @property
    def is_denied(self) -> bool:
        """It was proposed, and the team took it off before anybody confirmed it: no issue."""
        return self.off == Wish.TEAM and self.heard_at is None and self.source == "reading"

    @property
    def is_open(self) -> bool:
        """Nobody has looked at it yet."""
        return not (self.is_told or self.off)

    def marked(self) -> Marked:
        """Its place and kind; one that says the same as another is of that one's kind."""
        category = self.into_category or self.category
        kind = self.into_kind if self.into_category else self.kind
        return Marked(self.start, self.end, category, kind or "")


def corrections() -> Iterator[Example]:
    """Return the messages that people went through, newest first, as examples.

    A message counts once nobody's proposal in it waits. It tells what was confirmed in it; it is no complaint where all
    that was proposed was taken off by the team, or where its case was closed without an issue.
    """
    found = _messages().order_by("-at", "-pk")
    for some in _batches(found.values_list("pk", flat=True)):
        rows = _issues(some)
        for message in found.filter(pk__in=some):
            example = _example(message, rows[message.pk])
            if example is not None:
                yield example


def _messages() -> "QuerySet[Message]":
    """The customers' own messages in which an issue stands or stood, or whose case was closed without one."""
    marked = Issue.objects.filter(message=OuterRef("pk"))
    found = Message.objects.filter(outgoing=False, automatic=Automatic.NO.value, known_sender=True)
    found = found.filter(case__customer__erasure=None)
    return found.annotate(
        closed_without=Exists(_closed_without().filter(pk=OuterRef("case_id"))), elsewhere=Exists(_elsewhere())
    ).filter(Exists(marked) | Q(closed_without=True))


def _closed_without() -> "QuerySet[Case]":
    """Cases that were closed though none of their issues was ever confirmed, nor taken back by the customer."""
    some = Issue.objects.filter(case=OuterRef("pk"))
    kept = some.filter(Q(hearing__isnull=False) | Q(withdrawal=None, merger=None) | Q(withdrawal__wish=Wish.CUSTOMER))
    return Case.objects.filter(closure__isnull=False).exclude(Exists(kept))


def _elsewhere() -> "QuerySet[Issue]":
    """Issues of a message's case that somebody wrote down without their place: they may stand in that message."""
    return Issue.objects.filter(case=OuterRef("case_id"), message=None, source="agent", withdrawal=None)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for key in list(keys):
        batch.append(key)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    yield batch


def _issues(messages: list[int]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    issues = Issue.objects.filter(message__in=messages).exclude(source="promise").order_by("start", "pk")
    for columns in issues.values_list(*COLUMNS):
        row = _Row(*columns)
        found[row.message].append(row)
    return found


def _example(message: Message, rows: list[_Row]) -> Example | None:
    if any(row.is_open for row in rows):
        return None
    told = tuple(row.marked() for row in rows if row.is_told)
    denied = tuple((row.start, row.end) for row in rows if row.is_denied)
    certain = len(told) + len(denied) == len(rows)
    nothing = not told and certain
    if not told and not denied and not message.closed_without:  # type: ignore[attr-defined]
        return None
    whole = certain and not message.elsewhere  # type: ignore[attr-defined]
    return Example(
        case=message.case_id,
        text=only_new(message.text, new_words(message.text)),
        complaint=True if told else False if nothing else None,
        told=told,
        denied=denied,
        whole=whole,
    )
