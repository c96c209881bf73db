"""Texts of one part that are near-copies of a text of another: the cosine of their counts of four letters."""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

NEAR = 0.8
LETTERS = 4
BUCKETS = 4096
SCREEN = 0.7
"""Buckets with signs miss the true cosine by about 1/64, so what is near is never screened out."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts, by their numbers in the lists given, and their cosine."""

    one: int
    other: int
    cosine: float


def near_copies(ones: list[str], others: list[str]) -> Iterator[Near]:
    """Yield each pair, one of either list, whose cosine is at least `NEAR`; capitals and spacing count for nothing."""
    if not ones or not others:
        return
    left, right = [_grams(text) for text in ones], [_grams(text) for text in others]
    likely = _bucketed(left) @ _bucketed(right).T >= SCREEN
    for one, other in np.argwhere(likely).tolist():
        if (value := _cosine(left[one], right[other])) >= NEAR:
            yield Near(one, other, value)


def _grams(text: str) -> Counter[str]:
    flat = f" {' '.join(text.lower().split())} ".ljust(LETTERS)
    return Counter(flat[at : at + LETTERS] for at in range(len(flat) - LETTERS + 1))


def _bucketed(counted: list[Counter[str]]) -> np.ndarray:
    rows = np.zeros((len(counted), BUCKETS), dtype=np.float32)
    known: dict[str, tuple[int, int]] = {}
    for row, grams in enumerate(counted):
        for gram, count in grams.items():
            if gram not in known:
                code = zlib.crc32(gram.encode())
                known[gram] = code % BUCKETS, 1 if code >> 31 else -1
            bucket, sign = known[gram]
            rows[row, bucket] += sign * count
    lengths = np.array([[_length(grams)] for grams in counted], dtype=np.float32)
    return rows / lengths


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    few, many = sorted((one, other), key=len)
    return sum(count * many[gram] for gram, count in few.items()) / (_length(one) * _length(other))


def _length(grams: Counter[str]) -> float:
    return sum(count * count for count in grams.values()) ** 0.5
