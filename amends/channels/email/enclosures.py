"""The files that came with a mail: listed without their bytes, and found again by their number."""

from collections.abc import Iterator

from amends.channels.email.caps import HEAD_BYTES, Mended
from amends.channels.email.charsets import decode_header_bytes
from amends.channels.email.errors import Unreadable
from amends.channels.email.heads import read_head
from amends.channels.email.names import name_for, safe_name
from amends.channels.email.parts import is_file, is_readable, is_too_long
from amends.channels.email.uuencoded import Pasted, split_pasted
from amends.channels.email.walk import Leaf, Tree, walk
from amends.channels.email.words import header_text, one_line
from amends.channels.envelope import Enclosure


def list_enclosures(tree: Tree) -> tuple[Enclosure, ...]:
    """Return every file of the mail: its leaves that are files, then what was pasted into the text."""
    files = [_enclosure(tree, leaf) for leaf in tree.leaves if is_file(leaf, tree.root) or is_too_long(tree, leaf)]
    return (*files, *(_from_pasted(index, pasted, tree.hint) for index, pasted in _pasted(tree)))


def enclosure_bytes(raw: bytes, index: int) -> bytes:
    """Return the bytes of the file with that `Enclosure.index`; raises Unreadable if there is none."""
    tree = walk(raw, Mended())
    if 0 <= index < len(tree.leaves):
        return tree.leaves[index].payload(tree.raw)
    for number, pasted in _pasted(tree):
        if number == index:
            return pasted.decoded()
    raise Unreadable("This mail has no such file. Open the message again and choose one of the files it lists.")


def _enclosure(tree: Tree, leaf: Leaf) -> Enclosure:
    payload = leaf.payload(tree.raw)
    name = leaf.filename
    if leaf.content_type == "message/rfc822" and not safe_name(name):
        name = f"{_subject(payload).replace('/', '-')[:150] or 'message'}.eml"
    content_id = one_line(decode_header_bytes(leaf.head.first("content-id")))
    return Enclosure(
        index=leaf.index,
        name=name_for(name, number=leaf.index + 1, content_type=leaf.content_type),
        content_type=leaf.content_type,
        size=len(payload),
        content_id=content_id.strip("<> ")[:998],
        inline=leaf.disposition == "inline" or bool(content_id and leaf.disposition != "attachment"),
    )


def _subject(mail: bytes) -> str:
    head, _ = read_head(mail, 0, min(len(mail), HEAD_BYTES), Mended())
    return header_text(head.first("subject"))


def _pasted(tree: Tree) -> Iterator[tuple[int, Pasted]]:
    number = len(tree.leaves)
    for leaf in tree.leaves:
        if leaf.content_type != "text/html" and is_readable(leaf):
            for pasted in split_pasted(leaf.payload(tree.raw))[1]:
                yield number, pasted
                number += 1


def _from_pasted(index: int, pasted: Pasted, hint: str) -> Enclosure:
    return Enclosure(
        index=index,
        name=name_for(header_text(pasted.name, hint), number=index + 1, content_type="application/octet-stream"),
        content_type="application/octet-stream",
        size=len(pasted.decoded()),
    )
