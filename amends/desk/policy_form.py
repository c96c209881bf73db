"""The form of the policy: from data to what stands in its fields, and from what was typed back to data."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from amends.desk.policy_entries import (
    COLUMNS,
    GRIDS,
    HOURS,
    SCALARS,
    Entry,
    cents,
    severities,
    sum_words,
)
from amends.method.policy import PolicyRefused

Typed = dict[str, Any]

LIMIT = ("role", "kind", "currency", "per_case_cents", "per_customer_cents", "period_days")
RAISE = ("course", *LIMIT[1:])
PUBLISHED = ("key", "words", "measure", "target_hours")
ARTICLE = ("key", "title", "text", "remedies")
REPLY = ("channel", *(number for number, _ in severities()))
ROWS: Mapping[str, tuple[str, ...]] = {
    "limits": LIMIT,
    "raises": RAISE,
    "reply_hours": REPLY,
    "published": PUBLISHED,
    "articles": ARTICLE,
}
PARTS: Mapping[str, tuple[str, ...]] = {
    "grants": ("limits", "sample_share"),
    "certificates": ("raises", "certificate_days", "immersion_rounds", "immersion_people", "immersion_before_live"),
    "choosing": ("options_min", "offer_open_days"),
    "times": ("reply_hours", "update_days", "agree_days", "follow_up_days", "promise_warn_hours", "listen_minutes"),
    "money": ("cap_share", "goodwill_share", "effort_share", "effort_max", "double_deviation_days"),
    "public": ("published", "conduct_review_days", "keep_days"),
    "checks": ("aside_share", "aside_letters"),
    "surveys": (
        "survey_share",
        "survey_kinds",
        "survey_after_days",
        "survey_open_days",
        "survey_every_days",
        "survey_reminder_days",
        "low_score_hours",
    ),
    "knowledge": ("articles",),
    "closed": ("closed_words",),
}
SAYS = {
    "limits": {"per_case_cents", "per_customer_cents"},
    "raises": {"per_case_cents", "per_customer_cents"},
    "reply_hours": set(REPLY[1:]),
    "published": {"words"},
    "articles": {"title", "text"},
}


def typed_of(data: Mapping[str, Any], teams: Iterable[str]) -> Typed:
    """What stands in the fields for this policy."""
    typed: Typed = {key: entry.write(data[key]) for key, entry in SCALARS.items()}
    for key, entry in GRIDS.items():
        typed |= {f"{key}-{number}": entry.write(data[key][number]) for number, _ in severities()}
    typed["rows"] = {
        "limits": [_limit_typed(row) for row in data["limits"]],
        "raises": [_limit_typed(row) for row in data["raises"]],
        "reply_hours": [
            {"channel": channel} | {number: HOURS.write(value) for number, value in hours.items()}
            for channel, hours in data["reply_hours"].items()
        ],
        "published": [{**row, "target_hours": HOURS.write(row["target_hours"])} for row in data["published"]],
        "articles": [dict(row) for row in data["articles"]],
    }
    typed["closed_words"] = {team: data["closed_words"].get(team, "") for team in ("", *teams)}
    return typed


def typed_in(post: QueryDict, teams: Iterable[str]) -> Typed:
    """What was typed, rows that say nothing left out, so that row 2 of the data is row 2 of the form."""
    names = [*SCALARS, *(f"{key}-{number}" for key in GRIDS for number, _ in severities())]
    typed: Typed = {name: post.get(name, "") for name in names}
    typed["rows"] = {key: [row for row in _rows_in(post, key) if _says(row, key)] for key in ROWS}
    typed["closed_words"] = {team: post.get(f"closed_words-{place}", "") for place, team in enumerate(("", *teams))}
    return typed


def data_of(typed: Typed) -> dict[str, Any]:
    """The policy that was typed, ready to be read; words that are no number stay words, for the policy to refuse.

    Raises PolicyRefused for a channel that stands in two rows.
    """
    rows = typed["rows"]
    return {
        **{key: entry.read(typed[key]) for key, entry in SCALARS.items()},
        **{
            key: {number: entry.read(typed[f"{key}-{number}"]) for number, _ in severities()}
            for key, entry in GRIDS.items()
        },
        "limits": [_limit(row) for row in rows["limits"]],
        "raises": [_limit(row) for row in rows["raises"]],
        "reply_hours": _reply_hours(rows["reply_hours"]),
        "published": [{**row, "target_hours": HOURS.read(row["target_hours"])} for row in keyed(rows["published"])],
        "articles": keyed(rows["articles"]),
        "closed_words": {team: words.strip() for team, words in typed["closed_words"].items() if words.strip()},
    }


def _reply_hours(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        channel = row["channel"].strip().lower()
        if channel in found:
            raise PolicyRefused("reply_hours", f"has {channel or 'every channel'} twice. Keep one of the rows.")
        found[channel] = {number: HOURS.read(row[number]) for number, _ in severities()}
    return found


def keyed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with a key each: the one they had, else one made of their first words."""
    return [{**row, "key": row["key"] or _key(row.get("title") or row.get("words", ""))} for row in rows]


