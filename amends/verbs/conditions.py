"""What a rule can ask of a case before it acts: each condition by its name, with how it is asked and answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from amends.cases.case import Case
from amends.cases.issue import CATEGORIES
from amends.cases.turns import quiet_window
from amends.method.listening import account_of
from amends.verbs.field import Field, Kind, text
from amends.verbs.parse import parsed


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about a case: the field that holds what is wanted, and whether the case has it."""

    field: Field
    holds: Callable[[Case, object], bool]


def _severe(case: Case, least: object) -> bool:
    return isinstance(least, int) and case.severity >= least


def _about(case: Case, category: object) -> bool:
    return case.open_issues().filter(category=category).exists()


def _says(case: Case, words: object) -> bool:
    """Whether the words stand in what the customer wrote last: all of it, where it came in several messages (F4)."""
    came = list(case.messages.filter(outgoing=False).order_by("at", "pk").values_list("at", "text"))
    account = account_of([at for at, _ in came], quiet_window())
    return any(str(words).casefold() in text.casefold() for at, text in came if account and at >= account.first_at)


def _nobodys(case: Case, wanted: object) -> bool:
    return hasattr(case, "assignment") is not wanted


def _wrote_before(case: Case, wanted: object) -> bool:
    return case.customer.cases.exclude(pk=case.pk).exists() is wanted


CONDITIONS: dict[str, Condition] = {
    one.field.name: one
    for one in (
        Condition(
            Field(
                name="severity",
                kind=Kind.NUMBER,
                help="how serious at least: 1 is the mildest, 4 the most serious",
                required=False,
            ),
            _severe,
        ),
        Condition(
            Field(
                name="category",
                kind=Kind.CHOICE,
                help="what one of its issues is about",
                choices=tuple(CATEGORIES),
                required=False,
            ),
            _about,
        ),
        Condition(text("says", "words that stand in what the customer wrote last", required=False), _says),
        Condition(
            Field(name="nobodys", kind=Kind.YES_NO, help="whether nobody has the case yet", required=False), _nobodys
        ),
        Condition(
            Field(name="wrote_before", kind=Kind.YES_NO, help="whether the customer complained before", required=False),
            _wrote_before,
        ),
    )
}


def check_conditions(wanted: Mapping[str, object]) -> None:
    """Raise Incomplete for a condition there is not, or a value it cannot have."""
    parsed([one.field for one in CONDITIONS.values()], wanted, None, "A rule's condition")


def all_hold(case: Case, wanted: Mapping[str, object]) -> bool:
    """Whether every condition of a rule holds for the case; a rule without conditions always acts."""
    values = parsed([one.field for one in CONDITIONS.values()], wanted, case, "A rule's condition")
    return all(CONDITIONS[name].holds(case, values[name]) for name in wanted)
