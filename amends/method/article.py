"""Knowledge at hand: short articles of the policy, each bound to the remedies it is about (F34)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amends.method.checked import PolicyRefused, Reader, rows, table_of, text


@dataclass(frozen=True, slots=True)
class Article:
    """One short rule or piece of knowledge; without remedies it is about every one."""

    key: str
    title: str
    text: str
    remedies: tuple[str, ...]


def read_articles(key: str, value: Any) -> tuple[Article, ...]:
    """The articles of policy data; raises PolicyRefused for one that says nothing or a key used twice."""
    found = rows(table_of(Article, _ARTICLE))(key, value)
    keys = [article.key for article in found]
    twice = next((name for name in keys if keys.count(name) > 1), None)
    if twice is not None:
        raise PolicyRefused(key, f"has “{twice}” twice. Give each article a title of its own.")
    return found


def about(articles: Iterable[Article], remedy: str) -> tuple[Article, ...]:
    """The articles bound to this remedy by its key."""
    return tuple(article for article in articles if remedy in article.remedies)


def general(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles that are about every remedy."""
    return tuple(article for article in articles if not article.remedies)


_ARTICLE: dict[str, Reader[Any]] = {"key": text, "title": text, "text": text, "remedies": rows(text)}
