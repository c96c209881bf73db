"""The word lists: plain text files, one entry a line, read once when a language is first needed."""

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from amends.language.phrase import GAPS, Sequence, parsed
from amends.language.words import ENDERS, Words, normal_words

CACHE_LIMIT = 50_000
REMEMBERED = 500
READ = ("trouble", "signs", "topics", "feeling", "asks", "threats", "severity", "praise", "dates")


class Hit(NamedTuple):
    """One entry found: its list, its value, where it stands in the text and which words it covers."""

    label: str
    value: str
    start: int
    end: int
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases; `after`, `ends` and `skips` are worked out when it is first reached."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    prefixes: dict[str, "_Node"] = field(default_factory=dict)
    gaps: dict[str, "_Node"] = field(default_factory=dict)
    joins: list["_Node"] = field(default_factory=list)
    found: list[tuple[str, str]] = field(default_factory=list)
    after: dict[str, tuple["_Node", ...]] = field(default_factory=dict)
    ends: tuple[tuple[str, str], ...] | None = None
    skips: tuple[tuple[int, "_Node"], ...] = ()


def package_text(*path: str) -> str:
    """Return the text of a data file of this package; an absent file is empty."""
    from importlib.resources import files  # here, because it takes longer to import than all of this package

    file = files("amends.language").joinpath(*path)
    return file.read_text("utf-8") if file.is_file() else ""


def entries(language: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return (phrase, value) for each line of a word list; an absent list is empty. `phrase | value`."""
    text = package_text("lexicons", language, f"{name}.txt")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    parts = (line.partition("|") for line in lines if line)
    return tuple((phrase.strip(), value.strip()) for phrase, _, value in parts)


@cache
def words_in(language: str, name: str) -> frozenset[str]:
    """Return the phrases of a word list as a set, in lower case."""
    return frozenset(phrase.lower() for phrase, _ in entries(language, name))


class Phrases:
    """Finds all entries of several word lists in one pass; `*` ends a stem, `_` skips up to 3 words, `__` up to 8."""

    def __init__(self, language: str, names: tuple[str, ...]) -> None:
        """Read the named lists of a language."""
        self._root = _Node()
        self._cache: dict[str, tuple[_Node, ...]] = {}
        classes = dict(entries(language, "classes"))
        for name in names:
            for phrase, value in entries(language, name):
                _grown(self._root, parsed(phrase, classes)).found.append((name, value))

    def find(self, words: Words) -> list[Hit]:
        """Return the entries in reading order: the longest of each list at each place, none overlapping."""
        hits: list[Hit] = []
        taken: dict[str, int] = {}
        for first, word in enumerate(words.normal):
            nodes = self._cache.get(word)
            if nodes is None:
                nodes = self._first(word)
            if nodes:
                self._from(nodes, words, first, taken, hits)
        return hits

    def _from(self, nodes: tuple[_Node, ...], words: Words, first: int, taken: dict[str, int], hits: list[Hit]) -> None:
        best: dict[str, tuple[int, str]] = {}
        for node in nodes:
            _walk(node, words.normal, first + 1, best)
        for label, (last, value) in best.items():
            if taken.get(label, -1) < first:
                taken[label] = last
                hits.append(Hit(label, value, words.starts[first], words.ends[last], first, last))

    def _first(self, word: str) -> tuple[_Node, ...]:
        if len(self._cache) >= CACHE_LIMIT:
            self._cache.clear()
        nodes = tuple(_next(self._root, word))
        self._cache[word] = nodes
        return nodes


@cache
def reading_phrases(language: str) -> Phrases:
    """Return the finder of everything that is read in a customer's message, in one language."""
    return Phrases(language, READ)


def _grown(node: _Node, sequence: Sequence) -> _Node:
    for part in sequence:
        if isinstance(part, str):
            node = _grown_by(node, part)
        else:
            join = _Node()
            for alternative in part:
                _grown(node, alternative).joins.append(join)
            node = join
    return node


def _grown_by(node: _Node, piece: str) -> _Node:
    *whole, last = normal_words(piece.removesuffix("*")) if piece not in GAPS else [piece]
    for word in whole:
        node = _step(node, word)
    return _step(node, f"{last}*" if piece.endswith("*") else last)


def _step(node: _Node, piece: str) -> _Node:
    if piece in GAPS:
        return node.gaps.setdefault(piece, _Node())
    if not piece.endswith("*"):
        return node.words.setdefault(piece, _Node())
    return node.prefixes.setdefault(piece[:-1], _Node())


def _children(node: _Node, word: str) -> tuple[_Node, ...]:
    """The nodes one word further on; each node remembers them for the words it met."""
    after = node.after.get(word)
    if after is None:
        if len(node.after) >= REMEMBERED:
            node.after.clear()
        after = node.after[word] = tuple(_next(node, word))
    return after


def _next(node: _Node, word: str) -> list[_Node]:
    exact = node.words.get(word)
    found = [exact] if exact else []
    found += [node.prefixes[start] for start in _starts(node.prefixes, word)]
    for join in node.joins:
        found += _next(join, word)
    return found


def _starts(prefixes: dict[str, _Node], word: str) -> list[str]:
    """Return the prefixes that a word begins with, asking for the fewer of the two."""
    if len(prefixes) < len(word):
        return [prefix for prefix in prefixes if word.startswith(prefix)]
    return [start for length in range(1, len(word) + 1) if (start := word[:length]) in prefixes]


def _settle(node: _Node) -> tuple[tuple[str, str], ...]:
    """Work out what ends at a node and which gaps may follow, the nodes it joins included."""
    joined = [node]
    for one in joined:
        joined += one.joins
    node.ends = tuple(entry for one in joined for entry in one.found)
    node.skips = tuple((GAPS[gap], after) for one in joined for gap, after in one.gaps.items())
    return node.ends


def _walk(node: _Node, words: list[str], at: int, best: dict[str, tuple[int, str]]) -> None:
    """Note what ends at this node or further on: the longest of each list."""
    for label, value in _settle(node) if node.ends is None else node.ends:
        if label not in best or best[label][0] < at - 1:
            best[label] = (at - 1, value)
    if at < len(words):
        for child in node.after.get(words[at]) or _children(node, words[at]):
            _walk(child, words, at + 1, best)
    for reach, after in node.skips:
        _walk_gap(after, words, at, reach, best)


def _walk_gap(node: _Node, words: list[str], at: int, reach: int, best: dict[str, tuple[int, str]]) -> None:
    """Walk on behind a gap: at once, or after skipping words of the same sentence."""
    _walk(node, words, at, best)
    for here in range(at + 1, min(at + reach + 1, len(words))):
        if words[here - 1] in ENDERS:
            return
        for child in node.after.get(words[here]) or _children(node, words[here]):
            _walk(child, words, here + 1, best)
