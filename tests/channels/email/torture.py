"""The torture set: mails of our own, one or more for every way a mail can be hostile or broken."""

import base64
import gzip
import zlib

from tests.channels.email.mails import PNG, b64, mail, multi, multimail, part


def _deep(levels: int) -> bytes:
    level = b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
    return b"".join(level % (number, number + 1) for number in range(levels))


def _html(source: str) -> bytes:
    return mail(source.encode(), Content_Type="text/html; charset=utf-8")


def _nested_mails(levels: int) -> bytes:
    raw = mail(b"bottom", Subject="bottom")
    for _ in range(levels):
        raw = mail(raw, Content_Type="message/rfc822")
    return raw


def _named(name: str) -> bytes:
    return multimail(
        part(b"words"), part(b"x", "application/pdf", Content_Disposition=f'attachment; filename="{name}"')
    )


def _bomb(data: bytes, content_type: str) -> bytes:
    return multimail(part(b"words"), part(b64(data), content_type, Content_Transfer_Encoding="base64"))


_ZEROS = bytes(20_000_000)
_WORD = "=?utf-8?Q?=C3=A4?= "

STRUCTURE = {
    "empty": b"",
    "only newlines": b"\r\n\r\n\r\n",
    "only NULs": b"\x00" * 1_000,
    "all bytes": bytes(range(256)) * 100,
    "headers only": b"From: a@example.com\r\nSubject: x",
    "no headers": b"just words",
    "10,000 parts": multimail(*[part(b"w") for _ in range(10_000)]),
    "100,000 boundaries": mail(b"--e\r\n" * 100_000, Content_Type="multipart/mixed; boundary=e"),
    "depth 5,000": mail(_deep(5_000), Content_Type="multipart/mixed; boundary=b0"),
    "depth 5,000, one boundary": mail(
        b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 5_000,
        Content_Type="multipart/mixed; boundary=b",
    ),
    "500 mails inside each other": _nested_mails(500),
    "empty boundary": mail(b"--\r\n\r\nwords\r\n----", Content_Type='multipart/mixed; boundary=""'),
    "boundary of 60 kB": mail(b"--" + b"b" * 60_000, Content_Type="multipart/mixed; boundary=" + "b" * 60_000),
    "boundary with a regex": mail(b"--(a+)+$\r\n\r\nx", Content_Type='multipart/mixed; boundary="(a+)+$"'),
    "boundary of one letter": mail(b"--a" * 200_000, Content_Type="multipart/mixed; boundary=a"),
    "closing first": mail(b"--e--\r\n--e\r\n\r\nwords", Content_Type="multipart/mixed; boundary=e"),
    "base64 multipart": mail(
        b64(multi(part(b"w"))),
        Content_Type="multipart/mixed; boundary=edge",
        Content_Transfer_Encoding="base64",
    ),
    "alternative without choice": multimail(kind="alternative"),
    "two content types": mail(b"x", Content_Type="text/plain\r\nContent-Type: multipart/mixed; boundary=e"),
    "million short lines": mail(b"\n" * 1_000_000),
    "one line of 5 MB": mail(b"x" * 5_000_000),
    "carriage returns only": mail(b"a\r" * 300_000),
    "5 MB of From lines": mail(b"From \r\n" * 700_000),
    "report of nothing": multimail(kind="report"),
}
HEADS = {
    "1 MB header": mail(Subject="x" * 1_000_000),
    "1 MB header name": b"X" * 1_000_000 + b": y\r\n\r\nwords",
    "1 MB folded header": mail(Subject="x" + "\r\n y" * 250_000),
    "50,000 headers": b"A: b\r\n" * 50_000 + mail(),
    "20,000 encoded words": mail(Subject=_WORD * 20_000),
    "20,000 encoded words in From": mail(From=_WORD * 20_000 + "<a@example.com>"),
    "encoded words never closed": mail(Subject="=?utf-8?Q?" * 6_000),
    "encoded words in an encoded word": mail(Subject="=?utf-8?Q?=3D=3Futf-8=3FQ=3Fa=3F=3D?="),
    "encoded word bad base64": mail(Subject="=?utf-8?B?!!!?= =?utf-8?B?a?="),
    "charset with NUL": mail(b"x\xff", Content_Type="text/plain; charset=a\x00b", Subject="=?a\x00b?Q?x?="),
    "charset idna": mail(b"x\xff", Content_Type="text/plain; charset=idna", Subject="=?idna?Q?xn--=FF?="),
    "charset zlib": mail(zlib.compress(_ZEROS), Content_Type="text/plain; charset=zlib_codec"),
    "charset rot13": mail(b"x\xff", Content_Type="text/plain; charset=rot13"),
    "charset undefined": mail(b"x\xff", Content_Type="text/plain; charset=undefined"),
    "charset of 60 kB": mail(b"x\xff", Content_Type="text/plain; charset=" + "c" * 60_000),
    "utf-7 surrogates": mail(b"+2AA-", Content_Type="text/plain; charset=utf-7", Subject="=?utf-7?Q?+2AA-?="),
    "utf-16 odd bytes": mail(b"a\x00b", Content_Type="text/plain; charset=utf-16"),
    "utf-32 garbage": mail(b"\xff" * 999, Content_Type="text/plain; charset=utf-32"),
    "hz": mail(b"~{" * 50_000, Content_Type="text/plain; charset=hz"),
    "iso-2022-jp escapes": mail(b"\x1b$B" * 50_000, Content_Type="text/plain; charset=iso-2022-jp"),
    "undetectable bytes": mail(bytes(range(128, 256)) * 2_000),
    "10,000 parentheses in From": mail(From="(" * 10_000 + "a@example.com"),
    "10,000 brackets in From": mail(From="<" * 10_000 + "a@example.com"),
    "quotes in From": mail(From='"' * 10_001 + "<a@example.com>"),
    "60 kB of @": mail(From="@" * 60_000),
    "60 kB local part": mail(From="a" * 60_000 + "@example.com"),
    "60 kB of a@a@": mail(From="a@" * 30_000),
    "backslashes in From": mail(From="\\" * 60_000),
    "5,000 recipients": mail(To=", ".join(f"a{number}@example.com" for number in range(4_000))),
    "header injection": mail(Subject="=?utf-8?Q?x=0D=0ABcc:_v@example.org?=", From="=?utf-8?Q?a=0Ab?= <a@example.com>"),
    "60 kB of parameters": mail(Content_Type="text/plain" + "; a=b" * 12_000),
    "60 kB of semicolons": mail(Content_Type="text/plain" + ";" * 60_000),
    "60 kB of quotes in a type": mail(Content_Type='text/plain; name="' + '\\"' * 30_000),
    "RFC 2231 with 60,000 pieces": mail(
        Content_Type="text/plain; " + "; ".join(f"name*{number}*=%41" for number in range(4_000))
    ),
    "RFC 2231 huge numbers": mail(Content_Type="text/plain; name*99999999999999999999*=x; name**=y; name*-1=z"),
    "60 kB of references": mail(References="<" * 30_000 + "a>" * 15_000),
    "20,000 references": mail(References="<a@b>" * 12_000),
    "date of digits": mail(Date="9" * 60_000),
    "date of commas": mail(Date="," * 60_000),
    "date with huge zone": mail(Date="Fri, 01 Aug 2025 10:00:00 +99999999"),
    "subject of spaces": mail(Subject=" \t" * 30_000 + "x"),
    "subject of brackets": mail(Subject="[" * 60_000),
}
FILES = {
    "right-to-left name": _named("bill\u202efdp.exe"),
    "look-alike name": _named("раураl.pdf"),
    "path name": _named("../../../etc/passwd"),
    "drive name": _named("C:\\\\Windows\\\\x.exe"),
    "NUL name": _named("a\x00.pdf"),
    "name of dots": _named("." * 1_000),
    "name of 60 kB": _named("n" * 60_000 + ".pdf"),
    "markup name": _named("<svg onload=alert(1)>.pdf"),
    "zip bomb": _bomb(zlib.compress(_ZEROS), "application/zip"),
    "gzip bomb": _bomb(gzip.compress(_ZEROS), "application/gzip"),
    "png bomb": _bomb(PNG + b"\xff\xff\xff\xff\xff\xff\xff\xff" + zlib.compress(_ZEROS), "image/png"),
    "pdf bomb": _bomb(b"%PDF /FlateDecode stream " + zlib.compress(_ZEROS), "application/pdf"),
    "html called png": _bomb(b"<script>alert(1)</script>", "image/png"),
    "svg": _bomb(b"<svg onload=alert(1)>", "image/svg+xml"),
    "10,000 uuencode begins": mail(b"begin 644 a\r\n" * 10_000),
    "uuencode without end": mail(b"begin 644 a\r\n" + b"M" * 61 + b"\r\n" * 100_000),
    "uuencode rubbish": mail(b"begin 644 a\r\n" + b"~~~~\r\nMzz\r\n!\r\n" * 10 + b"end\r\n"),
    "base64 of equals": mail(b"=" * 500_000, Content_Transfer_Encoding="base64"),
    "base64 a=a=": mail(b"a=" * 250_000, Content_Transfer_Encoding="base64"),
    "quoted-printable of equals": mail(b"=" * 500_000, Content_Transfer_Encoding="quoted-printable"),
    "flowed quotes": mail((b">" * 900 + b" \r\n") * 500, Content_Type="text/plain; format=flowed"),
    "quote marks": mail((b">" * 20_000 + b"\r\n") * 20),
    "winmail": multimail(part(base64.b64encode(b"x"), "application/ms-tnef; name=winmail.dat")),
}
HTML = {
    "20,000 open div": _html("<div>" * 20_000 + "words"),
    "20,000 open font": _html("".join(f"<font size={n}><p>" for n in range(20_000)) + "words"),
    "300 open b, 30,000 p": _html("<b>" * 300 + "<p>x" * 30_000),
    "20,000 attributes": _html("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">words"),
    "20,000 lists": _html("<ul><li>" * 20_000),
    "tables in tables": _html("<div><table></div></table>" * 20_000),
    "100,000 less-than": _html("<" * 100_000),
    "50,000 open comments": _html("<!--" * 50_000 + "words"),
    "50,000 open scripts": _html("<script>" * 50_000 + "words"),
    "open quotes": _html("<a '<b \"" * 50_000),
    "unclosed attribute": _html('<a href="x>words'),
    "300,000 p": _html("<p>" * 300_000),
    "300,000 br": _html("<br>" * 300_000),
    "2 MB of words": _html("word " * 400_000),
    "entities": _html("&#x41;&amp;&bogus;&#0;&#xd800;&#99999999;" * 10_000),
    "image of 3 MB": _html('<p>words<img src="data:image/png;base64,' + "A" * 1_900_000 + '">more'),
    "broken script": _html("<scr<script>ipt>alert(1)</scr</script>ipt>"),
    "svg and math": _html("<svg onload=alert(1)><math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"),
    "xmp": _html("<xmp><img src=x onerror=alert(1)></xmp><noscript><p title='</noscript><img src=x onerror=y>'>"),
    "base and meta": _html("<base href=//e.example><meta http-equiv=refresh content='0;url=//e.example'>words"),
    "css": _html("<style>@import url(//e.example)</style><p style='position:fixed;background:url(//e.example)'>words"),
    "form": _html("<form action=//e.example><input name=a><button formaction=javascript:alert(1)>go</button></form>"),
    "links": _html(
        "<a href='javascript:alert(1)'>a</a><a href='JaVa\tScRiPt:alert(1)'>b</a>"
        "<a href='data:text/html,x'>c</a>"
        "<a href='&#106;avascript:alert(1)'>d</a><a href='//e.example'>e</a><a href='vbscript:x'>f</a>"
    ),
    "frames": _html("<iframe srcdoc='<script>x</script>'></iframe><object data=x></object><embed src=x>words"),
}
ALL = STRUCTURE | HEADS | FILES | HTML
