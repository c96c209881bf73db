"""Verbs of causes and the changes against them."""

from collections.abc import Mapping, Sequence
from typing import Any

from amends.cases.errors import Incomplete
from amends.language.acknowledgement import DEFAULT_LANGUAGE
from amends.language.news import LANGUAGE_NAMES
from amends.prevention.claim import Action, Claim, state_claim
from amends.prevention.exposure import import_exposure
from amends.prevention.judge import prove
from amends.prevention.models import ChangeKind
from amends.prevention.tell import Review, owe_again, tell
from amends.prevention.training import agree_training
from amends.prevention.verbs import add_cause, agree_change, attribute, make_change
from amends.team.permissions import Right, Role
from amends.verbs import found
from amends.verbs.field import Field, Kind, one, text
from amends.verbs.verb import Asked, Call, Verb, call

OTHERS = tuple(language for language in LANGUAGE_NAMES if language != DEFAULT_LANGUAGE)
CAUSE = one("cause", "the number or the name of a cause on the board", found.cause)
CHANGE = one("change", "the number of a change", found.change)


def _change(asked: Asked) -> Call:
    kind = ChangeKind(asked["kind"])
    return call(asked["cause"], asked["what"], kind, owner=asked["owner"], due=asked["due"])


def _training(asked: Asked) -> Call:
    from amends.practice.asked import asked as practice_asked

    role = Role(asked["role"]) if asked["role"] else None
    practice = practice_asked(asked["practice"].split(","), asked["team"], role, asked["practice_day"], asked["share"])
    return call(asked["cause"], asked["what"], practice, owner=asked["owner"], due=asked["due"])


def _claim(asked: Asked) -> Call:
    fields = ("action", "population", "exposure", "baseline_weeks", "trigger_weeks", "drop_percent", "review_date")
    return call(asked["change"], Claim(**{name: asked[name] for name in fields}))


def _by(key: str, value: str, rows: Sequence[Mapping[str, Any]]) -> dict[Any, Any]:
    """The rows by their key; raise Incomplete where two have the same, since only one of them could count."""
    kept: dict[Any, Any] = {}
    for row in rows:
        if row[key] in kept:
            raise Incomplete(f"There are two rows for {key} {row[key]}. Keep one of them.", key)
        kept[row[key]] = row[value]
    return kept


def _review(asked: Asked) -> Call:
    translations = _by("language", "text", asked["translations"])
    left_out = _by("customer", "reason", asked["left_out"])
    return call(asked["change"], Review(asked["text"], translations, left_out))


