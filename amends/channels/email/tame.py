"""HTML as people send it, rewritten so that no parser behind it can be made to blow up.

Both HTML parsers we use take cubic time and memory on a few hundred unclosed tags. What leaves here is
balanced, at most 100 levels deep, and holds only tags and attributes that carry meaning, with all the words.
"""

import re
from dataclasses import dataclass, field

from amends.channels.email.caps import HTML_CHARS

_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40}+)((?>[^<>"']+|"[^"]*"|'[^']*')*+)>"""
    r"""|<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40}+)([^<>]*+)>|<!--|<[!?][^<>]*+>""",
)
_DATA = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,60};base64,[A-Za-z0-9+/=%]*+", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(href|alt|colspan|rowspan|start)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}")
_FORMATTING = frozenset(["a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "code"])
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
    ]
)
_VOID = frozenset({"br", "hr"})
_SKIPPED = frozenset(["script", "style", "title"])
_KEPT_ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
_AS_BLOCK = {
    "center": "div", "section": "div", "article": "div", "header": "div", "footer": "div", "main": "div",
    "address": "div", "aside": "div", "nav": "div", "form": "div", "fieldset": "div", "body": "div",
    "figure": "div",
    "strike": "s", "tt": "code", "dir": "ul", "menu": "ul", "listing": "pre", "xmp": "pre", "option": "div",
    "figcaption": "div", "legend": "div", "details": "div", "summary": "div", "textarea": "div",
}  # fmt: skip
_CLOSES = {
    "p": ({"p"}, {"table", "td", "th", "li", "blockquote", "div"}),
    "li": ({"li"}, {"ul", "ol", "table"}),
    "dt": ({"dt", "dd"}, {"dl", "table"}),
    "dd": ({"dt", "dd"}, {"dl", "table"}),
    "tr": ({"tr"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
}
_DEEPEST = 100
_MOST_FORMATTING = 8
_MOST_TAGS = 40_000


@dataclass(slots=True)
class _Tamer:
    html: str
    out: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    formatting: int = 0
    tags: int = 0
    endless: set[str] = field(default_factory=set)

    def run(self) -> str:
        position = 0
        while found := _TAG.search(self.html, position):
            self._words(self.html[position : found.start()])
            position = self._token(found)
        self._words(self.html[position:])
        self._unwind(0)
        return "".join(self.out)

    def _words(self, words: str) -> None:
        if words:
            self.out.append(words.replace("<", "&lt;") if "<" in words else words)

    def _token(self, found: "re.Match[str]") -> int:
        """Handle one tag or comment; return where reading goes on."""
        if found[0] == "<!--":
            return self._after("-->", found.end())
        name = (found[2] or found[5] or "").lower()
        if not name:
            return found.end()
        if found[1] or found[4]:
            self._close(_AS_BLOCK.get(name, name))
        elif name in _SKIPPED:
            return self._after(f"</{name}", found.end())
        else:
            self._open(_AS_BLOCK.get(name, name), found[3] or found[6] or "")
        return found.end()

    def _after(self, ending: str, position: int) -> int:
        """Return the offset behind the ending; without one, nothing is skipped."""
        if ending not in self.endless:
            found = re.compile(re.escape(ending), re.IGNORECASE).search(self.html, position)
            if found:
                return self.html.find(">", found.end() - 1) + 1 or len(self.html)
            self.endless.add(ending)
        return position

    def _open(self, name: str, attributes: str) -> None:
        if name == "img":
            self._words(_attributes(attributes).get("alt", ""))
        elif self.tags >= _MOST_TAGS:
            self.out.append(" ")
        elif name in _VOID:
            self.tags += 1
            self.out.append(f"<{name}>")
        elif name in _FORMATTING or name in _BLOCKS:
            self._make_room(name)
            if len(self.stack) < _DEEPEST and (name not in _FORMATTING or self.formatting < _MOST_FORMATTING):
                self.tags += 1
                self.stack.append(name)
                self.formatting += name in _FORMATTING
                self.out.append(f"<{name}{_shown(name, attributes)}>")

    def _make_room(self, name: str) -> None:
        """Close what the new tag ends by itself: a paragraph, a list item, a cell."""
        closed, barriers = _CLOSES.get(name, ({name}, {"table"}) if name == "a" else (set(), set()))
        for at in range(len(self.stack) - 1, -1, -1):
            if self.stack[at] in closed:
                self._unwind(at)
                return
            if not closed or self.stack[at] in barriers:
                return

    def _close(self, name: str) -> None:
        if name == "br":
            self.out.append("<br>")
        if name not in self.stack:
            return
        at = len(self.stack) - 1 - self.stack[::-1].index(name)
        if "table" in self.stack[at + 1 :] and name != "table" and name in _FORMATTING | {"p"}:
            return
        self._unwind(at)

    def _unwind(self, size: int) -> None:
        while len(self.stack) > size:
            name = self.stack.pop()
            self.formatting -= name in _FORMATTING
            self.out.append(f"</{name}>")


def tame(html: str) -> str:
    """Return a balanced, shallow rewriting with every word kept; cut the HTML with `trim` first."""
    return _Tamer(html).run()


def trim(html: str) -> tuple[str, bool]:
    """Return the HTML without embedded data, at most a million characters, and whether words may be cut."""
    if "base64" in html:
        html = _DATA.sub("", html)
    return html[:HTML_CHARS], len(html) > HTML_CHARS


def _attributes(text: str) -> dict[str, str]:
    if "=" not in text:
        return {}
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(text)}


def _shown(name: str, attributes: str) -> str:
    wanted = _KEPT_ATTRIBUTES.get(name)
    if not wanted or not attributes:
        return ""
    found = _attributes(attributes)
    return "".join(
        f' {key}="{found[key].replace(chr(34), "&quot;").replace("<", "&lt;")}"'
        for key in sorted(wanted & found.keys())
        if key == "href" or _NUMBER.fullmatch(found[key])
    )
