"""What somebody typed into the form of a scenario, and the scenario out of it; nothing typed is lost on the way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify

from amends.cases.errors import Incomplete
from amends.practice.own.asked import ISSUE, MOST_IN_GROUP, SUITS, TOP, Asked
from amends.rehearsal.scenario import Scenario, Trouble
from amends.rehearsal.sheet import Sheet, unseen
from amends.rehearsal.shelf import MOST_ISSUES, WORD, read_scenario

Typed = Mapping[str, str | tuple[str, ...]]
TYPED = "What you typed"
BETWEEN_WORDS = re.compile(r"(?<!\d),|,(?!\d)")
"""A comma, but not that of 13,400."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form by name: those at the top, and those of each issue, gravest first."""

    top: Typed
    issues: tuple[Typed, ...] = ({},)

    def with_issue(self) -> "Draft":
        """Return the draft with one more empty issue, as long as there is room."""
        return replace(self, issues=(*self.issues, {})) if len(self.issues) < MOST_ISSUES else self

    def without_issue(self, number: int) -> "Draft":
        """Return the draft without issue `number`, counted from 1; the only one stays."""
        left = tuple(one for at, one in enumerate(self.issues, 1) if at != number)
        return replace(self, issues=left) if left else self

    def with_graver(self, number: int) -> "Draft":
        """Return the draft with issue `number` before the one above it."""
        found = list(self.issues)
        if 1 < number <= len(found):
            found[number - 2 : number] = [found[number - 1], found[number - 2]]
        return replace(self, issues=tuple(found))


def draft_of(scenario: Scenario) -> Draft:
    """Return the form with a scenario in it."""
    top = {one.name: _shown(one, getattr(scenario, one.name)) for one in (*TOP, SUITS)}
    return Draft({**top, "id": scenario.id}, tuple(_issue_of(one) for one in scenario.issues))


def _issue_of(trouble: Trouble) -> Typed:
    return {"id": trouble.id, **{one.name: _shown(one, getattr(trouble, one.name)) for one in ISSUE}}


def _shown(asked: Asked, value: Any) -> str | tuple[str, ...]:
    if asked.kind == "groups":
        return "\n".join(", ".join(group) for group in value)
    if asked.kind == "lines":
        return "\n".join(value)
    return tuple(value) if asked.kind == "checks" else str(value)


def scenario_of(draft: Draft) -> Scenario:
    """Return the scenario a form holds; raises Incomplete naming the first field that cannot be used."""
    values = dict(_read(draft.top, (*TOP, SUITS)))
    values["id"] = str(draft.top.get("id") or "")[:WORD] or slugify(values["title"])[:WORD] or "own"
    values["issue"] = [dict(_read(one, ISSUE, f"-{at}")) for at, one in enumerate(draft.issues, 1)]
    names = [str(one.get("id") or "")[:WORD] for one in draft.issues]
    for at, one in enumerate(values["issue"]):
        one["id"] = names[at] if names[at] and names[at] not in names[:at] else _free_name(names)
        names[at] = one["id"]
    return read_scenario(Sheet(TYPED, values, ()))


def _free_name(taken: list[str]) -> str:
    return next(name for number in range(1, 2 * MOST_ISSUES + 1) if (name := f"issue-{number}") not in taken)


def _read(typed: Typed, asked: tuple[Asked, ...], after: str = "") -> Iterator[tuple[str, Any]]:
    for one in asked:
        value = typed.get(one.name, () if one.kind == "checks" else "")
        if one.kind == "checks":
            yield one.name, [kind for kind, _ in one.choices if kind in value]
        else:
            yield one.name, _words(one, str(value), after)


def _words(asked: Asked, typed: str, after: str) -> Any:
    lines = [" ".join(line.split()) for line in typed.replace("\r\n", "\n").split("\n") if line.strip()]
    if not lines and not asked.optional:
        raise _refused(asked, after, "is still empty")
    if sign := unseen(typed.replace("\r\n", "\n")):
        raise _refused(asked, after, f"has a sign in it that nobody can see ({sign}); type the words anew")
    if asked.kind in ("lines", "groups"):
        return _listed(asked, lines, after)
    words = "\n".join(lines) if asked.kind == "text" else " ".join(lines)
    if len(words) > asked.longest:
        raise _refused(asked, after, f"has {len(words)} characters; {asked.longest} are the most")
    return words


def _listed(asked: Asked, lines: list[str], after: str) -> list[Any]:
    if len(lines) > asked.most:
        raise _refused(asked, after, f"has {len(lines)} lines; {asked.most} are the most")
    if asked.kind == "lines":
        _not_longer(asked, lines, after)
        return lines
    groups = [[word.strip() for word in BETWEEN_WORDS.split(line) if word.strip()] for line in lines]
    for group in groups:
        _not_longer(asked, group, after)
        if len(group) > MOST_IN_GROUP:
            raise _refused(asked, after, f"has {len(group)} words in one line; {MOST_IN_GROUP} are the most")
    return [group for group in groups if group]


def _not_longer(asked: Asked, words: list[str], after: str) -> None:
    if any(len(one) > asked.longest for one in words):
        raise _refused(asked, after, f"has one that is longer than {asked.longest} characters")


def _refused(asked: Asked, after: str, why: str) -> Incomplete:
    of = f" of issue {after[1:]}" if after else ""
    return Incomplete(f"“{asked.label}”{of} {why}.", asked.name + after)
