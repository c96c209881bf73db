"""The questions, in the order they are asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amends.insights import advocates, better, fair, leaves, meaning, new, promises, remedies, scorecard, waits, wrong
from amends.insights.answer import Answer, Found
from amends.insights.scope import Scope


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what answers it, and what finds the cases behind a number; `choices` are its own.

    Unless it is `timed` it always looks at the same weeks up to now, whatever period is asked about.
    """

    key: str
    title: str
    answer: Callable[[Scope], Answer]
    cases: Callable[[Scope, str], Found | None]
    choices: Mapping[str, str] = field(default_factory=dict)
    timed: bool = True


QUESTIONS = {
    one.key: one
    for one in (
        Question("wrong", "What goes wrong most?", wrong.answer, wrong.cases, wrong.WEIGHTS),
        Question("new", "What is new?", new.answer, new.cases, timed=False),
        Question("meaning", "Do we mean the same by our causes?", meaning.answer, meaning.cases),
        Question("promises", "Do we keep promises?", promises.answer, promises.cases),
        Question("remedies", "Do our remedies work?", remedies.answer, remedies.cases),
        Question("leaves", "Who leaves?", leaves.answer, leaves.cases),
        Question("advocates", "Who comes back and speaks well of us?", advocates.answer, advocates.cases),
        Question("waits", "Where do we take too long?", waits.answer, waits.cases),
        Question("better", "Are we getting better?", better.answer, better.cases),
        Question("fair", "Is it fair?", fair.answer, fair.cases),
        Question("method", "Do we follow the method?", scorecard.answer, scorecard.cases),
    )
}
