"""What a mail walker must get right: every rule of the reliability notes, part 5, with exact results."""

import pytest

from amends.channels.email.enclosures import enclosure_bytes
from amends.channels.email.parse import Unreadable, parse
from amends.channels.envelope import Automatic, Mailbox
from tests.channels.email.mails import PNG, b64, mail, multi, multimail, part

CHINESE = "您好,我的订单还没有收到,请尽快处理,谢谢。这已经是第三次联系你们了。"
KOREAN = "안녕하세요, 주문한 상품이 아직 도착하지 않았습니다. 빨리 처리해 주세요."
RUSSIAN = "Здравствуйте, мой заказ до сих пор не пришёл, верните деньги пожалуйста."
GERMAN = "Grüße aus München, die Tür schließt nicht mehr und ich ärgere mich."


# Rule: raw 8-bit headers decode by detection, never a lone surrogate
@pytest.mark.parametrize(
    ("written", "charset"),
    [(GERMAN, "utf-8"), (GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (CHINESE, "gb18030"), (KOREAN, "cp949")],
)
def test_raw_8_bit_subject(written, charset):
    assert parse(mail(Subject=written.encode(charset))).subject == written


def test_raw_8_bit_subject_follows_the_charset_of_the_body():
    raw = mail(b"x", Subject="Жалоба".encode("koi8-r"), Content_Type="text/plain; charset=koi8-r")
    assert parse(raw).subject == "Жалоба"


# Rule: unknown and wrong charsets: alias table, then detection, then latin-1
@pytest.mark.parametrize(
    ("declared", "real", "text"),
    [
        ("iso-gb2312", "gb2312", CHINESE.replace("您", "你")),
        ("gb2312", "gb18030", CHINESE),
        ("X-UNKNOWN", "utf-8", GERMAN),
        ("X-UNKNOWN", "cp1252", GERMAN),
        ("us-ascii", "utf-8", GERMAN),
        ("us-ascii", "cp1252", GERMAN),
        ("us-ascii", "cp1251", RUSSIAN),
        ("ks_c_5601-1987", "cp949", KOREAN),
        ("cp949", "cp949", KOREAN),
        ("euc-kr", "cp949", KOREAN),
        ("iso-8859-1", "cp1252", "It’s 5 € – “too much”"),
        ("iso-8859-1", "utf-8", GERMAN),
        ("utf-8", "cp1252", GERMAN),
        ('3D"utf-8"', "utf-8", GERMAN),
        ("utf-16", "utf-16", GERMAN),
        ("zlib", "utf-8", GERMAN),
        ("idna", "utf-8", GERMAN),
        ("unicode_escape", "utf-8", GERMAN),
        ("utf-8\x00", "utf-8", GERMAN),
        ("Shift_JIS", "cp932", "注文した品がまだ届きません。①"),
        ("iso-2022-jp", "iso2022_jp", "注文した品がまだ届きません。"),
        ("big5", "big5", "我的包裹還沒有到"),
        ("koi8-r", "koi8-r", RUSSIAN),
    ],
)
def test_charsets(declared, real, text):
    assert parse(mail(text.encode(real), Content_Type=f"text/plain; charset={declared}")).text == text


def test_html_names_its_charset_in_a_meta_tag():
    html = '<html><meta charset="windows-1251"><p>Жалоба</p>'.encode("cp1251")
    assert parse(mail(html, Content_Type="text/html")).text == "Жалоба"


def test_bytes_in_no_charset_become_latin_1():
    assert parse(mail(b"a\xe4b", Content_Type="text/plain; charset=utf-8")).text == "aäb"


# Rule: CR and LF in decoded words never survive
def test_no_line_break_in_decoded_headers():
    evil = "=?utf-8?Q?Hi=0D=0ABcc:_victim@example.org?="
    envelope = parse(mail(Subject=evil, From=f"{evil} <maria@example.com>"))
    assert envelope.subject == "Hi Bcc: victim@example.org"
    assert envelope.sender == Mailbox("maria@example.com", "Hi Bcc: victim@example.org")


def test_nul_and_direction_overrides_leave_headers():
    assert parse(mail(Subject="=?utf-8?Q?a=00b=E2=80=AEc?=")).subject == "abc"


# Rule: names in comments, encoded words with commas, unencoded umlauts; several and empty From
@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("maria@example.com (Maria Lopez)", "maria@example.com", "Maria Lopez"),
        ("=?utf-8?Q?M=C3=BCller=2C_Hans?= <Hans@Example.COM>", "Hans@example.com", "Müller, Hans"),
        ("Jürgen Groß <j@example.com>", "j@example.com", "Jürgen Groß"),
        ("Jürgen Groß <j@example.com>".encode("latin-1"), "j@example.com", "Jürgen Groß"),
        ('"Müller, Hans" <h@example.com>', "h@example.com", "Müller, Hans"),
        ("Müller, Hans <h@example.com>", "h@example.com", "Müller, Hans"),
        ('"a@b.example, victim@c.example" <x@d.example>', "x@d.example", "a@b.example, victim@c.example"),
        ("maria@example.com", "maria@example.com", ""),
        ("<maria@example.com>", "maria@example.com", ""),
        ('"Maria \\"Mia\\" Lopez" <m@example.com>', "m@example.com", 'Maria "Mia" Lopez'),
        ("a@example.com, b@example.com", "a@example.com", ""),
        ("Team (x (y) z) <t@example.com>", "t@example.com", "Team"),
        ("=?utf-8?B?SsO8cmc=?= =?utf-8?B?ZW4=?= <j@example.com>", "j@example.com", "Jürgen"),
        ('"=?utf-8?Q?J=C3=BCrgen?=" <j@example.com>', "j@example.com", "Jürgen"),
        ("<@relay.example:m@example.com>", "m@example.com", ""),
        ('"Maria <m@example.com>', "m@example.com", "Maria"),
        ("john..doe.@docomo.example", "john..doe.@docomo.example", ""),
        ("Maria <a@b@c.example>", "", "Maria"),
        ('"a b"@c.example', "", "a b@c.example"),
    ],
)
def test_senders(written, address, name):
    assert parse(mail(From=written)).sender == Mailbox(address, name)


