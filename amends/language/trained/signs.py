"""What the small judgements over a message look at: the heads' scores beside what the word lists found."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from amends.language.clauses import ENOUGH_TROUBLE, NAMES_NOTHING, Part
from amends.language.evidence import Evidence
from amends.language.issues import CATEGORIES
from amends.language.trained.features import Features, features
from amends.language.trained.heads import likely, of_both
from amends.language.trained.weights import Floats, Trained
from amends.language.words import Words

FEELINGS = ("anger", "disappointment", "anxiety", "sadness", "confusion", "disgust", "none")
LISTS = {"ask": "asks", "threat": "threats", "flag": "severity"}
TROUBLE = 0
FIRST_CATEGORY = 1
MOST = 6
LOWEST = -4.0
MOST_SURE = 2.0
# Of the heads over vectors the first is that of a complaint, the others those of the feelings.
COMPLAINTS = 1


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say: one number to a head of the message, and one row to a clause and to its sentence.

    `meant` is what the heads over vectors say, of the message and one row to a clause: nothing where none is asked.
    """

    message: dict[str, float]
    clauses: Floats
    sentences: Floats
    rules: "Rules"
    features: Features
    meant: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the word lists say of the whole message."""

    score: float
    praise: int
    asked: bool
    feelings: tuple[int, ...]
    shouts: float


def score(text: str, words: Words, evidence: Evidence, parts: list[Part], trained: Trained) -> Scores:
    """Return the scores of a message and of its clauses."""
    found = features(text, words, evidence.hits)
    spans = np.array([part.span for part in parts], dtype=np.int64).reshape(-1, 2)
    numbers = np.array([part.sentence for part in parts], dtype=np.int64)
    around = _around(spans, numbers)
    of_all, rows = of_both(trained, found, evidence.quotes, np.concatenate([spans, around]))
    named = dict(zip(trained.tables["message"].names, of_all.tolist(), strict=True))
    meant = _meant(text, parts, trained)
    return Scores(named, rows[: len(spans)], rows[len(spans) :], rules(text, evidence, parts), found, meant)


def _meant(text: str, parts: list[Part], trained: Trained) -> tuple[Floats, Floats]:
    if trained.senses is None:
        return np.zeros(0), np.zeros((len(parts), 0))
    return trained.senses.of_message(text, [text[part.span.start : part.span.end] for part in parts])


def rules(text: str, evidence: Evidence, parts: list[Part]) -> Rules:
    """Return what the word lists say of a message; the weights of its score are judgement [J], refined by training."""
    named = sum(part.weight for part in parts if part.weight >= ENOUGH_TROUBLE)
    trouble = named + sum(int(hit.value.split()[1]) for hit in evidence.of("trouble") if hit.value[0] == NAMES_NOTHING)
    totals: Counter[str] = Counter()
    for hit in evidence.of("feeling"):
        kind, strength = hit.value.split()
        totals[kind] += int(strength)
    praise = sum(int(hit.value) for hit in evidence.of("praise"))
    claims = 3 * len(evidence.of("threats")) + len(evidence.of("asks"))
    total = 1.1 * min(trouble, MOST) + 0.5 * min(totals.total(), 4) + 0.8 * min(claims, 3)
    felt = tuple(min(4, totals[kind]) for kind in FEELINGS)
    return Rules(total, min(praise, MOST), text.rstrip().endswith("?"), felt, _shouting(text))


def of_complaint(scores: Scores) -> Floats:
    """Return what the judgement "is it a complaint" looks at."""
    troubles = np.sort(scores.clauses[:, TROUBLE])[::-1] if len(scores.clauses) else np.array([LOWEST])
    top, second = float(troubles[0]), float(troubles[1]) if len(troubles) > 1 else LOWEST
    said = scores.rules
    signs = [
        scores.message["complaint"],
        max(top, LOWEST),
        max(second, LOWEST),
        np.log1p(len(scores.clauses)),
        said.score,
        said.praise,
        said.asked,
        scores.message["general.none"],
    ]
    return np.array([*signs, *scores.meant[0][:COMPLAINTS]], dtype=np.float64)


def of_feeling(scores: Scores) -> Floats:
    """Return what the judgement of feeling looks at: each sign twice, for any talk and as far as it is a complaint."""
    heads = [scores.message[f"{part}.{feeling}"] for part in ("feeling", "general") for feeling in FEELINGS]
    signs = np.array([*heads, *scores.rules.feelings, scores.message["complaint"], scores.rules.shouts])
    sure = likely(np.array(scores.message["complaint"]))
    return np.concatenate([signs, signs * sure, scores.meant[0][COMPLAINTS:]])


def of_strength(scores: Scores) -> Floats:
    """Return what the judgement of strength looks at."""
    heads = [scores.message["strength.any"], scores.message["strength.strong"], scores.message["feeling.none"]]
    felt = scores.rules.feelings
    return np.array([*heads, sum(felt), max(felt), scores.rules.shouts])


def listed(evidence: Evidence, part: str) -> frozenset[str]:
    """Return the asks, threats or flags that the word lists found."""
    return frozenset(hit.value for hit in evidence.of(LISTS[part]))


def of_label(scores: Scores, head: str, *, found: bool) -> Floats:
    """Return what the judgement of an ask, a threat or a flag looks at."""
    return np.array([scores.message[head], found, min(scores.message["complaint"], MOST_SURE)], dtype=np.float64)


def of_clauses(scores: Scores, parts: list[Part], complaint: float) -> Floats:
    """Return what the judgement "does this clause tell an issue" looks at, one row to a clause."""
    trouble = scores.clauses[:, TROUBLE]
    before = np.concatenate([[LOWEST], trouble[:-1]])
    after = np.concatenate([trouble[1:], [LOWEST]])
    weights = np.array([min(part.weight, MOST) for part in parts], dtype=np.float64)
    asked = np.array([part.asked for part in parts], dtype=np.float64)
    sizes = np.log([max(1, part.span.end - part.span.start) for part in parts])
    best = trouble.max(initial=LOWEST)
    place = np.arange(len(parts)) / max(1, len(parts))
    columns = [
        trouble,
        scores.sentences[:, TROUBLE],
        before,
        after,
        trouble - best,
        trouble == best,
        weights,
        weights >= ENOUGH_TROUBLE,
        weights == weights.max(initial=1),
        asked,
        sizes,
        sizes**2,
        place,
        place == 0,
        np.full(len(parts), complaint),
        np.full(len(parts), np.log(len(parts) or 1)),
        scores.clauses[:, FIRST_CATEGORY:].max(axis=1, initial=LOWEST),
    ]
    meant = scores.meant[1][:, : TROUBLE + 1]
    around = [np.roll(meant, 1, axis=0), np.roll(meant, -1, axis=0)]
    if len(parts):
        around[0][0], around[1][-1] = LOWEST, LOWEST
    return np.concatenate([np.stack(columns, axis=1), meant, *around], axis=1).astype(np.float64)


def of_categories(scores: Scores, part: Part, at: int) -> Floats:
    """Return what the judgement of a clause's category looks at."""
    votes = [min(4, part.votes.get(category, 0)) for category in CATEGORIES]
    return np.concatenate(
        [
            scores.clauses[at, FIRST_CATEGORY:],
            scores.sentences[at, FIRST_CATEGORY:],
            votes,
            scores.meant[1][at, FIRST_CATEGORY:],
        ]
    )


def _around(spans: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return for each clause the place of its whole sentence."""
    if not len(spans):
        return spans
    firsts = np.searchsorted(numbers, numbers, side="left")
    lasts = np.searchsorted(numbers, numbers, side="right") - 1
    return np.stack([spans[firsts, 0], spans[lasts, 1]], axis=1)


def _shouting(text: str) -> float:
    capitals = sum(map(str.isupper, text))
    letters = sum(map(str.islower, text)) + capitals
    return min(3, text.count("!")) / 3 + (1.0 if letters > 20 and capitals > 0.5 * letters else 0.0)
