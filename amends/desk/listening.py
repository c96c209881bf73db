"""What comes before a reply: whether the customer is still writing, what they asked, and what nobody knows yet."""

from collections.abc import Sequence
from typing import Any

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.open_points import open_points
from amends.language.clarify import question_for
from amends.method.facts import Facts
from amends.method.listening import still_writing

FACTS = {
    "order_number": "the order number",
    "date": "the day it happened",
    "amount": "the amount",
    "photo": "a photo",
}


def listening(case: Case, issues: Sequence[Issue], facts: Facts) -> dict[str, Any]:
    """For the composer: the sentence while they write, seconds until it is over, questions and missing facts."""
    if facts.unanswered_since is None:
        return {"writing": "", "seconds": 0, "questions": (), "missing": []}
    points = open_points(case, issues, facts.unanswered_since)
    return {
        "writing": still_writing(facts.customer, facts.account) if facts.is_writing and facts.account else "",
        "seconds": seconds_left(facts),
        "questions": points.questions,
        "missing": [_fact(one, points.language) for one in points.missing],
    }


def seconds_left(facts: Facts) -> int:
    """How long until the customer has stopped writing, a second more so that it is over then; 0 when it is."""
    return int((facts.quiet_at - facts.now).total_seconds()) + 1 if facts.quiet_at and facts.is_writing else 0


def _fact(key: str, language: str) -> dict[str, str]:
    return {"key": key, "label": FACTS.get(key, key.replace("_", " ")), "question": question_for(key, language)}