def test_empty_from_falls_back_in_order():
    assert parse(mail(From="", Sender="s@example.com", Reply_To="r@example.com")).sender.address == "s@example.com"
    assert parse(mail(From="", Reply_To="R <r@example.com>")).sender == Mailbox("r@example.com", "R")
    assert parse(mail(From="Maria"), return_path="p@Example.com").sender == Mailbox("p@example.com", "Maria")
    assert parse(mail(From="", Return_Path="<p@example.com>")).sender == Mailbox("p@example.com")
    nobody = parse(mail(From=""))
    assert nobody.sender == Mailbox("")
    assert nobody.mended == ("The From line has no address; nobody can be answered.",)


def test_recipients_and_reply_to():
    envelope = parse(
        mail(
            To='Help <help@DESK.example>, undisclosed: "B, C" <b@x.example>;',
            Cc="help@desk.example",
            Delivered_To="box+t1@desk.example",
            X_Original_To="orig@desk.example",
            Envelope_To="env@desk.example",
            Reply_To="Maria <other@example.com>",
        )
    )
    assert envelope.recipients == (
        "help@desk.example",
        "b@x.example",
        "box+t1@desk.example",
        "orig@desk.example",
        "env@desk.example",
    )
    assert envelope.reply_to == Mailbox("other@example.com", "Maria")


# Rule: HTML-only bodies with CSS, several inline text parts, text after an image
def test_html_only_keeps_words_and_shape():
    html = (
        b"<html><head><title>no</title><style>p{color:red;background:url(http://t.example/x)}</style></head><body>"
        b"<p>Dear&nbsp;team,<br>my <b>kettle</b> broke.</p><ul><li>one</li><li>two <a href='https://s.example/'>"
        b"link</a></ul><ol><li>first<li>second</ol><script>alert(1)</script><p>You wrote:</p>"
        b"<blockquote><p>old words</p><blockquote>older</blockquote></blockquote><div>Bye "
        b"<img src=cid:a alt='logo'></div><table><tr><td>A</td><td>B</td></tr><tr><td>C"
        b"<td>D</table></body></html>"
    )
    envelope = parse(mail(html, Content_Type="text/html; charset=utf-8"))
    assert envelope.text == (
        "Dear team,\nmy kettle broke.\n\n- one\n- two link\n\n1. first\n2. second\n\nYou wrote:\n\n"
        "> old words\n>\n> > older\n\nBye logo\n\nA  B\nC  D"
    )
    assert 'href="https://s.example/"' in envelope.html
    assert 'rel="noopener noreferrer nofollow"' in envelope.html
    assert 'target="_blank"' in envelope.html
    for forbidden in ("<img", "<script", "alert", "style", "url(", "<title", "cid:"):
        assert forbidden not in envelope.html


