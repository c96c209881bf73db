"""The words around the news of a change: the letter to everyone it hurt, in the language of their own mail."""

from collections.abc import Mapping
from functools import cache

from amends.language.acknowledgement import DEFAULT_LANGUAGE
from amends.language.lexicon import entries

LANGUAGE_NAMES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}


@cache
def news_words(language: str) -> Mapping[str, str]:
    """Each sentence around the news by its name, in a language we write."""
    return dict(entries(language, "news"))


def news_draft(change: str) -> str:
    """A first English text for the news of a change, for a person to review; `change` is it in a customer's words."""
    return news_words(DEFAULT_LANGUAGE)["draft"].replace("{change}", change).replace(" / ", "\n\n")


def news_letter(language: str, *, name: str, summary: str, text: str, translated: bool, link: str, signed: str) -> str:
    """The whole letter in a language we write; where `text` is not in it, the letter says so before it.

    `summary` is what went wrong as it was said back to them, "" where it was not.
    """
    words = news_words(language)
    told = words["told"].replace("{summary}", summary) if summary else words["told_plain"]
    parts = [
        words["greeting"].replace("{name}", name),
        told,
        "" if translated else words["english"],
        text.strip(),
        words["again"],
        f"{words['stop']}\n{link}",
        signed,
    ]
    return "\n\n".join(part for part in parts if part)
