"""A policy as its page shows it: question by question, with tables where an answer differs by place."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from amends.method.policy import Policy, parse
from amends.method.policy_words import NOTHING, Difference, Line, differences, lines
from amends.recovery.remedy import Remedy
from amends.team.policy import PolicyVersion


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answers: single ones, and those of a table with its columns."""

    question: str
    single: tuple[Line, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(policy: Policy) -> list[Section]:
    """The questions a policy answers, in the order a reader asks."""
    said = lines(policy, remedy_names())
    return [_section(question, list(found)) for question, found in groupby(said, key=_question)]


def remedy_names() -> dict[str, str]:
    """What the remedies are called, by key."""
    return dict(Remedy.objects.values_list("key", "name"))


def _question(line: Line) -> str:
    return line.question


def _section(question: str, found: list[Line]) -> Section:
    inside = [line for line in found if line.column]
    columns = tuple(dict.fromkeys(line.column for line in inside))
    answers = {(line.label, line.column): line.words for line in inside}
    rows = tuple(
        (label, *(answers.get((label, column), NOTHING) for column in columns))
        for label in dict.fromkeys(line.label for line in inside)
    )
    return Section(question, tuple(line for line in found if not line.column), columns, rows)


def changed_between(before: Policy, after: Policy) -> list[tuple[str, list[Difference]]]:
    """What two policies say otherwise, under the question it belongs to."""
    told: dict[str, list[Difference]] = {}
    for one in differences(before, after, remedy_names()):
        told.setdefault(one.question, []).append(one)
    return list(told.items())


def version_context(version: PolicyVersion) -> dict[str, Any]:
    """Everything the page of one version needs: what it says, since when, by whom, what it changed."""
    policy = parse(version.data)
    before = PolicyVersion.objects.filter(number__lt=version.number).order_by("-number").first()
    after = PolicyVersion.objects.filter(number__gt=version.number).order_by("number").first()
    return {
        "version": version,
        "policy": policy,
        "sections": sections(policy),
        "before": before,
        "after": after,
        "changed": changed_between(parse(before.data), policy) if before else [],
    }
