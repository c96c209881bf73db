"""The automatic acknowledgement of a complaint: sorry for the trouble, a person will read it, and when."""

from functools import cache
from importlib.resources import files

from amends.language.reading import Reading
from amends.language.tongues import READ_LANGUAGES

DEFAULT_LANGUAGE = "en"


def acknowledge(reading: Reading, customer_name: str, answer_within: str, page_url: str, reference: str) -> str:
    """Return the plain text of an acknowledgement in the reading's language, English where it is not one we write.

    It is sorry for the trouble without admitting facts that nobody has looked at (S4.9), repeats nothing of the
    message and asks nothing. `answer_within` is written as it is ("one working day"), in the same language.
    """
    language = reading.language if reading.language in READ_LANGUAGES else DEFAULT_LANGUAGE
    greeting, nameless, safety, *lines = _template(language)
    name = " ".join(customer_name.split())
    body = [greeting.replace("{name}", name) if name else nameless, *lines]
    if reading.safety:
        body.insert(2, safety)
    fill = {"{within}": answer_within, "{page}": page_url, "{reference}": reference}
    return "\n".join(_filled(line, fill) for line in body) + "\n"


def _filled(line: str, fill: dict[str, str]) -> str:
    for mark, value in fill.items():
        if mark in line:
            return line.replace(mark, value)
    return line


@cache
def _template(language: str) -> tuple[str, ...]:
    path = files("amends.language") / "lexicons" / language / "acknowledgement.txt"
    lines = path.read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if not line.startswith("#"))
