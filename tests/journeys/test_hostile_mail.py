"""Mail written to break out of its page: nothing runs and nothing is fetched, at the desk or with the customer."""

import smtplib
import urllib.parse

import pytest

from tests.journeys.desk import company, until
from tests.journeys.people import link_in, newest_letter, sign_in

CANARY = "http://canary.example"
PAYLOADS = {
    "script": f"<script>alert(1)</script><script src={CANARY}/a.js></script>",
    "onerror": f'<img src={CANARY}/a.png onerror="alert(1)"><img src=x onerror=alert(1)>',
    "javascript": '<a href="javascript:alert(1)">read</a><a href="java\tscript:alert(1)">on</a>',
    "data": '<a href="data:text/html,<script>alert(1)</script>">a</a>'
    '<iframe src="data:text/html,<script>alert(1)</script>">',
    "svg": f"<svg onload=alert(1)><svg><script>alert(1)</script><image href={CANARY}/a.svg /></svg>",
    "nested": "<scr<script>ipt>alert(1)</scr</script>ipt><<img src=x onerror=alert(1)//",
    "xmp": "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "math": "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "mxss": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"><template><img src=x onerror=alert(1)>',
    "css": f"<style>@import '{CANARY}/a.css';body{{background:url({CANARY}/b.png)}}</style>"
    f'<div style="position:fixed;inset:0;background:url({CANARY}/c.png)">cover</div>',
    "frames": f"<iframe srcdoc='<script>alert(1)</script>'></iframe>"
    f"<object data={CANARY}/o></object><embed src={CANARY}/e>",
    "head": f"<base href={CANARY}/><meta http-equiv=refresh content='0;url={CANARY}/'>"
    f"<link rel=stylesheet href={CANARY}/l.css>",
    "form": f"<form action={CANARY}/><input autofocus onfocus=alert(1)>"
    "<button formaction=javascript:alert(1)>go</button>",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}</textarea></title></script><img src=x onerror=alert(1)>",
    "details": "<details open ontoggle=alert(1)><video><source onerror=alert(1)></video><body onload=alert(1)>",
}
SAID = "The lamp came nine days late and you charged me twice."
FILES = [
    ("text/html", b"<script>alert(1)</script>", "page.html"),
    ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "picture.svg"),
    ("text/xml", b'<x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>alert(1)</h:script></x>', "data.xml"),
    ("image/png", b"<html><script>alert(1)</script></html>", "photo.png"),
]


def hostile(name: str, payload: str) -> bytes:
    """A mail with the payload in every place a person reads."""
    quoted = payload.replace("\\", "\\\\").replace('"', '\\"').replace("\t", " ")
    coded = urllib.parse.quote(payload)
    parts = [
        f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>{SAID}</p>{payload}<p>Please help, {name}.</p>",
        f"Content-Type: image/png\r\nContent-ID: <{quoted.replace('>', '')}@canary>\r\n"
        f"Content-Disposition: attachment; filename*=utf-8''{coded}\r\n\r\nnot a picture",
        *[
            f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{file}"\r\n\r\n{body.decode()}'
            for kind, body, file in FILES
        ],
    ]
    head = (
        f'From: "{quoted}" <{name}@post.example>\r\nTo: complaints@lindqvist.example\r\n'
        f"Subject: {payload.replace(chr(9), ' ')}\r\nMessage-ID: <{name}@post.example>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n"
    )
    return (head + "".join(f"--cut\r\n{part}\r\n" for part in parts) + "--cut--\r\n").encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    from tests.journeys.conftest import own_database

    for made in company(tmp_path_factory.mktemp("hostile") / "home", own_database()):
        with smtplib.SMTP("127.0.0.1", made.smtp, timeout=20) as door:
            for name, payload in PAYLOADS.items():
                door.sendmail(f"{name}@post.example", ["complaints@lindqvist.example"], hostile(name, payload))
            door.sendmail(
                "x@post.example", ["complaints@lindqvist.example"], b"\x00" * 40 + PAYLOADS["script"].encode()
            )
        until(lambda made=made: made.status()["raw_waiting"] == 0, every=0.3)
        made.settle()
        yield made


