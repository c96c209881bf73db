"""The questions of a round, as data: each with answers of one tap, and the line of the method it is about."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: a situation it begins with ("" for none), its answers, and which of them counts as done.

    `line` is the line of the scorecard it is about, "" where it is about none; `come_from` names its passages in the
    founding documents.
    """

    key: str
    line: str
    come_from: tuple[str, ...]
    situation: str
    asks: str
    done: str
    answers: Mapping[str, str]

    @property
    def others(self) -> list[str]:
        """The answers that do not count as done, “I cannot say” among them."""
        return [key for key in self.answers if key != self.done]


@cache
def questions() -> dict[str, Question]:
    """Every question by its key, in the order in which they are asked; each can be answered “I cannot say”."""
    text = files("amends.ourselves").joinpath("questions.toml").read_text("utf-8")
    return {one["key"]: _question(one) for one in tomllib.loads(text)["question"]}


def _question(data: Mapping[str, object]) -> Question:
    answers = {str(key): str(words) for key, words in data["answers"]}  # type: ignore[attr-defined]
    return Question(
        key=str(data["key"]),
        line=str(data["line"]),
        come_from=tuple(data["from"]),  # type: ignore[arg-type]
        situation=str(data["situation"]),
        asks=str(data["asks"]),
        done=str(data["done"]),
        answers={**answers, CANNOT_SAY: "I cannot say"},
    )


def question_of(line: str) -> Question | None:
    """The question about a line of the scorecard, None where nobody is asked about it."""
    return next((one for one in questions().values() if one.line == line), None)
