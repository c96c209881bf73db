"""What must hold for every envelope, whatever the mail was."""

from amends.channels.envelope import Envelope


def assert_safe(envelope: Envelope) -> None:
    """No text has a NUL or a lone surrogate; nothing from a header breaks a line or turns it round."""
    boxes = [envelope.sender, *([envelope.reply_to] if envelope.reply_to else [])]
    lines = [
        envelope.external_id,
        envelope.subject,
        *(text for box in boxes for text in (box.address, box.name)),
        *envelope.recipients,
        *envelope.references,
        *(text for found in envelope.enclosures for text in (found.name, found.content_type, found.content_id)),
        *envelope.mended,
    ]
    for text in [*lines, envelope.text, envelope.html]:
        assert "\x00" not in text
        text.encode("utf-8")
    for line in lines:
        assert not set(line) & set("\r\n\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    for address in (*(box.address for box in boxes), *envelope.recipients):
        assert address == "" or (address.count("@") == 1 and not set(address) & set(' ,;<>"\t()') - {'"'})
    for found in envelope.enclosures:
        assert found.name
        assert not set(found.name) & set("/\\")
    assert "\r" not in envelope.text
    assert len(envelope.external_id) <= 998
    assert len(envelope.references) <= 100
