"""The tools an assistant gets: one for each verb of the table, and three to read."""

import json
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from asgiref.sync import sync_to_async
from django.core.serializers.json import DjangoJSONEncoder
from django.db import close_old_connections

from amends.errors import AmendsError
from amends.library.shelf import Wanted
from amends.library.telling import told_studies
from amends.team.models import User
from amends.team.token import token_of
from amends.verbs.field import Field, Kind
from amends.verbs.perform import find_case, perform
from amends.verbs.refusal import as_data
from amends.verbs.schema import schema_of
from amends.verbs.table import VERBS
from amends.verbs.telling import told_case, told_cases

CASE = Field(name="case", kind=Kind.NUMBER, help="the number of the case")
AFTER = Field(name="after", kind=Kind.NUMBER, help="“next” of the page before", required=False)
WORDS = Field(name="words", kind=Kind.TEXT, help="words the study holds; none for all", required=False)
PAGE = 50


class MissingExtra(AmendsError):
    """What assistants need is not installed."""


class NoLongerKnown(AmendsError):
    """The token was revoked while the assistant was connected."""


def tools() -> dict[str, tuple[str, tuple[Field, ...]]]:
    """Each tool by its name, with its sentence and what it takes."""
    reads = {
        "read_case": ("Read one case: facts, path, issues, offers, what is missing", (CASE,)),
        "find_studies": ("Find case studies of this desk and of other firms by the words they hold", (WORDS,)),
        "list_cases": ("List the cases there are, a page at a time", (AFTER,)),
    }
    does = {
        verb.name: (verb.sentence, (CASE, *verb.fields) if verb.on_case else verb.fields) for verb in VERBS.values()
    }
    return reads | does


def use(plain: str, tool: str, given: dict[str, Any]) -> dict[str, Any]:
    """What a tool answers to whoever holds the token; a refusal is an answer too, with what is missing."""
    now = datetime.now(UTC)
    try:
        return _answer(_user(plain, now), tool, dict(given), now)
    except AmendsError as refusal:
        return as_data(refusal)


def _answer(user: User, tool: str, given: dict[str, Any], now: datetime) -> dict[str, Any]:
    number = given.pop("case", None)
    case = number if isinstance(number, int) else None
    if tool == "read_case":
        return told_case(find_case(case, user), now)
    if tool == "list_cases":
        after = given.get("after")
        return told_cases(user, after if isinstance(after, int) else 0, PAGE)
    if tool == "find_studies":
        return told_studies(Wanted(str(given.get("words", ""))), 0)
    done = perform(tool, case, given, by=user, now=now)
    return {"done": done.verb, "case": done.case, "made": dict(done.made)}


def _user(plain: str, now: datetime) -> User:
    token = token_of(plain, now)
    if token is None:
        raise NoLongerKnown(
            "This token was revoked. Make another with `amends token USERNAME NAME`, and connect again."
        )
    return token.user


def server(plain: str) -> Any:
    """A FastMCP server with these tools; raises MissingExtra when its library is not installed."""
    if find_spec("fastmcp") is None:
        raise MissingExtra("Assistants need one more part. Install it: .venv/bin/uv pip install -e '.[assistants]'")
    from fastmcp import FastMCP
    from fastmcp.tools.base import Tool, ToolResult

    class VerbTool(Tool):
        """One entry of the table, as the protocol shows it."""

        async def run(self, arguments: dict[str, Any]) -> ToolResult:
            answer = await sync_to_async(_used, thread_sensitive=True)(plain, self.name, arguments)
            return ToolResult(content=json.dumps(answer, cls=DjangoJSONEncoder, ensure_ascii=False))

    made = FastMCP("Amends")
    for name, (sentence, fields) in tools().items():
        made.add_tool(VerbTool(name=name, description=sentence, parameters=schema_of(fields)))
    return made


def _used(plain: str, tool: str, given: dict[str, Any]) -> dict[str, Any]:
    close_old_connections()
    return use(plain, tool, given)
