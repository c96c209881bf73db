"""The HTML part of a letter, made from its text: paragraphs, links, and nothing that needs loading."""

import re
from html import escape

import css_inline

_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_STYLE = """
body { margin: 0; background: #ffffff; }
.letter { max-width: 36rem; padding: 16px; color: #1d2129; font: 16px/1.55 system-ui, "Segoe UI", sans-serif; }
.letter p { margin: 0 0 16px; }
.letter a { color: #0a666c; }
"""
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def as_html(text: str) -> str:
    """The text as a small HTML document: blank lines part paragraphs, addresses become links, the rest is escaped."""
    paragraphs = [part.strip("\n") for part in re.split(r"\n{2,}", text.strip()) if part.strip()]
    body = "\n".join(f"<p>{_linked(paragraph)}</p>" for paragraph in paragraphs)
    page = (
        f'<!doctype html><html><head><meta charset="utf-8"><style>{_STYLE}</style></head>'
        f'<body><div class="letter">{body}</div></body></html>'
    )
    return str(_inliner.inline(page))


def _linked(paragraph: str) -> str:
    pieces, at = [], 0
    for match in _LINK.finditer(paragraph):
        address = escape(match[0])
        pieces += [escape(paragraph[at : match.start()]), f'<a href="{address}">{address}</a>']
        at = match.end()
    pieces.append(escape(paragraph[at:]))
    return "".join(pieces).replace("\n", "<br>\n")
