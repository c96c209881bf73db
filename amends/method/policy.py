"""Policy as data: who may grant what, which times are owed, how much makes good, read whole or refused whole."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from amends.method.article import Article, read_articles
from amends.method.certificate import SUMS, Limit, Raise, read_raises
from amends.method.checked import (
    NO_LIMIT,
    PolicyRefused,
    Reader,
    any_text,
    by_severity,
    number,
    one_of,
    only_keys,
    rows,
    table_of,
    text,
    whole,
)
from amends.method.survey import read_kinds

__all__ = [
    "PRESETS",
    "Article",
    "Limit",
    "Policy",
    "PolicyRefused",
    "Published",
    "Raise",
    "named",
    "parse",
    "preset",
    "to_data",
]

ROLES = ("agent", "lead", "quality", "admin")
MEASURES = ("first_reply", "refund")
PRESETS: Mapping[str, str] = {
    "standard": "Agents grant up to 100 in a case, leads 500, admins 2,000; two options where time or money was lost.",
    "cautious": "Small sums on the spot, 25, 150 and 1,000; more goes to somebody who may.",
    "empowered": "Whoever speaks with the customer solves it, up to 2,000; one in ten is looked at (E71, reported).",
    "open_report": "Standard, and the time to the first answer is published with what was promised (E76).",
    "promise_board": "Standard, and answer and refund times are published, promise beside result, misses too (E75).",
    "immersion": "Newcomers practise six rounds with four people before they answer; limits grow (E74, reported).",
}

# What a version says of keys that came after it was made. Old versions stay readable (F34).
LATER: Mapping[str, Any] = {
    "articles": [],
    "closed_words": {},
    "listen_minutes": 10,
    "aside_share": 0.4,
    "aside_letters": 30,
    "survey_share": 0.0,
    "survey_kinds": ["csat", "settled", "ces"],
    "survey_after_days": 2,
    "survey_open_days": 21,
    "survey_every_days": 30,
    "survey_reminder_days": 7,
    "low_score_hours": 48,
    "raises": [],
    "certificate_days": 365,
    "immersion_rounds": 0,
    "immersion_people": 0,
    "immersion_before_live": 0,
    "keep_days": 1095,
}

# Of these a preset says its own, like limits; the others stay as they are when somebody starts from a preset.
_SAID_BY_PRESETS = ("raises", "certificate_days", "immersion_rounds", "immersion_people", "immersion_before_live")
KEPT: Mapping[str, Any] = {key: nothing for key, nothing in LATER.items() if key not in _SAID_BY_PRESETS}

_OF_THE_HOUSE = ("preset", "articles", "closed_words")

_FOLDER = Path(__file__).parent / "presets"


@dataclass(frozen=True, slots=True)
class Published:
    """A promise customers can read: its words, what is measured, and the hours promised."""

    key: str
    words: str
    measure: str
    target_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What this desk has decided, on one day.

    Money is in cents, times in the unit of the name, shares are of the price paid. The numbers of the presets are
    our judgement inside what evidence allows (E9, E14, E26); only the order of things has a source.
    """

    preset: str
    limits: tuple[Limit, ...]
    sample_share: float
    options_min: Mapping[int, int]
    offer_open_days: int
    follow_up_days: Mapping[int, tuple[int, ...]]
    reply_hours: Mapping[str, Mapping[int, float]]
    update_days: Mapping[int, int]
    agree_days: Mapping[int, int]
    cap_share: float
    goodwill_share: Mapping[int, float]
    effort_share: float
    effort_max: float
    double_deviation_days: int
    promise_warn_hours: float
    conduct_review_days: int
    keep_days: int
    listen_minutes: int
    aside_share: float
    aside_letters: int
    survey_share: float
    survey_kinds: tuple[str, ...]
    survey_after_days: int
    survey_open_days: int
    survey_every_days: int
    survey_reminder_days: int
    low_score_hours: int
    raises: tuple[Raise, ...]
    certificate_days: int
    immersion_rounds: int
    immersion_people: int
    immersion_before_live: int
    published: tuple[Published, ...]
    articles: tuple[Article, ...]
    closed_words: Mapping[str, str]

    def when_closed(self, team: str) -> str:
        """Who looks after complaints while this team is closed: its own words, else those for every team, else ""."""
        return self.closed_words.get(team) or self.closed_words.get("", "")

    @property
    def asks_before_live(self) -> bool:
        """Whether newcomers practise before they answer customers: asked for, and for something."""
        return bool(self.immersion_before_live and (self.immersion_rounds or self.immersion_people))


def parse(data: Any) -> Policy:
    """The policy this data describes; raises PolicyRefused with the key and what is allowed there."""
    known = {**LATER, **data} if isinstance(data, Mapping) else data
    table = only_keys("the policy", known, frozenset(_KEYS))
    return Policy(**{key: read(key, table[key]) for key, read in _KEYS.items()})


