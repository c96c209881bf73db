"""The scenarios that come with Amends, and the reading of one a team wrote."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from amends.language.issues import CATEGORIES
from amends.rehearsal.personas import personas
from amends.rehearsal.scenario import Scenario, Trouble
from amends.rehearsal.sheet import Entry, Sheet, SheetRefused, packaged, sheet

SECTORS = ("retail", "saas", "manufacturing", "hospitality", "telecom", "public")
REMEDIES = (
    "refund",
    "replacement",
    "repair",
    "redo",
    "delivery",
    "correction",
    "credit",
    "goodwill",
    "callback",
    "explanation",
    "apology_letter",
    "service",
)
TOP = ("id", "sector", "title", "setting", "firm", "customer", "facts_on_file", "may_grant", "cannot", "suits", "issue")
ISSUE = (
    "id",
    "category",
    "said",
    "keys",
    "details",
    "held_back",
    "question",
    "promised",
    "remedy",
    "remedy_kinds",
    "mismatch",
    "cause",
    "change",
)
LONGEST = 1200
SHORT = 120
CLAUSE = 400
WORD = 60
MOST_ISSUES = 6
MOST_FACTS = 12
MOST_DETAILS = 8
MOST_GROUPS = 8
MOST_WORDS = 16


@cache
def scenarios() -> dict[str, Scenario]:
    """Return the scenarios that come with Amends by id, in order of their ids."""
    folder = files("amends.rehearsal").joinpath("scenarios")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    read = [read_scenario(packaged("scenarios", name)) for name in names]
    return {one.id: one for one in read}


def scenario_of_file(path: Path) -> Scenario:
    """Return the scenario a team wrote into a file; raises SheetRefused with file, line, entry and field."""
    try:
        words = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SheetRefused(f"{path} cannot be read as a text in UTF-8: {error}.") from error
    return read_scenario(sheet(words, path.name))


def named_scenario(name: str) -> Scenario:
    """Return a scenario by id; raises SheetRefused with those there are."""
    if name not in scenarios():
        raise SheetRefused(f"There is no scenario “{name}”. There are {', '.join(scenarios())}.")
    return scenarios()[name]


def read_scenario(given: Sheet) -> Scenario:
    """Return a scenario out of a sheet; raises SheetRefused with file, line, entry and field.

    `remedy` and `change` may be empty and `keys` few: whether the scenario can then be won, `winnable` says.
    """
    top = given.top
    top.only(*TOP)
    issues = tuple(_issue(entry) for entry in given.listed("issue"))
    for at, one in enumerate(issues):
        if one.id in {other.id for other in issues[:at]}:
            raise list(given.listed("issue"))[at].refused("id", f"is “{one.id}”, which stands there already")
    if len(issues) > MOST_ISSUES:
        raise top.refused("issue", f"stands there {len(issues)} times; {MOST_ISSUES} are the most")
    return Scenario(
        id=top.text("id", SHORT),
        sector=top.one_of("sector", SECTORS),
        title=top.text("title", SHORT),
        setting=top.text("setting", LONGEST),
        firm=top.text("firm", SHORT),
        customer=top.text("customer", SHORT),
        facts_on_file=top.texts("facts_on_file", most=MOST_FACTS),
        may_grant=top.text("may_grant", LONGEST),
        cannot=top.text("cannot", LONGEST),
        issues=issues,
        suits=_suits(top),
    )


def _suits(top: Entry) -> tuple[str, ...]:
    named = top.texts("suits", least=0) if "suits" in top.fields else ()
    if unknown := [one for one in named if one not in personas()]:
        raise top.refused("suits", f"names “{unknown[0]}”; there are {', '.join(personas())}")
    return tuple(one for one in personas() if one in named)


def _issue(entry: Entry) -> Trouble:
    entry.only(*ISSUE)
    kinds = entry.texts("remedy_kinds", least=0)
    if unknown := [one for one in kinds if one not in REMEDIES]:
        raise entry.refused("remedy_kinds", f"names “{unknown[0]}”; there are {', '.join(REMEDIES)}")
    return Trouble(
        id=entry.text("id", WORD),
        category=entry.one_of("category", CATEGORIES),
        said=entry.text("said"),
        keys=entry.groups("keys", least=0, most=MOST_GROUPS, words=MOST_WORDS, longest=WORD),
        details=entry.texts("details", most=MOST_DETAILS),
        held_back=entry.text("held_back"),
        promised=entry.text("promised"),
        remedy=_maybe(entry, "remedy"),
        remedy_kinds=kinds,
        mismatch=entry.text("mismatch"),
        cause=entry.text("cause"),
        change=_maybe(entry, "change"),
        question=_maybe(entry, "question") if "question" in entry.fields else "",
    )


def _maybe(entry: Entry, field: str) -> str:
    return "" if entry.fields.get(field) == "" else entry.text(field)
