"""The judgements over a message that were learned: complaint, issues, feeling, asks, threats and flags."""

from dataclasses import dataclass

import numpy as np

from amends.language.clauses import Part
from amends.language.evidence import Evidence
from amends.language.feeling import Feeling, confessed, only_denied, shown
from amends.language.issues import FoundIssue
from amends.language.telling import FEW_CLAUSES, find_issues
from amends.language.trained.heads import judged, likely
from amends.language.trained.signs import (
    FEELINGS,
    MOST_SURE,
    Scores,
    listed,
    of_complaint,
    of_feeling,
    of_strength,
    score,
)
from amends.language.trained.weights import Trained
from amends.language.words import Words

SURE = 0.65
NOT_AT_ALL = 0.35
PLAIN_TROUBLE = 4.4
PLAIN_FEELING = 2
SAID_OUTRIGHT = frozenset({"threat.legal", "threat.regulator"})


@dataclass(frozen=True, slots=True)
class Told:
    """What was judged; `complaint` is the calibrated probability that the message is one."""

    complaint: float
    issues: tuple[FoundIssue, ...]
    feeling: Feeling
    asks: tuple[str, ...]
    threats: tuple[str, ...]
    flags: frozenset[str]

    @property
    def is_complaint(self) -> bool | None:
        """Whether the message surely is one, or surely none; None where it may be either."""
        return True if self.complaint >= SURE else False if self.complaint <= 1 - SURE else None


def judge(text: str, words: Words, evidence: Evidence, parts: list[Part], trained: Trained) -> Told:
    """Return every learned judgement over a message; its issues only where it may be a complaint."""
    scores = score(text, words, evidence, parts, trained)
    odds = float(judged(trained.stages["complaint"], of_complaint(scores)))
    short = len(parts) <= FEW_CLAUSES
    if short and scores.rules.score >= PLAIN_TROUBLE and not scores.rules.praise and not scores.rules.asked:
        odds = max(odds, 0.0)
    chance = float(likely(np.array(odds)))
    issues: tuple[FoundIssue, ...] = ()
    if chance > NOT_AT_ALL:
        issues = find_issues(text, parts, scores, trained, complaint=odds, sure=chance >= SURE)
    return Told(
        chance,
        issues,
        _feeling(text, words, evidence, scores, trained),
        _labels(evidence, scores, trained, "ask"),
        _labels(evidence, scores, trained, "threat"),
        frozenset(_labels(evidence, scores, trained, "flag")),
    )


def _feeling(text: str, words: Words, evidence: Evidence, scores: Scores, trained: Trained) -> Feeling:
    kind = FEELINGS[int(judged(trained.stages["feeling"], of_feeling(scores)).argmax())]
    kind = confessed(words, evidence) or (_named(scores) if kind == "none" else kind)
    if kind == "none" or only_denied(evidence, kind):
        return Feeling("none", 0, ())
    strength = int(judged(trained.stages["strength"], of_strength(scores))[1:].argmax()) + 1
    return Feeling(kind, strength, shown(text, evidence, kind))


def _named(scores: Scores) -> str:
    """Return the feeling that the words name outright, or none."""
    felt = scores.rules.feelings
    return FEELINGS[felt.index(max(felt))] if max(felt) >= PLAIN_FEELING else "none"


def _labels(evidence: Evidence, scores: Scores, trained: Trained, part: str) -> tuple[str, ...]:
    """Return the asks, threats or flags that are told; not a threat that is only denied."""
    denied, in_lists = {hit.value for hit in evidence.denied}, listed(evidence, part)
    complaint = min(scores.message["complaint"], MOST_SURE)
    found = []
    for head, cut in trained.cuts.items():
        if not head.startswith(f"{part}."):
            continue
        value = head.partition(".")[2]
        named = value in in_lists
        of_head, of_list, of_message = trained.stages[head].weights.tolist()
        odds = of_head * scores.message[head] + of_list * named + of_message * complaint
        told = odds + float(trained.stages[head].biases) >= cut
        if (named and head in SAID_OUTRIGHT) or (told and (named or value not in denied)):
            found.append(value)
    return tuple(found)
