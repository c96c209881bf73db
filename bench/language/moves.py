"""Trains what `check` hears in a sentence of a reply: one head to a move, and from which score on it is believed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from amends.language.draft import take_apart
from amends.language.ear import ABROAD, FEWEST_TO_DENY, deaf
from amends.language.reply_check import check
from amends.language.trained.features import Features, features
from amends.language.trained.weights import Floats, Table
from amends.language.words import Span, words_of
from bench.language.fitting import head, matrix, rarity, table
from bench.language.replies import Draft, drafts
from bench.language.score_check import brief_of
from bench.language.sentences import said

MOVES = tuple(f"C{number:02}" for number in (1, 2, 3, 6, 7, 8, 9, 10, 12, 19, 20, 21, 22, 23, 26, 27, 28, 31))
# What a good answer does, and the check that remarks its lack.
PARTS = {"OWN": "C05", "ACT": "C16"}
HARDNESS = 5.0
CUES = 0.5
FOLDS = 4
FOR_SURE, LABELLED, SURELY_NOT, NOT_SAID = 1.0, 1.5, 0.3, 0.2
SAYS = np.arange(-1.0, 2.01, 0.25)
DENIES = (-5.0, -4.0, -3.5, -3.0)
# The word lists of the other languages are blunter: there a rule is put in doubt sooner.
DENIES_ABROAD = (*DENIES, -2.5, -2.0, -1.5)
# A blank that was left in is seen, not heard: no ear denies it.
SEEN = frozenset({"C28"})
KEPT = 0.9
NEVER = 99.0
# A remark that is wrong costs trust: first this precision, then as much as can be found; where it is out of reach, the
# best F that counts precision twice.
PRECISE = 0.88
BETA = 0.5

Truths = npt.NDArray[np.bool_]


DEAF = deaf()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to learn from: what it says of each move (True, False, None: not labelled) and how sure that is."""

    writer: str
    draft: int
    features: Features
    span: tuple[int, int]
    makes: dict[str, tuple[bool, float]]
    ruled: frozenset[str]
    text: str
    language: str

    @property
    def is_short(self) -> bool:
        """Whether it has too few words to deny anything."""
        return self.features.words_within(self.span) < FEWEST_TO_DENY


def from_sentences() -> list[Sentence]:
    """Return the sentences that were written on their own: one label each, and hardly any other move."""
    found = []
    for one in said():
        taken, *_ = _features(one.text, one.language)
        makes = dict.fromkeys(MOVES, (False, SURELY_NOT)) | {one.move: (one.makes, LABELLED)}
        span = (0, len(one.text))
        found.append(Sentence(one.writer, -1, taken, span, makes, frozenset(), one.text, one.language))
    return found


def from_drafts(written: Sequence[Draft]) -> list[Sentence]:
    """Return the sentences of drafts with the marks in them; what the draft is not labelled for counts little."""
    found = []
    for number, draft in enumerate(written):
        taken, spans, spoken = _features(draft.text, draft.to.language)
        writer = draft.to.file.partition("-")[0]
        remarks = check(draft.text, brief_of(draft.to), DEAF)
        lacks = {one.id for one in remarks} & set(PARTS.values())
        for span in spans:
            ruled = lacks | {one.id for one in remarks if max(one.start, span.start) < min(one.end, span.end)}
            makes = {move: _label(draft, span, move) for move in MOVES}
            place, text = (span.start, span.end), spoken[span.start : span.end]
            found.append(Sentence(writer, number, taken, place, makes, frozenset(ruled), text, draft.to.language))
    return found


def _features(text: str, language: str) -> tuple[Features, list[Span], str]:
    draft = take_apart(text, language, DEAF)
    hits = tuple(hit for one in draft.sentences for hit in one.hits)
    spans = [Span(one.start, one.end) for one in draft.sentences]
    return features(draft.spoken, words_of(draft.spoken), hits), spans, draft.spoken


def _label(draft: Draft, span: Span, move: str) -> tuple[bool, float]:
    marked = any(start < span.end and span.start < end for start, end in draft.places.get(move, ()))
    if move in {name for name, _ in draft.silent}:
        return marked, LABELLED
    return marked, FOR_SURE if draft.good or move in {name for name, _ in draft.fires} else NOT_SAID


def move_table(told: Sequence[Sentence]) -> Table:
    """Return the heads of all moves, trained on these sentences."""
    rows, scale = _rows(told)
    return table([*MOVES, *PARTS], [_head(rows, told, move) for move in (*MOVES, *PARTS)], scale)


def unread(told: Sequence[Sentence]) -> dict[str, Floats]:
    """Return what each head says of each sentence, trained without its writer."""
    rows, _ = _rows(told)
    held, found = writer_folds(told), {}
    for move in (*MOVES, *PARTS):
        scores = np.full(len(told), np.nan)
        for fold in range(FOLDS):
            weights, bias = _head(rows, told, move, ~(held == fold))
            scores[held == fold] = rows[held == fold] @ weights + bias
        found[move] = scores
    return found


