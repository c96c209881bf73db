"""Whatever bytes come in: an envelope that is safe to store, or Unreadable; never anything else."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from amends.channels.email.addresses import read_mailboxes
from amends.channels.email.charsets import decode
from amends.channels.email.enclosures import enclosure_bytes
from amends.channels.email.parse import Unreadable, parse
from amends.channels.email.words import header_text
from tests.channels.email.mails import PNG, b64, mail, multi, multimail, part
from tests.channels.email.safety import assert_safe
from tests.channels.email.torture import ALL

SEEDS = [
    mail("Grüße".encode(), Subject="=?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?gb2312?B?xOO6ww==?="),
    multimail(part(b"plain"), part(b"<p>rich<blockquote>x</blockquote></p>", "text/html"), kind="alternative"),
    multimail(
        part(multi(part(b"<b>x", "text/html"), part(b64(PNG), "image/png", Content_Transfer_Encoding="base64"))),
        part(mail(b"inner", Subject="in"), "message/rfc822"),
        part(
            b"begin 644 a\r\n#0V%T\r\n`\r\nend\r\n",
            Content_Disposition="inline; filename*0*=utf-8''%41; filename*1=b",
        ),
    ),
    *[raw for raw in ALL.values() if len(raw) < 2_000],
]
TOKENS = [
    b"\r\n",
    b"\n",
    b"\r",
    b"--edge",
    b"=?utf-8?Q?",
    b"?=",
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b'"',
    b"(",
    b";",
    b"*0*=",
    b":",
]
QUIET = settings(max_examples=250, deadline=1_000, suppress_health_check=[HealthCheck.too_slow])


def check(raw: bytes) -> None:
    try:
        envelope = parse(raw)
    except Unreadable:
        return
    assert_safe(envelope)
    for enclosure in envelope.enclosures[:3]:
        assert len(enclosure_bytes(raw, enclosure.index)) == enclosure.size


@QUIET
@given(st.binary(max_size=4_000))
def test_arbitrary_bytes(raw):
    check(raw)


@QUIET
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=500))
def test_arbitrary_headers(subject, sender, body):
    check(b"From: " + sender + b"\r\nSubject: " + subject + b"\r\nContent-Type: " + subject + b"\r\n\r\n" + body)


@QUIET
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(TOKENS) | st.binary(max_size=4)),
        max_size=8,
    ),
)
def test_mutated_mails(raw, changes):
    for place, removed, inserted in changes:
        at = int(place * len(raw))
        raw = raw[:at] + inserted + raw[at + removed :]
    check(raw)


@QUIET
@given(st.text(max_size=200))
@example("\ud800\x00")
def test_text_in_any_charset_survives_as_text(text):
    written = "".join(char for char in text if not "\ud800" <= char <= "\udfff" and char not in "\x00\ufeff")
    assert decode(written.encode(), "utf-8") == written
    for charset in ("utf-16", "utf-7", "x-unknown", "latin-1", "\x00", "idna"):
        decode(text.encode("utf-8", "surrogatepass"), charset).encode()


@QUIET
@given(st.lists(st.tuples(st.text('abcÄß ,()"\\<>@', max_size=12), st.sampled_from(["a@b.example", "ü@c.example"]))))
def test_quoted_names_never_add_an_address(people):
    quoted = [(name.replace("\\", "\\\\").replace('"', '\\"'), address) for name, address in people]
    header = ", ".join(f'"{name}" <{address}>' for name, address in quoted)
    assert [box.address for box in read_mailboxes(header.encode())] == [address for _, address in people]


@QUIET
@given(st.binary(max_size=400))
def test_header_text_is_one_line(value):
    assert len(header_text(value).splitlines()) <= 1
