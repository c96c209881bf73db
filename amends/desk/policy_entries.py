"""What the form of the policy asks: each field with its label, and how its words become data and data its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amends.method.checked import NO_LIMIT
from amends.method.money import WITHOUT_CENTS, cents_of
from amends.method.policy_words import SEVERITY_WORDS


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: its label, both ways between words and data, and the rule as people type it, where that differs."""

    label: str
    read: Callable[[str], Any] = str.strip
    write: Callable[[Any], str] = str
    rule: str = ""


def whole(words: str) -> Any:
    """The whole number typed, else the words, for the policy to refuse."""
    plain = words.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else plain


def decimal(words: str) -> Any:
    """The number typed, with a point or a comma, else the words."""
    try:
        return float(words.strip().replace(",", "."))
    except ValueError:
        return words.strip()


def share(words: str) -> Any:
    """The share of one that was typed in percent, else the words."""
    value = decimal(words.replace("%", ""))
    return round(value / 100, 6) if isinstance(value, float) else value


def days(words: str) -> list[Any]:
    """The days typed one after the other: "7, 28"; none for nothing."""
    return [whole(part) for part in words.replace(";", ",").split(",") if part.strip()]


def names(words: str) -> list[str]:
    """The names typed one after the other: "csat, ces"; none for nothing."""
    return [part.strip().lower() for part in words.replace(";", ",").split(",") if part.strip()]


def cents(words: str, currency: str) -> Any:
    """The cents typed as a sum, "no limit" as it is, else the words."""
    plain = words.strip().lower()
    if plain == NO_LIMIT:
        return NO_LIMIT
    try:
        return cents_of(plain, currency)
    except ValueError:
        return plain


def sum_words(value: Any, currency: str) -> str:
    """A sum as it is typed: "100", "89.50", "no limit"."""
    if not isinstance(value, int):
        return str(value)
    if currency in WITHOUT_CENTS:
        return str(value)
    units, rest = divmod(value, 100)
    return f"{units}.{rest:02}" if rest else str(units)


def _percent(value: float) -> str:
    return f"{round(value * 100, 4):g}"


def _number(value: float) -> str:
    return f"{value:g}"


def _days(value: list[int]) -> str:
    return ", ".join(str(day) for day in value)


def _names(value: list[str]) -> str:
    return ", ".join(value)


SHARE_RULE = "has to be a number of percent from 0 to 100."
SUM_RULE = f"has to be a sum, such as 100 or 89.50, or the words “{NO_LIMIT}”."

SCALARS: Mapping[str, Entry] = {
    "certificate_days": Entry("A certificate counts for (days)", whole),
    "immersion_rounds": Entry("Practice before live work: rounds that passed (0 for none)", whole),
    "immersion_people": Entry("Practice before live work: different people (0 for any)", whole),
    "immersion_before_live": Entry("Newcomers answer customers only after it (1 yes, 0 no)", whole),
    "sample_share": Entry("Looked at afterwards, of what was delivered (%)", share, _percent, SHARE_RULE),
    "offer_open_days": Entry("An offer stays open (days)", whole),
    "promise_warn_hours": Entry("A promise is warned of before it is due (hours)", decimal, _number),
    "listen_minutes": Entry("A customer is still writing until so long after their newest message (minutes)", whole),
    "aside_share": Entry("Put aside in more of its letters than (%)", share, _percent, SHARE_RULE),
    "aside_letters": Entry("Once it spoke up in so many (letters)", whole),
    "survey_share": Entry("Asked, of those whose turn it is (%)", share, _percent, SHARE_RULE),
    "survey_kinds": Entry(
        "Questions, the one of the letter first (csat, nps, ces, settled)",
        names,
        _names,
        "has to name questions out of csat, nps, ces and settled, each once.",
    ),
    "survey_after_days": Entry("Asked so long after the outcome (days)", whole),
    "survey_open_days": Entry("Asked without an outcome, so long after it began (days)", whole),
    "survey_every_days": Entry("One customer, at most once in (days)", whole),
    "survey_reminder_days": Entry("Reminded once, after (days, 0 for never)", whole),
    "low_score_hours": Entry("Who is dissatisfied hears from a person within (hours)", whole),
    "cap_share": Entry(
        "At most, of the price paid (%)", share, _percent, "has to be a number of percent from 100 to 1000."
    ),
    "effort_share": Entry("For each time they had to write again (%)", share, _percent, SHARE_RULE),
    "effort_max": Entry("For all their trouble together, at most (%)", share, _percent, SHARE_RULE),
    "double_deviation_days": Entry("The wrong solution, when it comes back within (days)", whole),
    "keep_days": Entry("A customer is erased so long after their last case was closed (days)", whole),
    "conduct_review_days": Entry("A boundary is looked at again after (days)", whole),
}
GRIDS: Mapping[str, Entry] = {
    "options_min": Entry("Fewest options in an offer", whole),
    "update_days": Entry("Never silent for longer than (days)", whole),
    "agree_days": Entry("Agreed what puts it right, within (days)", whole),
    "follow_up_days": Entry("Asked whether it is still right, after (days)", days, _days),
    "goodwill_share": Entry("Goodwill, of the price paid (%)", share, _percent, SHARE_RULE),
}
HOURS = Entry("First answer by a person, within (hours)", decimal, _number)
COLUMNS: Mapping[str, Entry] = {
    "role": Entry("Role"),
    "course": Entry("Certificate"),
    "kind": Entry("Kind of remedy"),
    "currency": Entry("Currency"),
    "per_case_cents": Entry("In one case", rule=SUM_RULE),
    "per_customer_cents": Entry("To one customer", rule=SUM_RULE),
    "period_days": Entry("in so many days", whole),
    "words": Entry("What customers read"),
    "measure": Entry("What is measured"),
    "target_hours": Entry("Promised within (hours)", decimal, _number),
    "title": Entry("Title"),
    "text": Entry("What it says"),
    "remedies": Entry("About these remedies"),
    "channel": Entry("Channel"),
}


def severities() -> list[tuple[str, str]]:
    """The four severities as the form names them: key of the data, word for people."""
    return [(str(number), words) for number, words in SEVERITY_WORDS.items()]
