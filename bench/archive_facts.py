"""Facts of an archive made up from a seed: unknown values, three currencies, ties, a month with nothing in it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from amends.archive.store import file_of, replace, schema_of
from amends.archive.tables import STILL_RIGHT, TABLES
from amends.method.survey import SCALES

MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]
EMPTY = MONTHS[1]
SHARES = {"cases": 0.3, "issues": 0.36, "remedies": 0.14, "promises": 0.1, "answers": 0.1}  # of all rows
FIRST = date(1970, 1, 1)
ASKED = {**{kind.value: scale for kind, scale in SCALES.items()}, STILL_RIGHT: range(2)}
CODES = {
    "channel": ["email", "web", "phone"],
    "category": ["", "delivery", "product_quality", "price_billing", "service_received", "information"],
    "kind": ["", "late", "damaged", "billed_twice", "rude"],
    "source": ["reading", "agent", "customer", "promise"],
    "fault": ["", "ours", "partly", "third_party", "none"],
    "outcome": ["", "upheld", "partly", "not_upheld"],
    "remedy": ["refund", "credit", "replacement", "call", "voucher"],
    "currency": ["EUR", "GBP", "SEK"],
    "fate": ["kept", "kept", "kept", "broken", "renegotiated", "released", "open"],
    "question": [*ASKED],
    "why": ["delivered", "refused", "closed"],
}
NUMBERS = {
    "team": (1, 9),
    "severity": (1, 5),
    "reopened": (0, 2),
    "exceptions": (0, 2),
    "cause": (1, 60),
    "put_right": (0, 2),
    "came_back": (0, 2),
    "owed": (0, 2),
    "cents": (0, 20_000),
    "value": (0, 11),
}
UNKNOWN = {"answer_minutes": 0.02, "offer_minutes": 0.3, "remedy_minutes": 0.4, "cause": 0.5, "value": 0.6}


def write_facts(folder: Path, rows: int, *, seed: int) -> int:
    """Write an archive of about so many rows; returns how many there are."""
    return sum(_write(folder, *one) for one in _months(rows, seed))


def _months(rows: int, seed: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    weight = 1 / (len(MONTHS) - 1)
    first_case = 1
    for number, month in enumerate(MONTHS):
        counts = {one: 0 if month == EMPTY else round(rows * share * weight) for one, share in SHARES.items()}
        random = np.random.default_rng([seed, number])
        for table, count in counts.items():
            yield table, month, _columns(table, month, count, (first_case, counts["cases"]), random)
        first_case += counts["cases"]


def _columns(table: str, month: str, count: int, cases: tuple[int, int], random: np.random.Generator) -> dict[str, Any]:
    columns = {one.name: _column(table, one.name, month, count, cases, random) for one in TABLES[table]}
    return {**columns, "value": _in_scale(columns["question"], columns["value"])} if table == "answers" else columns


def _in_scale(questions: Any, values: Any) -> Any:
    """The values brought into the scale of their question."""
    which = np.array([[*ASKED].index(one) for one in questions.to_pylist()], dtype="int64")
    low, size = np.array([[scale[0], len(scale)] for scale in ASKED.values()]).T[:, which]
    return pc.add(low, pa.array(values.fill_null(0).to_numpy() % size, mask=values.is_null().to_numpy(False)))


def _column(table: str, name: str, month: str, count: int, cases: tuple[int, int], random: np.random.Generator) -> Any:
    if name == "month":
        return pa.array(np.full(count, month))
    if name == "case":
        first, many = cases
        return (
            np.arange(first, first + count) if table == "cases" else random.integers(first, first + max(many, 1), count)
        )
    if name in CODES:
        return pa.array(np.array(CODES[name])[random.integers(0, len(CODES[name]), count)])
    if name in ("opened", "closed", "was_due"):
        begins = (date.fromisoformat(f"{month}-01") - FIRST) // timedelta(days=1)
        return pa.array((begins + random.integers(0, 28, count)).astype("int32")).cast(pa.date32())
    return pa.array(_numbers(name, count, random), mask=random.random(count) < UNKNOWN.get(name, 0))


def _numbers(name: str, count: int, random: np.random.Generator) -> Any:
    """Waits are short for most and long for some; in quarters of an hour, so that many are alike."""
    if name in NUMBERS:
        return random.integers(*NUMBERS[name], count)
    return 15 * np.floor(random.lognormal(5, 1.5, count) / 15).astype("int64")


def _write(folder: Path, table: str, month: str, columns: dict[str, Any]) -> int:
    made = pa.table(columns, schema=schema_of(table))
    replace(file_of(folder, table, month), lambda path: parquet.write_table(made, path, compression="zstd"))
    return int(made.num_rows)