def _key(words: str) -> str:
    return slugify(words)[:40] or words.strip()[:40]


def _rows_in(post: QueryDict, key: str) -> list[dict[str, Any]]:
    numbers = (found[1] for name in post if (found := re.fullmatch(rf"{key}-(\d{{1,6}})-\w+", name, re.ASCII)))
    places = sorted({int(number) for number in numbers})
    return [{part: _part(post, f"{key}-{place}-{part}") for part in ROWS[key]} for place in places]


def _part(post: QueryDict, name: str) -> Any:
    return post.getlist(name) if name.endswith("-remedies") else post.get(name, "").strip()


def _says(row: Mapping[str, Any], key: str) -> bool:
    return any(row[part] for part in SAYS[key])


def _limit_typed(row: Mapping[str, Any]) -> dict[str, str]:
    sums = {part: sum_words(row[part], row["currency"]) for part in ("per_case_cents", "per_customer_cents")}
    return {**{part: str(value) for part, value in row.items()}, **sums}


def _limit(row: Mapping[str, str]) -> dict[str, Any]:
    currency = row["currency"].strip().upper()
    sums = {part: cents(row[part], currency) for part in ("per_case_cents", "per_customer_cents")}
    return {**row, **sums, "currency": currency, "period_days": COLUMNS["period_days"].read(row["period_days"])}


def parts_open(typed: Typed, kept: Typed, problem: str = "") -> dict[str, str]:
    """For each part of the form why it stands open: it holds the "problem", it is "changed", or "" for neither."""
    return {
        part: "problem" if _holds(keys, problem) else "changed" if _said(keys, typed) != _said(keys, kept) else ""
        for part, keys in PARTS.items()
    }


def _holds(keys: Iterable[str], problem: str) -> bool:
    return any(problem == key or problem.startswith(f"{key}-") for key in keys)


def _said(keys: Iterable[str], typed: Typed) -> list[Any]:
    """What these fields say, empty ones and missing ones alike, so that a form sent back unchanged is unchanged."""
    return [
        [{part: value for part, value in row.items() if value} for row in typed["rows"][key]]
        if key in ROWS
        else {name: value for name, value in _fields(key, typed).items() if value}
        for key in keys
    ]


def _fields(key: str, typed: Typed) -> dict[str, Any]:
    if key == "closed_words":
        return {team: words.strip() for team, words in typed[key].items()}
    return {name: typed[name] for name in (key, *(f"{key}-{number}" for number, _ in severities())) if name in typed}


_IN_ROW = re.compile(r"(?P<part>\w+) of (?P<key>\w+), row (?P<row>\d+).*")
_SEVERITY = re.compile(r"(?P<key>\w+), severity (?P<number>\d).*")
_CHANNEL = re.compile(r"reply_hours, (?P<channel>.*), severity (?P<number>\d)")


def problem_of(error: PolicyRefused, typed: Typed) -> tuple[str, str]:
    """The field a refusal is about and its sentence, in the words and units of the form."""
    name, entry, place = _named(error.key, typed)
    return (name, f"“{entry.label}{place}” {entry.rule or error.rule}") if entry else (name, str(error))


def _named(key: str, typed: Typed) -> tuple[str, Entry | None, str]:
    words = dict(severities())
    if found := _CHANNEL.fullmatch(key):
        channels = [row["channel"].strip().lower() or "every channel" for row in typed["rows"]["reply_hours"]]
        row, number = channels.index(found["channel"]) + 1, found["number"]
        return f"reply_hours-{row}-{number}", HOURS, f", {found['channel']}, {words[number].lower()}"
    if found := _SEVERITY.fullmatch(key):
        return f"{found['key']}-{found['number']}", GRIDS[found["key"]], f", {words[found['number']].lower()}"
    if found := _IN_ROW.fullmatch(key):
        entry = COLUMNS.get(found["part"])
        return f"{found['key']}-{found['row']}-{found['part']}", entry, f", row {found['row']}"
    return key.split(",", maxsplit=1)[0], SCALARS.get(key), ""