def to_data(policy: Policy) -> dict[str, Any]:
    """The policy as JSON can hold it, such that `parse` gives it back."""
    return {field.name: _plain(getattr(policy, field.name)) for field in fields(policy)}


def preset(name: str) -> dict[str, Any]:
    """The data of a named preset, ready to be changed and parsed; raises PolicyRefused for a name we do not have."""
    one_of(*PRESETS)("preset", name)
    standard = tomllib.loads((_FOLDER / "standard.toml").read_text())
    return {**LATER, **standard, **tomllib.loads((_FOLDER / f"{name}.toml").read_text()), "preset": name}


def named(data: Mapping[str, Any]) -> str:
    """The preset this data is, apart from articles and words of the house, which no preset has; else "own"."""
    asked = {key: value for key, value in to_data(parse(data)).items() if key not in _OF_THE_HOUSE}
    return next((name for name in PRESETS if asked.items() <= to_data(parse(preset(name))).items()), "own")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Limit | Raise):
        sums = {"per_case_cents": value.per_case_cents, "per_customer_cents": value.per_customer_cents}
        return _row(value) | {key: NO_LIMIT if cents is None else cents for key, cents in sums.items()}
    return _row(value) if isinstance(value, Published | Article) else value


def _row(row: Limit | Raise | Published | Article) -> dict[str, Any]:
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def _limits(key: str, value: Any) -> tuple[Limit, ...]:
    found = rows(table_of(Limit, {"role": one_of(*ROLES), **SUMS}))(key, value)
    seen: set[tuple[str, str, str]] = set()
    for limit in found:
        subject = (limit.role, limit.kind, limit.currency)
        if subject in seen:
            twice = f"{limit.role}, {limit.kind or 'any kind'}, {limit.currency}"
            raise PolicyRefused(key, f"names {twice} twice. Keep one of the rows.")
        seen.add(subject)
    return found


def _published(key: str, value: Any) -> tuple[Published, ...]:
    found = rows(table_of(Published, _PUBLISHED))(key, value)
    keys = [promise.key for promise in found]
    twice = next((name for name in keys if keys.count(name) > 1), None)
    if twice is not None:
        raise PolicyRefused(key, f"has “{twice}” twice. Give each promise a key of its own.")
    return found


def _reply_hours(key: str, value: Any) -> dict[str, dict[int, float]]:
    if not isinstance(value, Mapping) or "" not in value:
        raise PolicyRefused(key, "has to be a table by channel, with the channel “” for all that are not named.")
    read = by_severity(number(0.01, 2000))
    return {name: read(f"{key}, {name or 'every channel'}", hours) for name, hours in _by_name(value)}


def _closed_words(key: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise PolicyRefused(key, "has to be a table by team, with the team “” for all that are not named.")
    return {name: any_text(f"{key}, {name or 'every team'}", words) for name, words in _by_name(value)}


def _by_name(table: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """The rows in an order of our own: PostgreSQL's jsonb keeps none, and pages number them."""
    return sorted(((str(name), part) for name, part in table.items()), key=lambda row: row[0])


_PUBLISHED: Mapping[str, Reader[Any]] = {
    "key": text,
    "words": text,
    "measure": one_of(*MEASURES),
    "target_hours": number(0.01, 10000),
}
_KEYS: Mapping[str, Reader[Any]] = {
    "preset": one_of(*PRESETS, "own"),
    "limits": _limits,
    "sample_share": number(0, 1),
    "options_min": by_severity(whole(1, 10)),
    "offer_open_days": whole(1, 365),
    "follow_up_days": by_severity(rows(whole(1, 365))),
    "reply_hours": _reply_hours,
    "update_days": by_severity(whole(1, 60)),
    "agree_days": by_severity(whole(1, 60)),
    "cap_share": number(1, 10),
    "goodwill_share": by_severity(number(0, 1)),
    "effort_share": number(0, 1),
    "effort_max": number(0, 1),
    "double_deviation_days": whole(1, 3660),
    "promise_warn_hours": number(0, 2000),
    "conduct_review_days": whole(1, 3660),
    "keep_days": whole(30, 36_600),
    "listen_minutes": whole(0, 240),
    "aside_share": number(0, 1),
    "aside_letters": whole(1, 10_000),
    "survey_share": number(0, 1),
    "survey_kinds": read_kinds,
    "survey_after_days": whole(0, 60),
    "survey_open_days": whole(1, 365),
    "survey_every_days": whole(1, 365),
    "survey_reminder_days": whole(0, 25),
    "low_score_hours": whole(1, 720),
    "raises": read_raises,
    "certificate_days": whole(1, 3660),
    "immersion_rounds": whole(0, 40),
    "immersion_people": whole(0, 17),
    "immersion_before_live": whole(0, 1),
    "published": _published,
    "articles": read_articles,
    "closed_words": _closed_words,
}