class Watch:
    """What a browser did that no mail may make it do."""

    def __init__(self, context, desk) -> None:
        self.desk, self.done = desk, []
        self.page = context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.done.append(f"error: {error}"))
        self.page.on("popup", lambda one: self.done.append(f"window: {one.url}"))

    def _dialog(self, dialog) -> None:
        self.done.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request) -> None:
        if not request.url.startswith((f"{self.desk.url}/", "data:image/svg+xml")):
            self.done.append(f"request: {request.url}")

    def _console(self, line) -> None:
        if "Content Security Policy" in line.text or line.type == "error":
            self.done.append(f"console: {line.text}")

    def sees(self, address: str) -> str:
        """The address opened, everything unfolded: its words, after asserting that nothing happened."""
        assert self.page.goto(address).status == 200
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        self.page.wait_for_timeout(60)
        foreign = self.page.evaluate(
            "() => [...document.querySelectorAll('main script, main iframe, main object, main embed, main img,"
            " main style, main base, main meta, main link, main math, main video, main [style]')]"
            ".map(one => one.outerHTML)"
        )
        handlers = self.page.evaluate(
            "() => [...document.querySelectorAll('*')].filter(one => [...one.attributes].some("
            "a => a.name.startsWith('on') || /^\\s*(javascript|data):/i.test(a.value) && a.name == 'href'))"
            ".map(one => one.outerHTML)"
        )
        assert (self.done, foreign, handlers) == ([], [], []), address
        return self.page.inner_text("body")


@pytest.fixture
def watch(chromium, desk):
    context = chromium.new_context(base_url=desk.url, viewport={"width": 1440, "height": 900})
    yield Watch(context, desk)
    context.close()


def test_the_desk_shows_hostile_mail_as_words(desk, watch):
    sign_in(watch.page, "tom")
    words = watch.sees("/queue/unassigned/")
    assert "onerror=alert(1)" in words
    assert desk.status()["cases"] == len(PAYLOADS) + 1
    watch.sees("/mailroom/")
    watch.sees("/mailroom/sent/")
    for number in range(1, len(PAYLOADS) + 2):
        case = watch.sees(f"/cases/{number}/")
        for page in ("issues", "history", "offer", "assignment", "closure"):
            watch.sees(f"/cases/{number}/{page}/")
        if number <= len(PAYLOADS):
            assert SAID in case


def test_the_letters_we_sent_show_it_as_words(desk, watch):
    sign_in(watch.page, "tom")
    letters = sorted((desk.home / "sent-mail").glob("*.log"))
    assert len(letters) >= len(PAYLOADS)
    for path in letters:
        watch.sees(f"/mailroom/sent/{path.name}/")


def test_the_customers_page_shows_it_as_words(desk, watch):
    for name in PAYLOADS:
        letter = next(one for one in desk.letters() if f"To: {name}@" in one or f"{name}@post.example" in one)
        assert SAID in watch.sees(link_in(letter))
    assert newest_letter(desk, "Your reference")


def test_a_file_is_a_download_that_no_browser_runs(desk, watch):
    sign_in(watch.page, "tom")
    watch.page.goto("/cases/1/")
    links = [one.get_attribute("href") for one in watch.page.locator("a.file").all()]
    assert len(links) == len(FILES) + 1
    for link in links:
        answer = watch.page.request.get(desk.url + link)
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("sandbox")
        with watch.page.expect_download() as fetched:
            watch.page.evaluate("address => { window.location.href = address; }", link)
        assert fetched.value.path().stat().st_size > 0
        assert watch.page.url == f"{desk.url}/cases/1/"
    wanted = {file: body for _, body, file in FILES}
    got = {}
    for link in links:
        with watch.page.expect_download() as fetched:
            watch.page.evaluate("address => { window.location.href = address; }", link)
        got[fetched.value.suggested_filename] = fetched.value.path().read_bytes()
    assert wanted.items() <= got.items()
    # Shown as a picture, the page that calls itself one stays a broken picture.
    for link in links:
        size = watch.page.evaluate(
            "address => new Promise(done => { const one = new Image(); one.onload = () => done(one.naturalWidth);"
            " one.onerror = () => done(0); one.src = address; })",
            link,
        )
        assert size == 0
    assert [one for one in watch.done if not one.startswith("console: Failed to load")] == []
