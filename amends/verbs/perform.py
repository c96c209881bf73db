"""Doing one verb: the one way every screen, program, rule and command goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model

from amends.cases.case import Case
from amends.cases.errors import NotAllowed, NotThere
from amends.team.models import User
from amends.verbs.parse import parsed
from amends.verbs.table import verb_named
from amends.verbs.verb import Asked, Verb


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the verb, the case, and the number of what it made, by its kind."""

    verb: str
    case: int | None
    made: Mapping[str, int] = field(default_factory=dict)


def perform(name: str, case_id: int | None, fields: Mapping[str, object], *, by: User, now: datetime) -> Done:
    """Do a verb to a case the person may see, with the person's rights; returns what it made.

    Raises NotThere for a verb or a case there is not, NotAllowed without the right, Incomplete with the field that
    cannot be used, and whatever the domain refuses.
    """
    verb = verb_named(name)
    if not by.can(verb.right):
        raise NotAllowed(f"Your role cannot do this: {verb.right.value}. Ask a lead.")
    case = find_case(case_id, by) if verb.on_case else None
    asked = Asked(case, parsed(verb.fields, fields, case, f"“{name}”"), by)
    return Done(name, case.pk if case else None, _made(_do(verb, asked, now)))


def find_case(pk: int | None, user: User) -> Case:
    """The case of this number if the person may see it; raises NotThere alike when it is not there or not theirs."""
    cases = Case.objects.visible_to(user).select_related("customer", "team", "channel")
    case = cases.filter(pk=pk or 0).first()
    if case is None:
        raise NotThere(f"There is no case {pk} that you can see.")
    return case


def _do(verb: Verb, asked: Asked, now: datetime) -> object:
    call = verb.asks(asked)
    return verb.does(*call.args, **call.kwargs, **{verb.actor: asked.by}, now=now)


def _made(result: object) -> dict[str, int]:
    return {result._meta.model_name or "": result.pk} if isinstance(result, Model) else {}
