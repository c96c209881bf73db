"""What the page “Who it hurt” shows: people by the language they write in, with the letter each group would get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from amends.cases.links import without_links
from amends.language.news import LANGUAGE_NAMES
from amends.prevention.affected import Harmed, hindrance
from amends.prevention.tell import Review, letter_to
from amends.ui.numbers import number


@dataclass(frozen=True, slots=True)
class Group:
    """The people who write in one language, whether the text is there in it, and the letter the first would get."""

    language: str
    name: str
    people: tuple[Harmed, ...]
    translated: bool
    letter: str


def groups_of(people: tuple[Harmed, ...], typed: Mapping[str, str]) -> list[Group]:
    """The people who can be told, by language, English first; the letter is as it would leave, its link left out."""
    texts = {language: text for language, text in typed.items() if text.strip() or language == "en"}
    made = []
    for language, name in LANGUAGE_NAMES.items():
        those = tuple(one for one in people if one.language == language)
        if those:
            letter = without_links(letter_to(those[0], texts))
            made.append(Group(language, name, those, language in texts, letter))
    return made


def hindered_of(people: tuple[Harmed, ...], now: datetime) -> dict[int, str]:
    """The people no news may leave for now, by customer, each with the reason."""
    reasons = {one.customer: hindrance(one.case, now) for one in people}
    return {customer: reason for customer, reason in reasons.items() if reason}


def review_of(form: QueryDict) -> Review:
    """What was reviewed, as it was typed: a text for each language, a reason for each person left out, whom they saw.

    A reason is given by writing one: an empty line means that this person is told.
    """
    post = form.dict()
    texts = {key.removeprefix("text-"): str(post[key]) for key in post if key.startswith("text-")}
    reasons = {key.removeprefix("reason-"): str(post[key]).strip() for key in post if key.startswith("reason-")}
    return Review(
        text=texts.pop("en", ""),
        translations=texts,
        left_out={found: why for key, why in reasons.items() if why and (found := number(key))},
        seen=frozenset(found for one in form.getlist("seen") if (found := number(one))),
    )
