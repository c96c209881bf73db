"""The generated pages of the documentation, written anew by `python -m tests.docs.tables`."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "running"
NOTE = "<!-- Written by `python -m tests.docs.tables`: change the code, not this page. -->"


def permissions_page() -> str:
    """Return docs/running/permissions.md: which role holds which right, which right each address asks for."""
    from amends.team.permissions import RIGHTS, ROUTES, Right, Role

    outside = {Right.EVERYONE, Right.LINK}
    held = [[right.value, *("yes" if right in RIGHTS[role] else "" for role in Role)] for right in Right]
    rights = [row for right, row in zip(Right, held, strict=True) if right not in outside]
    routes = [[f"`{name}`", f"`{path}`", ROUTES[name].value] for name, path in addresses().items()]
    return page(
        "Permissions",
        "One table in `amends/team/permissions.py` holds both lists. An address that has no row there stays shut.",
        ("What each role may do", table(["Right", *(role.value for role in Role)], rights)),
        ("What each address asks for", table(["Name", "Address", "Right"], routes)),
    )


def events_page() -> str:
    """Return docs/running/events.md: every kind of event in the ledger, with the sentence the history shows."""
    from amends.cases.kinds import KINDS

    rows = [[f"`{kind}`", sentence.replace("|", "\\|")] for kind, sentence in KINDS.items()]
    return page(
        "Events",
        "Each step writes one row into the ledger. The names in braces are filled from the event's data.",
        ("Kinds", table(["Kind", "What the history says"], rows)),
    )


API = """Programs come in by `/api/v1/` with a token of one person and may do what that person may.
`amends token tom robot` prints a token once; `amends tokens` lists them, `amends revoke-token tom robot` ends one.

```sh
curl -H "Authorization: Bearer $TOKEN" https://desk.example/api/v1/cases/12/
curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: 7f3a" --json '{"text": "Call her back"}' \\
     https://desk.example/api/v1/cases/12/note/
```

Every verb goes the way of the screens: the same function, the same gates. What it refuses has a status and a body a
program can act on: `error` names the kind, `sentence` is for a person, `missing` lists each step that comes first with
its issue, `field` names what cannot be used. 401 without a token, 403 without the right or above a limit, 404 for what
the person cannot see, 409 for what was done before or does not fit, 413 above 256 KB, 422 for a closed gate or a
missing field, 429 after 120 requests within a minute.

With an `Idempotency-Key` a verb is done once however often it is sent within a day; a refusal changed nothing and is
not kept, so the same key can succeed later. The whole description for tools is `/api/v1/schema/` (OpenAPI 3.1).

The same verbs are commands, `amends do note 12 --as tom text="Call her back"`, and tools of assistants,
`amends mcp --token …` (install the extra `assistants`)."""


def api_page() -> str:
    """Return docs/running/api.md: how programs come in, and every verb with what it takes."""
    from amends.api.description import address
    from amends.verbs.table import VERBS

    rows = [
        [f"`{address(verb).replace('{pk}', '<case>')}`", verb.sentence, _takes(verb.fields), verb.right.value]
        for verb in VERBS.values()
    ]
    reads = [["`/api/v1/cases/`", "a page of cases: `after`, `most`"], ["`/api/v1/cases/<case>/`", "one case"]]
    return page(
        "API",
        API,
        ("What can be read", table(["GET", "What it tells"], reads)),
        ("What can be done", table(["POST", "What it does", "What it takes", "Right"], rows)),
    )


def _takes(fields: Iterable[Any]) -> str:
    """Return the names of the fields, those that may be left out in brackets, the rows of a list in their own."""
    said = []
    for field in fields:
        rows = f": each {_takes(field.of)}" if field.of else ""
        said.append(f"`{field.name}`{rows}" if field.required else f"(`{field.name}`{rows})")
    return ", ".join(said) or "nothing"


def addresses() -> dict[str, str]:
    """Return the address of each route that has a row in the table, by its name, in the order of the table."""
    from django.urls import get_resolver

    from amends.team.permissions import ROUTES

    known = get_resolver().reverse_dict
    return {name: "/" + known.getlist(name)[0][0][0][0].replace("%(", "<").replace(")s", ">") for name in ROUTES}


def page(title: str, lead: str, *sections: tuple[str, str]) -> str:
    """Return a page of the documentation with its sections."""
    parts = [f"# {title}", NOTE, lead, *(f"## {heading}\n\n{body}" for heading, body in sections)]
    return "\n\n".join(parts) + "\n"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


GENERATED: dict[str, Callable[[], str]] = {
    "permissions.md": permissions_page,
    "events.md": events_page,
    "api.md": api_page,
}


def main() -> None:
    """Write every generated page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.settings")
    import django

    django.setup()
    for name, write in GENERATED.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