def test_every_inline_text_counts_also_after_an_image():
    raw = multimail(
        part(b"before"),
        part(b64(PNG), "image/png", Content_Transfer_Encoding="base64"),
        part(b"after"),
        part(b"<p>and <i>this</i></p>", "text/html"),
    )
    envelope = parse(raw)
    assert envelope.text == "before\n\nafter\n\nand this"
    assert envelope.html == "<p>before</p>\n<p>after</p>\n<p>and <i>this</i></p>"


def test_plain_is_preferred_to_html():
    raw = multimail(part(b"plain words"), part(b"<p>rich words</p>", "text/html"), kind="alternative")
    envelope = parse(raw)
    assert (envelope.text, envelope.html) == ("plain words", "<p>rich words</p>")
    assert envelope.enclosures == ()


@pytest.mark.parametrize("stub", [b"", b"  \r\n", b"Your mail client does not support HTML.", b"See below"])
def test_a_stub_gives_way_to_html(stub):
    raw = multimail(part(stub), part(b"<p>My order 17 never came and I want it.</p>", "text/html"), kind="alternative")
    assert parse(raw).text == "My order 17 never came and I want it."


def test_an_epilogue_is_kept_and_a_preamble_only_if_there_is_nothing_else():
    raw = mail(
        b"This is MIME.\r\n" + multi(part(b"words")) + b"List footer\r\n",
        Content_Type="multipart/mixed; boundary=edge",
    )
    assert parse(raw).text == "words\n\nList footer"
    empty = mail(b"Only here\r\n" + multi(part(b"")), Content_Type="multipart/mixed; boundary=edge")
    assert parse(empty).text == "Only here"


# Rule: inline images without Content-Disposition count as attachments
def test_every_leaf_that_is_no_text_is_an_enclosure():
    image = part(b64(PNG), "image/png", Content_Transfer_Encoding="base64", Content_ID="<logo@x>")
    raw = multimail(
        part(multi(part(b"<p>Hi</p>", "text/html"), image, boundary="in"), "multipart/related; boundary=in")
    )
    (found,) = parse(raw).enclosures
    assert (found.index, found.name, found.content_type, found.size) == (1, "part-2.png", "image/png", 16)
    assert (found.content_id, found.inline) == ("logo@x", True)
    assert enclosure_bytes(raw, found.index) == PNG


# Rule: RFC 2047 and 2231 names, names for unnamed parts, message/rfc822 named after its subject
@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="bill.pdf"', "bill.pdf"),
        ("attachment; filename=my bill.pdf", "my bill.pdf"),
        ('attachment; filename="=?utf-8?B?UmVjaG51bmcgw6QucGRm?="', "Rechnung ä.pdf"),
        ("attachment; filename*=utf-8''Rechnung%20%C3%A4.pdf", "Rechnung ä.pdf"),
        ("attachment; filename*0*=iso-8859-1''Rech%E4; filename*1=nung; filename*2*=%2Epdf", "Rechänung.pdf"),
        ('attachment; filename="Rechnung ä.pdf"', "Rechnung ä.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\x.exe"', "x.exe"),
        ('attachment; filename="C:x.pdf"', "x.pdf"),
        ("attachment; filename*=utf-8''bill%E2%80%AEfdp.exe", "billfdp.exe"),
        ("attachment; filename*=utf-8''a%00b%0D%0Ac.pdf", "ab c.pdf"),
        ('attachment; filename=".."', "part-1.pdf"),
        ("attachment", "part-1.pdf"),
        ('attachment; filename="<img src=x onerror=y>.pdf"', "_img src=x onerror=y_.pdf"),
    ],
)
def test_file_names(disposition, name):
    raw = multimail(part(b"%PDF", "application/pdf", Content_Disposition=disposition))
    assert [found.name for found in parse(raw).enclosures] == [name]


