"""Where in the customer's messages their words stand, so that they can be marked there."""

import re
from dataclasses import dataclass

from amends.cases.case import Case
from amends.cases.issue import Issue
from amends.cases.message import Message


@dataclass(frozen=True, slots=True)
class Place:
    """A message of the customer and the span of words in it; no message when they are not found in any."""

    message: Message | None = None
    start: int = 0
    end: int = 0

    def put(self, issue: Issue) -> None:
        """Let the issue stand here."""
        issue.message, issue.start, issue.end = self.message, self.start, self.end


NOWHERE = Place()


def find_words(case: Case, words: str, near: Issue | None = None) -> Place:
    """The first place of these words in what the customer wrote, however lines were broken; NOWHERE if there is none.

    With `near`, the words inside that issue's own span come first.
    """
    if not words.strip():
        return NOWHERE
    wanted = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    if near is not None and near.message is not None:
        found = wanted.search(near.message.text, near.start, near.end or len(near.message.text))
        if found:
            return Place(near.message, *found.span())
    for message in case.messages.filter(outgoing=False):
        found = wanted.search(message.text)
        if found:
            return Place(message, *found.span())
    return NOWHERE