def cuts(told: Sequence[Sentence], written: Sequence[Draft], scores: dict[str, Floats]) -> dict[str, float]:
    """Return from which score on each move is heard, and below which a rule is not believed.

    They are the best on drafts of writers whom the heads had not read, together with what the rules found in them; only
    the drafts count whose sentences are given.
    """
    among = np.isin(np.arange(len(written)), [one.draft for one in told])
    found: dict[str, float] = {}
    for move, scored in scores.items():
        if move in PARTS:
            says, denies = _enough(told, written, move, scored, among), -NEVER
        else:
            says, denies = _best(told, written, move, scored, among)
        found |= {f"says.{move}": says, f"denies.{move}": denies}
    return found


def _rows(told: Sequence[Sentence]) -> tuple[sp.csr_matrix, Floats]:
    counts = matrix([(one.features, one.span) for one in told])
    scale = rarity(counts, CUES)
    return (counts @ sp.diags(scale)).tocsr(), scale


def writer_folds(told: Sequence[Sentence]) -> npt.NDArray[np.int64]:
    """Return the fold of each sentence: all of a writer's in one."""
    writers = sorted({one.writer for one in told})
    return np.array([writers.index(one.writer) % FOLDS for one in told])


def _head(
    rows: sp.csr_matrix, told: Sequence[Sentence], move: str, within: Truths | None = None
) -> tuple[Floats, float]:
    wanted, sure, known = labels(told, move)
    known = known if within is None else known & within
    return head(rows[known], wanted[known], HARDNESS, sure[known])


def labels(told: Sequence[Sentence], move: str) -> tuple[Truths, Floats, Truths]:
    """Return whether each sentence makes the move, how sure that is, and of which sentences it is known."""
    said = [one.makes.get(move, (False, 0.0)) for one in told]
    known = np.array([move in one.makes for one in told])
    return np.array([yes for yes, _ in said]), np.array([sure for _, sure in said]), known


def _best(
    told: Sequence[Sentence], written: Sequence[Draft], move: str, scores: Floats, among: Truths
) -> tuple[float, float]:
    """Return the score from which a move is heard, and that below which a rule is not believed."""
    draft, ruled = _places(told, move)
    short = np.array([one.is_short for one in told])
    wanted, asked = _labelled(written, move)
    asked &= among
    best: tuple[tuple[bool, float], float, float] = ((False, -1.0), NEVER, -NEVER)
    abroad = any(one.language != "en" for one in told)
    doubts = () if move in SEEN else DENIES_ABROAD if abroad else DENIES
    for denies in (*doubts, -NEVER):
        for says in (*SAYS, NEVER):
            said_so = np.zeros(len(written), dtype=bool)
            said_so[draft[(draft >= 0) & ((ruled & (short | (scores >= denies))) | (scores >= says))]] = True
            best = max(best, (_worth(said_so[asked], wanted[asked]), float(says), float(denies)))
    return best[1], best[2]


def _enough(told: Sequence[Sentence], written: Sequence[Draft], part: str, scores: Floats, among: Truths) -> float:
    """Return the lowest score that says a part is there and leaves nearly every remark that it lacks."""
    draft, ruled = _places(told, PARTS[part])
    wanted = _labelled(written, PARTS[part])[0] & among
    lacks = np.zeros(len(written), dtype=bool)
    lacks[draft[(draft >= 0) & ruled]] = True
    for says in np.arange(-1.0, 6.0, 0.25):
        has = np.zeros(len(written), dtype=bool)
        has[draft[(draft >= 0) & (scores >= says)]] = True
        if (lacks & ~has & wanted).sum() >= KEPT * (lacks & wanted).sum():
            return float(says)
    return NEVER


def _places(told: Sequence[Sentence], check_id: str) -> tuple[npt.NDArray[np.int64], Truths]:
    return np.array([one.draft for one in told]), np.array([check_id in one.ruled for one in told])


def _labelled(written: Sequence[Draft], check_id: str) -> tuple[Truths, Truths]:
    wanted = np.array([check_id in {name for name, _ in one.fires} for one in written])
    quiet = np.array([one.good or check_id in {name for name, _ in one.silent} for one in written])
    return wanted, wanted | quiet


def _worth(said_so: Truths, wanted: Truths) -> tuple[bool, float]:
    """Return whether what was said is precise enough, and how much of it is found or else the F."""
    both, square = float((said_so & wanted).sum()), BETA * BETA
    if both and both >= PRECISE * said_so.sum():
        return True, both / float(wanted.sum())
    return False, (1 + square) * both / max(1.0, float(said_so.sum()) + square * float(wanted.sum()))


def learned() -> tuple[Table, dict[str, float]]:
    """Return the heads of the moves and their cuts, from all that is written for them."""
    written = drafts("dev")
    told = [*from_sentences(), *from_drafts(written)]
    scores, found = unread(told), {}
    for prefix, here in (("", True), (ABROAD, False)):
        kept = np.array([(one.language == "en") == here for one in told])
        mine = [one for one, use in zip(told, kept, strict=True) if use]
        best = cuts(mine, written, {move: said[kept] for move, said in scores.items()})
        found |= {f"{prefix}{name}": cut for name, cut in best.items()}
    return move_table(told), found