def test_a_forwarded_mail_is_one_file_named_after_its_subject():
    inner = mail(b"inner words", Subject="=?utf-8?Q?Offer_=C3=A4/b?=")
    raw = multimail(part(b"see attached"), part(inner, "message/rfc822"))
    envelope = parse(raw)
    assert envelope.text == "see attached"
    assert [(found.name, found.content_type) for found in envelope.enclosures] == [("Offer ä-b.eml", "message/rfc822")]
    assert enclosure_bytes(raw, 1) == inner


def test_named_text_is_a_file_and_inline_text_with_a_name_is_both():
    raw = multimail(
        part(b"words"),
        part(b"a;b", "text/plain; name=list.txt"),
        part(b"note", Content_Disposition='inline; filename="note.txt"'),
        part(b"BEGIN:VCALENDAR", "text/calendar"),
    )
    envelope = parse(raw)
    assert envelope.text == "words\n\nnote"
    assert [found.name for found in envelope.enclosures] == ["list.txt", "note.txt", "part-4.ics"]


def test_winmail_is_just_a_file():
    raw = multimail(part(b"hi"), part(b'x\x9f>"', "application/ms-tnef; name=winmail.dat"))
    assert [found.name for found in parse(raw).enclosures] == ["winmail.dat"]


# Rule: uuencode, empty or wrong transfer encodings, one extra base64 character
def test_uuencoded_blocks_become_files():
    raw = mail(b"Look:\r\n\r\nbegin 644 pic one.txt\r\n#0V%T\r\n`\r\nend\r\nBye\r\n")
    envelope = parse(raw)
    assert envelope.text == "Look:\n\nBye"
    (found,) = envelope.enclosures
    assert (found.name, found.size) == ("pic one.txt", 3)
    assert enclosure_bytes(raw, found.index) == b"Cat"


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("", b"words", "words"),
        ("utf-8", b"words", "words"),
        ("base64", b"Plain words, wrongly labelled.", "Plain words, wrongly labelled."),
        ("base64", b"R3LDvMOfZQ==", "Grüße"),
        ("base64", b"R3LDvMOfZQ", "Grüße"),
        ("base64", b"R3LDvMOfZSEhA", "Grüße!!"),
        ("base64", b"R3LDvMOfZQ==\r\nR3LDvMOfZQ==\r\n", "GrüßeGrüße"),
        ("base64", b"R3LDvMOfZQ==\r\n-- \r\nfooter of a list\r\n", "Grüße\n-- \nfooter of a list"),
        ("BASE64 ", b"R3LDvMOfZQ==", "Grüße"),
        ("quoted-printable", b"Gr=C3=BC=C3=9Fe, a=b =\r\nend", "Grüße, a=b end"),
        ("quoted-printable", "Grüße".encode(), "Grüße"),
        ("x-none", b"words", "words"),
    ],
)
def test_transfer_encodings(encoding, body, text):
    assert parse(mail(body, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=encoding)).text == text


# Rule: boundary that never occurs: the text is kept
def test_a_boundary_that_never_occurs():
    envelope = parse(mail(b"all the words\r\n", Content_Type="multipart/mixed; boundary=nowhere"))
    assert envelope.text == "all the words"
    assert envelope.mended == ("The parts of this mail could not be told apart; all of it is shown as text.",)


def test_a_missing_closing_boundary_and_a_missing_boundary_parameter():
    raw = mail(multi(part(b"one"), part(b"two"), closing=False), Content_Type="multipart/mixed; boundary=edge")
    assert parse(raw).text == "one\n\ntwo"
    assert parse(mail(b"words", Content_Type="multipart/mixed")).text == "words"


def test_a_boundary_that_begins_like_another():
    inner = multi(part(b"deep"), boundary="edge-2")
    assert parse(multimail(part(inner, "multipart/mixed; boundary=edge-2"), part(b"last"))).text == "deep\n\nlast"


