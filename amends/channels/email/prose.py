"""HTML to plain words: paragraphs, list marks, table rows, and quotations as lines starting "> "."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from amends.channels.email.charsets import scrub

_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_GAP = re.compile(r" {3,}")
_PARAGRAPHS = frozenset(["p", "blockquote", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre"])
_LINES = frozenset(["div", "li", "dt", "dd", "tr", "caption", "hr"])
_DEEPEST_QUOTE = 20


@dataclass(slots=True)
class _Writer:
    done: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    mark: str = ""
    quotes: int = 0
    verbatim: int = 0
    lists: list[int] = field(default_factory=list)

    def enter(self, tag: str, node: LexborNode) -> None:
        if tag == "-text":
            self._say(node.text_content or "")
        elif tag == "br":
            self._end_line(keep_empty=True)
        elif tag in _PARAGRAPHS:
            self._space(nested=tag in ("ul", "ol") and bool(self.lists))
            self._begin(tag, node)
        elif tag in _LINES:
            self._end_line()
            if tag == "li":
                self._item()
        elif tag in ("td", "th"):
            self.words.append("  " if self.words else "")

    def leave(self, tag: str) -> None:
        if tag == "blockquote":
            self._end_line()
            while self.done and not self.done[-1].strip("> "):
                self.done.pop()
            self.quotes -= 1
            self._space()
        elif tag in _PARAGRAPHS:
            nested = tag in ("ul", "ol") and len(self.lists) > 1
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            if tag == "pre":
                self._end_line()
                self.verbatim -= 1
            self._space(nested=nested)
        elif tag in _LINES:
            self._end_line()

    def finish(self) -> str:
        self._end_line()
        return "\n".join(self.done).strip("\n")

    def _begin(self, tag: str, node: LexborNode) -> None:
        self.quotes += tag == "blockquote"
        self.verbatim += tag == "pre"
        if tag == "ul":
            self.lists.append(-1)
        elif tag == "ol":
            start = node.attributes.get("start") or "1"
            self.lists.append(int(start) if start.isdecimal() else 1)

    def _item(self) -> None:
        indent = "  " * (min(len(self.lists), 6) - 1)
        if self.lists and self.lists[-1] >= 0:
            self.mark = f"{indent}{self.lists[-1]}. "
            self.lists[-1] += 1
        else:
            self.mark = f"{indent}- "

    def _say(self, words: str) -> None:
        if self.verbatim:
            *lines, last = words.split("\n")
            for line in lines:
                self.words.append(line)
                self._end_line(keep_empty=True)
            self.words.append(last)
        else:
            self.words.append(_SPACE.sub(" ", words))

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = "".join(self.words)
        line = line.rstrip() if self.verbatim else _joined(line)
        self.words.clear()
        if line or keep_empty:
            self.done.append(self._prefix() + self.mark + line if line else self._prefix().rstrip())
            self.mark = ""

    def _space(self, *, nested: bool = False) -> None:
        """End the line and leave one empty line between paragraphs."""
        self._end_line()
        if self.done and not nested and not self.mark and self.done[-1].strip("> "):
            self.done.append(self._prefix().rstrip())

    def _prefix(self) -> str:
        return "> " * min(self.quotes, _DEEPEST_QUOTE)


def words_of(tamed: str) -> str:
    """Return the readable text of tamed HTML; link texts stay, addresses behind links and pictures do not."""
    root = LexborHTMLParser(tamed).body
    writer = _Writer()
    node: LexborNode | None = root.child if root else None
    while node is not None and root is not None:
        tag = node.tag or ""
        writer.enter(tag, node)
        if node.child is not None:
            node = node.child
            continue
        writer.leave(tag)
        node = _onward(node, root, writer)
    return scrub(writer.finish())


def _onward(node: LexborNode, root: LexborNode, writer: _Writer) -> LexborNode | None:
    """Return the next node in reading order, leaving the elements that end here."""
    current: LexborNode | None = node
    while current is not None and current.next is None:
        current = current.parent
        if current is None or current.mem_id == root.mem_id:
            return None
        writer.leave(current.tag or "")
    return current.next if current is not None else None


def _joined(line: str) -> str:
    return _GAP.sub("  ", line).strip()
