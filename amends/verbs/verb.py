"""One entry of the table: the name of a verb, who may do it, what it asks for, and the one function it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amends.cases.case import Case
from amends.team.models import User
from amends.team.permissions import Right
from amends.verbs.field import Field


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for, read: the case among those they may see, and a value for every field."""

    of: Case | None
    values: Mapping[str, Any]
    by: User

    @property
    def case(self) -> Case:
        """The case the verb is done to."""
        assert self.of is not None
        return self.of

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of the domain function, besides who does it and when."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)


def call(*args: Any, **kwargs: Any) -> Call:
    """These arguments."""
    return Call(args, kwargs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing that can be done: `does` is the domain function, `asks` its arguments, `actor` its word for who."""

    name: str
    right: Right
    sentence: str
    does: Callable[..., object]
    asks: Callable[[Asked], Call]
    fields: tuple[Field, ...] = ()
    actor: str = "by"
    on_case: bool = True
