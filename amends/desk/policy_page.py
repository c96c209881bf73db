"""A policy as its page shows it: question by question, with tables where an answer differs by place."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from amends.method.policy import Policy, parse
from amends.method.policy_words import NOTHING, Difference, Line, differences, lines
from amends.team.models import Team
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
    return [_section(question, list(found)) for question, found in groupby(lines(policy), key=_question)]


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


def by_question(told: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Differences under the question they belong to."""
    return [(question, list(found)) for question, found in groupby(told, key=lambda one: one.question)]


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
        "changed": by_question(differences(parse(before.data), policy)) if before else [],
        "teams": list(Team.objects.order_by("name")),
    }
