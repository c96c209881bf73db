"""The automatic acknowledgement of a complaint: sorry for the trouble, a person will read it, and when."""

from functools import cache

from amends.language.lexicon import package_text
from amends.language.reading import Reading
from amends.language.tongues import READ_LANGUAGES

DEFAULT_LANGUAGE = "en"


def acknowledge(
    reading: Reading,
    customer_name: str,
    answer_within: str,
    page_url: str,
    reference: str,
    presence: tuple[str, ...] = (),
) -> str:
    """Return an acknowledgement's plain text in the reading's language, English where we do not write it.

    It is sorry for the trouble without admitting facts that nobody has looked at (S4.9), repeats
    nothing of the message and asks nothing. `answer_within` ("one working day") is written as it is
    given, so it has to be in the same language. So are the sentences of `presence`, which say whether anybody is there.
    """
    language = reading.language if reading.language in READ_LANGUAGES else DEFAULT_LANGUAGE
    greeting, nameless, safety, *lines = _template(language)
    name = " ".join(customer_name.split())
    first = greeting.replace("{name}", name) if name else nameless
    fill = {"{within}": answer_within, "{page}": page_url, "{reference}": reference}
    body = [one for line in lines for one in ((line, *presence) if "{within}" in line else (line,))]
    body = [_filled(line, fill) for line in body]
    if reading.safety:
        body.insert(1, safety)
    return "\n".join([first, *body]) + "\n"


def _filled(line: str, fill: dict[str, str]) -> str:
    for mark, value in fill.items():
        if mark in line:
            return line.replace(mark, value)
    return line


@cache
def _template(language: str) -> tuple[str, ...]:
    lines = package_text("lexicons", language, "acknowledgement.txt").splitlines()
    return tuple(line.strip() for line in lines if not line.startswith("#"))