# Rule: automatic answers
@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, Automatic.REPLY),
        ({"Auto_Submitted": "auto-generated (cron)"}, Automatic.REPLY),
        ({"Auto_Submitted": "no"}, Automatic.NO),
        ({"X_Autoreply": "yes"}, Automatic.REPLY),
        ({"X_Autorespond": "Re: x"}, Automatic.REPLY),
        ({"X_Auto_Response_Suppress": "All"}, Automatic.NO),
        ({"Precedence": "auto_reply"}, Automatic.REPLY),
        ({"Precedence": "Bulk"}, Automatic.LIST),
        ({"Precedence": "list"}, Automatic.LIST),
        ({"List_Id": "<a.example>"}, Automatic.LIST),
        ({"List_Unsubscribe": "<mailto:x@a.example>"}, Automatic.LIST),
        ({"Subject": "Automatic reply: your parcel"}, Automatic.REPLY),
        ({"Subject": "Out of Office Re: your parcel"}, Automatic.REPLY),
        ({"Subject": "Out of office: back on Monday"}, Automatic.REPLY),
        ({"Subject": "Automatische Antwort: Ihr Paket"}, Automatic.REPLY),
        ({"Subject": "Abwesenheitsnotiz Max Muster"}, Automatic.REPLY),
        ({"Subject": "Réponse automatique : colis"}, Automatic.REPLY),
        ({"Subject": "=?utf-8?B?6Ieq5YuV6L+U5L+h?="}, Automatic.REPLY),
        ({"Subject": "Respuesta automática: pedido"}, Automatic.REPLY),
        ({"Subject": "Out of office chair order 12"}, Automatic.NO),
        ({"Subject": "Re: Automatic reply: no, I want a person"}, Automatic.NO),
        ({"Subject": "Auto: Reparatur mangelhaft"}, Automatic.NO),
    ],
)
def test_automatic(headers, why):
    assert parse(mail(**headers)).automatic is why


# Rule: bounces: multipart/report or MAILER-DAEMON/postmaster or null return path
def test_a_bounce_tells_the_diagnosis_and_names_the_returned_message():
    returned = mail(b"We are sorry.\r\nTom\r\n", Message_ID="<ours-1@desk.example>", Subject="Your kettle")
    raw = multimail(
        part(b"Your message could not be delivered."),
        part(b"Final-Recipient: rfc822; gone@example.com\r\nDiagnostic-Code: smtp; 550 5.1.1 "
             b"no such user\r\n",
             "message/delivery-status"),
        part(returned, "message/rfc822"),
        kind="report; report-type=delivery-status",
        From="Mail Delivery System <bounce@mx.example>",
    )  # fmt: skip
    envelope = parse(raw)
    assert envelope.automatic is Automatic.BOUNCE
    assert envelope.text == (
        "Your message could not be delivered.\n\nFinal-Recipient: rfc822; gone@example.com\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\n\n> We are sorry.\n> Tom"
    )
    assert envelope.references == ("ours-1@desk.example",)
    assert [found.name for found in envelope.enclosures] == ["Your kettle.eml"]


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"From": "MAILER-DAEMON@mx.example"}, None),
        ({"From": "Postmaster <postmaster@mx.example>"}, None),
        ({"Return_Path": "<>"}, None),
        ({}, ""),
        ({}, "<>"),
    ],
)
def test_plain_bounces(headers, path):
    assert parse(mail(**headers), return_path=path).automatic is Automatic.BOUNCE


def test_an_auto_reply_with_null_return_path_and_a_receipt_are_no_bounces():
    assert parse(mail(Auto_Submitted="auto-replied"), return_path="").automatic is Automatic.REPLY
    receipt = part(b"Disposition: manual-action/MDN-sent; displayed", "message/disposition-notification")
    assert parse(multimail(part(b"read"), receipt, kind="report")).automatic is Automatic.REPLY


# Rule: caps before parsing
def test_a_long_header_is_cut_and_too_many_headers_are_refused():
    envelope = parse(mail(b"words", X_Long="x" * 1_000_000))
    assert (envelope.text, envelope.mended) == (
        "words",
        ("A header line was longer than 64 kB and was cut there.",),
    )
    flood = b"".join(b"X-%d: %s\r\n" % (number, b"y" * 1_000) for number in range(300))
    with pytest.raises(Unreadable, match=r"more than 256 kB of headers.*Ask the sender"):
        parse(flood + mail())


