"""The message that a bounce gives back: what it said and what it was called."""

from amends.channels.email.body import read_body
from amends.channels.email.caps import Mended
from amends.channels.email.charsets import scrub
from amends.channels.email.errors import Unreadable
from amends.channels.email.threads import ids_in
from amends.channels.email.walk import Leaf, Tree, walk

_RETURNED = frozenset({"message/rfc822", "message/rfc822-headers", "text/rfc822-headers"})


def read_returned(tree: Tree) -> tuple[str, tuple[str, ...]]:
    """Return the text of the returned message as lines starting "> ", and its Message-ID in a tuple."""
    leaf = next((leaf for leaf in tree.leaves if leaf.content_type in _RETURNED), None)
    if leaf is None:
        return "", ()
    try:
        returned = walk(leaf.payload(tree.raw), Mended())
    except Unreadable:
        return "", ()
    text = read_body(returned, Mended()).text if _has_body(leaf) else ""
    quoted = "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""
    return scrub(quoted), tuple(ids_in(returned.head.first("message-id"))[:1])


def _has_body(leaf: Leaf) -> bool:
    return leaf.content_type == "message/rfc822"
