"""What customers tell us in their own words on their page: a message with files, a wish, is it still right."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from amends.cases.case import Case
from amends.cases.customer_writes import customer_writes, is_the_same
from amends.cases.errors import AlreadyDone, Incomplete
from amends.cases.once import Press, pressed, used_at
from amends.cases.page_mail import MOST_FILES, Upload, check_files, most_bytes
from amends.customers.models import NoNews
from amends.portal.opened import answered, opened, press_of, show
from amends.prevention.news import stop_news, want_news
from amends.recovery.ask_again import ANSWERS
from amends.recovery.follow_up import Answer, FollowUp, answer_on_page, issues_put_right
from amends.ui.numbers import number

WISHES = {
    "where": "Please tell me where my complaint stands.",
    "call": "Please call me.",
    "copy": "Please send me a copy of everything you have about my complaint.",
    "other": "",
}


def write(request: HttpRequest, token: str) -> HttpResponse:
    """Write to us from the page, with files."""
    case, page = opened(request, token), "portal/write.html"
    limits: dict[str, Any] = {"most_files": MOST_FILES, "most_megabytes": most_bytes() // 1_000_000}
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template=page, **limits)
    text, press = request.POST.get("text", ""), press_of(request, case, "write")

    def do() -> None:
        _another(case, text, press)
        customer_writes(case, text, datetime.now(UTC), press=press, files=_files(request))

    return answered(request, case, do, "We have your message.", template=page, **limits)


def _another(case: Case, text: str, press: Press) -> None:
    """Words typed into a page that was sent before (the back button) are kept, to be sent as a message of their own."""
    if used_at(press) and not is_the_same(case, text, press):
        raise Incomplete("We have your first message. If this is another one, press “Send message” again.", "text")


def _files(request: HttpRequest) -> list[Upload]:
    sent = request.FILES.getlist("files")
    check_files([one.size or 0 for one in sent])
    return [Upload(one.name or "", one.content_type or "", one.read()) for one in sent]


def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for something: where it stands, a call, a copy, or anything else; it is a message like any other."""
    case, page = opened(request, token), "portal/ask.html"
    if isinstance(case, HttpResponse):
        return case
    if request.method != "POST":
        return show(request, case, template=page, wishes=_wishes())

    def do() -> None:
        wish, more = request.POST.get("wish", ""), request.POST.get("more", "").strip()
        if wish not in WISHES:
            raise Incomplete("Choose what you would like.", "wish")
        if not WISHES[wish] and not more:
            raise Incomplete("Tell us in a few words what you would like.", "more")
        text = "\n\n".join(part for part in (WISHES[wish], more) if part)
        customer_writes(case, text, datetime.now(UTC), press=press_of(request, case, "ask"))

    done = "We have it. A person reads it and answers you by e-mail."
    return answered(request, case, do, done, template=page, wishes=_wishes())


def _wishes() -> list[dict[str, str]]:
    rows = [
        ("where", "To know where it stands", ""),
        ("call", "A call", "Write your number below, and when it suits you."),
        ("copy", "A copy of everything", ""),
        ("other", "Something else", ""),
    ]
    return [{"value": value, "label": label, "hint": hint} for value, label, hint in rows]


def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Is it still right? From a letter a page with one button; what they press is their answer."""
    case, page = opened(request, token), "portal/follow_up.html"
    if isinstance(case, HttpResponse):
        return case
    asked = _asked(case)
    chosen = request.POST.get("answer", request.GET.get("answer", ""))
    context: dict[str, Any] = {
        "asked": asked,
        "answer": chosen if chosen in ANSWERS else "",
        "answers": [{"value": key.value, "label": label} for key, label in ANSWERS.items()],
        "put_right": issues_put_right(case),
    }
    if request.method != "POST":
        return show(request, case, template=page, **context)

    def do() -> None:
        if asked is None:
            raise AlreadyDone("We have not asked you anything yet. If something is not right, write to us.")
        if chosen not in ANSWERS:
            raise Incomplete("Choose how it is.", "answer")
        issues = frozenset(found for one in request.POST.getlist("issues") if (found := number(one)))
        with pressed(press_of(request, case, "follow-up", asked.pk), now := datetime.now(UTC)):
            answer_on_page(asked, Answer(chosen), request.POST.get("words", ""), now, issues=issues)

    good = "Thank you. We are glad that it is right."
    bad = "Thank you for telling us. We begin again with it, with everything you told us before."
    return answered(request, case, do, good if chosen == Answer.RIGHT else bad, template=page, **context)


def news(request: HttpRequest, token: str) -> HttpResponse:
    """No more news of what we change, or again: one button, and the page says which holds."""
    case, page = opened(request, token), "portal/news.html"
    if isinstance(case, HttpResponse):
        return case
    refused = NoNews.objects.filter(customer=case.customer).first()
    if request.method != "POST":
        return show(request, case, template=page, refused=refused)
    wants = request.POST.get("news") == "yes"

    def do() -> None:
        if request.POST.get("news") not in ("yes", "no"):
            raise Incomplete("Press the button to tell us.")
        with pressed(press_of(request, case, "news"), now := datetime.now(UTC)):
            (want_news if wants else stop_news)(case, now)

    good = "You get news of what we change again." if wants else "We do not send you news of changes any more."
    return answered(request, case, do, good, template=page, refused=refused)


def _asked(case: Case) -> FollowUp | None:
    """The question we asked by letter that is still open, or else the last one."""
    asked = FollowUp.objects.filter(case=case, letter__outbox__sent_at__isnull=False)
    return asked.filter(done_at=None).order_by("round", "pk").last() or asked.order_by("done_at").last()