def test_more_than_a_thousand_parts():
    raw = multimail(*[part(b"w%d" % number) for number in range(10_000)])
    envelope = parse(raw)
    assert envelope.text.startswith("w0\n\nw1\n\n")
    assert envelope.mended == ("The mail has more than 1,000 parts; the last ones are kept as one file.",)
    assert b"w9999" in enclosure_bytes(raw, envelope.enclosures[-1].index)


def test_depth_5000():
    body = b"bottom\r\n"
    level = b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
    lines = [level % (number, number + 1) for number in range(5_000)]
    raw = mail(b"top words\r\n" + b"".join(lines) + body, Content_Type="multipart/mixed; boundary=b0")
    envelope = parse(raw)
    assert envelope.text == "top words"
    assert envelope.mended == ("The mail is nested more than 50 parts deep; what lies deeper is kept as a file.",)
    assert b"bottom" in enclosure_bytes(raw, envelope.enclosures[0].index)


def test_a_missing_file_is_refused_with_a_sentence():
    with pytest.raises(Unreadable, match="no such file"):
        enclosure_bytes(mail(), 7)


# Format=flowed (RFC 3676)
def test_flowed_text_is_joined():
    body = b"> quoted words \r\n> go on\r\nmy answer \r\ncomes here\r\n -stuffed\r\n-- \r\nMaria\r\n"
    flowed = parse(mail(body, Content_Type="text/plain; format=flowed"))
    assert flowed.text == "> quoted words go on\nmy answer comes here\n-stuffed\n-- \nMaria"
    delsp = parse(mail(b"ab \r\ncd\r\n", Content_Type="text/plain; format=flowed; delsp=yes"))
    assert delsp.text == "abcd"


# Ids and dates
def test_ids_and_threads():
    envelope = parse(mail(Message_ID=" <a.1@x> ", In_Reply_To="<c@x>", References="<a@x>\r\n <b@x> <c@x>"))
    assert (envelope.external_id, envelope.references) == ("a.1@x", ("c@x", "b@x", "a@x"))
    many = parse(mail(References=" ".join(f"<{number}@x>" for number in range(500))))
    assert (len(many.references), many.references[0]) == (100, "499@x")
    assert parse(mail(Message_ID="")).external_id == ""
    assert parse(mail(Message_ID="<" + "i" * 2_000 + ">")).external_id == "i" * 998


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Fri, 01 Aug 2025 10:00:00 +0200", "2025-08-01T08:00:00+00:00"),
        ("Fri, 01 Aug 2025 10:00:00 -0000", "2025-08-01T10:00:00+00:00"),
        ("1 Aug 25 10:00 GMT (summer)", "2025-08-01T10:00:00+00:00"),
    ],
)
def test_dates(written, iso):
    sent_at = parse(mail(Date=written)).sent_at
    assert sent_at is not None
    assert sent_at.isoformat() == iso


@pytest.mark.parametrize("written", ["yesterday", "Fri, 99 Foo 2025", "1 Jan 99999 00:00 +0000", "9" * 5_000, "\x00"])
def test_dates_that_are_none(written):
    assert parse(mail(Date=written)).sent_at is None


# Broken shapes around the headers
def test_broken_heads():
    joined = b"From: m@example.com\r\nSubject: my\r\nkettle broke\r\nTo: help@desk.example\r\n\r\nwords"
    assert (parse(joined).subject, parse(joined).text) == ("my kettle broke", "words")
    no_gap = parse(b"From: m@example.com\r\nHello, my kettle broke.\r\nBye")
    assert (no_gap.sender.address, no_gap.text) == ("m@example.com", "Hello, my kettle broke.\nBye")
    mbox = parse(b"From m@example.com Fri Aug  1\n\nSubject: x\n\nwords")
    assert mbox.text.endswith("words")
    assert parse(b"From m@example.com Fri Aug  1\nSubject: x\n\nwords").subject == "x"
    old_mac = parse(b"From: m@example.com\rSubject: x\r\rone\rtwo")
    assert (old_mac.subject, old_mac.text) == ("x", "one\ntwo")