VERBS = [
    Verb(
        name="attribute",
        right=Right.PREVENT,
        sentence="Say why an issue happened",
        fields=(Field(name="issue", kind=Kind.ISSUE, help="the number of the issue"), CAUSE),
        does=attribute,
        asks=lambda asked: call(asked["issue"], asked["cause"]),
    ),
    Verb(
        name="name_cause",
        right=Right.MANAGE_CHANGES,
        sentence="Put a new cause on the board",
        fields=(
            text("name", "what goes wrong, as colleagues would say it"),
            text("definition", "when it counts as this cause", required=False),
        ),
        does=add_cause,
        asks=lambda asked: call(asked["name"], asked["definition"]),
        actor="owner",
        on_case=False,
    ),
    Verb(
        name="agree_change",
        right=Right.MANAGE_CHANGES,
        sentence="Agree a change against a cause",
        fields=(
            CAUSE,
            text("what", "what will change"),
            Field(name="kind", kind=Kind.CHOICE, help="what sort of change", choices=tuple(ChangeKind.values)),
            one("owner", "the username of who sees to it", found.person),
            Field(name="due", kind=Kind.DATE, help="the day it is in place"),
        ),
        does=agree_change,
        asks=_change,
        on_case=False,
    ),
    Verb(
        name="agree_training",
        right=Right.MANAGE_CHANGES,
        sentence="Agree a training against a cause, with what a group practises for it",
        fields=(
            CAUSE,
            text("what", "what will be different"),
            text("practice", "what is practised, with commas between: skill/options, lesson/agents/anger"),
            one("team", "the name of the team that practises; none for every team", found.team, required=False),
            Field(
                name="role",
                kind=Kind.CHOICE,
                help="the role that practises; none for everybody",
                choices=tuple(role.value for role in Role),
                required=False,
            ),
            Field(name="practice_day", kind=Kind.DATE, help="the day by which it is practised"),
            Field(name="share", kind=Kind.NUMBER, help="by how many in a hundred; 70 where not said", required=False),
            one("owner", "the username of who sees to it", found.person),
            Field(name="due", kind=Kind.DATE, help="the day it is in place"),
        ),
        does=agree_training,
        asks=_training,
        on_case=False,
    ),
    Verb(
        name="make_change",
        right=Right.MANAGE_CHANGES,
        sentence="Write down that a change is in place",
        fields=(CHANGE, text("evidence", "where it can be seen: a link, or a place", required=False)),
        does=make_change,
        asks=lambda asked: call(asked["change"], asked["evidence"]),
        on_case=False,
    ),
    Verb(
        name="state_claim",
        right=Right.MANAGE_CHANGES,
        sentence="Fix what a change claims, before anybody looks",
        fields=(
            CHANGE,
            Field(name="action", kind=Kind.CHOICE, help="what it does about its cause", choices=tuple(Action.values)),
            text("population", "for which orders, visits or people"),
            text("exposure", "what complaints are counted in, by its name in the figures", required=False),
            Field(name="baseline_weeks", kind=Kind.NUMBER, help="how many weeks before to compare with, at least 12"),
            Field(name="trigger_weeks", kind=Kind.NUMBER, help="how many weeks up to its agreement to leave out"),
            Field(name="drop_percent", kind=Kind.NUMBER, help="how many per cent fewer, at least"),
            Field(name="review_date", kind=Kind.DATE, help="the day that decides"),
        ),
        does=state_claim,
        asks=_claim,
        on_case=False,
    ),
    Verb(
        name="prove",
        right=Right.MANAGE_CHANGES,
        sentence="Write down that a change is proven, once its review has earned that",
        fields=(CHANGE,),
        does=prove,
        asks=lambda asked: call(asked["change"]),
        on_case=False,
    ),
    Verb(
        name="import_exposure",
        right=Right.MANAGE_CHANGES,
        sentence="Bring in how many orders, visits or users there were each week",
        fields=(text("file", "a CSV text with the columns name, week and count"),),
        does=import_exposure,
        asks=lambda asked: call(asked["file"]),
        on_case=False,
    ),
    Verb(
        name="tell",
        right=Right.MANAGE_CHANGES,
        sentence="Tell everyone it hurt what was changed",
        fields=(
            CHANGE,
            text("text", "what was changed, in English, as each of them reads it"),
            Field(
                name="translations",
                kind=Kind.LIST,
                help="the same in other languages",
                required=False,
                of=(
                    Field(name="language", kind=Kind.CHOICE, help="which language", choices=OTHERS),
                    text("text", "what was changed"),
                ),
            ),
            Field(
                name="left_out",
                kind=Kind.LIST,
                help="who is not told, and why",
                required=False,
                of=(
                    Field(name="customer", kind=Kind.NUMBER, help="the number of the customer"),
                    text("reason", "why they are not told"),
                ),
            ),
        ),
        does=tell,
        asks=_review,
        on_case=False,
    ),
    Verb(
        name="owe_again",
        right=Right.MANAGE_CHANGES,
        sentence="Put somebody who was left out of the news of a change back among those who are owed it",
        fields=(one("left_out", "the number under which they were left out", found.left_out),),
        does=owe_again,
        asks=lambda asked: call(asked["left_out"]),
        on_case=False,
    ),
]
