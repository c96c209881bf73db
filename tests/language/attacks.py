"""Every regular expression of amends/language, and the texts that would blow a careless one up."""

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from random import Random
from re import _constants as op
from re import _parser as parser
from types import ModuleType

import amends.language
from amends.language.pattern import Pattern

SPOILERS = ("\0", "!x", "")
WHOLE = 3
IN_CALLS = {"sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split"}
CLASS_SAMPLES = {
    op.CATEGORY_DIGIT: "1",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_NOT_SPACE: "a",
    op.CATEGORY_NOT_WORD: "-",
}
EVERY = "a1 \n-'\".,!?>@:/_"


def every_pattern() -> dict[str, re.Pattern[str]]:
    """Return each pattern under the name of its module and constant, or its line where it has no name."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(amends.language.__path__, "amends.language."):
        module = importlib.import_module(info.name)
        short = info.name.removeprefix("amends.language.")
        for name, value in vars(module).items():
            for key, one in _flat(name, value):
                found[f"{short}.{key}"] = one
        found |= {f"{short}:{line}": one for line, one in _written_in_calls(module)}
    unique = {(one.pattern, one.flags): name for name, one in reversed(found.items())}
    return {name: found[name] for name in sorted(unique.values())}


def _flat(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, Pattern):
        yield name, value._ready or value._compiled()
    elif isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(f"{name}[{key}]", one)
    elif isinstance(value, list | tuple | set | frozenset):
        for at, one in enumerate(value):
            yield from _flat(f"{name}[{at}]", one)


def _written_in_calls(module: ModuleType) -> Iterator[tuple[int, re.Pattern[str]]]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in IN_CALLS
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.lineno, re.compile(node.args[0].value)


def attacks(pattern: re.Pattern[str], length: int, seed: int = 0) -> Iterator[str]:
    """Yield texts of about a length: its own words over and over, each repeat pumped up, then a near miss."""
    writer = _Writer(Random(seed))
    texts = [writer.text(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)) for _ in range(WHOLE)]
    bodies = {("", text) for text in texts} | {("", text + " ") for text in texts} | writer.pumped
    bodies |= {("", one) for text in texts for one in text} | {("", " " + one) for one in set(texts[0])}
    for at, (before, body) in enumerate(sorted(bodies)):
        if body:
            yield before + body * (length // len(body)) + SPOILERS[at % len(SPOILERS)]


class _Writer:
    """Writes texts that a pattern matches, and remembers what stood before each repeat and what it repeats."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.pumped: set[tuple[str, str]] = set()
        self.groups: dict[int | None, str] = {}

    def text(self, nodes: parser.SubPattern, before: str = "") -> str:
        written = ""
        for kind, value in nodes:
            written += self._one(kind, value, before + written)
        return written

    def _one(self, kind: object, value: object, before: str) -> str:
        match kind:
            case op.LITERAL:
                return chr(value)
            case op.NOT_LITERAL | op.ANY:
                return "a" if value != ord("a") else "b"
            case op.IN:
                return self._of_class(value)
            case op.BRANCH:
                return self.text(self.random.choice(value[1]), before)
            case op.SUBPATTERN | op.ATOMIC_GROUP:
                return self._group(*(value[0], value[3]) if kind is op.SUBPATTERN else (None, value), before)
            case op.GROUPREF:
                return self.groups.get(value, "")
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                return self._repeat(value, before)
            case op.AT | op.ASSERT | op.ASSERT_NOT:
                return ""
        raise AssertionError(f"a kind of pattern that nobody taught the attack: {kind}")

    def _group(self, number: int | None, nodes: parser.SubPattern, before: str) -> str:
        self.groups[number] = written = self.text(nodes, before)
        return written

    def _repeat(self, value: tuple, before: str) -> str:
        least, most, nodes = value
        body = self.text(nodes, before)
        if most > 1:
            self.pumped |= {(before, body), (before, self.text(nodes, before))}
        return body * self.random.randint(least, min(most, max(least, 2)))

    def _of_class(self, members: list) -> str:
        if members[0][0] is op.NEGATE:
            kept = re.compile("[^" + "".join(_written(one) for one in members[1:]) + "]")
            return next((one for one in self.random.sample(EVERY, len(EVERY)) if kept.match(one)), "")
        kind, value = self.random.choice(members)
        if kind is op.LITERAL:
            return chr(value)
        return CLASS_SAMPLES[value] if kind is op.CATEGORY else chr(self.random.randint(*value))


def _written(member: tuple) -> str:
    kind, value = member
    if kind is op.CATEGORY:
        return {"digit": r"\d", "space": r"\s", "word": r"\w", "not": r"\W"}[str(value).split("_")[1].lower()]
    low, high = value if kind is op.RANGE else (value, value)
    return f"{re.escape(chr(low))}-{re.escape(chr(high))}" if kind is op.RANGE else re.escape(chr(low))


def only_at_the_start() -> set[str]:
    """Return the names of constants that are only ever asked to match where they are put, never to search."""
    used: dict[str, set[str]] = {}
    for info in pkgutil.walk_packages(amends.language.__path__, "amends.language."):
        for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(info.name)))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used.setdefault(node.value.id, set()).add(node.attr)
    return {name for name, ways in used.items() if ways <= {"match", "fullmatch"}}


def seconds(pattern: re.Pattern[str], text: str, *, searching: bool = True) -> float:
    """Return the processor time it takes to look for every match in a text, or for one at its start."""
    began = time.process_time()
    if searching:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
    return time.process_time() - began
