"""Fields as they come through a door, turned into what a verb takes, or refused with the field's name."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from amends.cases.case import Case
from amends.cases.errors import Incomplete
from amends.team.calendar import zone_of
from amends.verbs.field import Field, Kind, number_in

LONGEST = 100_000


def parsed(fields: Sequence[Field], given: Mapping[str, object], case: Case | None, what: str) -> dict[str, Any]:
    """A value for every field; raises Incomplete naming an unknown field, a missing one, or one that cannot be read."""
    check_names(fields, given, what)
    return {field.name: _value(field, given.get(field.name), case) for field in fields}


def check_names(fields: Sequence[Field], given: Mapping[str, object], what: str) -> None:
    """Raise Incomplete naming a field there is not, or one that is missing; what the others hold is not read."""
    known = {field.name for field in fields}
    unknown = next((name for name in given if name not in known), None)
    if unknown is not None:
        takes = f"It takes {', '.join(field.name for field in fields)}." if fields else "It takes none."
        raise Incomplete(f"“{unknown}” is no field of {what}. {takes}", unknown[:80])
    missing = next((field for field in fields if field.required and _is_empty(given.get(field.name))), None)
    if missing is not None:
        raise Incomplete(f"{what} needs “{missing.name}”: {missing.help}.", missing.name)


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [])


def _value(field: Field, value: object, case: Case | None) -> Any:
    if _is_empty(value):
        return _NOTHING.get(field.kind)
    return _READERS[field.kind](field, value, case)


_NOTHING: dict[Kind, object] = {
    Kind.TEXT: "",
    Kind.ISSUES: frozenset(),
    Kind.LIST: (),
    Kind.CHOICE: "",
    Kind.AMOUNT: "",
}


def _refuse(field: Field, want: str) -> Incomplete:
    return Incomplete(f"“{field.name}” is not {want}. It is {field.help}.", field.name)


def _text(field: Field, value: object, _case: Case | None) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise _refuse(field, f"text of at most {LONGEST} characters")
    if "\x00" in value:
        raise Incomplete(f"“{field.name}” holds a character nobody can read. Take it out and send again.", field.name)
    return value


def _number(field: Field, value: object, _case: Case | None) -> int:
    found = value if isinstance(value, int) and not isinstance(value, bool) else number_in(str(value))
    if found is None or not 0 <= found < 10**18:
        raise _refuse(field, "a whole number")
    return found


def _yes_no(field: Field, value: object, _case: Case | None) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return value == "yes"
    raise _refuse(field, "yes or no")


def _date(field: Field, value: object, _case: Case | None) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _refuse(field, "a day such as 2026-11-25") from error


def _moment(field: Field, value: object, case: Case | None) -> datetime:
    """A moment in UTC; one without a zone is meant in the zone of the case's team."""
    zone = zone_of(case.team) if case else UTC
    try:
        said = datetime.fromisoformat(str(value))
        return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _refuse(field, "a day and an hour such as 2026-11-27T17:00") from error


def _choice(field: Field, value: object, _case: Case | None) -> str:
    if value not in field.choices:
        raise _refuse(field, f"one of {', '.join(field.choices)}")
    return str(value)


def _issue(field: Field, value: object, case: Case | None) -> object:
    number = _number(field, value, case)
    found = case.open_issues().filter(pk=number).first() if case else None
    if found is None:
        raise _refuse(field, "the number of an open issue of this case")
    return found


def _issues(field: Field, value: object, case: Case | None) -> frozenset[int]:
    listed = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
    return frozenset(_number(field, one.strip() if isinstance(one, str) else one, case) for one in listed)


def _list(field: Field, value: object, case: Case | None) -> tuple[dict[str, Any], ...]:
    rows = _from_json(value) if isinstance(value, str) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _refuse(field, "a list of rows")
    return tuple(parsed(field.of, row, case, f"Row {number} of “{field.name}”") for number, row in enumerate(rows, 1))


def _from_json(words: str) -> object:
    try:
        return json.loads(words)
    except ValueError:
        return None


def _one(field: Field, value: object, case: Case | None) -> object:
    assert field.find is not None
    found = field.find(case, str(value))
    if found is None:
        raise Incomplete(
            f"There is no {field.name.replace('_', ' ')} “{str(value)[:80]}”. Name {field.help}.", field.name
        )
    return found


_READERS: dict[Kind, Callable[[Field, object, Case | None], Any]] = {
    Kind.TEXT: _text,
    Kind.AMOUNT: _text,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.ISSUE: _issue,
    Kind.ISSUES: _issues,
    Kind.LIST: _list,
    Kind.ONE: _one,
}
