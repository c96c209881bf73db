"""Reading old complaints in bulk, in as many processes as one likes; no desk and no database.

A complaint that cannot be read comes out as well, with no reading and with an `error` that says why.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from amends.archive.errors import CannotRead
from amends.errors import AmendsError
from amends.language.lines import as_json, told_line
from amends.language.told import read_told

AT_ONCE = 200
READING, ERROR = "reading", "error"
Row = dict[str, Any]


def read_lines(lines: Sequence[str], column: str) -> list[str]:
    """Lines of JSON with the reading of the text under the key `column`."""
    return [as_json(told_line(line, READING, lambda given: _read(given.get(column), column))) for line in lines]


def read_texts(texts: Sequence[Any], column: str) -> list[tuple[str | None, str | None]]:
    """For each text its reading as JSON and None, or None and why there is none."""
    return [_read_or_why(words, column) for words in texts]


def _read_or_why(words: Any, column: str) -> tuple[str | None, str | None]:
    try:
        return as_json(_read(words, column)), None
    except CannotRead as error:
        return None, str(error)


def _read(words: Any, column: str) -> Row:
    try:
        return read_told({"text": words})
    except AmendsError as error:
        raise CannotRead(str(error).replace("“text”", f"“{column}”")) from error


def in_processes(act: Any, some: Iterable[Any], column: str, processes: int) -> Iterator[Any]:
    """What `act` makes of each handful, in their order; only a few handfuls are in memory at once."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Any]] = deque()
        for one in some:
            waiting.append(pool.submit(act, one, column))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
