"""The letter that carries a gesture: their words, what it is worth, until when, and that nothing is asked for it."""

from typing import TYPE_CHECKING

from amends.cases.case import Case
from amends.language.follow_up import day_in
from amends.language.gesture import gesture_words
from amends.method.money import written
from amends.recovery.letter import case_language
from amends.team.models import User

if TYPE_CHECKING:
    from amends.loyalty.give import Given


def gesture_letter(case: Case, given: "Given", by: User) -> str:
    """The text of the letter, around the writer's own words in the language of the customer's own mail."""
    language = case_language(case)
    words = gesture_words(language)
    worth = f" ({written(given.amount, given.unit)})" if given.amount else ""
    until = ""
    if given.amount and given.until:
        day = f"{day_in(language, given.until)} {words['year'].replace('{year}', str(given.until.year))}"
        until = " " + words["until"].replace("{day}", day)
    parts = [
        words["greeting"].replace("{name}", case.customer.first_name),
        given.words.strip(),
        f"{given.title.strip()}{worth}.{until}",
        words["free"],
        f"{by.name}\n{case.team.signature or case.channel.name}",
    ]
    return "\n\n".join(parts)
