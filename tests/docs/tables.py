"""The generated pages of the documentation, written anew by `python -m tests.docs.tables`."""

import os
from collections.abc import Callable
from pathlib import Path

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


GENERATED: dict[str, Callable[[], str]] = {"permissions.md": permissions_page, "events.md": events_page}


def main() -> None:
    """Write every generated page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.settings")
    import django

    django.setup()
    for name, write in GENERATED.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
